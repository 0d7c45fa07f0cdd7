"""What a list shows of offices is what plainly looking at all of them gives."""

import random
from datetime import date, timedelta
from math import cos, radians, sqrt

import pytest
from django.db import connection
from django.db.models import Avg
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.models import County, Office, OfficeStatus
from nobat.schedule.found_offices import found_offices, free_offices_around
from nobat.schedule.models import Hold, Slot
from tests.build import TOMORROW, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db

LAST = TOMORROW + timedelta(days=29)
MONTH = {"first": TOMORROW, "last": LAST}


# --------------------------------------------------------- the first free hour


def first_free(*, first: date = TOMORROW, last: date = LAST) -> dict:
    found = found_offices(OfficeSearch(), start=0, count=20, first=first, last=last)
    return {office.code: office.first_free_at for office in found.offices}


def test_each_office_has_its_own_first_free_hour(office):
    other = make_office("1022")
    make_slot(office, "11:00", day=TOMORROW + timedelta(days=2))
    earlier = make_slot(office, "12:00")
    make_slot(other, "09:00", day=TOMORROW + timedelta(days=5))
    morning = make_slot(other, "08:00", day=TOMORROW + timedelta(days=5))

    assert first_free() == {"1021": earlier.starts_at, "1022": morning.starts_at}


def test_a_full_hour_is_not_free(office):
    full = make_slot(office, "08:00")
    free = make_slot(office, "09:00")
    Slot.objects.filter(pk=full.pk).update(taken=1)

    assert first_free() == {"1021": free.starts_at}


def test_an_hour_that_is_not_offered_is_not_free(office):
    shut = make_slot(office, "08:00")
    Slot.objects.filter(pk=shut.pk).update(offered=0)

    assert first_free() == {"1021": None}


def test_only_the_days_from_the_first_to_the_last_count(office):
    make_slot(office, "23:30", day=TOMORROW - timedelta(days=1))
    make_slot(office, "00:00", day=LAST + timedelta(days=1))

    assert first_free() == {"1021": None}

    last = make_slot(office, "23:30", day=LAST)
    assert first_free() == {"1021": last.starts_at}
    first = make_slot(office, "00:00")
    assert first_free() == {"1021": first.starts_at}


# -------------------------------------------------------------- a random country

# Two that are near each other, two in one province, one whose centre nobody knows.
COUNTIES = ("شیراز", "مرودشت", "بویراحمد", "تهران", "زاهدان", "مانه")


def make_country(seed: int, offices: int = 50) -> None:
    """Offices with and without a subject, some shut, some at one place and with one name."""
    luck = random.Random(seed)
    subjects = [make_service("petition", "دادخواست"), make_service("sana", "ثنا")]
    counties = list(County.objects.filter(name__in=COUNTIES))
    places = [(luck.uniform(25.5, 39.5), luck.uniform(44.5, 63)) for _ in range(5)]
    for number in range(offices):
        county = luck.choice(counties)
        far = luck.choice([0.05, 0.5, 3])
        beside = (county.lat or 37) + luck.gauss(0, far), (county.lon or 57) + luck.gauss(0, far)
        lat, lon = luck.choice([beside, beside, luck.choice(places)])
        make_random_office(
            str(2000 + number),
            luck,
            county=county,
            name=luck.choice(["نارنجستان", "یاس", "باغ نور"]),
            services=luck.sample(subjects, luck.randint(0, 2)),
            status=luck.choice([*[OfficeStatus.OPEN] * 6, *OfficeStatus]),
            lat=lat,
            lon=lon,
        )


def make_random_office(code: str, luck: random.Random, **fields) -> Office:
    """With hours that are free, full, shut, kept for somebody or outside the days."""
    office = make_office(code, **fields)
    now = timezone.now()
    for number in range(luck.randrange(4)):
        day = TOMORROW + timedelta(days=luck.choice([-1, 0, 3, 29, 30]))
        slot = make_slot(office, f"{8 + number:02}:00", day=day)
        state = luck.choice(["free", "full", "shut", "kept", "kept no more"])
        changes = {"full": {"taken": 1}, "shut": {"offered": 0}}.get(state, {})
        if state.startswith("kept"):
            until = now + timedelta(hours=1 if state == "kept" else -1)
            Hold.objects.create(slot=slot, until=until, kept_for=number)
            changes = {"held_until": until}
        Slot.objects.filter(pk=slot.pk).update(**changes or {"taken": 0})
    return office


