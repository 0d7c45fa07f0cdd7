"""What a citizen whose hour a closure took is asked in «نوبت‌های من»."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from nobat.appointments.models import Answer, Appointment, Status, Suspension
from nobat.offices.models import OfficeService
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, book, close, make_hours, make_office, make_slot, sign_in

PAGE = "/my/appointments/"


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


@pytest.fixture
def displaced(office, slot, sara, bahram, petition):
    """Sara's hour is tomorrow at ten; the office closes that day, and is open on Monday at nine."""
    appointment = book(sara, slot, petition)
    close(office, by=bahram)
    appointment.refresh_from_db()
    return appointment


def card(client):
    text = client.get(PAGE).content.decode()
    start = text.index('<article class="turn turn--ask"')
    return text[start : text.index("</article>", start)]


@pytest.fixture
def monday(office):
    return make_slot(office, "09:00", day=TOMORROW + timedelta(days=1))


def test_the_card_says_what_closed_and_why_and_that_nothing_follows(sara_browses, displaced):
    text = card(sara_browses)

    assert "ساعت ۱۰:۰۰" in text
    assert "دفتر در این ساعت بسته است: قطع برق محله." in text
    assert "هیچ جریمه‌ای ندارد" in text


def test_it_stands_before_everything_else(sara_browses, sara, displaced, monday, petition):
    book(sara, monday, petition)

    text = sara_browses.get(PAGE).content.decode()

    assert text.index("turn--ask") < text.index("پیش رو")


def test_two_presses_take_the_nearest_free_hour_of_the_same_office(sara_browses, displaced, monday):
    asked = f"{PAGE}{displaced.reference}/move/?slot={monday.pk}&service=petition&cases=1"
    text = card(sara_browses)
    assert "دوشنبه ۱۴ اردیبهشت، ساعت ۰۹:۰۰" in text
    assert asked.replace("&", "&amp;") in text

    page = sara_browses.get(asked).content.decode()  # the first press
    assert "این ساعت را می‌گیرید؟" in page
    assert "سر جای خود می‌ماند" not in page
    answer = sara_browses.post(asked, {"key": uuid4()})  # the second

    assert answer.url == f"{PAGE}{displaced.reference}/"
    displaced.refresh_from_db()
    assert (displaced.status, displaced.slot, displaced.moves) == (Status.BOOKED, monday, 1)


def test_nearest_is_what_is_nearest_to_the_lost_hour(sara_browses, displaced, office):
    make_slot(office, "09:00", day=TOMORROW + timedelta(days=20))
    make_slot(office, "12:00", day=TOMORROW + timedelta(days=2))

    assert "سه‌شنبه ۱۵ اردیبهشت، ساعت ۱۲:۰۰" in card(sara_browses)


def test_another_hour_is_chosen_in_the_calendar(sara_browses, displaced, monday):
    address = f"/offices/1021/?service=petition&cases=1&moving={displaced.reference}"
    assert address.replace("&", "&amp;") in card(sara_browses)

    text = sara_browses.get(address).content.decode()

    assert "به جای نوبتی که دفتر بست" in text
    assert "سر جای خود است" not in text


def test_the_closed_hour_itself_is_not_offered_again(sara_browses, displaced):
    address = f"/offices/1021/?service=petition&moving={displaced.reference}&day=2026-05-03"

    assert 'a class="hour' not in sara_browses.get(address).content.decode()


def test_two_turns_in_a_row_get_two_again(sara_browses, sara, office, bahram, petition):
    make_hours(office, range(7))
    publish_slots()
    first = office.slot_set.get(day=TOMORROW, starts_at__hour=10, starts_at__minute=0)
    book(sara, first, petition, cases=3)
    close(office, by=bahram, hours=(time(9), time(12)))

    text = card(sara_browses)

    assert "ساعت ۰۸:۰۰ تا ۰۹:۰۰" in text
    assert "cases=3" in text


def test_after_its_hour_it_still_asks(sara_browses, displaced, office, clock):
    make_slot(office, "09:00", day=date(2026, 5, 20))
    clock.shift(timedelta(days=10))

    assert "چهارشنبه ۳۰ اردیبهشت، ساعت ۰۹:۰۰" in card(sara_browses)


def test_after_thirty_days_it_is_among_the_past_ones(client, sara, displaced, clock):
    clock.shift(timedelta(days=31))
    assert "turn--ask" in sign_in(client, sara).get(PAGE).content.decode()

    clock.shift(timedelta(days=1))
    text = client.get(PAGE).content.decode()
    assert "turn--ask" not in text
    assert "turn--over" in text
    assert "دفتر بسته شد" in text


def test_where_the_office_has_nothing_free_the_nearest_others_are_offered(
    sara_browses, displaced, petition
):
    other = make_office("1022", services=[petition], name="سروناز")
    make_slot(other, "11:00")

    text = card(sara_browses)

    assert "این دفتر در روزهای پیش رو وقت آزاد ندارد" in text
    assert "دفتر سروناز" in text
    assert f"/offices/1022/?service=petition&amp;cases=1&amp;moving={displaced.reference}" in text


