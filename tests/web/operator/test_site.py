"""The operator's look into the tables: who may have it, and what is not in it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nobat.appointments.models import Appointment
from nobat.offices.operators import add_operator
from nobat.sms.models import IncomingSms
from nobat.web.operator.site import SHOWN, operators
from tests.build import PASSWORD, book, make_person, sign_in, sign_in_staff

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:index")


def lists() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in SHOWN
    ]


@pytest.fixture
def omid(db) -> Client:
    person = make_person("امید", "فروتن", mobile="+989120000017")
    add_operator(person=person)
    return sign_in_staff(Client(), person)


def test_operators_see_every_table_and_every_row(omid, sara, slot, petition):
    appointment = book(sara, slot, petition)

    assert omid.get(PAGE).status_code == 200
    assert {omid.get(page).status_code for page in lists()} == {200}
    row = omid.get(reverse("admin:appointments_appointment_change", args=[appointment.pk]))
    assert appointment.reference in row.content.decode()


def test_an_address_that_names_an_empty_field_shows_the_row(omid, sara, slot, petition):
    appointment = book(sara, slot, petition)
    row = reverse("admin:appointments_appointment_change", args=[appointment.pk])
    assert omid.get(f"{row}?_to_field=").status_code == 200


def test_nothing_can_be_changed_added_or_removed(omid, sara, slot, petition):
    appointment = book(sara, slot, petition)
    row = [appointment.pk]
    change = reverse("admin:appointments_appointment_change", args=row)

    assert omid.post(change, {"status": "no_show"}).status_code == 403
    for name, asked in (("add", []), ("delete", row)):
        page = reverse(f"admin:appointments_appointment_{name}", args=asked)
        assert omid.get(page).status_code == 403
    assert Appointment.objects.get().status == "booked"


def test_no_name_number_or_secret_stands_in_it(omid, sara, slot, petition):
    book(sara, slot, petition)
    told = IncomingSms.objects.create(
        provider="outside",
        provider_id="1",
        sender="+989120000009",
        text="لغو بی‌پرده",
        received_at=timezone.now(),
    )
    row = reverse("admin:sms_incomingsms_change", args=[told.pk])
    shown = "".join(omid.get(page).content.decode() for page in [*lists(), row])

    for secret in (sara.first_name, sara.last_name, sara.mobile, PASSWORD, sara.password):
        assert secret not in shown
    for secret in (told.text, told.sender, "کوچهٔ ۵"):
        assert secret not in shown
    assert "۰۹۱۲•••۰۰۰۱" in shown
    assert "۰۹۱۲•••۰۰۰۹" in shown


def test_citizens_and_strangers_come_to_the_staffs_sign_in(client, sara):
    wanted = f"{reverse('office:sign_in')}?next=%2Foperator%2F"
    for visitor in (Client(), sign_in(client, sara)):
        first = visitor.get(PAGE)
        assert visitor.get(first.url).url == wanted


def test_other_staff_find_nothing(client, maryam, dr_karimi):
    for person in (maryam, dr_karimi):
        visitor = sign_in_staff(Client(), person)
        response = visitor.get(PAGE, follow=True)
        assert response.status_code == 404


def test_an_operator_without_another_role_comes_here_from_the_sign_in(omid):
    assert omid.get(reverse("office:choose_office")).url == PAGE


def test_every_table_of_ours_that_is_shown_is_shown_read_only():
    assert set(operators._registry) == set(SHOWN)
    assert not any(each.has_change_permission(None) for each in operators._registry.values())
