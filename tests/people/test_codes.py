from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.people import throttle
from nobat.people.codes import (
    CodeExpired,
    CodeSentJustNow,
    CodeUsedUp,
    NeedsSecurityCode,
    WrongCode,
    send_code,
    use_code,
)
from nobat.people.models import Purpose, SmsCode
from nobat.people.throttle import TooOften
from nobat.shared.jalali import tehran_day
from nobat.sms.alarm import raise_alarm
from nobat.sms.lanes import Lane
from nobat.sms.models import DaySpending, Kind, OutgoingSms, Trouble

NEW = "+989129999999"
pytestmark = pytest.mark.django_db


def send(mobile=NEW, purpose=Purpose.SIGN_UP, address="192.0.2.1", **more):
    send_code(mobile=mobile, purpose=purpose, address=address, **more)


def use(digits, mobile=NEW, purpose=Purpose.SIGN_UP):
    use_code(mobile=mobile, purpose=purpose, digits=digits)


def kinds():
    return list(OutgoingSms.objects.order_by("id").values_list("kind", flat=True))


def test_the_code_of_the_sms_is_right(sms_code):
    send()

    use(sms_code)


def test_a_code_is_right_once(sms_code):
    send()
    use(sms_code)

    with pytest.raises(CodeExpired):
        use(sms_code)


def test_a_code_is_right_for_two_minutes(sms_code, clock):
    send()
    clock.shift(timedelta(seconds=119))
    use(sms_code)


def test_after_two_minutes_a_code_is_over(sms_code, clock):
    send()
    clock.shift(timedelta(minutes=2))

    with pytest.raises(CodeExpired):
        use(sms_code)


def test_a_code_can_be_tried_five_times(sms_code):
    send()
    for _ in range(4):
        with pytest.raises(WrongCode):
            use("999999")

    use(sms_code)


def test_after_five_wrong_tries_even_the_right_code_is_refused(sms_code):
    send()
    for _ in range(4):
        with pytest.raises(WrongCode):
            use("999999")
    with pytest.raises(CodeUsedUp):
        use("999999")

    with pytest.raises(CodeUsedUp):
        use(sms_code)


def test_a_try_is_two_statements(sms_code, django_assert_num_queries):
    send()

    with django_assert_num_queries(2):
        use(sms_code)


def test_without_a_code_nothing_is_right():
    with pytest.raises(CodeExpired):
        use("000000")


def test_a_code_is_for_one_mobile_and_one_purpose(sms_code, sara):
    send(sara.mobile, Purpose.SIGN_IN)

    with pytest.raises(CodeExpired):
        use(sms_code, sara.mobile, Purpose.RESET_PASSWORD)
    with pytest.raises(CodeExpired):
        use(sms_code, NEW, Purpose.SIGN_IN)
    use(sms_code, sara.mobile, Purpose.SIGN_IN)


def test_a_fresh_code_ends_the_one_before(monkeypatch, clock):
    digits = iter([111111, 222222])
    monkeypatch.setattr("nobat.people.codes.secrets.randbelow", lambda _: next(digits))
    send()
    clock.shift(timedelta(seconds=60))
    send()

    with pytest.raises(WrongCode):
        use("111111")
    use("222222")


def test_a_fresh_code_brings_five_fresh_tries(sms_code, clock):
    send()
    for _ in range(5):
        with pytest.raises((WrongCode, CodeUsedUp)):
            use("999999")
    clock.shift(timedelta(seconds=60))
    send()

    use(sms_code)


def test_the_next_code_is_sent_after_a_minute(clock):
    send()
    clock.shift(timedelta(seconds=59))

    with pytest.raises(CodeSentJustNow, match="۱ ثانیه"):
        send()

    clock.shift(timedelta(seconds=1))
    send()
    assert kinds() == [Kind.CODE, Kind.CODE]


def test_asking_too_early_leaves_the_code_as_it_is(sms_code):
    send()
    with pytest.raises(CodeSentJustNow):
        send()

    use(sms_code)
    assert kinds() == [Kind.CODE]


def test_a_mobile_gets_five_codes_an_hour(clock):
    for _ in range(5):
        send()
        clock.shift(timedelta(seconds=60))

    with pytest.raises(TooOften):
        send()


def test_a_mobile_gets_ten_codes_a_day(clock):
    for _ in range(10):
        send()
        clock.shift(timedelta(minutes=30))

    with pytest.raises(TooOften, match="امروز"):
        send()


def test_an_address_gets_sixty_codes_a_minute():
    for number in range(60):
        send(f"+9891200001{number:02}")

    with pytest.raises(TooOften):
        send()
    send(address="192.0.2.2")


def test_a_refused_request_does_not_end_the_code_before(sms_code, clock):
    for _ in range(5):
        send()
        clock.shift(timedelta(seconds=60))
    with pytest.raises(TooOften):
        send()

    use(sms_code)


def test_the_third_code_of_an_hour_needs_the_security_code(sara, clock):
    for _ in range(2):
        send(sara.mobile, Purpose.SIGN_IN, is_human=False)
        clock.shift(timedelta(seconds=60))

    with pytest.raises(NeedsSecurityCode):
        send(sara.mobile, Purpose.SIGN_IN, is_human=False)
    send(sara.mobile, Purpose.SIGN_IN, is_human=True)


