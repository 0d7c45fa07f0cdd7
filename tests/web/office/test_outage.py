import pytest

from nobat.appointments.models import Suspension
from nobat.visits.models import Outage
from tests.build import make_visit, miss, sign_in_staff

PAGE = "/office/outage/"
SUNDAY = "2026-05-03"
HOURS = {"day": SUNDAY, "from_hour": "۹:۳۰", "until_hour": "11", "reason": "قطعی برق"}


def test_the_page_offers_today_and_thirty_days_back(at_ten, maryam_works):
    text = maryam_works.get(PAGE).content.decode()
    assert "امروز، یکشنبه ۱۳ اردیبهشت" in text
    assert text.count("<option") == 31


def test_it_says_first_how_many_people_it_touches(at_ten, maryam_works):
    answer = maryam_works.post(PAGE, HOURS)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<b>۱</b>" in text
    assert "۰۹:۳۰ تا ۱۱:۰۰" in text
    assert "قطعی برق" in text
    assert not Outage.objects.exists()


def test_who_has_come_is_not_counted(at_ten, office, maryam, maryam_works):
    make_visit(office, appointment=at_ten, by=maryam)
    assert "<b>۰</b>" in maryam_works.post(PAGE, HOURS).content.decode()


def test_pressing_the_button_records_it_and_ends_weeks(at_ten, client, maryam, clock):
    clock.move_to(miss(at_ten).starts_at)
    answer = sign_in_staff(client, maryam).post(PAGE, HOURS | {"sure": "1"}, follow=True)
    assert "قطعی یکشنبه ۱۳ اردیبهشت ثبت شد" in answer.content.decode()
    assert Outage.objects.get().noted_by.first_name == "مریم"
    assert not Suspension.objects.filter(ended_at=None).exists()


def test_without_hours_it_is_all_day(at_ten, maryam_works):
    all_day = HOURS | {"from_hour": "", "until_hour": ""}
    assert "همهٔ روز" in maryam_works.post(PAGE, all_day).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "ب" * 101},
        {"from_hour": "۱۲"},
        {"until_hour": ""},
        {"from_hour": "نه"},
        {"day": "2026-05-04"},
        {"day": "2026-04-02"},
        {"day": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("step", [{}, {"sure": "1"}])
def test_what_is_wrong_is_said_and_nothing_is_recorded(at_ten, maryam_works, wrong, step):
    answer = maryam_works.post(PAGE, HOURS | wrong | step)
    assert answer.status_code == 422
    assert not Outage.objects.exists()


def test_what_was_typed_can_be_changed(at_ten, maryam_works):
    text = maryam_works.post(PAGE, HOURS | {"change": "1"}).content.decode()
    assert 'value="قطعی برق"' in text
    assert 'value="۹:۳۰"' in text


def test_the_same_hours_twice_are_refused_in_words(at_ten, maryam_works):
    maryam_works.post(PAGE, HOURS | {"sure": "1"})
    answer = maryam_works.post(PAGE, HOURS | {"sure": "1"})
    assert answer.status_code == 409
    assert "این ساعت‌ها پیش‌تر ثبت شده است" in answer.content.decode()


def test_an_office_speaks_for_itself_alone(at_ten, client, naser):
    sign_in_staff(client, naser)
    assert "<b>۰</b>" in client.post(PAGE, HOURS).content.decode()
    client.post(PAGE, HOURS | {"sure": "1"})
    assert Outage.objects.get().office.code == "1022"
