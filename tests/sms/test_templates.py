from nobat.sms.gateways import Accepted
from nobat.sms.models import Alarm, Trouble
from nobat.sms.templates import note_templates

KNEW, DID_NOT = Accepted("1", knew_template=True), Accepted("2", knew_template=False)


def open_alarms() -> list[tuple[str, str]]:
    return list(Alarm.objects.filter(ended_at=None).values_list("trouble", "about"))


def test_a_template_that_the_provider_does_not_know_raises_an_alarm_once(db):
    note_templates("kavenegar", [KNEW, DID_NOT])
    note_templates("kavenegar", [DID_NOT])
    assert open_alarms() == [(Trouble.TEMPLATE, "kavenegar")]


def test_the_alarm_is_over_as_soon_as_it_knows_it(db):
    note_templates("kavenegar", [DID_NOT])
    note_templates("kavenegar", [KNEW])
    assert open_alarms() == []


def test_messages_without_a_template_say_nothing_about_it(db, django_assert_num_queries):
    note_templates("kavenegar", [DID_NOT])
    with django_assert_num_queries(0):
        note_templates("kavenegar", [Accepted("3")])
    assert open_alarms() == [(Trouble.TEMPLATE, "kavenegar")]
