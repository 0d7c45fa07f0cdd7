import pytest
from django.test import Client

from nobat.sms.models import Kind, OutgoingSms
from tests.web.citizen.journey import ANSWER, address_of

pytestmark = pytest.mark.django_db
NEW = "+989129999999"


@pytest.fixture(autouse=True)
def fixed_answer(settings):
    settings.CAPTCHA_ANSWER = ANSWER


def ask(client, number, **more):
    typed = {"mobile": number, "captcha_0": "x", "captcha_1": ANSWER}
    return client.post(address_of("reset_password"), typed | more)


def test_a_known_and_an_unknown_number_get_the_same_answer(sara, django_assert_num_queries):
    for mobile in (sara.mobile, NEW):
        with django_assert_num_queries(12):
            response = ask(Client(), mobile)
        assert response["Location"] == address_of("reset_password_code")

    kinds = dict(OutgoingSms.objects.values_list("to", "kind"))
    assert kinds == {sara.mobile: Kind.CODE, NEW: Kind.NO_ACCOUNT}


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"mobile": "12"}, "این شمارهٔ موبایل ایران نیست"),
        ({"captcha_1": "99999"}, "کد امنیتی درست نبود"),
    ],
)
def test_each_mistake_is_said_in_words(client, sara, mistake, sentence):
    response = ask(client, sara.mobile, **mistake)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not OutgoingSms.objects.exists()


def test_another_security_code_keeps_what_was_typed(client):
    page = ask(client, "0912", captcha_kind="words").content.decode()

    assert 'value="0912"' in page
    assert "به‌علاوهٔ" in page
