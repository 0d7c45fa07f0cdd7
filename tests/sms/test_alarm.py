from datetime import timedelta

from django.utils import timezone

from nobat.sms.alarm import end_alarm, raise_alarm, set_alarm
from nobat.sms.models import Alarm, Trouble


def test_an_alarm_is_told_once_and_stays_until_it_is_over(db, clock, caplog):
    raise_alarm(Trouble.DOWN, "outside")
    began = timezone.now()
    clock.shift(timedelta(minutes=1))
    raise_alarm(Trouble.DOWN, "outside")
    alarm = Alarm.objects.get()
    assert (alarm.raised_at, alarm.ended_at) == (began, None)
    assert caplog.text.count("Alarm: down outside") == 1

    end_alarm(Trouble.DOWN, "outside")
    alarm.refresh_from_db()
    assert alarm.ended_at == timezone.now()
    assert "Alarm over: down outside" in caplog.text


def test_each_gateway_has_its_own(db):
    raise_alarm(Trouble.DOWN, "outside")
    raise_alarm(Trouble.DOWN, "second")
    end_alarm(Trouble.DOWN, "second")
    assert list(Alarm.objects.filter(ended_at=None).values_list("about", flat=True)) == ["outside"]


def test_what_comes_again_is_a_new_alarm(db):
    for _ in range(2):
        raise_alarm(Trouble.DOWN, "outside")
        end_alarm(Trouble.DOWN, "outside")
    assert Alarm.objects.count() == 2


def test_an_alarm_lasts_as_long_as_it_is_so(db):
    set_alarm(Trouble.QUEUE_LATE, while_true=False)
    assert not Alarm.objects.exists()
    set_alarm(Trouble.QUEUE_LATE, while_true=True)
    assert Alarm.objects.get().ended_at is None
    set_alarm(Trouble.QUEUE_LATE, while_true=False)
    assert Alarm.objects.get().ended_at is not None
