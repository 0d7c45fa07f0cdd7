from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.appointments.objection import (
    accept_objection,
    object_to_suspension,
    refuse_objection,
)
from nobat.sms.models import NOT_REACHED, OutgoingSms, State
from nobat.visits.call import call_visit
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.visits.walk_in import walk_in
from tests.build import TOMORROW, book, make_slot, miss, sign_in

PAGE = "/my/appointments/"


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


@pytest.fixture
def at_ten(sara, slot, petition, clock):
    """It is the day and the hour of Sara's appointment."""
    appointment = book(sara, slot, petition)
    clock.move_to(appointment.starts_at)
    return appointment


def past(citizen, office, petition, number, status=Status.CHECKED_IN):
    """So many appointments on the days before today, one a day."""
    for before in range(number):
        slot = make_slot(office, "09:00", day=TOMORROW - timedelta(days=2 + before))
        Appointment.objects.create(
            reference=f"{before:010}",
            citizen=citizen,
            office=office,
            service=petition,
            cases=1,
            slot=slot,
            day=slot.day,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            status=status,
            booked_at=slot.starts_at,
            status_changed_at=slot.starts_at,
        )


def test_without_any_appointment_the_page_shows_the_way_to_one(sara_browses):
    text = sara_browses.get(PAGE).content.decode()
    assert "هنوز نوبتی نگرفته‌اید" in text
    assert "یافتن دفتر" in text


def test_a_coming_appointment_can_be_printed_moved_and_deleted(sara_browses, sara, slot, petition):
    reference = book(sara, slot, petition).reference
    text = sara_browses.get(PAGE).content.decode()
    assert "پیش رو" in text
    assert "ثبت شده" in text
    for act in ("receipt/", "move/", "cancel/"):
        assert f'href="/my/appointments/{reference}/{act}"' in text


def test_coming_ones_stand_in_the_order_of_their_hours(sara_browses, sara, office, petition):
    for hour in ("11:00", "09:00"):
        book(sara, make_slot(office, hour), petition)
    text = sara_browses.get(PAGE).content.decode()
    assert text.index("ساعت ۰۹:۰۰") < text.index("ساعت ۱۱:۰۰")


def test_two_turns_in_a_row_are_marked(sara_browses, sara, office, petition):
    first = make_slot(office, "10:00")
    make_slot(office, "10:30")
    book(sara, first, petition, cases=3)
    text = sara_browses.get(PAGE).content.decode()
    assert "دو نوبت پشت هم" in text
    assert "ساعت ۱۰:۰۰ تا ۱۱:۰۰" in text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.CANCELLED_BY_CITIZEN, "خودتان حذف کردید"),
        (Status.NO_SHOW, "نیامدید"),
        (Status.CHECKED_IN, "به دفتر آمدید"),
        (Status.BOOKED, "زمانش گذشت"),
    ],
)
def test_a_past_one_says_what_became_of_it_and_offers_nothing(
    sara_browses, sara, office, petition, status, words
):
    past(sara, office, petition, 1, status)
    text = sara_browses.get(PAGE).content.decode()
    assert words in text
    assert "گذشته" in text
    assert "/cancel/" not in text
    assert "/receipt/" not in text


def test_once_its_hour_has_come_it_can_only_be_printed(sara_browses, sara, slot, petition, clock):
    reference = book(sara, slot, petition).reference
    clock.move_to(slot.starts_at)
    text = sara_browses.get(PAGE).content.decode()
    assert f"{reference}/receipt/" in text
    assert "/cancel/" not in text
    assert "/move/" not in text


def test_ten_past_ones_fill_a_page(sara_browses, sara, office, petition):
    past(sara, office, petition, 25)
    shown = [
        sara_browses.get(f"{PAGE}?page={page}").content.decode().count("turn--over")
        for page in ("1", "۲", "3")
    ]
    assert shown == [10, 10, 5]
    assert "?page=2#past" in sara_browses.get(PAGE).content.decode()
    assert "?page=4" not in sara_browses.get(f"{PAGE}?page=3").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 5000, "%00"])
def test_a_strange_page_number_is_the_first_page(sara_browses, page):
    answer = sara_browses.get(f"{PAGE}?page={page}", follow=True)
    assert answer.status_code == 200


def test_nobody_sees_what_belongs_to_somebody_else(client, sara, reza, slot, petition):
    reference = book(sara, slot, petition).reference
    assert reference not in sign_in(client, reza).get(PAGE).content.decode()


def test_a_stranger_signs_in_first(client):
    assert client.get(PAGE).url == f"/sign-in/?{urlencode({'next': PAGE})}"


def test_a_running_suspension_is_said_with_its_end(sara_browses, sara, slot, petition):
    cause = book(sara, slot, petition)
    Appointment.objects.update(status=Status.NO_SHOW)
    now = timezone.now()
    Suspension.objects.create(
        citizen=sara, cause=cause, starts_at=now, until=now + timedelta(days=7)
    )
    assert "تا شنبه ۱۹ اردیبهشت ۱۴۰۵، ساعت ۰۸:۰۰" in sara_browses.get(PAGE).content.decode()


