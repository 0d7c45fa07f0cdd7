"""What citizens ask of the site: a turn somewhere, a page of an office, a search, signing in."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random
from uuid import uuid4

from bench import SITE
from bench.asking import Asking, leads_to, status_of
from bench.booked import bookable_days
from bench.country import CITIZENS, PASSWORD, SERVICE, session_key_of
from bench.databases import connected
from bench.load import Load
from bench.site import Site

HOURS = 240_000  # more than a quick machine books in all rounds together
READY = 10_000  # requests that are written before the clock starts
# Of a hundred people who search: where most of them live is a county that they choose.
IN_COUNTY, IN_PROVINCE, NEARBY = 60, 25, 10


class Citizens:
    """People with a session, and hours they could take, in an order that is always the same.

    Another `number` is another order: nobody can take again what they have taken.
    """

    def __init__(self, site: Site, number: int = 0) -> None:
        self.site, self.chance = site, Random(1405 + number)
        first_day, last_day = bookable_days()
        with connected(SITE) as connection:
            self.people = [
                person_id
                for (person_id,) in connection.execute(
                    "SELECT person_id FROM people_session"
                    " WHERE second_factor_at IS NULL AND person_id IS NOT NULL ORDER BY person_id"
                )
            ]
            hours = connection.execute(
                "SELECT s.id, s.day, o.code FROM schedule_slot s"
                " JOIN offices_office o ON o.id = s.office_id"
                " WHERE s.day BETWEEN %s AND %s ORDER BY md5(s.id::text || %s) LIMIT %s",
                [first_day, last_day, str(number), HOURS],
            ).fetchall()
            self.places = connection.execute(
                "SELECT c.code, c.province_id, o.lat, o.lon FROM offices_office o"
                " JOIN offices_county c ON c.id = o.county_id ORDER BY md5(o.code)"
            ).fetchall()
        self.sessions = [session_key_of(person_id) for person_id in self.people]
        self.hours, self.looked_at = cycle(hours), cycle(hours)
        self.mobiles = cycle(f"{CITIZENS}{number:08}" for number in range(len(self.people)))
        slot, _, office = hours[0]
        page = f"/offices/{office}/book/?slot={slot}&service={SERVICE}"
        self.asking = Asking.at(site, page, self.people[0])
        self.bookings, self.looks = Ready(self._book), Ready(self._look)
        self.searches, self.sign_ins = Ready(self._search), Ready(self._sign_in)

    def booking(self) -> Load:
        return Load(self.bookings.written_ahead(), is_good=is_booked)

    def office_page(self) -> Load:
        return Load(self.looks.written_ahead(), is_good=is_a_page)

    def search(self) -> Load:
        return Load(self.searches.written_ahead(), is_good=is_a_page)

    def sign_in(self) -> Load:
        return Load(self.sign_ins.written_ahead(), is_good=is_signed_in)

    def somewhere(self) -> str:
        """The address of a search, as often here or there as people ask for it."""
        county, province, lat, lon = self.chance.choice(self.places)
        return f"/offices/?service={SERVICE}{_where(self.chance, county, province, lat, lon)}"

    def _book(self) -> bytes:
        slot, _, office = next(self.hours)
        return book(self.asking, office, slot, self._somebody())

    def _look(self) -> bytes:
        _, day, office = next(self.looked_at)
        path = f"/offices/{office}/?day={day}&service={SERVICE}"
        return self.asking.page(path, self._somebody())

    def _search(self) -> bytes:
        return self.asking.page(self.somewhere(), self._somebody())

    def _sign_in(self) -> bytes:
        fields = {"mobile": next(self.mobiles), "password": PASSWORD, "way": "password"}
        return self.asking.form("/sign-in/", fields)

    def _somebody(self) -> str:
        return self.chance.choice(self.sessions)


class Ready:
    """Requests without end, most of them written before the clock starts.

    What is left over is asked next time, so that no hour is passed by.
    """

    def __init__(self, make: Callable[[], bytes]) -> None:
        self.make = make
        self.written: deque[bytes] = deque()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return self.written.popleft() if self.written else self.make()

    def written_ahead(self) -> "Ready":
        self.written.extend(self.make() for _ in range(READY - len(self.written)))
        return self


def book(asking: Asking, office: str, slot: int, session: str) -> bytes:
    fields = {"slot": slot, "service": SERVICE, "cases": 1, "key": uuid4()}
    return asking.form(f"/offices/{office}/book/", fields, session)


def is_booked(head: bytes) -> bool:
    return leads_to(head, b"/my/appointments/")


def is_a_page(head: bytes) -> bool:
    return status_of(head) == b"200"


def is_signed_in(head: bytes) -> bool:
    return leads_to(head, b"/my/appointments/") and b" session=" in head


def _where(chance: Random, county: str, province: str, lat: float, lon: float) -> str:
    drawn = chance.randrange(100)
    if drawn < IN_COUNTY:
        return f"&province={province}&county={county}"
    if drawn < IN_COUNTY + IN_PROVINCE:
        return f"&province={province}"
    if drawn < IN_COUNTY + IN_PROVINCE + NEARBY:
        return f"&lat={lat + chance.uniform(-0.1, 0.1):.3f}&lon={lon:.3f}"
    return ""