def test_a_busy_address_is_asked_for_the_security_code():
    for number in range(30):
        send(f"+9891200001{number:02}", Purpose.SIGN_IN, is_human=False)

    with pytest.raises(NeedsSecurityCode):
        send(NEW, Purpose.SIGN_IN, is_human=False)


def test_the_fourth_code_of_a_device_needs_the_security_code():
    for number in range(3):
        send(f"+9891200001{number:02}", Purpose.SIGN_IN, device="a phone", is_human=False)

    with pytest.raises(NeedsSecurityCode):
        send(NEW, Purpose.SIGN_IN, device="a phone", is_human=False)
    send(NEW, Purpose.SIGN_IN, device="another", is_human=False)


def test_a_device_gets_ten_codes_a_day():
    for number in range(10):
        send(f"+9891200001{number:02}", device="a phone")

    with pytest.raises(TooOften, match="از این دستگاه"):
        send(device="a phone")
    send(device="another")


def test_a_mobile_operators_address_gets_six_hundred_codes_a_minute(settings):
    settings.MOBILE_OPERATOR_NETWORKS = ["198.51.100.0/24"]
    now = timezone.now()
    shared = (throttle.CODES_OF_OPERATOR_ADDRESS, "198.51.100.7")
    for _ in range(599):
        throttle.count(*shared, now)

    send(address="198.51.100.7")
    with pytest.raises(TooOften, match="از شبکهٔ شما"):
        send("+989120000100", address="198.51.100.7")


def test_once_the_days_sms_are_spent_everybody_gives_the_security_code(settings):
    settings.SMS_PARTS_PER_DAY = 10
    DaySpending.objects.create(day=tehran_day(timezone.now()), lane=Lane.REMINDERS, parts=10)

    with pytest.raises(NeedsSecurityCode):
        send(NEW, Purpose.SIGN_IN, is_human=False)
    send(NEW, Purpose.SIGN_IN, is_human=True)


def test_while_too_many_codes_are_wrong_everybody_gives_the_security_code():
    raise_alarm(Trouble.WRONG_CODES)

    with pytest.raises(NeedsSecurityCode):
        send(NEW, Purpose.SIGN_IN, is_human=False)
    send(NEW, Purpose.SIGN_IN, is_human=True)


def test_another_alarm_asks_nobody_for_the_security_code():
    raise_alarm(Trouble.QUEUE_LATE)

    send(NEW, Purpose.SIGN_IN, is_human=False)


def test_a_mobile_has_twenty_five_tries_a_day(sms_code, clock):
    for _ in range(5):
        send()
        for _ in range(5):
            with pytest.raises((WrongCode, CodeUsedUp)):
                use("999999")
        clock.shift(timedelta(minutes=30))
    send()

    with pytest.raises(TooOften, match="امروز"):
        use(sms_code)
    clock.shift(timedelta(days=1))
    send()
    use(sms_code)


def test_only_wrong_codes_are_counted_as_wrong(sms_code):
    send()
    with pytest.raises(WrongCode):
        use("999999")
    use(sms_code)
    with pytest.raises(CodeExpired):
        use(sms_code)

    assert throttle.so_far(throttle.WRONG_CODES_OF_SYSTEM, "", timezone.now()) == 1


def test_whoever_has_an_account_hears_so_instead_of_a_code(sara, sms_code):
    send(sara.mobile)

    assert kinds() == [Kind.HAS_ACCOUNT]
    with pytest.raises(WrongCode):
        use(sms_code, sara.mobile)


@pytest.mark.parametrize("purpose", [Purpose.SIGN_IN, Purpose.RESET_PASSWORD])
def test_whoever_has_no_account_hears_so_instead_of_a_code(purpose, sms_code):
    send(NEW, purpose)

    assert kinds() == [Kind.NO_ACCOUNT]
    with pytest.raises(WrongCode):
        use(sms_code, NEW, purpose)


@pytest.mark.parametrize("purpose", Purpose)
def test_known_and_unknown_numbers_make_the_same_statements(
    purpose, sara, django_assert_num_queries
):
    # Six, and the edges of the transaction.
    with django_assert_num_queries(8) as known:
        send(sara.mobile, purpose)
    with django_assert_num_queries(8) as unknown:
        send(NEW, purpose)

    verbs = [[query["sql"][:9] for query in each] for each in (known, unknown)]
    assert verbs[0] == verbs[1]


def test_known_and_unknown_numbers_get_the_same_refusals(sara, clock):
    answers = {sara.mobile: [], NEW: []}
    for mobile, heard in answers.items():
        send(mobile, Purpose.SIGN_IN)
        for digits in ["999999"] * 6:
            with pytest.raises((WrongCode, CodeUsedUp)) as refusal:
                use(digits, mobile, Purpose.SIGN_IN)
            heard.append(refusal.value.message)

    assert answers[sara.mobile] == answers[NEW]


def test_a_code_is_never_kept_in_clear(sms_code):
    send()

    kept = repr(SmsCode.objects.values().get()) + repr(OutgoingSms.objects.values().get())
    assert sms_code not in kept


def test_a_code_is_not_sent_when_it_is_over():
    send()

    assert OutgoingSms.objects.get().not_after == timezone.now() + timedelta(minutes=2)
