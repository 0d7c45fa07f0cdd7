import re
from datetime import timedelta
from html import escape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.offices.models import OfficeStatus
from nobat.schedule.models import Slot
from tests.build import TOMORROW, book, make_office, make_service, make_slot, sign_in


def address(slot, service="petition", cases=1, office="1021"):
    return f"/offices/{office}/book/?slot={slot.pk}&service={service}&cases={cases}"


def key_on(page):
    return re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]


def press(client, slot, key=None, **changes):
    """The form as the page sends it."""
    where = address(slot, office=slot.office.code)
    values = {"slot": slot.pk, "service": "petition", "cases": 1, "key": key or uuid4(), **changes}
    return client.post(where, values)


def ask(client, verb, asked):
    return client.get(asked) if verb == "get" else client.post(asked, {"key": uuid4()})


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def test_the_page_says_everything_before_the_button(sara_browses, slot, sara):
    page = sara_browses.get(address(slot))
    assert page.status_code == 200
    text = page.content.decode()
    for words in (
        "یکشنبه ۱۳ اردیبهشت ۱۴۰۵",
        "ساعت ۱۰:۰۰ تا ۱۰:۳۰",
        "دفتر نارنجستان",
        "شیراز، خیابان ارم، کوچهٔ ۵، پلاک ۱۲",
        "تنظیم دادخواست یا شکواییه",
        "یک یا دو پرونده",
        "سارا محمدی",
        "کد ثنا",
        "تا ۷ روز از هیچ دفتری",
        "ثبت نوبت",
    ):
        assert words in text


def test_the_page_shows_only_the_last_digits_of_identity_and_mobile(sara_browses, slot, sara):
    text = sara_browses.get(address(slot)).content.decode()
    assert "۰۹۱۲•••۰۰۰۱" in text
    assert sara.mobile[3:] not in text


def test_a_service_without_sana_does_not_ask_for_it(sara_browses):
    service = make_service("sana", "ثبت‌نام ثنا", needs_sana=False)
    slot = make_slot(make_office("1022", services=[service]), "10:00")
    text = sara_browses.get(address(slot, "sana", office="1022")).content.decode()
    assert "کد ثنا</strong> لازم است" not in text


def test_pressing_the_button_books_and_shows_the_tracking_code(sara_browses, sara, slot):
    page = sara_browses.get(address(slot))
    answer = press(sara_browses, slot, key=key_on(page))
    appointment = Appointment.objects.get(citizen=sara)
    assert appointment.slot == slot
    assert (answer.status_code, answer.url) == (
        302,
        f"/my/appointments/{appointment.reference}/",
    )


@pytest.mark.usefixtures("known_rules")
def test_booking_takes_two_statements(sara_browses, slot):
    asked = address(slot)
    with CaptureQueriesContext(connection) as statements:
        assert sara_browses.post(asked, {"key": uuid4()}).status_code == 302
    assert len(statements) <= 2, [each["sql"] for each in statements]


def test_pressed_twice_there_is_one_appointment(sara_browses, slot):
    key = uuid4()
    first, second = press(sara_browses, slot, key), press(sara_browses, slot, key)
    assert first.url == second.url
    assert Appointment.objects.count() == 1


def test_each_opened_page_has_its_own_key(sara_browses, slot):
    assert key_on(sara_browses.get(address(slot))) != key_on(sara_browses.get(address(slot)))


def test_what_the_address_asks_for_is_enough_for_the_form(sara_browses, slot):
    assert sara_browses.post(address(slot), {"key": uuid4()}).status_code == 302
    assert Appointment.objects.get().service.code == "petition"


def test_three_cases_show_and_take_the_hours_of_both_turns(sara_browses, office):
    first = make_slot(office, "10:00")
    make_slot(office, "10:30")
    text = sara_browses.get(address(first, cases=3)).content.decode()
    assert "ساعت ۱۰:۰۰ تا ۱۱:۰۰" in text
    assert "سه یا چهار پرونده، دو نوبت پشت هم" in text
    press(sara_browses, first, cases=3)
    assert Appointment.objects.get().second_slot is not None


def test_back_on_the_page_after_booking_the_appointment_is_shown(
    sara_browses, sara, slot, petition
):
    appointment = book(sara, slot, petition)
    answer = sara_browses.get(address(slot))
    assert answer.url == f"/my/appointments/{appointment.reference}/"


# ------------------------------------------------------------------ strangers


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_stranger_signs_in_and_comes_back_to_exactly_this_hour(client, slot, verb):
    answer = getattr(client, verb)(address(slot, cases=2))
    assert answer.status_code == 302
    assert urlsplit(answer.url).path == "/sign-in/"
    assert parse_qs(urlsplit(answer.url).query)["next"] == [address(slot, cases=2)]
    assert not Appointment.objects.exists()


