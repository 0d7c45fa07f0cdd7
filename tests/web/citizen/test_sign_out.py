import pytest

from nobat.people.models import Session
from tests.web.citizen.journey import address_of, is_signed_in

pytestmark = pytest.mark.django_db


def test_signing_out_ends_the_session_on_the_server_too(client, sara):
    client.force_login(sara)
    stolen = client.cookies["session"].value
    client.post(address_of("sign_out"))

    assert not Session.objects.exists()
    client.cookies["session"] = stolen
    assert not is_signed_in(client)


def test_a_link_signs_nobody_out(client, sara):
    client.force_login(sara)

    assert client.get(address_of("sign_out")).status_code == 405
    assert is_signed_in(client)
