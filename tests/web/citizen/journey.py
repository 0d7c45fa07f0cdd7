"""The steps around an account, as a browser without JavaScript takes them."""

import re

from django.test import Client
from django.urls import reverse

from tests.build import PASSWORD

ANSWER = "13579"  # of every security code, while a test sets CAPTCHA_ANSWER to it
MOBILE = "+989173456789"
NATIONAL_CODE = "0012345679"


def address_of(page: str, back: str = "") -> str:
    return reverse(f"citizen:{page}") + (f"?next={back}" if back else "")


def first_page(client: Client, mobile: str = MOBILE, **more):
    typed = {"mobile": mobile, "nationality": "IR", "captcha_0": "x", "captcha_1": ANSWER}
    return client.post(address_of("sign_up"), typed | more)


def details(**more) -> dict[str, str]:
    return {
        "first_name": "نرگس",
        "last_name": "احمدی‌پور",
        "national_code": NATIONAL_CODE,
        "password": PASSWORD,
    } | more


def second_page(client: Client, **more):
    return client.post(address_of("sign_up_details"), details(**more))


def is_signed_in(client: Client) -> bool:
    return client.get(address_of("account")).status_code == 200


def body_of(response) -> str:
    """The page without what is new each time it is drawn."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r'name="kept_password" value="[^"]*"', "", text)
    text = re.sub(r"[0-9a-f]{40}", "", text)
    return re.sub(r"[۰-۹]{4}•••[۰-۹]{4}", "", text)
