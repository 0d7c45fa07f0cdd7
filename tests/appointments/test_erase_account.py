"""Leaving: what goes at once, what stays under a pseudonym, and what cannot be escaped by it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.book import HasLeft
from nobat.appointments.erase_account import StillWorksHere, erase_account, release_identities
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices.models import Operator
from nobat.people.erase import forget_numbers_of_erased
from nobat.people.models import ErasedAccount, Person
from nobat.people.sign_up import IdentityHeld, make_account
from nobat.schedule.models import Slot
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.visits.integrity import check_integrity
from tests.build import PASSWORD, book, make_slot, miss, national_code_for

pytestmark = pytest.mark.django_db
MOBILE = "+989120000001"  # Sara's


def sign_up_again(mobile=MOBILE):
    """Sara comes back, with her own national code."""
    return make_account(
        mobile=mobile,
        nationality="IR",
        first_name="سارا",
        last_name="محمدی",
        identity_kind="national",
        identity_number=national_code_for(MOBILE),
        password=PASSWORD,
    )


def broken() -> list[str]:
    return [finding.sentence for finding in check_integrity() if finding.rows]


def test_turns_to_come_are_deleted_and_their_seats_come_back(sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    clock.shift(timedelta(minutes=1))
    erase_account(person=sara)

    appointment.refresh_from_db()
    assert appointment.status == Status.CANCELLED_BY_CITIZEN
    assert Slot.objects.get(pk=slot.pk).taken == 0
    told = OutgoingSms.objects.get(kind=Kind.CANCELLED)
    assert told.to == MOBILE


@pytest.mark.django_db(transaction=True)
def test_what_is_always_true_still_is(sara, slot, office, petition, clock):
    book(sara, slot, petition)
    miss(book(sara, make_slot(office, "09:00"), petition))
    clock.shift(timedelta(days=1))
    erase_account(person=sara)

    assert broken() == []


def test_past_turns_stay_and_name_nobody(sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    miss(appointment)
    erase_account(person=sara)

    appointment = Appointment.objects.select_related("citizen").get(pk=appointment.pk)
    assert appointment.status == Status.NO_SHOW
    assert appointment.citizen.full_name == "حساب حذف‌شده"
    assert appointment.citizen.identity_tail == ""


def test_the_journal_says_who_and_when_by_the_pseudonym(sara):
    erase_account(person=sara)

    entry = JournalEntry.objects.get(act=Act.ACCOUNT_ERASED)
    assert (entry.subject, entry.by, entry.at) == (
        f"people.Person:{sara.pk}",
        f"people.Person:{sara.pk}",
        timezone.now(),
    )


def test_leaving_twice_is_leaving_once(sara):
    erase_account(person=sara)
    erase_account(person=sara)

    assert JournalEntry.objects.filter(act=Act.ACCOUNT_ERASED).count() == 1


def test_who_left_comes_back_as_somebody_new(sara):
    erase_account(person=sara)
    again = sign_up_again()

    assert again.pk != sara.pk
    assert Person.objects.filter(mobile=MOBILE).get() == again


def test_a_week_without_booking_is_not_escaped_by_leaving(sara, slot, petition, clock):
    suspension = miss(book(sara, slot, petition))
    clock.move_to(suspension.starts_at + timedelta(hours=1))
    erase_account(person=sara)
    with pytest.raises(IdentityHeld) as refusal:
        sign_up_again()
    assert "۲۰ اردیبهشت" in refusal.value.message
    with pytest.raises(IdentityHeld):
        sign_up_again("+989120000099")  # with another phone

    clock.move_to(suspension.until - timedelta(seconds=1))
    assert release_identities() == 0
    clock.move_to(suspension.until)
    assert release_identities() == 1
    assert sign_up_again().pk != sara.pk


def test_a_week_that_an_objection_ends_holds_nobody(sara, slot, petition, clock):
    suspension = miss(book(sara, slot, petition))
    clock.move_to(suspension.starts_at + timedelta(hours=1))
    erase_account(person=sara)
    Suspension.objects.update(ended_at=timezone.now())

    assert release_identities() == 1
    assert sign_up_again()


def test_nor_by_leaving_before_the_office_says_who_came(sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    clock.move_to(appointment.starts_at + timedelta(minutes=5))
    erase_account(person=sara)
    with pytest.raises(IdentityHeld):
        sign_up_again()

    clock.move_to(appointment.ends_at + timedelta(hours=5))
    mark_no_show(appointment=appointment, now=timezone.now())
    assert not OutgoingSms.objects.filter(kind=Kind.NO_SHOW).exists()
    clock.shift(timedelta(days=2))
    assert release_identities() == 0
    with pytest.raises(IdentityHeld) as refusal:
        sign_up_again()
    assert "۲۰ اردیبهشت" in refusal.value.message


def test_a_day_that_its_office_has_not_answered_for_holds_on(sara, slot, petition, clock):
    book(sara, slot, petition)
    clock.move_to(slot.ends_at)
    erase_account(person=sara)
    clock.shift(timedelta(days=3))

    assert release_identities() == 0
    assert ErasedAccount.objects.get().identity_held_until > timezone.now()


def test_who_left_books_nothing_with_a_page_still_open(sara, slot, petition):
    erase_account(person=sara)

    with pytest.raises(HasLeft):
        book(sara, slot, petition)
    assert not Appointment.objects.exists()


def test_who_works_here_gives_the_role_back_first(maryam, dr_karimi, sara):
    Operator.objects.create(person=sara, since=timezone.now())
    for person in (maryam, dr_karimi, sara):
        with pytest.raises(StillWorksHere):
            erase_account(person=person)
    assert not ErasedAccount.objects.exists()


def test_one_last_sms_says_it_to_the_number_that_leaves(sara):
    erase_account(person=sara)
    erase_account(person=sara)

    told = OutgoingSms.objects.get(kind=Kind.ACCOUNT_ERASED)
    assert (told.to, told.about) == (MOBILE, f"people.Person:{sara.pk}")
    assert told.not_after == timezone.now() + timedelta(days=1)


def test_who_may_not_leave_hears_nothing(sara):
    Operator.objects.create(person=sara, since=timezone.now())
    with pytest.raises(StillWorksHere):
        erase_account(person=sara)
    assert not OutgoingSms.objects.exists()


@pytest.mark.real_time
def test_what_was_sent_in_leaving_keeps_the_number_no_longer_than_the_rest(sara):
    erase_account(person=sara)
    OutgoingSms.objects.update(state=State.SENT, sent_at=timezone.now())

    assert forget_numbers_of_erased() == 1
    assert OutgoingSms.objects.get().to == f"erased:{sara.pk}"
