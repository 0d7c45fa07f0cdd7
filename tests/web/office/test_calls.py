import pytest
from django.urls import reverse

from nobat.appointments.models import Proposal
from nobat.sms.models import Kind, OutgoingSms, State
from tests.build import book, close, sign_in_staff

pytestmark = pytest.mark.django_db
PAGE = reverse("office:calls")


@pytest.fixture
def proposal(sara, slot, petition, bahram, office) -> Proposal:
    """Sara's office closed, and there is no other hour."""
    book(sara, slot, petition)
    close(office, by=bahram)
    return Proposal.objects.get()


def test_whoever_is_to_be_called_is_named_with_what_to_say(maryam_works, proposal, sara):
    text = maryam_works.get(PAGE).content.decode()

    assert sara.full_name in text
    assert f"tel:{sara.mobile}" in text
    assert "قطع برق محله" in text
    assert "وقتی پیدا نشد" in text


def test_it_leads_to_the_messages_of_each(maryam_works, proposal):
    way = reverse("office:appointment", args=[proposal.appointment.reference])
    text = maryam_works.get(PAGE).content.decode()
    assert f'<a href="{way}">پیامک‌ها' in text

    OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).update(state=State.BLOCKED)
    text = maryam_works.get(PAGE).content.decode()
    assert f'<a href="{way}">پیامکش نرسید' in text


def test_called_they_leave_the_list(maryam_works, proposal):
    tick = reverse("office:called", args=[proposal.pk])

    assert maryam_works.post(tick).url == PAGE
    assert "کسی برای تماس نیست" in maryam_works.get(PAGE).content.decode()
    again = maryam_works.post(tick, follow=True).content.decode()
    assert "پیش‌تر ثبت شده بود" in again


def test_another_office_neither_sees_nor_ticks_them(client, proposal, naser, sara):
    elsewhere = sign_in_staff(client, naser)

    assert sara.full_name not in elsewhere.get(PAGE).content.decode()
    assert elsewhere.post(reverse("office:called", args=[proposal.pk])).status_code == 404
