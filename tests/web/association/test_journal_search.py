from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of, record
from nobat.web.association import journal_search
from nobat.web.association.journal_search import JournalForm, found_entries, page_of, seen_by
from tests.build import book, make_office
from tests.web.association.decisions import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(dr_karimi):
    return dr_karimi.association_member


@pytest.fixture
def turn(sara, slot, petition):
    return book(sara, slot, petition)


def found(member, **asked) -> list[str]:
    form = JournalForm(asked, member=member)
    assert form.is_valid(), form.errors
    return [f"{entry.act} {entry.subject}" for entry in found_entries(form)]


def wrong(member, **asked) -> set[str]:
    return set(JournalForm(asked, member=member).errors)


def test_the_newest_stand_first(turn, office, member, clock):
    clock.shift(timedelta(hours=1))
    record(Act.DAY_CLOSED, office, by=None, at=timezone.now())

    assert found(member) == [f"day_closed {name_of(office)}", f"booked {name_of(turn)}"]


def test_a_turn_is_found_by_its_tracking_code_however_it_is_typed(turn, office, member):
    record(Act.DAY_CLOSED, office, by=None, at=timezone.now())
    persian = "".join("۰۱۲۳۴۵۶۷۸۹"[int(digit)] for digit in turn.reference)
    for typed in (turn.reference, f" {turn.reference[:3]} {turn.reference[3:]}", persian):
        assert found(member, about=typed) == [f"booked {name_of(turn)}"]


def test_an_office_is_found_by_its_code(turn, office, member):
    record(Act.DAY_CLOSED, office, by=None, at=timezone.now())
    assert found(member, about="۱۰۲۱") == [f"day_closed {name_of(office)}"]


def test_by_act_by_kind_of_act_and_by_person(turn, office, member, maryam):
    record(Act.DAY_CLOSED, office, by=maryam, at=timezone.now())
    record(Act.DAY_REOPENED, office, by=None, at=timezone.now())

    assert found(member, act="booked") == [f"booked {name_of(turn)}"]
    assert len(found(member, act="all:closures")) == 2
    assert found(member, by=str(maryam.pk)) == [f"day_closed {name_of(office)}"]


def test_by_days_with_the_last_one(turn, office, member):
    for days in (1, 2, 3):
        at = timezone.now() + timedelta(days=days)
        record(Act.DAY_CLOSED, office, by=None, at=at)

    assert len(found(member, since="1405/2/13", until="1405/2/14")) == 2


def test_what_cannot_be_found_is_said_beside_its_field(member, sara):
    assert wrong(member, about="1234567890") == {"about"}
    assert wrong(member, about="9999") == {"about"}
    assert wrong(member, act="x") == {"act"}
    assert wrong(member, by=str(sara.pk)) == {"by"}
    assert wrong(member, since="1405/13/1") == {"since"}
    assert wrong(member, since="1405/2/14", until="1405/2/13") == {"until"}


def test_an_officer_sees_offices_and_turns_of_the_own_province(turn, office, sara, dr_karimi):
    elsewhere = make_office("2301")
    elsewhere.county = type(office.county).objects.filter(province="23").first()
    elsewhere.save()
    for subject in (office, elsewhere, sara, dr_karimi.association_member):
        record(Act.DAY_CLOSED, subject, by=None, at=timezone.now())
    here = officer("07").association_member

    assert {entry.subject for entry in seen_by(here)} == {name_of(office), name_of(turn)}
    here.province_id = "23"
    assert {entry.subject for entry in seen_by(here)} == {name_of(elsewhere)}
    assert wrong(here, about=turn.reference) == wrong(here, about="1021") == {"about"}


def test_pages_follow_each_other_without_gap_or_repetition(office, member, monkeypatch):
    monkeypatch.setattr(journal_search, "PER_PAGE", 3)
    for minute in (0, 0, 0, 0, 1, 1, 2, 3):
        at = timezone.now() + timedelta(minutes=minute)
        record(Act.DAY_CLOSED, office, by=None, at=at)
    entries = JournalEntry.objects.order_by("-at", "-id")

    read, before = [], ""
    for _ in range(3):
        page, before = page_of(entries, before)
        read += page
    assert read == list(entries)
    assert before == ""


@pytest.mark.parametrize("before", ["x", "2026-05-02_1", "_", "2026-05-02T04:30:00+00:00_x"])
def test_what_no_link_says_is_the_first_page(office, before):
    record(Act.DAY_CLOSED, office, by=None, at=timezone.now())
    page, _ = page_of(JournalEntry.objects.order_by("-at", "-id"), before)
    assert len(page) == 1
