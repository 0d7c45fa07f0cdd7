import pytest

from nobat.web.association.suspension_search import running_of, running_with
from tests.build import make_slot, national_code_for
from tests.web.association.decisions import missed_week, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(sara, slot, petition, clock):
    return missed_week(sara, slot, petition, clock)


@pytest.fixture
def member(dr_karimi):
    return dr_karimi.association_member


@pytest.fixture
def weeks(week, reza, office, petition, clock):
    clock.move_to("2026-05-02 04:30:00+00:00")
    return week, missed_week(reza, make_slot(office, "09:00"), petition, clock)


def test_one_is_found_by_whatever_the_citizen_can_tell(weeks, member, sara):
    week, _ = weeks
    for typed in (
        week.cause.reference,
        " ".join(week.cause.reference),
        national_code_for(sara.mobile),
        "09120000001",
        "۰۹۱۲ ۰۰۰ ۰۰۰۱",
    ):
        assert list(running_with(member, typed)) == [week]


@pytest.mark.parametrize("typed", ["1234567890", "09129999999", "x"])
def test_nothing_else_is_found(weeks, member, typed):
    assert not running_with(member, typed).exists()


def test_what_is_over_does_not_run(week, member, clock):
    clock.move_to(week.until)
    assert not running_of(member).exists()
    assert not running_with(member, week.cause.reference).exists()


def test_an_officer_finds_those_of_the_own_province(week, office):
    assert not running_of(officer("23").association_member).exists()
