import pytest

from nobat.sms.alarm import raise_alarm
from nobat.sms.models import Alarm, Trouble
from nobat.web.association.alarm_words import WHAT_TO_DO, in_words

pytestmark = pytest.mark.django_db


def test_every_trouble_says_what_somebody_has_to_do():
    assert set(WHAT_TO_DO) == set(Trouble)
    assert all(len(said) > 40 for said in WHAT_TO_DO.values())


@pytest.mark.parametrize(
    ("about", "said"), [("kavenegar", "کاوه‌نگار"), ("third", "third"), ("", "")]
)
def test_an_alarm_names_its_gateway(about, said):
    raise_alarm(Trouble.DOWN, about)
    (alarm,) = in_words(Alarm.objects.all())
    assert (alarm.title, alarm.gateway) == ("درگاه پاسخ نمی‌دهد", said)
    assert alarm.what_to_do == WHAT_TO_DO[Trouble.DOWN]