def plainly_first_free(office: Office):
    """Slot by slot, as one would look it up in a book."""
    now = timezone.now()
    for slot in Slot.objects.filter(office=office).order_by("starts_at"):
        kept = Hold.objects.filter(slot=slot, until__gt=now).count()
        if slot.offered - slot.taken - kept > 0 and TOMORROW <= slot.day <= LAST:
            return slot.starts_at
    return None


def searches(seed: int) -> list[OfficeSearch]:
    """Some of every kind: with and without a place, a subject, a place of one's own, words."""
    luck = random.Random(seed)
    counties = County.objects.filter(name__in=COUNTIES).order_by("code")
    places = [{"county": each.code, "province": each.province_id} for each in counties]
    places += [{"county": places[0]["county"]}, {"province": "07"}, {"province": "23"}, {}]
    nears = [None, (29.6, 52.5), (luck.uniform(25, 40), luck.uniform(44, 64)), (89.9, -170.0)]
    kinds = [
        OfficeSearch(**place, service=service, near=near, name=name)
        for place in places
        for service in ("", "petition", "not-known")
        for near in nears
        for name in ("", "نارنج")
    ]
    return [OfficeSearch(), OfficeSearch(near=nears[2]), *luck.sample(kinds, 16)]


@pytest.mark.parametrize("seed", range(3))
def test_all_pages_together_are_the_search_with_its_order_and_first_free_hours(seed):
    make_country(seed)
    free = {office.code: plainly_first_free(office) for office in Office.objects.all()}

    for search in searches(seed):
        wanted = list(find_offices(search))
        pages = [found_offices(search, start=at, count=15, **MONTH) for at in range(0, 75, 15)]
        shown = [office for page in pages for office in page.offices]

        assert [each.code for each in shown] == [each.code for each in wanted], search
        assert [each.metres for each in shown] == [each.metres for each in wanted]
        assert [each.first_free_at for each in shown] == [free[each.code] for each in wanted]
        assert {page.total for page in pages if page.offices} <= {len(wanted)}
        assert pages[-1] == ([], 0)


def test_an_office_that_is_found_says_what_is_written_down_of_it(office, slot):
    [found] = found_offices(OfficeSearch(), start=0, count=20, **MONTH).offices

    for name in ("pk", "code", "name", "title", "manager", "address", "phone", "lat", "lon"):
        assert getattr(found, name) == getattr(office, name), name
    county = office.county
    assert found.county == (
        county.code,
        county.name,
        county.lat,
        county.lon,
        county.province.code,
        county.province.name,
    )
    assert found.first_free_at == slot.starts_at


def test_a_subject_that_is_not_bookable_any_more_finds_nothing(office, slot, petition):
    search = OfficeSearch(service="petition", province="07")
    assert found(search).total == len(free_offices_around(search, count=2, **MONTH)) == 1
    petition.is_bookable = False
    petition.save(update_fields=["is_bookable"])

    assert found(search) == ([], 0)
    assert free_offices_around(search, count=2, **MONTH) == []


# -------------------------------------------------------------------- and around


def plainly_around(search: OfficeSearch, free: list[Office]) -> list[str]:
    """Codes of those of the free offices that offer the subject, as one sorts by hand."""
    county = County.objects.filter(code=search.county).first()
    centre = (county.lat, county.lon) if county else None
    middle = County.objects.filter(province=search.province).aggregate(
        lat=Avg("lat"), lon=Avg("lon")
    )

    def place_in_line(office: Office):
        is_of_province = office.county.province_id == search.province
        return (
            0 if office.county == county else 1 if is_of_province else 2,
            plain_metres(office, search.near or centre),
            plain_metres(office, (middle["lat"], middle["lon"])),
            office.county.province.position,
            office.county.position,
            office.name_key,
            office.code,
        )

    offering = Office.objects.filter(services__code=search.service) if search.service else free
    return [office.code for office in sorted(free, key=place_in_line) if office in offering]


