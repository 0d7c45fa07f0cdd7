"""What of a refusal is kept for two seconds: in a rush nearly everybody reads the same one."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from nobat.appointments.book import book_appointment
from nobat.appointments.erase_account import erase_account
from nobat.appointments.models import Appointment
from nobat.schedule.models import Slot
from nobat.shared.kept import KEPT_FOR_SECONDS
from tests.build import book, make_office, make_person, make_slot


@pytest.fixture
def gone(slot, petition):
    """Tomorrow at ten, which Kaveh has; free are half past ten and an office not far away."""
    book(make_person("کاوه", "بهرامی", mobile="+989120000018"), slot, petition)
    make_slot(make_office("1022", name="سروناز", services=[petition], lat=29.62), "08:30")
    return slot


@pytest.fixture
def near(gone, office):
    return make_slot(office, "10:30")


def press(client, slot, *, cases=1, page="/offices/1021/book/"):
    asked = {"slot": slot.pk, "service": "petition", "cases": cases, "key": uuid4()}
    return client.post(page, asked)


def refused(client, slot, **asked):
    answer = press(client, slot, **asked)
    assert answer.status_code == 409
    return answer.content.decode()


def main_part(page):
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.usefixtures("known_rules", "near")
def test_the_next_refusal_of_an_hour_costs_no_statement_of_the_page(
    saras, rezas, gone, django_assert_max_num_queries
):
    of_sara = refused(saras, gone)
    with django_assert_max_num_queries(3):  # who asks, the hour, and counting the refusal
        of_reza = refused(rezas, gone)

    assert main_part(of_reza) == main_part(of_sara)


def test_nobodys_name_or_token_stands_in_the_refusal_of_somebody_else(saras, rezas, gone, near):
    of_sara, of_reza = refused(saras, gone), refused(rezas, gone)

    assert ("سارا" in of_sara, "رضا" in of_sara) == (True, False)
    assert ("سارا" in of_reza, "رضا" in of_reza) == (False, True)
    sara, reza = (
        re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', each) for each in (of_sara, of_reza)
    )
    assert (len(sara), len(reza)) == (1, 1)
    assert sara != reza
    assert "csrf" not in main_part(of_sara)


def test_an_hour_that_is_taken_is_proposed_for_two_seconds_at_most(
    saras, rezas, sara, gone, near, petition, clock
):
    assert f"slot={near.pk}" in refused(saras, gone)
    book(sara, near, petition)

    clock.shift(timedelta(seconds=KEPT_FOR_SECONDS))
    assert f"slot={near.pk}" not in refused(rezas, gone)


def test_an_hour_that_is_free_again_is_had_at_once_whatever_is_kept(saras, sara, gone):
    refused(saras, gone)
    Slot.objects.filter(pk=gone.pk).update(offered=2, capacity=2)

    assert press(saras, gone).status_code == 302
    assert Appointment.objects.filter(citizen=sara).exists()


def test_another_number_of_cases_is_another_refusal(saras, gone, near, office):
    make_slot(office, "11:00")

    assert "تا ۱۱:۳۰" not in refused(saras, gone)
    assert "تا ۱۱:۳۰" in refused(saras, gone, cases=3)


def test_whoever_moves_reads_of_the_own_appointment_and_nobody_else_does(
    saras, rezas, sara, reza, gone, office, petition
):
    of_sara = book(sara, make_slot(office, "11:00"), petition)
    of_reza = book(reza, make_slot(office, "12:00"), petition)

    for client, own, other in ((saras, of_sara, of_reza), (rezas, of_reza, of_sara)):
        page = refused(client, gone, page=f"/my/appointments/{own.reference}/move/")
        assert "نوبت کنونی شما" in page
        assert own.reference in page
        assert other.reference not in page
        assert "نوبت کنونی شما" not in refused(client, gone)


def test_who_leaves_while_the_button_is_pressed_is_signed_out_and_told_why(
    saras, sara, slot, monkeypatch
):
    def leave_first(**wanted):
        erase_account(person=sara)
        return book_appointment(**wanted)

    monkeypatch.setattr("nobat.web.citizen.book.book_appointment", leave_first)
    # With all that the form has in its address it is answered by the page, as anything unusual is.
    page = f"/offices/1021/book/?slot={slot.pk}&service=petition&cases=1"
    answer = saras.post(page, {"key": uuid4()}, follow=True)

    assert answer.redirect_chain[0][0].startswith("/sign-in/")
    text = answer.content.decode()
    assert "این حساب حذف شده است و نوبتی ثبت نشد" in text
    assert "سارا" not in text
    assert "session" not in {name for name, each in saras.cookies.items() if each.value}
    assert not Appointment.objects.exists()
