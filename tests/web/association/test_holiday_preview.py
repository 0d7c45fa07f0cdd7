import pytest

from nobat.appointments.set_holiday import Outcome
from nobat.schedule.models import Holiday
from nobat.web.association.holiday_preview import told


@pytest.mark.parametrize(
    ("displaced", "left", "says"),
    [
        (0, 0, "نوبتی در این روز نبود."),
        (2, 0, "۲ نوبت بدون جریمه کنار رفت و به هر نفر پیامک می‌رود."),
        (0, 1200, "۱٬۲۰۰ نوبت دیگر در چند دقیقهٔ آینده خودبه‌خود کنار می‌رود."),
    ],
)
def test_what_has_become_of_people_is_said(displaced, left, says):
    assert told(Outcome(Holiday(), displaced, left)) == says


def test_those_told_and_those_left_are_said_together():
    both = told(Outcome(Holiday(), 200, 5))
    assert both.startswith("۲۰۰ نوبت بدون جریمه")
    assert both.endswith("خودبه‌خود کنار می‌رود.")
