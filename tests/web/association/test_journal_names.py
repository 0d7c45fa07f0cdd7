import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import record
from nobat.offices.models import Role
from nobat.offices.staff import appoint, remove_staff
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from nobat.web.association.journal_names import Names, Subject
from tests.build import book, make_visit

pytestmark = pytest.mark.django_db


def said(subject, by, **details) -> tuple[Subject, str]:
    """The words for the subject and the actor of an entry like this."""
    record(Act.CALLED, subject, by=by, at=timezone.now(), **details)
    entry = JournalEntry.objects.latest("pk")
    names = Names([entry])
    return names.subject(entry), names.who(entry)


@pytest.fixture
def turn(sara, slot, petition):
    return book(sara, slot, petition)


def test_a_turn_is_named_by_its_tracking_code_and_office(turn, maryam):
    code = fa_digits(grouped(turn.reference)).replace(" ", "\u00a0")

    assert said(turn, maryam) == (Subject("نوبت", code, "در دفتر نارنجستان"), "مریم حسینی")


def test_a_citizen_has_no_name(turn, sara, reza):
    assert said(turn, sara)[1] == "شهروند"
    assert said(reza, reza) == (Subject("شهروند"), "شهروند")


def test_staff_with_a_turn_of_their_own_are_citizens_there(maryam, slot, petition):
    assert said(book(maryam, slot, petition), maryam)[1] == "شهروند"


def test_what_nobody_did_the_system_did(turn):
    assert said(turn, None)[1] == "سامانه"


def test_who_works_at_an_office_or_the_association_has_a_name(office, maryam, dr_karimi):
    assert said(office, dr_karimi) == (Subject("دفتر نارنجستان", "۱۰۲۱"), "سیمین کریمی")
    assert said(maryam, maryam) == (Subject("مریم حسینی"), "مریم حسینی")


def test_the_name_stays_when_the_role_has_gone(office, bahram, sara):
    hers = appoint(person=sara, office=office, role=Role.CLERK, by=bahram)
    remove_staff(membership=hers, by=bahram)

    assert said(office, sara)[1] == "سارا محمدی"


def test_a_visit_is_named_by_its_number(office, maryam):
    visit = make_visit(office, by=maryam)

    assert said(visit, maryam)[0] == Subject("مراجعهٔ ۱", rest="در دفتر نارنجستان")


def test_other_things_are_named_by_their_kind(petition, office, dr_karimi):
    assert said(petition, dr_karimi)[0].words == f"موضوع خدمت {fa_digits(petition.pk)}"
    assert said(dr_karimi.association_member, None)[0].words.startswith("مورد ")


def test_what_is_gone_is_still_said(turn, maryam):
    record(Act.CALLED, turn, by=maryam, at=timezone.now())
    entry = JournalEntry.objects.latest("pk")
    entry.subject, entry.by = "appointments.Appointment:999999", "people.Person:999999"
    names = Names([entry])

    assert names.subject(entry) == Subject("نوبت ۹۹۹۹۹۹")
    assert names.who(entry) == "شهروند"


def test_a_page_of_entries_takes_few_statements(
    turn, office, maryam, bahram, django_assert_num_queries
):
    for by in (maryam, bahram, None) * 10:
        for subject in (turn, office, maryam):
            record(Act.CALLED, subject, by=by, at=timezone.now())
    entries = list(JournalEntry.objects.all())

    with django_assert_num_queries(4):
        names = Names(entries)
        assert [names.who(entry) for entry in entries]