def test_where_the_office_no_longer_offers_the_service_others_do(
    sara_browses, displaced, monday, petition
):
    OfficeService.objects.all().delete()
    make_slot(make_office("1022", services=[petition]), "11:00")

    text = card(sara_browses)

    assert "دیگر برای این خدمت نوبت نمی‌دهد" in text
    assert "/offices/1021/" not in text
    assert "/offices/1022/" in text


def test_where_nobody_has_a_free_hour_the_card_says_to_come_again(sara_browses, displaced):
    assert "فردا هم سر بزنید" in card(sara_browses)


def test_during_a_week_without_booking_it_says_from_when_on(
    sara_browses, sara, displaced, monday, office, petition
):
    cause = book(sara, make_slot(office, "08:00", day=TOMORROW + timedelta(days=2)), petition)
    Appointment.objects.filter(pk=cause.pk).update(status=Status.NO_SHOW)
    now = timezone.now()
    Suspension.objects.create(
        citizen=sara, cause=cause, starts_at=now, until=now + timedelta(days=7)
    )

    text = card(sara_browses)

    assert "تا شنبه ۱۹ اردیبهشت، ساعت ۰۸:۰۰ نوبت اینترنتی ندارید" in text
    assert "/move/" not in text
    assert "لازم ندارم" in text


def test_who_needs_no_other_hour_says_so_and_the_card_goes(sara_browses, displaced, slot):
    page = f"{PAGE}{displaced.reference}/cancel/"
    assert page in card(sara_browses)
    assert "ساعت دیگری لازم ندارید؟" in sara_browses.get(page).content.decode()

    sara_browses.post(page)

    text = sara_browses.get(PAGE).content.decode()
    assert "turn--ask" not in text
    assert "خودتان حذف کردید" in text
    slot.refresh_from_db()
    assert slot.taken == 0


def test_its_own_page_leads_to_another_hour_too(sara_browses, displaced):
    text = sara_browses.get(f"{PAGE}{displaced.reference}/").content.decode()

    assert "قطع برق محله" in text
    assert f"{displaced.reference}/move/" in text


def test_nobody_sees_the_card_of_somebody_else(client, reza, displaced):
    assert "turn--ask" not in sign_in(client, reza).get(PAGE).content.decode()


def test_an_hour_at_which_they_are_somewhere_already_is_not_offered(
    sara_browses, sara, displaced, monday, office, petition
):
    later = make_slot(office, "11:00", day=monday.day)
    book(sara, monday, petition)

    assert f"slot={later.pk}&" in card(sara_browses)


def test_a_day_on_which_they_have_all_their_turns_is_not_offered(
    sara_browses, sara, displaced, monday, office, petition
):
    for hour in ("12:00", "13:00"):
        book(sara, make_slot(office, hour, day=monday.day), petition)
    tuesday = make_slot(office, "09:00", day=monday.day + timedelta(days=1))

    assert f"slot={tuesday.pk}&" in card(sara_browses)


@pytest.fixture
def kept(monday, displaced):
    """Monday at nine was there when the office closed, and is kept for Sara."""
    return displaced.proposals.get()


def form_of(text: str) -> dict[str, str]:
    return dict(re.findall(r'name="(slot|service|cases|key)" value="([^"]+)"', text))


def test_one_press_takes_the_hour_that_is_kept(sara_browses, kept, monday, displaced):
    text = card(sara_browses)
    assert "این وقت را برای شما نگه داشته‌ایم" in text
    assert "تا یکشنبه ۱۳ اردیبهشت ساعت ۲۰:۰۰ فقط برای شماست" in text

    answer = sara_browses.post(f"{PAGE}{displaced.reference}/move/", form_of(text))

    displaced.refresh_from_db()
    kept.refresh_from_db()
    assert answer.url == f"{PAGE}{displaced.reference}/"
    assert (displaced.slot, kept.answer) == (monday, Answer.ACCEPTED)


def test_pressed_twice_it_is_taken_once(sara_browses, kept, monday, displaced):
    asked = form_of(card(sara_browses))
    for _ in range(2):
        answer = sara_browses.post(f"{PAGE}{displaced.reference}/move/", asked)

    monday.refresh_from_db()
    assert (answer.status_code, monday.taken) == (302, 1)


def test_what_lapsed_is_offered_like_any_other_hour(
    sara_browses, kept, office, displaced, sara, clock
):
    make_slot(office, "09:00", day=TOMORROW + timedelta(days=9))
    clock.move_to(kept.held_until)
    sign_in(sara_browses, sara)

    text = card(sara_browses)
    assert "برای شما نگه داشته‌ایم" not in text
    assert "نزدیک‌ترین وقت آزاد همین دفتر" in text


def test_at_another_office_the_card_says_where_and_how_far(sara, slot, petition, bahram, client):
    neighbour = make_office("1033", services=[petition], name="صنوبر", lat=29.64, lon=52.53)
    make_slot(neighbour, "09:00", day=TOMORROW + timedelta(days=1))
    book(sara, slot, petition)
    close(slot.office, by=bahram)

    text = card(sign_in(client, sara))
    assert "دفتر صنوبر" in text
    assert "کیلومتر" in text
