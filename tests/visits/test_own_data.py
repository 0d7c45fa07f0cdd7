"""All that is kept of one person is in it, and nothing of anybody else."""

from datetime import timedelta

import pytest

from nobat.appointments.objection import object_to_suspension
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people.codes import send_code
from nobat.people.models import Purpose
from nobat.visits.own_data import take_own_data
from tests.build import book, make_slot, make_visit, miss, national_code_for
from tests.people.test_sessions import begin_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections(sara, reza, slot, office, petition, maryam, clock):
    """Sara came once, missed once and objected; Reza had a turn as well."""
    begin_session(sara)
    came = book(sara, make_slot(office, "09:00"), petition)
    missed = book(sara, slot, petition)
    book(reza, make_slot(office, "11:00"), petition)
    send_code(mobile=sara.mobile, purpose=Purpose.SIGN_IN, address="192.0.2.1")
    clock.move_to(came.starts_at)
    make_visit(office, by=maryam, appointment=came)
    week = miss(missed)
    clock.move_to(week.starts_at + timedelta(hours=1))
    object_to_suspension(suspension=week, text="در دفتر بودم.", citizen=sara)
    return {section.title: section.rows for section in take_own_data(person=sara)}


def test_who_somebody_is_stands_there_whole(sections, sara):
    (who,) = sections["مشخصات"]
    assert who["کد ملی"] == national_code_for(sara.mobile)
    assert who["موبایل"] == "09120000001"


def test_every_kind_of_thing_is_there(sections):
    counts = {title: len(rows) for title, rows in sections.items()}
    assert counts["دستگاه‌هایی که وارد مانده‌اند"] == 1
    assert counts["نوبت‌ها"] == 2
    assert counts["مراجعه‌ها"] == 1
    assert [each["اعتراض شما"] for each in sections["هفته‌های بدون نوبت و اعتراض‌ها"]] == [
        "در دفتر بودم."
    ]
    kinds = [each["نوع"] for each in sections["پیامک‌هایی که برای شما رفته است"]]
    assert kinds == ["نوبت ثبت شد", "نوبت ثبت شد", "کد تأیید", "نیامدن"]


def test_the_journal_names_nobody_else(sections, maryam):
    said = sections["دفتر رخدادها"]
    assert {each["از سوی"] for each in said} == {"شما", "دیگری", "سامانه"}
    assert [each["کار"] for each in said][-1] == "اطلاعات خود را گرفت"
    everything = str(sections)
    for somebody in (maryam.last_name, maryam.mobile, f"Person:{maryam.pk}", "09120000002"):
        assert somebody not in everything


def test_no_code_or_key_is_in_it(sections, sara):
    everything = str(sections)
    assert sara.password not in everything
    assert "012345" not in everything
    assert all(each.session_key not in everything for each in sara.sessions.all())


def test_that_it_was_taken_is_in_the_journal(sections, sara):
    entry = JournalEntry.objects.get(act=Act.DATA_TAKEN)
    assert (entry.subject, entry.by) == (f"people.Person:{sara.pk}",) * 2
