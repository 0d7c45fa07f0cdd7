import pytest

from nobat.people.models import Session
from tests.build import sign_in_staff
from tests.web.office.entry import address_of, is_at_work

pytestmark = pytest.mark.django_db


def test_the_button_ends_the_session(client, maryam):
    sign_in_staff(client, maryam)
    response = client.post("/office/sign-out/")

    assert response["Location"] == address_of("sign_in")
    assert not Session.objects.exists()
    assert not is_at_work(client)


def test_a_link_does_not(client, maryam):
    sign_in_staff(client, maryam)

    assert client.get("/office/sign-out/").status_code == 405
    assert is_at_work(client)
