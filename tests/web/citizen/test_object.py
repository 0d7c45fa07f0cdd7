from datetime import timedelta
from urllib.parse import urlencode

import pytest

from nobat.appointments.models import Objection
from nobat.appointments.objection import object_to_suspension, refuse_objection
from tests.build import TOMORROW, book, make_slot, miss, sign_in

PAGE = "/my/suspension/object/"
MINE = "/my/appointments/"
TEXT = "همان ساعت در دفتر بودم."


@pytest.fixture
def week(sara, slot, petition, clock):
    """Sara's week without booking, on the evening of Sunday."""
    suspension = miss(book(sara, slot, petition))
    clock.move_to(suspension.starts_at + timedelta(hours=3))
    return suspension


@pytest.fixture
def sara_browses(client, sara, week):
    return sign_in(client, sara)


def test_the_page_says_what_is_known_and_asks(sara_browses, week):
    text = sara_browses.get(PAGE).content.decode()
    for words in ("یکشنبه ۱۳ اردیبهشت ۱۴۰۵", "ساعت ۱۰:۰۰ تا ۱۰:۳۰", "دفتر نارنجستان", "چه شد"):
        assert words in text


def test_what_is_sent_waits_for_the_association_and_is_said(sara_browses):
    answer = sara_browses.post(PAGE, {"text": TEXT}, follow=True)
    assert answer.redirect_chain == [(MINE, 302)]
    assert Objection.objects.get().text == TEXT
    text = answer.content.decode()
    assert "اعتراض شما ثبت شد. کانون آن را می‌خواند" in text
    assert "اعتراض شما ثبت شده است" in text


@pytest.mark.parametrize("typed", ["", "کوتاه", "ب" * 501])
def test_what_is_too_short_or_too_long_stays_in_the_field(sara_browses, typed):
    answer = sara_browses.post(PAGE, {"text": typed})
    assert answer.status_code == 422
    assert f"{typed}</textarea>" in answer.content.decode()
    assert not Objection.objects.exists()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_one_objects_once(sara_browses, sara, week, verb):
    object_to_suspension(suspension=week, text=TEXT, citizen=sara)
    answer = getattr(sara_browses, verb)(PAGE, {"text": TEXT})
    assert answer.status_code == 409
    assert "اعتراض شما پیش‌تر ثبت شده است" in answer.content.decode()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_when_the_week_is_over_there_is_nothing_to_object_to(sara_browses, week, clock, verb):
    clock.move_to(week.until)
    answer = getattr(sara_browses, verb)(PAGE, {"text": TEXT})
    assert answer.status_code == 409
    assert "این هفته به پایان رسیده است" in answer.content.decode()


def test_of_two_weeks_the_address_names_one(client, sara, office, petition, clock):
    both = [book(sara, make_slot(office, hour), petition) for hour in ("09:00", "11:00")]
    first, second = (miss(appointment) for appointment in both)
    clock.move_to(second.starts_at)
    browses = sign_in(client, sara)
    browses.post(f"{PAGE}?of={first.cause.reference}", {"text": TEXT})
    assert Objection.objects.get().suspension == first


def test_somebody_elses_week_is_not_found(client, reza, week):
    answer = sign_in(client, reza).get(f"{PAGE}?of={week.cause.reference}")
    assert answer.status_code == 404


@pytest.mark.parametrize("code", ["%00", "1", "۱۲۳", "9" * 5000])
def test_what_is_no_tracking_code_is_not_found_either(sara_browses, week, code):
    assert sara_browses.get(f"{PAGE}?of={code}").status_code == 404


def test_a_stranger_signs_in_first(client, week):
    assert client.get(PAGE).url == f"/sign-in/?{urlencode({'next': PAGE})}"


# -------------------------------------------------------------- what the other pages say of it
def test_my_appointments_show_the_week_and_the_way_to_object(sara_browses, week):
    text = sara_browses.get(MINE).content.decode()
    assert "تا یکشنبه ۲۰ اردیبهشت ۱۴۰۵، ساعت ۱۱:۳۰ نوبت اینترنتی تازه ندارید" in text
    assert "نوبت یکشنبه ۱۳ اردیبهشت، ساعت ۱۰:۰۰ در دفتر نارنجستان ثبت نشده است" in text
    assert f'href="{PAGE}?of={week.cause.reference}"' in text


def test_a_refusal_is_shown_with_its_answer(sara_browses, sara, week, dr_karimi):
    made = object_to_suspension(suspension=week, text=TEXT, citizen=sara)
    refuse_objection(objection=made, by=dr_karimi, answer="در فهرست آن روز نبودید.")
    text = sara_browses.get(MINE).content.decode()
    assert "اعتراض شما پذیرفته نشد" in text
    assert "«در فهرست آن روز نبودید.»" in text
    assert PAGE not in text


def test_booking_says_until_when_why_and_how_to_object(sara_browses, week, office, petition):
    later = make_slot(office, "10:00", day=TOMORROW + timedelta(days=3))
    address = f"/offices/1021/book/?slot={later.pk}&service={petition.code}"
    answer = sara_browses.get(address)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "تا یکشنبه ۲۰ اردیبهشت ۱۴۰۵ نوبت اینترنتی ندارید" in text
    assert "یکشنبه ۱۳ اردیبهشت در دفتر نارنجستان نوبت داشتید" in text
    assert f'href="{PAGE}?of={week.cause.reference}"' in text
