from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.appointments.models import Appointment
from nobat.journal.models import JournalEntry
from nobat.people.codes import send_code
from nobat.people.models import Purpose
from nobat.sms.alarm import raise_alarm
from nobat.sms.lanes import Lane
from nobat.sms.models import DaySpending, Gateway, IncomingSms, OutgoingSms, State, Trouble
from nobat.web.association import message_search
from tests.build import book, make_slot, sign_in_staff
from tests.web.association.decisions import reader, seen

pytestmark = pytest.mark.django_db
PAGE = reverse("association:messages")


@pytest.fixture
def turn(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


def shown(client, query: str = "") -> str:
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_open_alarm_says_since_when_and_what_to_do(karimi_works):
    assert "هشداری باز نیست" in shown(karimi_works)
    raise_alarm(Trouble.NO_CREDIT, "kavenegar")
    text = shown(karimi_works)
    for words in (
        "اعتبار درگاه تمام شده است (کاوه‌نگار)",
        "از شنبه ۱۲ اردیبهشت، ساعت ۰۸:۰۰",
        "حساب این درگاه را همین حالا شارژ کنید",
    ):
        assert words in text


def test_gateways_queue_and_what_the_day_took_stand_on_it(karimi_works, turn, settings):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll"
    settings.SMS_PARTS_PER_DAY = 40_000
    now = timezone.now()
    OutgoingSms.objects.update(next_try_at=now - timedelta(minutes=7))
    Gateway.objects.create(
        name="outside",
        rests_until=now + timedelta(minutes=1),
        reason=Trouble.REFUSED,
        credit=7_250_000,
        credit_asked_at=now,
    )
    DaySpending.objects.create(day=now.date(), lane=Lane.BOOKINGS, parts=12_000)
    text = shown(karimi_works)

    for words in (
        "پیامک نمی‌گیرد",
        "درگاه ما را نمی‌پذیرد",
        "از شنبه ۱۲ اردیبهشت، ساعت ۰۸:۰۱ دوباره پرسیده می‌شود",
        "اعتبار: ۷٬۲۵۰٬۰۰۰ ریال",
        "۱۲٬۰۰۰ بخش از ۴۰٬۰۰۰ بخش",
        "<td>۱</td><td>۷ دقیقه</td><td>۱۲٬۰۰۰</td>",
    ):
        assert words in text


def test_each_message_is_a_masked_row_without_its_text(karimi_works, turn, sara):
    text = shown(karimi_works)
    assert "نوبت ثبت شد" in text
    assert "۰۹۱۲•••۰۰۰۱" in text
    assert sara.mobile not in text
    assert "<summary>متن" not in text


def test_filters_narrow_it_down_and_the_next_page_keeps_them(
    karimi_works, turn, sara, office, petition, monkeypatch
):
    monkeypatch.setattr(message_search, "PER_PAGE", 1)
    book(sara, make_slot(office, "12:00"), petition)
    OutgoingSms.objects.update(state=State.BLOCKED)
    assert karimi_works.get(f"{PAGE}?state=unknown").context["rows"] == []
    answer = karimi_works.get(f"{PAGE}?state=blocked&kind=booked")
    following = answer.context["next_page"]
    assert "state=blocked" in following
    (row,) = karimi_works.get(PAGE + following).context["rows"]
    assert row["reference"] == turn.reference


def test_a_tracking_code_finds_its_messages_with_their_text_and_is_on_record(
    karimi_works, turn, reza, office, petition, dr_karimi
):
    book(reza, make_slot(office, "12:00"), petition)
    assert seen(turn, dr_karimi) == 0
    IncomingSms.objects.create(
        provider="outside",
        provider_id="1",
        sender="+989120000001",
        text="وضعیت؟",
        received_at=timezone.now(),
        about=turn.reference,
    )
    answer = karimi_works.get(f"{PAGE}?about={turn.reference}")
    text = answer.content.decode()

    assert {row["reference"] for row in answer.context["rows"]} == {turn.reference}
    assert "نوبت شما: یکشنبه ۱۳ اردیبهشت" in text
    assert "وضعیت؟" in text
    assert seen(turn, dr_karimi) == 1


def test_a_mobile_is_asked_for_by_a_form_and_is_on_record_by_its_account(
    karimi_works, turn, sara, dr_karimi
):
    answer = karimi_works.post(PAGE, {"mobile": "۰۹۱۲ ۰۰۰ ۰۰۰۱"})
    assert [row["reference"] for row in answer.context["rows"]] == [turn.reference]
    assert seen(sara, dr_karimi) == 1
    assert "0001" not in str(list(JournalEntry.objects.values_list("details", flat=True)))


def test_a_mobile_in_the_address_is_not_looked_at(karimi_works, turn, reza):
    text = shown(karimi_works, f"?mobile={reza.mobile}")
    assert "۰۹۱۲•••۰۰۰۱" in text
    assert reza.mobile not in text


def test_the_text_of_a_code_is_never_shown(karimi_works, sara, sms_code):
    send_code(mobile=sara.mobile, purpose=Purpose.SIGN_IN, address="10.0.0.1")
    answer = karimi_works.post(PAGE, {"mobile": "09120000001"})
    assert "کد تأیید" in answer.content.decode()
    assert "<summary>متن" not in answer.content.decode()
    assert sms_code not in answer.content.decode()


@pytest.mark.parametrize("query", ["?about=12", "?kind=x", "?state=x"])
def test_a_wrong_search_says_what_is_wrong(karimi_works, turn, query):
    answer = karimi_works.get(PAGE + query)
    assert answer.status_code == 422
    assert "اول جستجو را درست کنید" in answer.content.decode()


def test_a_wrong_mobile_is_refused_and_stays(karimi_works):
    answer = karimi_works.post(PAGE, {"mobile": "0912"})
    assert answer.status_code == 422
    assert 'value="0912"' in answer.content.decode()


def test_nothing_found_is_no_dead_end(karimi_works):
    answer = karimi_works.post(PAGE, {"mobile": "09129999999"})
    assert "پیامکی پیدا نشد" in answer.content.decode()
    assert f'href="{PAGE}#list"' in answer.content.decode()


def test_an_officer_of_a_province_has_no_part_in_it(of_tehran):
    assert of_tehran.get(PAGE).status_code == 403


def test_who_only_reads_sees_it_and_asks_for_no_mobile(client, turn):
    reads = sign_in_staff(client, reader())
    assert "پیامک‌های یک شمارهٔ موبایل" not in shown(reads)
    assert reads.post(PAGE, {"mobile": "09120000001"}).status_code == 403


def test_it_asks_little_however_many_there_are(
    karimi_works, sara, office, petition, django_assert_max_num_queries
):
    for number in range(6):
        day = timezone.now().date() + timedelta(days=1 + number)
        book(sara, make_slot(office, "10:00", day=day), petition)
    with django_assert_max_num_queries(16):
        shown(karimi_works)