@pytest.mark.parametrize("decide", [accept_objection, refuse_objection])
def test_the_answer_to_an_objection_stays_beside_its_turn(
    sara_browses, sara, slot, petition, dr_karimi, clock, decide
):
    week = miss(book(sara, slot, petition))
    clock.move_to(week.starts_at)
    told = object_to_suspension(suspension=week, text="در دفتر بودم و دیدم.", citizen=sara)
    decide(objection=told, by=dr_karimi, answer="نام شما را در صف دیدیم.")
    clock.move_to(week.until)

    text = sara_browses.get(PAGE).content.decode()
    assert "پاسخ کانون به اعتراض شما: «نام شما را در صف دیدیم.»" in text


def test_the_page_takes_five_statements_however_many_there_are(
    sara_browses, sara, office, petition, django_assert_max_num_queries
):
    past(sara, office, petition, 12)
    book(sara, make_slot(office, "10:00"), petition)
    with django_assert_max_num_queries(5):
        sara_browses.get(PAGE)


def test_whoever_is_at_the_office_sees_it_on_top_with_the_number_and_who_is_before(
    sara_browses, at_ten, sara, office, maryam, petition, clock
):
    clock.move_to(at_ten.starts_at - timedelta(days=1))
    book(sara, make_slot(office, "12:00"), petition)
    clock.move_to(at_ten.starts_at)
    walk_in(office=office, by=maryam)
    check_in(appointment=at_ten, office=office, by=maryam)
    clock.move_to(at_ten.ends_at + timedelta(minutes=30))
    text = sara_browses.get(PAGE).content.decode()
    assert text.index("همین حالا در دفتر") < text.index("پیش رو")
    assert "شمارهٔ شما ۲</strong>، نفر بعد شما هستید." in text
    assert "turn--over" not in text


def test_who_comes_before_is_counted(sara_browses, at_ten, reza, office, maryam, petition, clock):
    clock.move_to(at_ten.starts_at - timedelta(days=1))
    earlier = book(reza, make_slot(office, "09:50"), petition)
    clock.move_to(at_ten.starts_at)
    for appointment in (at_ten, earlier):
        check_in(appointment=appointment, office=office, by=maryam)
    text = sara_browses.get(PAGE).content.decode()
    assert "شمارهٔ شما ۱</strong>، ۱ نفر جلوتر از شما هستند." in text


def test_being_called_is_said(sara_browses, at_ten, office, maryam):
    call_visit(visit=check_in(appointment=at_ten, office=office, by=maryam), by=maryam)
    assert "شما را صدا زده‌اند؛ شمارهٔ ۱" in sara_browses.get(PAGE).content.decode()


def test_on_the_day_one_sees_how_many_wait_at_the_office(sara_browses, at_ten, office, maryam):
    assert "اکنون کسی در این دفتر منتظر نیست" in sara_browses.get(PAGE).content.decode()
    for _ in range(2):
        walk_in(office=office, by=maryam)
    assert "اکنون ۲ نفر در این دفتر منتظر" in sara_browses.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (VisitState.SERVED, ["کار شما انجام شد"]),
        (VisitState.PAPERS_MISSING, ["چه کم بود: <strong>اصل", "جریمه‌ای ندارد؛ <a href="]),
        (VisitState.ELSEWHERE, ["در این دفتر انجام نمی‌شود: <strong>اصل", "جریمه‌ای ندارد"]),
        (VisitState.LEFT, ["پیش از پایان کار رفتید", "جریمه‌ای ندارد"]),
    ],
)
def test_after_the_visit_its_outcome_is_said_in_words(
    sara_browses, at_ten, office, maryam, outcome, words
):
    visit = check_in(appointment=at_ten, office=office, by=maryam)
    finish_visit(visit=visit, outcome=outcome, by=maryam, note="اصل شناسنامه")
    text = sara_browses.get(PAGE).content.decode()
    assert "همین حالا در دفتر" not in text
    assert "turn--over" in text
    assert "اصل شناسنامه" in text
    for each in words:
        assert each in text


def test_a_day_at_the_office_costs_one_statement_more(
    sara_browses, at_ten, office, maryam, django_assert_num_queries
):
    check_in(appointment=at_ten, office=office, by=maryam)
    sara_browses.get(PAGE)  # which notes that Sara was seen today
    with django_assert_num_queries(5):
        sara_browses.get(PAGE)


def test_what_can_be_sent_by_sms_is_said_to_who_has_something_ahead(
    sara_browses, sara, slot, petition, settings
):
    settings.SMS_LINE = "300012"
    assert "با پیامک هم می‌شود" not in sara_browses.get(PAGE).content.decode()
    book(sara, slot, petition)
    assert '<bdi dir="ltr">۳۰۰۰۱۲</bdi>' in sara_browses.get(PAGE).content.decode()
    settings.SMS_ANSWERS = False
    assert "با پیامک هم می‌شود" not in sara_browses.get(PAGE).content.decode()


@pytest.mark.parametrize("state", State)
def test_who_got_no_sms_reads_that_this_page_is_enough(sara_browses, sara, slot, petition, state):
    book(sara, slot, petition)
    OutgoingSms.objects.update(state=state)

    said = "پیامک این نوبت به گوشی شما نرسیده است؛ همین صفحه معتبر است."
    assert (said in sara_browses.get(PAGE).content.decode()) is (state in NOT_REACHED)
