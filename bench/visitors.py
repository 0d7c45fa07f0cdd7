"""What citizens ask of the site: a turn somewhere, or the page of an office."""

from itertools import cycle
from random import Random
from uuid import uuid4

from bench import SITE
from bench.country import SERVICE, session_key_of
from bench.databases import connected
from bench.load import Load
from bench.site import Site, form_token

HOURS = 60_000  # as many as are booked in one measurement, and more


class Visitors:
    """Citizens with a session, and hours they could take, in an order that is always the same."""

    def __init__(self, site: Site) -> None:
        self.host = f"127.0.0.1:{site.port}"
        self.chance = Random(1405)
        with connected(SITE) as connection:
            people = connection.execute("SELECT id FROM people_person ORDER BY id").fetchall()
            hours = connection.execute(
                "SELECT s.id, s.day, o.code FROM schedule_slot s"
                " JOIN offices_office o ON o.id = s.office_id"
                " ORDER BY md5(s.id::text) LIMIT %s",
                [HOURS],
            ).fetchall()
        self.citizens = [session_key_of(citizen_id) for (citizen_id,) in people]
        self.hours = cycle(hours)
        slot, _, office = hours[0]
        page = f"/offices/{office}/book/?slot={slot}&service={SERVICE}"
        self.cookie, self.field = form_token(site, page, people[0][0])

    def booking(self) -> Load:
        return Load(self._book, is_good=_goes_to_the_booked_turn)

    def office_page(self) -> Load:
        return Load(self._look, is_good=_is_a_page)

    def _book(self) -> bytes:
        slot, _, office = next(self.hours)
        form = (
            f"csrfmiddlewaretoken={self.field}&slot={slot}&service={SERVICE}&cases=1&key={uuid4()}"
        )
        return (
            f"POST /offices/{office}/book/ HTTP/1.1\r\n{self._headers()}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(form)}\r\n\r\n{form}"
        ).encode()

    def _look(self) -> bytes:
        _, day, office = next(self.hours)
        page = f"/offices/{office}/?day={day}&service={SERVICE}"
        return f"GET {page} HTTP/1.1\r\n{self._headers()}\r\n".encode()

    def _headers(self) -> str:
        session = self.chance.choice(self.citizens)
        # As browsers ask: compressing is a part of what a page costs.
        encoding = "Accept-Encoding: gzip\r\n"
        return f"Host: {self.host}\r\n{encoding}Cookie: session={session}; csrf={self.cookie}\r\n"


def _goes_to_the_booked_turn(head: bytes) -> bool:
    return head[9:12] == b"302" and b"ocation: /my/appointments/" in head


def _is_a_page(head: bytes) -> bool:
    return head[9:12] == b"200"
