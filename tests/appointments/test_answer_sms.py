from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from nobat.appointments import answer_sms
from nobat.appointments.answer_sms import answer_incoming_sms
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Answer, Appointment, Proposal, Status, TurnRequest
from nobat.journal.models import JournalEntry
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped, new_reference
from nobat.sms.models import IncomingSms, Kind, OutgoingSms, Understood
from nobat.visits.integrity import findings
from tests.appointments.writing import answer_to, send, write
from tests.build import TOMORROW, book, make_slot, miss

MONDAY = TOMORROW + timedelta(days=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def appointment(sara, slot, petition) -> Appointment:
    """Sara's, on Sunday at ten."""
    return book(sara, slot, petition)


@pytest.fixture
def displaced(appointment, office, clock) -> Appointment:
    """The office has closed on Sunday, and Monday at ten is kept for Sara."""
    make_slot(office, "10:00", day=MONDAY)
    lose(appointment)
    clock.shift(timedelta(minutes=5))
    return appointment


@pytest.fixture
def displaced_for_long(appointment, office) -> Appointment:
    """Only an hour a week later could be kept for Sara, until Sunday evening."""
    make_slot(office, "10:00", day=MONDAY + 6 * DAY)
    lose(appointment)
    return appointment


def lose(appointment):
    type(appointment.slot).objects.filter(pk=appointment.slot_id).update(offered=0)
    displace_appointment(appointment=appointment, reason="آلودگی هوا", by=None)


def shown(reference):
    return fa_digits(grouped(reference)).replace(" ", "\u00a0")


def told_of(kind):
    return OutgoingSms.objects.filter(kind=kind).count()


@pytest.fixture(autouse=True)
def everything_is_in_order(db):
    yield
    with connection.cursor() as cursor:
        assert [found for found in findings(cursor) if found.rows] == []


# ------------------------------------------------------------------ «لغو» and a code
def test_a_turn_is_given_back_with_its_code_and_its_own_sms_says_so(sara, slot, appointment):
    sms = write(sara.mobile, f"لغو {shown(appointment.reference)}")

    appointment.refresh_from_db()
    slot.refresh_from_db()
    assert (appointment.status, slot.taken) == (Status.CANCELLED_BY_CITIZEN, 0)
    assert (sms.understood, sms.result, sms.about) == (
        Understood.CANCEL,
        "cancelled",
        appointment.reference,
    )
    assert sms.answered_at == timezone.now()
    assert (told_of(Kind.CANCELLED), answer_to(sms)) == (1, None)
    assert JournalEntry.objects.latest("pk").by == f"people.Person:{sara.pk}"


def test_a_turn_of_somebody_else_is_answered_like_one_that_does_not_exist(reza, appointment):
    of_sara = write(reza.mobile, f"لغو {appointment.reference}")
    of_nobody = write(reza.mobile, f"لغو {new_reference()}")
    with_a_wrong_digit = write(reza.mobile, "لغو ۱۲۳۴۵")

    said = {answer_to(sms) for sms in (of_sara, of_nobody, with_a_wrong_digit)}
    results = {(sms.result, sms.about) for sms in (of_sara, of_nobody, with_a_wrong_digit)}
    assert len(said) == 1
    assert "با این کد رهگیری نوبتی برای این شماره نیست" in said.pop()
    assert results == {("NoSuchAppointment", "")}
    assert not OutgoingSms.objects.filter(kind=Kind.ANSWER).exclude(about="").exists()
    appointment.refresh_from_db()
    assert appointment.status == Status.BOOKED


def test_so_it_is_asked_after_and_accepted(reza, displaced):
    status = write(reza.mobile, displaced.reference)
    accept = write(reza.mobile, f"قبول {displaced.reference}")

    assert {status.result, accept.result} == {"NoSuchAppointment"}
    assert answer_to(status) == answer_to(accept)


def test_what_is_cancelled_already_is_said(sara, appointment):
    write(sara.mobile, f"لغو {appointment.reference}")
    again = write(sara.mobile, f"لغو {appointment.reference}")

    assert again.result == "NotPossibleNow"
    assert "پیش‌تر حذف شده است" in answer_to(again)
    assert told_of(Kind.CANCELLED) == 1


def test_when_its_hour_has_come_it_is_too_late(sara, appointment, clock):
    clock.move_to(appointment.starts_at)
    sms = write(sara.mobile, f"لغو {appointment.reference}")

    assert sms.result == "NotPossibleNow"
    assert answer_to(sms) == (
        "حذف نشد: ساعت نوبت یکشنبه ۱۳ اردیبهشت ساعت ۱۰:۰۰ در دفتر نارنجستان رسیده است."
    )


def test_who_did_not_come_cannot_give_the_turn_back(sara, appointment, clock):
    clock.move_to(appointment.ends_at + HOUR)
    miss(appointment)
    sms = write(sara.mobile, f"لغو {appointment.reference}")

    assert sms.result == "NotPossibleNow"
    assert "نیامدید و نوبت لغو شد" in answer_to(sms)


def test_one_that_a_closure_displaced_is_given_back(sara, displaced):
    assert write(sara.mobile, f"لغو {displaced.reference}").result == "cancelled"
    assert Proposal.objects.get().answer == Answer.NOT_WANTED


# ------------------------------------------------------------------ «لغو» alone
def test_without_the_code_nothing_is_cancelled_and_the_code_is_named(sara, appointment):
    sms = write(sara.mobile, "لغو")

    assert (sms.result, sms.about) == ("told", appointment.reference)
    assert "هنوز چیزی حذف نشده است. برای حذف نوبت یکشنبه ۱۳" in answer_to(sms)
    assert f"بفرستید: لغو {shown(appointment.reference)}" in answer_to(sms)
    assert write(sara.mobile, answer_to(sms).split("بفرستید: ")[1]).result == "cancelled"


def test_of_several_the_code_is_asked_for(sara, appointment, office, petition):
    book(sara, make_slot(office, "11:00"), petition)
    sms = write(sara.mobile, "لغو")

    assert "دو نوبت در پیش دارید" in answer_to(sms)
    assert not Appointment.objects.exclude(status=Status.BOOKED).exists()


def test_with_none_there_is_nothing_to_cancel(sara):
    assert "نوبتی در پیش ندارید" in answer_to(write(sara.mobile, "لغو"))


# ------------------------------------------------------------------ «وضعیت»
@pytest.mark.parametrize("with_code", [True, False])
def test_the_coming_turn_is_told(sara, appointment, with_code):
    sms = write(sara.mobile, f"وضعیت {appointment.reference if with_code else ''}")

    assert sms.result == "told"
    assert answer_to(sms) == (
        "نوبت شما: یکشنبه ۱۳ اردیبهشت ساعت ۱۰:۰۰\nدفتر نارنجستان\n"
        f"اگر نمی‌آیید، بفرستید: لغو {shown(appointment.reference)}"
    )


def test_of_several_the_nearest_is_told(sara, appointment, office, petition):
    book(sara, make_slot(office, "09:00", day=MONDAY), petition)
    said = answer_to(write(sara.mobile, "وضعیت"))

    assert said.startswith("دو نوبت در پیش دارید. نزدیک‌ترین: یکشنبه ۱۳")
    assert shown(appointment.reference) in said


def test_what_waits_for_an_answer_goes_before_what_is_coming(sara, displaced, office, petition):
    book(sara, make_slot(office, "09:00", day=MONDAY), petition)
    said = answer_to(write(sara.mobile, "وضعیت"))

    assert "پیشنهاد: دوشنبه ۱۴ اردیبهشت ساعت ۱۰:۰۰" in said
    assert f"قبول {shown(displaced.reference)}" in said


def test_without_a_kept_hour_the_page_is_named(sara, displaced, clock):
    clock.move_to(Proposal.objects.get().held_until)

    assert "ساعت دیگر را در «نوبت‌های من» بگیرید" in answer_to(write(sara.mobile, "وضعیت"))


def test_whatever_became_of_a_turn_is_told(sara, appointment, clock):
    clock.move_to(appointment.ends_at + HOUR)
    over = answer_to(write(sara.mobile, appointment.reference))
    miss(appointment)
    missed = answer_to(write(sara.mobile, appointment.reference))

    assert "رسیده است" in over
    assert "نیامدید" in missed


# ------------------------------------------------------------------ «قبول»
@pytest.mark.parametrize("with_code", [True, False])
def test_the_kept_hour_is_taken_and_the_sms_of_the_move_says_so(sara, displaced, with_code):
    sms = write(sara.mobile, f"قبول {displaced.reference if with_code else ''}")

    displaced.refresh_from_db()
    assert (sms.result, sms.about) == ("accepted", displaced.reference)
    assert (displaced.status, displaced.day) == (Status.BOOKED, MONDAY)
    assert Proposal.objects.get().answer == Answer.ACCEPTED
    assert (told_of(Kind.MOVED), answer_to(sms)) == (1, None)


def test_with_nothing_proposed_there_is_nothing_to_accept(sara, appointment):
    for text in ("قبول", f"قبول {appointment.reference}"):
        sms = write(sara.mobile, text)
        assert sms.result == "NothingProposed"
        assert "پیشنهادی در انتظار پاسخ شما نیست" in answer_to(sms)


def test_of_two_proposals_the_code_says_which(sara, office, petition, displaced, clock):
    make_slot(office, "11:00", day=MONDAY)
    other = book(sara, make_slot(office, "11:00"), petition)
    lose(other)
    clock.shift(HOUR)

    undecided = write(sara.mobile, "قبول")
    decided = write(sara.mobile, f"قبول {other.reference}")

    assert "دو پیشنهاد در انتظار پاسخ شماست" in answer_to(undecided)
    assert (decided.result, decided.about) == ("accepted", other.reference)


def test_one_that_lapsed_is_given_while_its_seat_is_free(sara, displaced_for_long, clock):
    clock.move_to(Proposal.objects.get().held_until + HOUR)

    assert write(sara.mobile, "قبول").result == "accepted"


def test_one_that_lapsed_and_was_taken_is_refused_in_words(
    sara, reza, displaced_for_long, petition, clock
):
    clock.move_to(Proposal.objects.get().held_until + HOUR)
    book(reza, Proposal.objects.get().slot, petition)
    sms = write(sara.mobile, "قبول")

    assert (sms.result, sms.about) == ("SlotFull", displaced_for_long.reference)
    assert "پیشنهاد ثبت نشد: وقت پیشنهادی پر شده است." in answer_to(sms)
    displaced_for_long.refresh_from_db()
    assert displaced_for_long.status == Status.DISPLACED


def test_one_whose_hour_has_come_is_no_longer_proposed(sara, displaced_for_long, clock):
    clock.move_to(Proposal.objects.get().starts_at)

    assert write(sara.mobile, "قبول").result == "NothingProposed"


def test_nobody_accepts_an_hour_that_was_proposed_after_they_wrote(sara, displaced):
    Proposal.objects.update(made_at=timezone.now())
    sms = write(sara.mobile, "قبول", at=timezone.now() - timedelta(minutes=1))

    assert sms.result == "ProposedAnew"
    assert "پیشنهاد عوض شده است: دوشنبه ۱۴" in answer_to(sms)
    assert write(sara.mobile, f"قبول {displaced.reference}").result == "accepted"


def test_in_a_week_without_booking_nothing_is_accepted(
    sara, displaced_for_long, office, petition, clock
):
    early = book(sara, make_slot(office, "09:00", day=MONDAY), petition)
    clock.move_to(early.ends_at + HOUR)
    miss(early)
    sms = write(sara.mobile, "قبول")

    assert sms.result == "Suspended"
    assert "نوبت اینترنتی نمی‌گیرید" in answer_to(sms)


# ------------------------------------------------------------------ whom we answer
def test_what_is_not_understood_is_answered_with_what_can_be_sent(sara):
    sms = write(sara.mobile, "سلام، وقت می‌خواهم")

    assert (sms.understood, sms.result) == (Understood.NOTHING, "NotUnderstood")
    assert "می‌توانید بفرستید: «وضعیت»" in answer_to(sms)


def test_a_number_without_an_account_is_answered_once_a_day(db, clock):
    first = write("+989350000009", "وضعیت")
    second = write("+989350000009", "لغو")
    clock.shift(DAY)
    tomorrow = write("+989350000009", "لغو")

    assert "حساب ندارد" in answer_to(first)
    assert (answer_to(second), second.result) == (None, "TooOften")
    assert answer_to(tomorrow)


@pytest.mark.parametrize("sender", ["20001", "BANK", "+905321234567", "3000505"])
def test_machines_are_never_answered(db, sender):
    sms = write(sender, "وضعیت")

    assert (sms.result, sms.answered_at) == ("NotAMobile", timezone.now())
    assert not OutgoingSms.objects.exists()


def test_five_answers_in_an_hour_are_enough_and_an_act_is_still_done(sara, appointment, clock):
    said = [answer_to(write(sara.mobile, "وضعیت")) for _ in range(6)]
    sms = write(sara.mobile, f"لغو {appointment.reference}")

    assert [bool(each) for each in said] == [True] * 5 + [False]
    assert sms.result == "cancelled"
    clock.shift(HOUR)
    assert answer_to(write(sara.mobile, "وضعیت"))


def test_fifteen_in_a_day_are_enough(sara, clock):
    said = 0
    for _ in range(6):
        said += sum(bool(answer_to(write(sara.mobile, "وضعیت"))) for _ in range(5))
        clock.shift(HOUR)

    assert said == 15


def test_who_wrote_too_often_leaves_others_their_answers(sara, reza):
    for _ in range(7):
        write(sara.mobile, "وضعیت")

    assert answer_to(write(reza.mobile, "وضعیت"))


def test_what_has_lain_for_a_day_is_not_acted_upon(sara, office, petition, clock):
    later = book(sara, make_slot(office, "10:00", day=MONDAY), petition)
    sms = send(sara.mobile, f"لغو {later.reference}")
    clock.shift(DAY + timedelta(seconds=1))
    answer_incoming_sms()

    sms.refresh_from_db()
    later.refresh_from_db()
    assert (sms.result, answer_to(sms)) == ("TooOld", None)
    assert later.status == Status.BOOKED


def test_an_answer_is_worth_sending_for_an_hour(sara):
    write(sara.mobile, "وضعیت")

    assert OutgoingSms.objects.get().not_after == timezone.now() + HOUR


# ------------------------------------------------------------------ nothing is lost
def test_each_message_is_done_once(sara, appointment):
    send(sara.mobile, "وضعیت")

    assert [answer_incoming_sms() for _ in range(3)] == [1, 0, 0]
    assert told_of(Kind.ANSWER) == 1


def test_one_that_breaks_us_holds_up_no_other_and_is_tried_again(
    sara, appointment, monkeypatch, caplog
):
    broken, whole = send(sara.mobile, "قبول"), send(sara.mobile, "وضعیت")
    with monkeypatch.context() as patch:
        patch.setattr(answer_sms, "_proposals", breaks_with(ValueError(sara.mobile)))
        assert answer_incoming_sms() == 1

    assert (answer_to(broken), bool(answer_to(whole))) == (None, True)
    assert f"Incoming SMS {broken.pk}: ValueError" in caplog.text
    assert sara.mobile not in caplog.text
    assert answer_incoming_sms() == 1
    assert answer_to(broken)


def test_with_the_database_away_all_wait(sara, appointment, monkeypatch):
    sms = send(sara.mobile, f"لغو {appointment.reference}")
    with monkeypatch.context() as patch:
        patch.setattr(answer_sms, "queue_sms", breaks_with(OperationalError()))
        patch.setattr(answer_sms, "cancel_appointment", breaks_with(OperationalError()))
        with pytest.raises(OperationalError):
            answer_incoming_sms()

    assert IncomingSms.objects.get(pk=sms.pk).answered_at is None
    assert answer_incoming_sms() == 1


def test_tried_again_a_message_presses_the_same_button(sara, displaced, monkeypatch):
    send(sara.mobile, "قبول")
    keys = []

    def dies(*, appointment, key):
        keys.append(key)
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(answer_sms, "accept_proposal", dies)
        with pytest.raises(OperationalError):
            answer_incoming_sms()
    answer_incoming_sms()

    assert keys == [TurnRequest.objects.latest("pk").key]


def test_killed_after_the_act_it_is_as_if_nothing_had_been_done(sara, appointment, monkeypatch):
    sms = send(sara.mobile, f"لغو {appointment.reference}")

    class Killed(BaseException):
        pass

    with monkeypatch.context() as patch:
        patch.setattr(answer_sms, "Reply", breaks_with(Killed()))
        with pytest.raises(Killed):
            answer_incoming_sms()

    appointment.refresh_from_db()
    assert appointment.status == Status.BOOKED
    assert answer_incoming_sms() == 1
    sms.refresh_from_db()
    assert (sms.result, told_of(Kind.CANCELLED)) == ("cancelled", 1)


def breaks_with(problem):
    def breaks(*args, **kwargs):
        raise problem

    return breaks
