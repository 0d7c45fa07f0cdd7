from datetime import time, timedelta

import pytest
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.views.decorators.http import require_GET

from nobat.urls import urlpatterns as real_pages
from nobat.web.fragment import render_page_or_part
from tests.build import sign_in

pytestmark = pytest.mark.django_db


@require_GET
def after_an_act(request: HttpRequest) -> HttpResponse:
    messages.success(request, "نوبت شما <b>حذف</b> شد")
    return render(request, "base.html")


urlpatterns = [*real_pages, path("after-an-act/", after_an_act)]


def test_a_stranger_is_offered_to_sign_up_and_to_sign_in(client):
    page = client.get("/help/").content.decode()

    assert "ثبت نام کاربران" in page
    assert 'href="/sign-in/"' in page
    assert "خروج" not in page


def test_who_is_signed_in_sees_own_name_and_the_way_out(client, sara):
    page = sign_in(client, sara).get("/help/").content.decode()

    assert "سارا" in page
    assert '<form method="post" action="/sign-out/">' in page
    assert "ثبت نام کاربران" not in page


def test_the_page_one_is_on_is_marked(client):
    page = client.get("/help/").content.decode()

    assert '<a href="/help/" aria-current="page">راهنما</a>' in page
    assert page.count('aria-current="page"') == 1


def test_a_page_is_persian_and_from_right_to_left(client):
    page = client.get("/help/").content.decode()

    assert '<html lang="fa" dir="rtl">' in page
    assert '<a class="skip" href="#main">' in page


def test_what_was_done_is_said_on_the_next_page(client, settings):
    settings.ROOT_URLCONF = __name__

    page = client.get("/after-an-act/").content.decode()

    assert 'class="toast-line" role="status"' in page
    assert "نوبت شما &lt;b&gt;حذف&lt;/b&gt; شد" in page


def test_the_policy_of_the_site_allows_only_its_own_address(client):
    policy = client.get("/help/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "data:" not in policy


def test_pages_of_who_is_signed_in_are_kept_nowhere(client, sara):
    assert "no-store" not in client.get("/help/").headers.get("Cache-Control", "")
    assert "no-store" in sign_in(client, sara).get("/help/").headers["Cache-Control"]


def part_or_page(**headers: str) -> str:
    request = RequestFactory().get("/", headers=headers)
    answer = render_page_or_part(
        request,
        page="errors/page.html",
        part="errors/_refusal.html",
        context={"part": "errors/_refusal.html"},
    )
    assert "HX-Request" in answer.headers["Vary"]
    return answer.content.decode()


def test_htmx_gets_the_part_and_everybody_else_the_page():
    assert "<html" in part_or_page()
    assert "<html" not in part_or_page(**{"HX-Request": "true"})


def test_going_back_needs_the_whole_page_also_with_htmx():
    assert "<html" in part_or_page(**{"HX-Request": "true", "HX-History-Restore-Request": "true"})


class TestBeforeAnOpening:
    ON_THE_WAY = ("/", "/offices/?county=0707&service=petition", "/offices/1021/?service=petition")
    SAYS = "ساعت ۰۸:۱۰ خیلی‌ها با هم نوبت می‌گیرند"

    @pytest.fixture(autouse=True)
    def ten_past_eight(self, settings, slot):
        settings.WAITING_ROOM_OPENINGS = [time(8, 10)]

    @pytest.mark.parametrize("address", ON_THE_WAY)
    def test_what_leads_to_booking_says_when_and_leads_to_the_waiting_room(self, client, address):
        page = client.get(address).content.decode()

        assert self.SAYS in page
        assert 'href="/waiting-room/' in page

    def test_who_has_found_an_office_comes_back_to_it(self, client):
        page = client.get(self.ON_THE_WAY[2]).content.decode()

        assert 'href="/waiting-room/?next=%2Foffices%2F1021%2F%3Fservice%3Dpetition"' in page
        assert 'href="/waiting-room/"' in client.get("/").content.decode()

    @pytest.mark.parametrize(
        ("minutes", "is_said"), [(-1, False), (0, True), (9, True), (10, False)]
    )
    def test_it_is_said_from_ten_minutes_before_until_the_opening_and_at_once(
        self, client, clock, minutes, is_said
    ):
        """The main part of these pages is kept for two seconds; this is not."""
        for address in self.ON_THE_WAY:
            client.get(address)
        clock.shift(timedelta(minutes=minutes))

        said = [self.SAYS in client.get(address).content.decode() for address in self.ON_THE_WAY]

        assert said == [is_said] * 3

    def test_other_pages_do_not_speak_of_it(self, client, sara):
        sign_in(client, sara)
        for address in ("/help/", "/my/appointments/"):
            assert "waiting-room" not in client.get(address).content.decode()

    def test_without_an_opening_nothing_is_said(self, client, settings):
        settings.WAITING_ROOM_OPENINGS = []
        for address in self.ON_THE_WAY:
            assert "waiting-room" not in client.get(address).content.decode()

    @pytest.mark.parametrize("address", ON_THE_WAY)
    def test_saying_it_costs_no_statement(self, client, settings, address):
        client.get(address)  # what is the same for all is read once
        asked = []
        for openings in ([], [time(8, 10)]):
            settings.WAITING_ROOM_OPENINGS = openings
            with CaptureQueriesContext(connection) as statements:
                client.get(address)
            asked.append(len(statements))

        assert asked[0] == asked[1]
