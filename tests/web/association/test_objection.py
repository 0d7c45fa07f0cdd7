from datetime import time

import pytest
from django.urls import reverse

from nobat.appointments.models import Objection, Status
from nobat.appointments.objection import accept_objection, object_to_suspension
from nobat.visits.outage import record_outage
from tests.build import make_visit, sign_in_staff
from tests.web.association.decisions import OBJECTS, missed_week, officer, reader, seen

pytestmark = pytest.mark.django_db
ANSWER = "نام شما در صف همان ساعت بود."


@pytest.fixture
def objection(sara, slot, petition, maryam, office, clock):
    """Sara missed ten o'clock; a walk-in had come that day."""
    make_visit(office, by=maryam)
    week = missed_week(sara, slot, petition, clock)
    return object_to_suspension(suspension=week, text=OBJECTS, citizen=sara)


@pytest.fixture
def address(objection):
    return reverse("association:objection", args=[objection.pk])


def decide(client, address, decision, answer=ANSWER):
    return client.post(address, {"decision": decision, "answer": answer}, follow=True)


def test_it_shows_what_was_said_of_which_turn_without_the_name(address, karimi_works, sara):
    text = karimi_works.get(address).content.decode()

    assert OBJECTS in text
    assert "نارنجستان" in text
    assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text
    assert "۱۰:۰۰ تا ۱۰:۳۰" in text
    assert f"•••••••{'۰۱۲۳۴۵۶۷۸۹'[int(sara.identity_tail[0])]}" in text
    assert sara.full_name not in text


def test_the_journal_of_the_turn_stands_beside_in_words(address, karimi_works):
    lines = karimi_works.get(address).context["lines"]

    assert [(line.act, line.who) for line in lines] == [
        ("نوبت ثبت شد", "شهروند"),
        ("نیامد", "سامانه"),
        ("شهروند اعتراض کرد", "شهروند"),
    ]


def test_the_offices_record_of_that_day_is_there(address, karimi_works, objection, maryam):
    turn = objection.suspension.cause
    record_outage(
        office=turn.office,
        day=turn.day,
        from_hour=time(13),
        until_hour=time(14),
        reason="قطع برق",
        by=maryam,
    )
    text = karimi_works.get(address).content.decode()

    assert "۱ نفر" in text
    assert "۱۳:۰۰ تا ۱۴:۰۰" in text
    assert "قطع برق" in text


def test_accepting_ends_the_week_and_the_citizen_reads_the_answer(
    address, karimi_works, objection, dr_karimi
):
    page = decide(karimi_works, address, "accept")

    assert "محرومیت پایان یافت" in page.content.decode()
    objection.refresh_from_db()
    assert (objection.is_accepted, objection.answer) == (True, ANSWER)
    assert objection.decided_by == dr_karimi
    objection.suspension.cause.refresh_from_db()
    assert objection.suspension.cause.status == Status.EXCUSED


def test_refusing_leaves_the_week_as_it_is(address, karimi_works, objection):
    decide(karimi_works, address, "refuse")

    objection.refresh_from_db()
    assert objection.is_accepted is False
    assert objection.suspension.ended_at is None


@pytest.mark.parametrize(("answer", "kept"), [("", ""), ("ب" * 501, "ب" * 501)])
def test_without_a_fitting_answer_nothing_is_decided_and_nothing_lost(
    address, karimi_works, answer, kept
):
    page = decide(karimi_works, address, "refuse", answer)

    assert page.status_code == 422
    assert kept in page.content.decode()
    assert Objection.objects.get().is_accepted is None


def test_what_somebody_else_decided_meanwhile_is_said_and_shown(
    address, karimi_works, objection, bahram
):
    accept_objection(objection=objection, by=bahram, answer="دیدیم که آمده بود.")
    page = decide(karimi_works, address, "refuse").content.decode()

    assert "پیش‌تر تصمیم گرفته شده است" in page
    assert "دیدیم که آمده بود." in page
    assert bahram.full_name in page


def test_no_button_sends_another_decision(address, karimi_works):
    assert decide(karimi_works, address, "perhaps").status_code == 400


def test_who_has_looked_at_it_is_on_record(address, karimi_works, objection, dr_karimi):
    karimi_works.get(address)
    assert seen(objection.suspension.cause, dr_karimi) == 1
    assert len(karimi_works.get(address).context["lines"]) == 3


def test_one_of_another_province_does_not_find_it(client, address):
    sign_in_staff(client, officer("23"))
    assert client.get(address).status_code == 404
    assert decide(client, address, "accept").status_code == 404


def test_who_only_reads_has_no_form(client, address):
    text = sign_in_staff(client, reader()).get(address).content.decode()
    assert OBJECTS in text
    assert 'name="decision"' not in text
