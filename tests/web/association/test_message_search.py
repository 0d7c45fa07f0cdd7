from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.people.codes import send_code
from nobat.people.models import Purpose
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.web.association import message_search
from nobat.web.association.message_search import MessageForm, messages_found, messages_to
from tests.build import book, make_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(sara, office, petition) -> list[int]:
    """Ids of five messages, the newest first; the third one was blocked."""
    for hour in ("09:00", "10:00"):
        book(sara, make_slot(office, hour), petition)
    first = OutgoingSms.objects.earliest("pk")
    for number in range(3):
        first.pk, first.occasion = None, str(number)
        first.save(force_insert=True)
    ids = list(OutgoingSms.objects.order_by("-pk").values_list("pk", flat=True))
    OutgoingSms.objects.filter(pk=ids[2]).update(state=State.BLOCKED)
    return ids


def look(before: object = "", **asked):
    form = MessageForm(asked)
    assert form.is_valid()
    return messages_found(form, str(before))


def ids_of(found) -> list[int]:
    return [sms.pk for sms in found.messages]


def test_the_newest_come_first_and_older_ones_on_the_next_pages(five, monkeypatch):
    monkeypatch.setattr(message_search, "PER_PAGE", 2)
    pages, before = [], 0
    for _ in range(3):
        found = look(before or "")
        pages.append(ids_of(found))
        before = found.before

    assert pages == [five[:2], five[2:4], five[4:]]
    assert before == 0


def test_kind_and_state_narrow_it_down(five):
    assert ids_of(look(state="blocked")) == [five[2]]
    assert ids_of(look(kind="booked", state="waiting")) == [*five[:2], *five[3:]]
    assert ids_of(look(kind="moved")) == []


def test_a_page_looks_at_so_many_rows_and_leaves_the_rest_to_the_next_one(five, monkeypatch):
    monkeypatch.setattr(message_search, "STEPS", (1, 2))
    first = look(state="blocked")
    assert (ids_of(first), first.before) == ([], five[1])
    assert first.looked_back_to == OutgoingSms.objects.get(pk=five[1]).queued_at
    second = look(first.before, state="blocked")
    assert ids_of(second) == [five[2]]


@pytest.mark.parametrize("before", ["", "-1", "x", "9" * 40, "۵", "1 or 1"])
def test_a_place_that_is_none_is_the_first_page(five, before):
    assert ids_of(look(before)) == five


def test_an_empty_ledger_has_one_empty_page(db):
    assert look() == ([], 0, None)


@pytest.mark.parametrize("typed", ["12", "1234567890", "سارا"])
def test_what_is_no_tracking_code_is_refused(typed):
    assert "about" in MessageForm({"about": typed}).errors


def test_a_tracking_code_may_be_typed_as_it_is_printed(sara, slot, petition):
    turn = book(sara, slot, petition)
    typed = f"{turn.reference[:3]} {turn.reference[3:]}".translate(
        str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    )
    form = MessageForm({"about": typed})
    assert form.is_valid()
    assert form.cleaned_data["about"] == turn.reference


# --------------------------------------------------------------------- of a mobile


def to(person) -> list[str]:
    return [sms.kind for sms in messages_to(person.mobile, timezone.now())]


def test_of_a_mobile_its_appointments_and_codes_are_found(sara, reza, slot, office, petition):
    book(sara, slot, petition)
    send_code(mobile=sara.mobile, purpose=Purpose.SIGN_IN, address="10.0.0.1")
    book(reza, make_slot(office, "12:00"), petition)

    assert to(sara) == [Kind.CODE, Kind.BOOKED]
    assert to(reza) == [Kind.BOOKED]


def test_what_did_not_arrive_is_found_whatever_it_speaks_of(sara, slot, petition):
    book(sara, slot, petition)
    OutgoingSms.objects.update(about="offices")
    assert to(sara) == []
    OutgoingSms.objects.update(state=State.UNDELIVERED)
    assert to(sara) == [Kind.BOOKED]


def test_it_goes_back_thirty_days(sara, slot, petition, clock):
    book(sara, slot, petition)
    clock.shift(timedelta(days=31))
    assert to(sara) == []


def test_a_message_to_an_earlier_number_is_not_found(sara, reza, slot, petition):
    book(sara, slot, petition)
    OutgoingSms.objects.update(to=reza.mobile)
    assert to(sara) == []
