from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.appointments.models import Appointment
from nobat.sms.models import OutgoingSms, State
from nobat.visits.check_in import check_in
from tests.build import book, close, make_slot, sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


def page_of(turn: Appointment) -> str:
    return reverse("office:appointment", args=[turn.reference])


def text_of(client, turn: Appointment) -> str:
    return client.get(page_of(turn)).content.decode()


def test_it_says_who_when_what_for_and_how_it_stands(turn, maryam_works, sara):
    text = text_of(maryam_works, turn)
    for words in (sara.full_name, "یکشنبه ۱۳ اردیبهشت ۱۴۰۵", "۱۰:۰۰ تا ۱۰:۳۰", "در انتظار"):
        assert words in text
    assert f"•••{''.join('۰۱۲۳۴۵۶۷۸۹'[int(d)] for d in sara.identity_tail)}" in text


def test_each_message_has_its_kind_its_state_and_what_it_took(turn, maryam_works):
    OutgoingSms.objects.update(
        state=State.DELIVERED,
        parts=3,
        tries=2,
        sent_at=timezone.now(),
        reported_at=timezone.now() + timedelta(minutes=4),
    )
    text = text_of(maryam_works, turn)
    for words in ("نوبت ثبت شد", "رسید", "۱۲ اردیبهشت، ۰۸:۰۴", "۳ بخش", "۲ بار تلاش"):
        assert words in text
    assert "آخرین پیامک" not in text


def test_the_mobile_is_masked_and_the_text_folded(turn, maryam_works, sara):
    text = text_of(maryam_works, turn)
    assert "۰۹۱۲•••۰۰۰۱" in text
    assert sara.mobile not in text
    folded = text.split("<details")[-1].split("</details>")[0]
    assert "نوبت شما: یکشنبه ۱۳ اردیبهشت" in folded


@pytest.mark.parametrize("state", [State.UNDELIVERED, State.BLOCKED, State.GIVEN_UP])
def test_when_it_did_not_arrive_it_says_whom_to_call(turn, maryam_works, sara, state):
    OutgoingSms.objects.update(state=state)
    text = text_of(maryam_works, turn)
    assert state.label in text
    assert "آخرین پیامک این نوبت به گوشی نرسیده است" in text
    assert f"tel:{sara.mobile}" in text


def test_what_waits_for_the_morning_says_until_when(turn, maryam_works):
    OutgoingSms.objects.update(next_try_at=timezone.now() + timedelta(hours=11))
    assert "از شنبه ۱۲ اردیبهشت، ۱۹:۰۰ فرستاده می‌شود" in text_of(maryam_works, turn)


def test_on_its_day_it_leads_to_the_counter(turn, office, maryam, maryam_works, clock):
    check_in_page = reverse("office:check_in", args=[turn.reference])
    assert check_in_page not in text_of(maryam_works, turn)
    clock.move_to(turn.starts_at)
    sign_in_staff(maryam_works, maryam)
    assert check_in_page in text_of(maryam_works, turn)
    check_in(appointment=turn, office=office, by=maryam)
    assert reverse("office:visit", args=[1]) in text_of(maryam_works, turn)


def test_a_displaced_one_comes_from_the_calls(turn, office, bahram, maryam_works):
    close(office, by=bahram)
    text = text_of(maryam_works, turn)
    assert "قطع برق محله" in text
    assert f'<p class="crumbs"><a href="{reverse("office:calls")}">' in text


def test_another_offices_appointment_is_not_found(turn, client, naser):
    assert sign_in_staff(client, naser).get(page_of(turn)).status_code == 404


@pytest.mark.parametrize("reference", ["1", "1234567890", "none"])
def test_what_is_no_tracking_code_is_not_found(maryam_works, reference):
    assert maryam_works.get(f"/office/appointments/{reference}/").status_code == 404


def test_the_page_asks_little_however_many_messages(
    turn, office, sara, petition, maryam_works, django_assert_max_num_queries
):
    book(sara, make_slot(office, "12:00"), petition)
    with django_assert_max_num_queries(10):
        text_of(maryam_works, turn)
