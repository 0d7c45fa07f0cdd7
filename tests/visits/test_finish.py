import pytest

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.journal.models import JournalEntry
from nobat.visits.check_in import check_in
from nobat.visits.finish import NoNote, finish_visit
from nobat.visits.models import Visit, VisitChanged, VisitState


@pytest.fixture
def visit(at_ten, office, maryam):
    return check_in(appointment=at_ten, office=office, by=maryam)


def test_done_is_done_called_before_or_not(visit, maryam, at_ten):
    finish_visit(visit=visit, outcome=VisitState.SERVED, by=maryam)
    stored = Visit.objects.get()
    assert (stored.state, stored.finished_at) == (VisitState.SERVED, at_ten.starts_at)
    assert JournalEntry.objects.get(act="finished").details == {"outcome": "served"}


@pytest.mark.parametrize("outcome", [VisitState.PAPERS_MISSING, VisitState.ELSEWHERE])
def test_without_result_it_says_why(visit, maryam, outcome):
    for empty in ("", "  ", "\u200c"):
        with pytest.raises(NoNote):
            finish_visit(visit=visit, outcome=outcome, by=maryam, note=empty)
    finish_visit(visit=visit, outcome=outcome, by=maryam, note=" كپی  شناسنامه ")
    assert Visit.objects.get().note == "کپی شناسنامه"


@pytest.mark.parametrize(
    "outcome", [VisitState.PAPERS_MISSING, VisitState.ELSEWHERE, VisitState.LEFT]
)
def test_no_outcome_has_a_penalty(visit, maryam, outcome):
    finish_visit(visit=visit, outcome=outcome, by=maryam, note="کپی شناسنامه")
    assert Appointment.objects.get().status == Status.CHECKED_IN
    assert not Suspension.objects.exists()


def test_what_is_over_stays_as_it_is(visit, maryam):
    finish_visit(visit=visit, outcome=VisitState.SERVED, by=maryam)
    with pytest.raises(VisitChanged):
        finish_visit(visit=Visit.objects.get(), outcome=VisitState.LEFT, by=maryam)
    assert Visit.objects.get().state == VisitState.SERVED


def test_waiting_ends_nothing(visit, maryam):
    with pytest.raises(ValueError, match="does not end a visit"):
        finish_visit(visit=visit, outcome=VisitState.WAITING, by=maryam)


def test_the_note_stays_out_of_the_journal(visit, maryam):
    finish_visit(visit=visit, outcome=VisitState.ELSEWHERE, by=maryam, note="دادگاه خانواده")
    assert "دادگاه" not in str(list(JournalEntry.objects.values_list("details", flat=True)))
