import pytest
from django.test import RequestFactory
from django.utils import timezone

from nobat.people.second_factor import code_at
from nobat.web.association.code_again import CodeAgainForm
from tests.build import SECOND_FACTOR, confirm_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_karimi(dr_karimi):
    confirm_second_factor(dr_karimi)
    request = RequestFactory().post("/association/")
    request.user = dr_karimi
    return request


def test_the_code_of_now_is_right_once(request_of_karimi):
    code = code_at(SECOND_FACTOR, timezone.now())

    assert CodeAgainForm({"code": code}).is_shown_by(request_of_karimi)
    again = CodeAgainForm({"code": code})
    assert not again.is_shown_by(request_of_karimi)
    assert "یک بار به کار رفته" in again.errors["code"][0]
    assert again.refusal.status == 422


def test_guessing_ends_soon(request_of_karimi):
    for _ in range(5):
        assert not CodeAgainForm({"code": "000000"}).is_shown_by(request_of_karimi)

    code = code_at(SECOND_FACTOR, timezone.now())
    form = CodeAgainForm({"code": code})
    assert not form.is_shown_by(request_of_karimi)
    assert form.refusal.status == 429
