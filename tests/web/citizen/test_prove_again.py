"""Password or a code, whichever page asks: the pages themselves are tried in their own tests."""

import pytest
from django.test import Client

from nobat.people.models import Purpose, SmsCode
from tests.build import sign_in
from tests.web.citizen.journey import address_of

pytestmark = [pytest.mark.django_db]
PAGES = ["own_data", "erase_account"]


@pytest.mark.parametrize("page", PAGES)
def test_the_code_goes_to_the_own_mobile_whatever_the_form_says(page, sara, reza):
    here = sign_in(Client(), sara)
    here.post(address_of(page), {"send_code": "1", "mobile": reza.mobile, "username": reza.mobile})

    code = SmsCode.objects.get()
    assert (code.mobile, code.purpose) == (sara.mobile, Purpose.PROVE)


@pytest.mark.parametrize("page", PAGES)
def test_a_form_of_another_site_is_refused(page, sara):
    here = Client(enforce_csrf_checks=True)
    here.force_login(sara)

    assert here.post(address_of(page), {"password": "x"}).status_code == 403
