import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import record
from nobat.web.association.journal_lines import lines_about, lines_of
from tests.build import book, miss

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(sara, slot, petition):
    return book(sara, slot, petition)


def test_the_story_of_a_turn_begins_with_its_beginning(turn, maryam):
    record(Act.WRONG_PERSON, turn, by=maryam, at=timezone.now())

    lines = lines_about(turn)
    assert [(line.act, line.who) for line in lines] == [
        ("نوبت ثبت شد", "شهروند"),
        ("نام با کارت نخواند", "مریم حسینی"),
    ]
    assert [line.at for line in lines] == [timezone.now()] * 2


def test_who_has_read_of_it_is_not_part_of_the_story(turn, dr_karimi):
    record(Act.DETAILS_SEEN, turn, by=dr_karimi, at=timezone.now(), page="journal")

    assert len(lines_about(turn)) == 1


def test_a_week_without_booking_names_the_turn_it_is_for(turn, clock):
    clock.move_to(turn.ends_at)
    miss(turn)
    [line] = lines_of(list(JournalEntry.objects.filter(act=Act.SUSPENDED)))

    assert line.about.words == "شهروند"
    assert line.turn.words == "نوبت"
    assert line.turn.rest == "در دفتر نارنجستان"
    assert [detail.label for detail in line.details] == ["تا"]