def test_a_page_left_open_too_long_leads_back_to_the_same_hour(client, sara, slot):
    client.handler.enforce_csrf_checks = True
    answer = sign_in(client, sara).post(
        address(slot), {"key": uuid4()}, headers={"Referer": f"http://testserver{address(slot)}"}
    )
    assert answer.status_code == 403
    assert f'href="{escape(address(slot))}"' in answer.content.decode()
    assert not Appointment.objects.exists()


def test_no_cache_keeps_the_page(sara_browses, slot):
    kept = sara_browses.get(address(slot))["Cache-Control"]
    assert "private" in kept
    assert "no-store" in kept


# ------------------------------------------------------------------- refusals


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_taken_hour_answers_with_the_nearest_free_ones(
    sara_browses, reza, office, petition, verb
):
    slot = make_slot(office, "10:00")
    book(reza, slot, petition)
    near = make_slot(office, "10:30", capacity=2)
    make_slot(office, "09:00", day=TOMORROW + timedelta(days=1))
    answer = ask(sara_browses, verb, address(slot))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "این ساعت همین حالا پر شد" in text
    assert f'href="/offices/1021/book/?slot={near.pk}&amp;service=petition&amp;cases=1"' in text
    assert "۲ جا مانده" in text
    assert text.index("یکشنبه ۱۳ اردیبهشت") < text.index("دوشنبه ۱۴ اردیبهشت")
    assert not Appointment.objects.filter(citizen__first_name="سارا").exists()


def test_a_taken_hour_also_names_near_offices_with_the_service(sara_browses, reza, slot, petition):
    book(reza, slot, petition)
    make_slot(make_office("1022", services=[petition], name="سروناز", lat=29.62), "08:30")
    make_slot(make_office("1023", name="بی‌خدمت"), "08:30")
    make_office("1024", services=[petition], name="پرشده")
    make_slot(slot.office, "11:00")
    text = press(sara_browses, slot).content.decode()
    assert "دفتر سروناز" in text
    assert 'href="/offices/1022/?service=petition&amp;cases=1"' in text
    assert "بی‌خدمت" not in text
    assert "پرشده" not in text
    assert "دفتر نارنجستان، شیراز" not in text


def test_where_nothing_else_is_free_the_page_says_so(sara_browses, reza, slot, petition):
    book(reza, slot, petition)
    assert "وقت آزاد دیگری" in press(sara_browses, slot).content.decode()


def test_three_cases_at_the_last_hour_are_offered_pairs(sara_browses, office):
    make_slot(office, "09:00")
    pair = make_slot(office, "09:30")
    last = make_slot(office, "10:00")
    Slot.objects.filter(starts_at__lt=pair.starts_at).update(offered=1)
    answer = press(sara_browses, last, cases=3)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "پس از این ساعت نوبت دیگری نیست" in text
    assert f"slot={pair.pk}&amp;service=petition&amp;cases=3" in text
    assert "۰۹:۳۰ تا ۱۰:۳۰" in text


def suspend(citizen, slot, petition):
    cause = book(citizen, slot, petition)
    Appointment.objects.update(status=Status.NO_SHOW)
    now = timezone.now()
    Suspension.objects.create(
        citizen=citizen, cause=cause, starts_at=now, until=now + timedelta(days=7)
    )


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_suspended_citizen_reads_until_when_and_what_is_still_possible(
    sara_browses, sara, office, slot, petition, verb
):
    suspend(sara, slot, petition)
    wanted = make_slot(office, "11:00")
    answer = ask(sara_browses, verb, address(wanted))
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "<title>تا شنبه ۱۹ اردیبهشت ۱۴۰۵ نوبت اینترنتی ندارید" in text
    assert "شنبه ۱۹ اردیبهشت، ساعت ۰۸:۰۰" in text
    assert "در دفتر نارنجستان نوبت داشتید" in text
    assert "صف حضوری" in text
    assert "اعتراض" not in text


def test_the_third_turn_of_a_day_is_refused_with_the_other_days(
    sara_browses, sara, office, petition
):
    for hour in ("08:00", "09:00"):
        book(sara, make_slot(office, hour), petition)
    answer = press(sara_browses, make_slot(office, "11:00"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "برای این روز جای نوبت دیگری ندارید" in text
    assert 'href="/offices/1021/?service=petition&amp;cases=1"' in text
    assert 'href="/my/appointments/"' in text


def test_two_turns_at_one_hour_are_refused(sara_browses, sara, office, petition):
    book(sara, make_slot(office, "10:00"), petition)
    other = make_office("1022", services=[petition])
    answer = press(sara_browses, make_slot(other, "10:00"))
    assert answer.status_code == 409
    assert "در همین ساعت نوبت دیگری دارید" in answer.content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "برای این روز دیگر نمی‌شود نوبت گرفت"), (40, "وقت‌های این روز هنوز باز نشده است")],
)
def test_a_day_that_cannot_be_booked_is_refused(sara_browses, office, days, words):
    slot = make_slot(office, "12:00", day=TOMORROW + timedelta(days=days))
    answer = press(sara_browses, slot)
    assert answer.status_code == 409
    assert words in answer.content.decode()


