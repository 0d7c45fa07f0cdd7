import pytest
from django.utils import timezone

from nobat.orders.preview import preview_of
from nobat.schedule.models import Slot
from nobat.sms.models import OutgoingSms, State
from tests.build import TOMORROW, book, make_person
from tests.orders.conftest import order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(fars, petition):
    slots = Slot.objects.filter(office=fars, day=TOMORROW).order_by("starts_at")[:3]
    people = [make_person(mobile=f"+98912222{number:04}") for number in range(3)]
    return [book(who, slot, petition) for who, slot in zip(people, slots, strict=True)]


def preview(dr_karimi, **scope):
    return preview_of(order_of(dr_karimi, **{"provinces": ["07"]} | scope), timezone.now())


def numbers(found) -> list[list[int]]:
    return [list(line[1:]) for line in found.lines]


def test_it_counts_by_county_whom_it_touches(three, marvdasht, dr_karimi):
    found = preview(dr_karimi)

    assert [line.county.name for line in found.lines] == ["شیراز", "مرودشت"]
    assert numbers(found) == [[1, 3, 3, 0, 0], [1, 0, 0, 0, 0]]
    assert (found.offices, found.seen.appointments, found.same_office) == (2, 3, 3)
    assert found.example == three[0]


def test_who_finds_no_seat_at_the_office_goes_to_another_of_the_province(
    three, marvdasht, fars, dr_karimi
):
    later = Slot.objects.filter(office=fars, day__gt=TOMORROW)
    later.update(offered=0)
    later.filter(pk=later.first().pk).update(offered=1)

    assert numbers(preview(dr_karimi))[0] == [1, 3, 1, 2, 0]


def test_who_finds_none_anywhere_is_to_be_called(three, dr_karimi):
    Slot.objects.filter(day__gt=TOMORROW).update(offered=0)

    found = preview(dr_karimi)
    assert (found.same_office, found.other_office, found.none) == (0, 0, 3)


def test_it_counts_whose_mobile_does_not_answer(three, dr_karimi):
    OutgoingSms.objects.filter(to=three[0].citizen.mobile).update(state=State.GIVEN_UP)

    assert preview(dr_karimi).unreached == 1


def test_an_empty_closure_has_no_example(fars, dr_karimi):
    found = preview(dr_karimi)
    assert (found.example, found.seen.appointments) == (None, 0)