def plain_metres(office: Office, place: tuple[float, float] | None) -> float:
    if not place or place[0] is None:
        return 0
    north = radians(office.lat - place[0])
    east = radians(office.lon - place[1]) * cos(radians((office.lat + place[0]) / 2))
    # To a millimetre: two at one place are equally far.
    return round(6_371_000 * sqrt(north * north + east * east), 3)


@pytest.mark.parametrize("seed", range(3))
def test_around_come_first_the_county_then_its_province_then_the_nearest(seed):
    make_country(seed)
    offices = Office.objects.filter(status="open").select_related("county__province")
    free = [office for office in offices if plainly_first_free(office)]

    for search in searches(seed):
        wanted = plainly_around(search, free)
        for count in (5, 60):
            around = free_offices_around(search, count=count, **MONTH)

            assert [each.code for each in around] == wanted[:count], (search, count)


def test_the_office_itself_is_not_around_it(office, marvdasht):
    make_slot(office, "09:00")
    other = make_office("1022", county=marvdasht)
    make_slot(other, "09:00")

    for search in (
        OfficeSearch(near=(office.lat, office.lon)),
        OfficeSearch(province=office.county.province_id, county=office.county.code),
    ):
        around = free_offices_around(search, count=5, but_not=office.pk, **MONTH)
        assert [each.code for each in around] == ["1022"]


@pytest.fixture
def marvdasht() -> County:
    return County.objects.get(name="مرودشت")


# ---------------------------------------------------------------- what it costs


def statements(ask) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def found(search: OfficeSearch, start: int = 0):
    return found_offices(search, start=start, count=2, **MONTH)


def test_a_page_takes_one_statement_and_its_total_another_one_a_minute(office, clock):
    for number in range(4):
        make_office(str(2000 + number))
    county, province = OfficeSearch(county=office.county.code), OfficeSearch(province="07")

    assert statements(lambda: found(county)) == 1
    assert statements(lambda: found(OfficeSearch(near=(29.6, 52.5), province="07"))) == 1
    assert statements(lambda: found(province)) == 2
    assert statements(lambda: found(province, start=2)) == 1
    assert statements(lambda: found(province, start=4)) == 1  # the last one counts itself
    assert statements(lambda: found(OfficeSearch())) == 2
    assert statements(lambda: found(OfficeSearch(near=(29.6, 52.5)))) == 1  # counted just before
    clock.shift(timedelta(seconds=61))
    assert statements(lambda: found(province)) == 2


def test_how_many_there_are_may_be_a_minute_old_but_never_which(office, clock):
    make_office("2000")
    assert found(OfficeSearch()).total == 2
    make_office("0001")

    assert found(OfficeSearch()).total == 2
    assert [each.code for each in found(OfficeSearch()).offices] == ["0001", "1021"]
    assert found(OfficeSearch(county=office.county.code)).total == 3
    clock.shift(timedelta(seconds=61))
    assert found(OfficeSearch()).total == 3


def test_words_are_looked_for_first_and_then_what_is_shown(office):
    assert statements(lambda: found(OfficeSearch(name="نارنج"))) == 2
    assert statements(lambda: found(OfficeSearch(name="نیست"))) == 1


def test_around_one_statement_looks_through_the_province_and_another_one_elsewhere(office):
    make_slot(office, "09:00")
    here = OfficeSearch(province=office.county.province_id, county=office.county.code)

    assert statements(lambda: free_offices_around(here, count=1, **MONTH)) == 1
    assert statements(lambda: free_offices_around(here, count=2, **MONTH)) == 2
    nearby = OfficeSearch(near=(office.lat, office.lon))
    assert statements(lambda: free_offices_around(nearby, count=5, **MONTH)) == 1