def test_an_office_that_gives_no_turns_is_refused_with_others_near(sara_browses, office, slot):
    office.status = OfficeStatus.SUSPENDED
    office.save()
    text = press(sara_browses, slot).content.decode()
    assert "این دفتر اکنون نوبت نمی‌دهد" in text
    assert 'href="/offices/?county=0707&amp;service=petition"' in text


def test_a_service_that_the_office_does_not_have_is_refused(sara_browses, slot):
    make_service("appeal", "تجدیدنظرخواهی")
    answer = press(sara_browses, slot, service="appeal")
    assert answer.status_code == 409
    assert "این دفتر این خدمت را ندارد" in answer.content.decode()


@pytest.mark.parametrize("cases", [0, 5, -3, 10**30])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_number_of_cases_that_no_turn_has_is_refused(sara_browses, slot, cases, verb):
    answer = ask(sara_browses, verb, address(slot, cases=cases))
    assert answer.status_code == 400


def test_one_key_for_two_hours_is_refused(sara_browses, office):
    key = uuid4()
    press(sara_browses, make_slot(office, "10:00"), key)
    answer = press(sara_browses, make_slot(office, "11:00"), key)
    assert answer.status_code == 409
    assert "پیش‌تر ساعت دیگری را ثبت کرده‌اید" in answer.content.decode()


def test_htmx_gets_the_refusal_as_a_part_of_the_page(sara_browses, reza, slot, petition):
    book(reza, slot, petition)
    answer = sara_browses.post(address(slot), {"key": uuid4()}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#main"
    assert "<html" not in answer.content.decode()


# ---------------------------------------------------------- what nobody asked


@pytest.mark.parametrize(
    "query",
    [
        "",
        "slot=abc&service=petition",
        "slot=99999999&service=petition",
        "slot=-1&service=petition",
        "slot=99999999999999999999999&service=petition",
        "slot={slot}&service=no-such-service",
        "slot={slot}&service=%00",
        "slot={slot}",
    ],
)
@pytest.mark.parametrize("verb", ["get", "post"])
def test_an_address_without_an_hour_leads_to_the_calendar(sara_browses, slot, query, verb):
    asked = f"/offices/1021/book/?{query.format(slot=slot.pk)}"
    answer = ask(sara_browses, verb, asked)
    assert answer.status_code == 302
    assert urlsplit(answer.url).path == "/offices/1021/"
    assert not Appointment.objects.exists()


def test_an_hour_of_another_office_is_not_shown_under_this_one(sara_browses, slot):
    make_office("1022")
    answer = sara_browses.get(address(slot, office="1022"))
    assert urlsplit(answer.url).path == "/offices/1022/"


def test_a_form_without_key_books_nothing(sara_browses, slot):
    assert sara_browses.post(address(slot), {}).status_code == 302
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("code", ["%00", "۱۰۲۱", "1021%0A", "x" * 300])
def test_a_strange_office_code_is_no_error(sara_browses, slot, code):
    assert sara_browses.get(
        f"/offices/{code}/book/?slot={slot.pk}&service=petition"
    ).status_code in (
        302,
        404,
    )


def test_what_would_be_a_query_in_an_office_code_stays_in_the_path(sara_browses, slot):
    answer = sara_browses.get("/offices/1%3Fday=x/book/")
    assert urlsplit(answer.url).path == "/offices/1%3Fday%3Dx/"


def test_persian_digits_in_the_address_are_read(sara_browses, slot):
    number = str(slot.pk).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    page = sara_browses.get(f"/offices/1021/book/?slot={number}&service=petition&cases=۲")
    assert page.status_code == 200


def test_who_asks_in_vain_too_often_waits_and_keeps_the_hour(
    sara_browses, reza, petition, slot, office, clock
):
    book(reza, slot, petition)
    free = make_slot(office, "11:00")
    for _ in range(20):
        assert press(sara_browses, slot).status_code == 409

    page = press(sara_browses, free)
    words = page.content.decode()

    assert page.status_code == 429
    assert "کمی صبر کنید" in words
    assert "یک دقیقهٔ دیگر دوباره امتحان کنید" in words
    assert escape(address(free)) in words  # nothing chosen is lost
    clock.shift(timedelta(minutes=1))
    assert press(sara_browses, free).status_code == 302
