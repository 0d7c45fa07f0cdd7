"""Each request is counted and logged by the name of its page, whoever answers it."""

import logging

import pytest

from nobat.shared.asked import name_page
from nobat.web.seen import Seen
from tests.build import sign_in
from tests.counted import counted
from tests.web.test_straight_booking import press

ID = "662067a4bea0c9d429ba410f61698082"


def ask(application, **environ):
    """The status and the headers of the answer."""
    said = []

    def start_response(line, headers, exc_info=None):
        said.extend([line, dict(headers)])

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", **environ}
    list(Seen(application)(environ, start_response))
    return said


def answers(environ, start_response):
    name_page("a:page")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"said"]


def breaks(environ, start_response):
    raise ZeroDivisionError


def requests(page, status, method="GET"):
    labels = f'method="{method}",page="{page}",status="{status}"'
    return counted(f"nobat_request_seconds_count{{{labels}}}")


@pytest.mark.django_db
def test_a_page_counts_by_its_name_and_never_by_its_address(client):
    before = requests("citizen:choose_time", "4xx")
    client.get("/offices/9999/")
    assert requests("citizen:choose_time", "4xx") == before + 1
    before = requests("none", "4xx")
    client.get("/nowhere/0912/")
    assert requests("none", "4xx") == before + 1


@pytest.mark.django_db
@pytest.mark.usefixtures("known_rules")
def test_a_booking_that_django_does_not_see_counts_as_the_page_that_it_is(client, sara, slot):
    sign_in(client, sara)
    before = requests("citizen:book", "3xx", "POST"), counted('nobat_turns_total{outcome="Booked"}')
    assert press(client, slot).status_code == 302
    after = requests("citizen:book", "3xx", "POST"), counted('nobat_turns_total{outcome="Booked"}')
    assert after == (before[0] + 1, before[1] + 1)


def test_what_lies_under_static_is_one_page():
    def static(environ, start_response):
        start_response("200 OK", [])
        return []

    before = requests("static", "2xx")
    ask(static, PATH_INFO="/static/nobat.css")
    assert requests("static", "2xx") == before + 1


def test_a_method_that_somebody_made_up_makes_no_series():
    ask(answers, REQUEST_METHOD="SARA")
    assert requests("a:page", "2xx", "SARA") == 0
    assert requests("a:page", "2xx", "other") >= 1


def test_what_breaks_counts_as_an_error_of_ours():
    before = requests("none", "5xx")
    with pytest.raises(ZeroDivisionError):
        ask(breaks)
    assert requests("none", "5xx") == before + 1


def test_each_answer_says_the_number_of_its_request(settings):
    first, second = (ask(answers)[1]["X-Request-ID"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("proxies", "told", "is_taken"),
    [(1, ID, True), (0, ID, False), (1, "09120000001", False), (1, f"{ID}\n{ID}", False)],
)
def test_a_number_is_taken_from_a_proxy_of_ours_alone(settings, proxies, told, is_taken):
    settings.TRUSTED_PROXIES = proxies
    said = ask(answers, HTTP_X_REQUEST_ID=told)[1]["X-Request-ID"]
    assert (said == told) is is_taken


def test_one_line_says_page_status_and_time(caplog):
    caplog.set_level(logging.INFO, "nobat.access")
    ask(answers, PATH_INFO="/my/appointments/123-456-789/")
    [line] = caplog.records
    assert line.getMessage().startswith("GET a:page: 200 in ")
    assert (line.page, line.status) == ("a:page", 200)
    assert "123-456-789" not in caplog.text
