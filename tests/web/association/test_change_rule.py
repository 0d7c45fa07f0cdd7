import pytest
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.rules import Rule
from nobat.people.second_factor import code_at
from tests.build import (
    SECOND_FACTOR,
    TOMORROW,
    book,
    confirm_second_factor,
    make_rule,
    make_slot,
)

PAGE = "/association/rules/cases_per_turn/"
ASKED = {"number": "۳", "valid_from": "۱۴۰۵/۰۲/۱۳", "why": "مصوبهٔ هیئت‌مدیره"}


@pytest.fixture
def works(karimi_works, dr_karimi):
    confirm_second_factor(dr_karimi)
    return karimi_works


def code():
    return code_at(SECOND_FACTOR, timezone.now())


def press(client, **typed):
    """The red button of the preview."""
    sent = ASKED | {"step": "set", "seen": "2", "code": code()} | typed
    return client.post(PAGE, sent)


def test_the_page_says_what_holds_and_what_may_be_typed(works, dr_karimi):
    make_rule("cases_per_turn", 4, by=dr_karimi)
    text = works.get(PAGE).content.decode()

    assert "اکنون دو پرونده، قاعدهٔ ۴ منتشرشده" in text
    assert "از ۱ تا ۱۰ پرونده" in text
    assert "از یکشنبه ۱۳ اردیبهشت ۱۴۰۵: چهار پرونده، به تصمیم سیمین کریمی" in text


def test_what_follows_is_shown_and_nothing_is_done(works, reza, office, petition):
    make_slot(office, "10:30")
    book(reza, make_slot(office, "10:00"), petition, cases=4)
    text = works.post(PAGE, ASKED | {"number": "1"}).content.decode()

    assert "<b>یک پرونده</b>" in text
    assert "به جای دو پرونده. هر نوبت برای یک پرونده است." in text
    assert "۱ نوبت با عدد تازه نمی‌خواند" in text
    assert "با روز نوبت: از یکشنبه ۱۳ اردیبهشت به بعد" in text
    assert 'name="seen" value="2"' in text
    assert not Rule.objects.exists()


def test_with_the_code_it_is_done_and_said(works, dr_karimi):
    answer = press(works)

    assert answer.url == "/association/rules/"
    assert policy.rules_on(TOMORROW).cases_per_turn == 3
    rule = Rule.objects.get()
    assert (rule.set_by, rule.why) == (dr_karimi, "مصوبهٔ هیئت‌مدیره")
    said = works.get("/association/rules/").content.decode()
    assert "ثبت شد: پرونده در هر نوبت، از یکشنبه ۱۳ اردیبهشت سه پرونده." in said


@pytest.mark.parametrize("typed", ["", "000000", "12"])
def test_without_the_right_code_nothing_is_done_and_all_that_was_typed_stays(works, typed):
    answer = press(works, code=typed)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="مصوبهٔ هیئت‌مدیره"' in text
    assert 'name="seen" value="2"' in text
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"number": "۱۱"}, "عددی میان ۱ و ۱۰ بنویسید"),
        ({"number": "سه"}, "عددی میان ۱ و ۱۰ بنویسید"),
        ({"number": "2"}, "در این روز همین عدد برقرار است"),
        ({"valid_from": "۱۴۰۵/۰۲/۱۲"}, "قاعده از گذشته یا از امروز آغاز نمی‌شود"),
        ({"valid_from": "1407/01/01"}, "بیش از یک سال دیگر است"),
        ({"valid_from": "فردا"}, "این روز در تقویم نیست"),
        ({"why": " \u200c "}, "دلیل را در چند کلمه بنویسید"),
    ],
)
@pytest.mark.parametrize("step", ["", "set"])
def test_what_is_wrong_is_said_beside_its_field(works, typed, says, step):
    answer = works.post(PAGE, ASKED | typed | {"step": step, "seen": "2", "code": code()})

    assert answer.status_code in (409, 422)
    assert says in answer.content.decode()
    assert not Rule.objects.exists()


def test_somebody_else_was_faster_and_it_is_looked_at_again(works, dr_karimi):
    make_rule("cases_per_turn", 4, by=dr_karimi)

    again = press(works)

    assert again.status_code == 409
    text = again.content.decode()
    assert "این قاعده در این میان عوض شد" in text
    assert "چهار پرونده که سیمین کریمی برای همین روز گذاشته بود" in text
    assert "همان دو پرونده می‌ماند" in text
    assert press(works, seen="4").status_code == 302  # the code was not used up


def test_one_goes_back_with_everything_typed(works):
    text = works.post(PAGE, ASKED | {"step": "edit"}).content.decode()

    assert 'value="۳"' in text
    assert 'value="۱۴۰۵/۰۲/۱۳"' in text


def test_until_when_it_holds_is_said(works, dr_karimi):
    from_next_week = TOMORROW.replace(day=10)
    make_rule("cases_per_turn", 5, by=dr_karimi, valid_from=from_next_week)

    text = works.post(PAGE, ASKED).content.decode()
    assert "تا یکشنبه ۲۰ اردیبهشت ۱۴۰۵ که پنج پرونده آغاز می‌شود" in text


def test_there_is_no_page_for_a_rule_that_is_none(works):
    assert works.get("/association/rules/nothing/").status_code == 404
