from bench.asking import Asking, leads_to

ASKING = Asking(host="127.0.0.1:80", cookie="c", field="f")


def test_a_form_carries_its_token_and_whoever_is_signed_in():
    head, _, body = ASKING.form("/x/", {"slot": 7}, "mine").decode().partition("\r\n\r\n")
    assert "Cookie: csrf=c; session=mine" in head
    assert body == "csrfmiddlewaretoken=f&slot=7"
    assert f"Content-Length: {len(body)}" in head


def test_a_stranger_brings_no_session():
    assert b"session" not in ASKING.page("/offices/")


def test_a_redirect_elsewhere_is_not_what_was_asked_for():
    desk = b"http/1.1 302 found\r\nlocation: /office/"
    assert leads_to(desk, b"/office/\r\n")
    assert not leads_to(desk + b"sign-in/", b"/office/\r\n")
    assert not leads_to(desk.replace(b"302", b"200"), b"/office/")
