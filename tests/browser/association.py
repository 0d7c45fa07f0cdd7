"""Dr Karimi at her phone, for the browser."""

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from nobat.offices.models import AssociationMember
from nobat.people.models import Person, SecondFactor
from nobat.people.second_factor import code_at
from tests.build import SECOND_FACTOR, confirm_second_factor, make_person, sign_in_staff


def join_association() -> Person:
    """A member for the whole country, with an authenticator."""
    karimi = make_person("سیمین", "کریمی", mobile="+989120000006")
    AssociationMember.objects.create(person=karimi, since=timezone.now())
    confirm_second_factor(karimi)
    return karimi


def work_as(page: Page, person: Person, live_server) -> None:
    """The session as it is after password and second factor."""
    client = sign_in_staff(Client(), person)
    for name, kept in client.cookies.items():
        page.context.add_cookies([{"name": name, "value": kept.value, "url": live_server.url}])


def show_the_code_again(page: Page) -> None:
    """Each code is good once, and a test is faster than half a minute."""
    SecondFactor.objects.update(last_step=0)
    page.get_by_label("کد شش‌رقمی برنامه").fill(code_at(SECOND_FACTOR, timezone.now()))
