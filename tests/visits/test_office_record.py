from datetime import time

from nobat.visits.models import Answer, OfficeDay
from nobat.visits.office_record import office_record
from nobat.visits.outage import record_outage
from tests.build import TOMORROW, book, close, make_slot, make_visit, miss


def test_a_day_is_counted(sara, reza, slot, petition, office, maryam, clock):
    came = book(reza, make_slot(office, "09:00"), petition)
    missed = book(sara, slot, petition)
    make_visit(office, by=maryam, appointment=came)
    make_visit(office, by=maryam)
    clock.move_to(missed.ends_at)
    miss(missed)

    day = office_record(office, TOMORROW)
    assert (day.came, day.came_to_a_turn, day.missed, day.excused) == (2, 1, 1, 0)


def test_other_days_and_other_offices_are_left_out(office, maryam, naser):
    make_visit(naser.memberships.get().office, by=naser)

    assert office_record(office, TOMORROW).came == 0


def test_outages_closures_and_the_answer_are_named(office, bahram, clock):
    close(office, by=bahram, hours=(time(8), time(9)), reason="جلسه")
    clock.move_to("2026-05-03 12:00:00+00:00")
    record_outage(
        office=office,
        day=TOMORROW,
        from_hour=time(10),
        until_hour=time(11),
        reason="قطع برق",
        by=bahram,
    )
    OfficeDay.objects.create(office=office, day=TOMORROW)
    OfficeDay.objects.update(answer=Answer.WAS_CLOSED, answered_at=bahram.joined_at)

    day = office_record(office, TOMORROW)
    assert [hours.reason for hours in day.closed] == ["جلسه"]
    assert [hours.reason for hours in day.outages] == ["قطعی دفتر: قطع برق"]
    assert day.answer == "دفتر بسته بود"
