from datetime import time, timedelta

import pytest

from nobat.schedule.models import ClosureOrder
from nobat.web.association.order_words import how_much, when, where
from tests.build import TOMORROW

pytestmark = pytest.mark.django_db


def order(**scope) -> ClosureOrder:
    return ClosureOrder(**{"first_day": TOMORROW, "last_day": TOMORROW} | scope)


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({"is_nationwide": True}, "همهٔ کشور"),
        ({"provinces": ["07"]}, "استان فارس"),
        ({"provinces": ["07", "23"]}, "استان‌های تهران و فارس"),
        (
            {"provinces": ["07"], "but_counties": ["0712"], "spares_exempt": True},
            "استان فارس، جز شهرستان مرودشت، دفترهای کشیک",
        ),
        ({"offices": ["1021"]}, "دفتر نارنجستان"),
        ({"counties": ["0707", "0712"]}, "شهرستان‌های شیراز و مرودشت"),
    ],
)
def test_where(office, scope, words):
    assert where(order(**scope)) == words


def test_many_places_are_counted():
    assert where(order(provinces=["07", "23", "04", "03", "06"])) == "۵ استان"


def test_when():
    assert when(order()) == "یکشنبه ۱۳ اردیبهشت، همهٔ روز"
    longer = order(
        last_day=TOMORROW + timedelta(days=1), from_hour=time(12), until_hour=time(23, 59)
    )
    assert when(longer) == "یکشنبه ۱۳ اردیبهشت تا دوشنبه ۱۴ اردیبهشت، از ساعت ۱۲:۰۰ تا پایان روز"
    assert when(order(from_hour=time(8), until_hour=time(10))).endswith("ساعت ۰۸:۰۰ تا ۱۰:۰۰")


def test_how_much():
    assert how_much(order()) == "همهٔ ظرفیت"
    assert how_much(order(stays=25)) == "۲۵٪ ظرفیت می‌ماند"
