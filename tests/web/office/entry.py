"""The two steps of coming in to work, as a browser without JavaScript takes them."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nobat.people.second_factor import code_at
from tests.build import PASSWORD, SECOND_FACTOR

ASKED_FOR = "/office/clerks/"


def address_of(page: str, **kwargs) -> str:
    return reverse(f"office:{page}", kwargs=kwargs)


def first_step(client: Client, mobile: str, password: str = PASSWORD, **more):
    return client.post(address_of("sign_in"), {"mobile": mobile, "password": password} | more)


def second_step(client: Client, code: str = "", **more):
    return client.post(address_of("sign_in_code"), {"code": code or right_code()} | more)


def right_code() -> str:
    return code_at(SECOND_FACTOR, timezone.now())


def is_at_work(client: Client) -> bool:
    return client.get(address_of("desk")).status_code == 200
