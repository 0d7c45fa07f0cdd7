import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from nobat.shared.rules import RuleBroken
from nobat.urls import urlpatterns as real_pages


class HourGone(RuleBroken):
    message = "این ساعت پر شد. کس دیگری زودتر <ثبت> کرد."


class TooOften(RuleBroken):
    message = "کمی صبر کنید. پنج بار نادرست بود."
    status = 429


def refuse(request: HttpRequest, refusal: str) -> HttpResponse:
    raise {"gone": HourGone, "often": TooOften}[refusal]


urlpatterns = [*real_pages, path("refuse/<str:refusal>/", refuse)]


@pytest.fixture(autouse=True)
def _pages_that_refuse(settings):
    settings.ROOT_URLCONF = __name__


def test_a_refusal_that_no_page_caught_says_its_sentences(client):
    answer = client.get("/refuse/gone/")
    page = answer.content.decode()

    assert answer.status_code == 409
    assert '<h1 id="plain-title">این ساعت پر شد</h1>' in page
    assert "<p>کس دیگری زودتر &lt;ثبت&gt; کرد.</p>" in page
    assert "<title>این ساعت پر شد · نوبت</title>" in page


def test_a_refusal_answers_with_the_status_of_its_class(client):
    assert client.get("/refuse/often/").status_code == 429


def test_a_refusal_leads_back_to_the_page_that_asked(client):
    came_from = {"Referer": "http://testserver/offices/1021/?day=2026-05-03"}

    page = client.get("/refuse/gone/", headers=came_from).content.decode()

    assert 'href="/offices/1021/?day=2026-05-03"' in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "javascript:alert(1)",
        "//evil.example/x",
        "http://[",
        "http://testserver//evil.example/x",
        "",
    ],
)
def test_a_refusal_never_leads_to_somebody_elses_address(client, elsewhere):
    page = client.get("/refuse/gone/", headers={"Referer": elsewhere}).content.decode()

    assert "evil" not in page
    assert "javascript" not in page
    assert "بازگشت به صفحهٔ پیش" not in page
    assert 'href="/my/appointments/"' in page


def test_htmx_gets_the_refusal_as_the_main_part(client):
    answer = client.get("/refuse/gone/", headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#main"
    assert "<html" not in answer.content.decode()
    assert "این ساعت پر شد" in answer.content.decode()
