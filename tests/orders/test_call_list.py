import pytest

from nobat.appointments.models import Proposal
from nobat.journal.models import JournalEntry
from nobat.offices.models import Office
from nobat.orders.call_list import call_list, tick_off
from nobat.schedule.models import Slot
from tests.build import TOMORROW, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def unreachable(sara, fars, petition, close) -> Proposal:
    """Sara has no hour left anywhere."""
    book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)
    Slot.objects.exclude(day=TOMORROW).update(offered=0)
    close(is_nationwide=True)
    return Proposal.objects.get()


def test_who_has_no_proposal_stands_on_the_list_of_the_own_office(unreachable, fars, naser):
    assert list(call_list(fars)) == [unreachable]
    assert not call_list(Office.objects.get(code="1022"))


def test_ticked_off_once_and_the_first_counts(unreachable, fars, maryam, bahram):
    assert tick_off(proposal=unreachable, by=maryam)
    assert not tick_off(proposal=unreachable, by=bahram)

    unreachable.refresh_from_db()
    assert unreachable.called_by == maryam
    assert not call_list(fars)
    assert JournalEntry.objects.filter(act="called_up").count() == 1
