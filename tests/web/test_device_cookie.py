from datetime import timedelta

import pytest
from django.http import HttpResponse

from nobat.web.device_cookie import DeviceCookieMiddleware, device_of

DAY = timedelta(days=1)


@pytest.fixture
def ask(rf):
    """One request for a code with these cookies; the device it counts for, and the answer."""

    def ask(**cookies):
        request = rf.post("/sign-in/")
        request.COOKIES.update(cookies)
        seen = []

        def page(request):
            seen.extend([device_of(request), device_of(request)])
            return HttpResponse()

        answer = DeviceCookieMiddleware(page)(request)
        assert seen[0] == seen[1]
        return seen[0], answer

    return ask


@pytest.fixture
def cookie(ask):
    _, answer = ask()
    return answer.cookies["device"]


def test_a_browser_with_its_cookie_is_the_same_device(ask):
    first, answer = ask()
    again, _ = ask(device=answer.cookies["device"].value)

    assert again == first


def test_a_browser_without_one_is_a_device_never_seen_before(ask):
    assert ask()[0] != ask()[0]


@pytest.mark.parametrize(
    "change", [lambda c: c[:-1] + "!", lambda c: "x" + c, lambda c: "\x00" * 9]
)
def test_what_we_have_not_signed_is_no_device(ask, cookie, change):
    assert ask(device=change(cookie.value))[0] != ask(device=cookie.value)[0]


def test_a_device_is_known_for_a_day_after_its_last_code(ask, cookie, clock):
    device, _ = ask(device=cookie.value)

    clock.shift(DAY - timedelta(seconds=1))
    kept, answer = ask(device=cookie.value)
    assert kept == device
    assert answer.cookies["device"]["max-age"] == DAY.total_seconds()

    clock.shift(timedelta(seconds=2))
    assert ask(device=cookie.value)[0] != device


def test_no_script_and_no_other_site_gets_it(cookie):
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
def test_who_asks_for_no_code_gets_no_cookie(client):
    assert "device" not in client.get("/sign-in/").cookies
    assert "device" not in client.post("/sign-in/", {"mobile": "09120000001"}).cookies
