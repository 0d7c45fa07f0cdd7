"""What the page of an office costs, and what of it is kept for two seconds."""

import gzip
import re
from datetime import time, timedelta

import pytest

from nobat.schedule.models import Slot
from nobat.schedule.publish import publish_slots
from nobat.shared.kept import KEPT_FOR_SECONDS, forget
from tests.build import TOMORROW, book, make_hours

PAGE = "/offices/1021/"
HTMX = {"HX-Request": "true"}
ONE_DAY = {"day": "2026-05-03"}
LARGEST_PAGE, LARGEST_SENT = 30_000, 6_500  # bytes; sent is compressed


@pytest.fixture
def busy(office):
    """Office 1021 with every hour of the coming month free, from eight to two."""
    make_hours(office, [0, 1, 2, 3, 4], opens_at=time(8), closes_at=time(14))
    publish_slots()
    return office


def read(client, **asked):
    response = client.get(PAGE, ONE_DAY | asked)
    assert response.status_code == 200
    return response.content.decode()


def hours_in(page):
    return page.count('<a class="hour')


def tokens_in(page):
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)


# ------------------------------------------------------------- kept for two seconds


def test_whoever_asks_for_the_same_within_two_seconds_costs_no_statement_of_the_page(
    client, saras, busy, clock, django_assert_num_queries
):
    read(client)

    clock.shift(timedelta(seconds=KEPT_FOR_SECONDS - 0.1))
    with django_assert_num_queries(0):
        read(client)
    with django_assert_num_queries(1):  # who is signed in
        read(saras)


def test_a_seat_that_is_taken_is_gone_from_the_page_after_two_seconds_at_the_latest(
    client, rezas, saras, sara, busy, petition, clock
):
    first = Slot.objects.filter(day=TOMORROW).earliest("starts_at")
    Slot.objects.filter(pk=first.pk).update(offered=1, capacity=1)
    assert hours_in(read(client)) == 12
    book(sara, first, petition)

    clock.shift(timedelta(seconds=KEPT_FOR_SECONDS))
    for each in (client, rezas, saras):
        page = read(each)
        assert hours_in(page) == 11
        assert f"slot={first.pk}" not in page


def test_what_is_kept_decides_no_booking(client, saras, reza, busy, petition):
    first = Slot.objects.filter(day=TOMORROW).earliest("starts_at")
    Slot.objects.filter(pk=first.pk).update(offered=1, capacity=1)
    read(client)
    book(reza, first, petition)

    assert f"slot={first.pk}" in read(client)
    address = f"{PAGE}book/?service=petition&cases=1&slot={first.pk}"
    assert saras.get(address).status_code == 409
    assert saras.post(address, {"key": "7f2b3c52-6d0b-4f0e-8b36-0a8c2d4e5f60"}).status_code == 409


def test_nobodys_name_or_token_stands_in_the_page_of_somebody_else(client, saras, rezas, busy):
    of_sara, of_reza, of_nobody = read(saras), read(rezas), read(client)

    assert ("سارا" in of_sara, "رضا" in of_sara) == (True, False)
    assert ("سارا" in of_reza, "رضا" in of_reza) == (False, True)
    assert "سارا" not in of_nobody
    assert "رضا" not in of_nobody
    assert len(tokens_in(of_sara)) == len(tokens_in(of_reza)) == 1
    assert tokens_in(of_sara) != tokens_in(of_reza)
    assert tokens_in(of_nobody) == []


def test_the_page_that_moves_an_appointment_is_made_for_its_citizen_alone(
    client, saras, sara, reza, busy, petition
):
    first, second = Slot.objects.filter(day=TOMORROW).order_by("starts_at")[:2]
    Slot.objects.filter(pk=second.pk).update(offered=1, capacity=1)
    appointment = book(sara, first, petition)

    assert f"slot={second.pk}" in read(saras, moving=appointment.reference)
    book(reza, second, petition)
    assert f"slot={second.pk}" not in read(saras, moving=appointment.reference)
    assert appointment.reference not in read(client)
    assert appointment.reference not in read(saras)


def test_the_page_and_the_part_that_changes_are_kept_apart(client, busy):
    page = read(client)
    part = client.get(PAGE, ONE_DAY, headers=HTMX).content.decode()

    assert "<html" in page
    assert part.startswith('<div id="times"')
    assert read(client) == page


@pytest.mark.parametrize("asked", [{"cases": "3"}, {"day": "2026-05-04"}, {"service": "sana"}])
def test_whatever_is_asked_otherwise_is_answered_otherwise(client, busy, asked):
    assert read(client, **asked) != read(client)


def test_another_office_is_another_page(client, busy, naser):
    read(client)

    assert "۱۰۲۲" in client.get("/offices/1022/", ONE_DAY).content.decode()


# ---------------------------------------------------------------------- drawn once


def test_once_a_page_was_drawn_others_of_its_form_need_no_template(client, saras, rezas, busy):
    for each in (saras, client):
        read(each)
        each.get(PAGE, ONE_DAY, headers=HTMX)
    forget()

    for each in (rezas, client):
        assert each.get(PAGE, ONE_DAY).templates == []
    forget()
    assert client.get(PAGE, ONE_DAY, headers=HTMX).templates == []


def test_what_was_refused_is_said_above_the_page_too(saras, busy):
    """A page with such a notice is drawn for itself, and so is what comes after it."""
    plain = read(saras)
    there = saras.get(f"{PAGE}book/?slot=999999&service=petition", follow=True)

    assert there.redirect_chain
    assert 'class="toast-line' in there.content.decode()
    assert 'class="toast-line' not in plain
    assert 'class="toast-line' not in read(saras)


# ---------------------------------------------------------------------------- size


def test_the_page_stays_small_also_with_every_hour_free(saras, busy):
    page = read(saras, day="2026-05-04").encode()

    assert hours_in(page.decode()) == 12
    assert len(page) <= LARGEST_PAGE
    sent = saras.get(PAGE, {"day": "2026-05-04"}, headers={"Accept-Encoding": "gzip"})
    assert len(sent.content) <= LARGEST_SENT
    assert len(gzip.decompress(sent.content)) == len(page)


def test_a_page_has_one_token_and_the_choice_is_one_form(saras, busy):
    page = read(saras)

    assert len(tokens_in(page)) == 1
    assert page[page.index("<main") :].count("<form") == 1
