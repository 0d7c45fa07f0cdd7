import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
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

    assert "default-src 'self'" in policy
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
