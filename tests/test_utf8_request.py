from io import BytesIO

import pytest

from nobat.utf8_request import Utf8Request
from nobat.wsgi import pages

NO_TEXT = ["base64", "rot13", "undefined", "idna", "zlib"]
OTHER_LETTERS = ["unicode_escape", "utf-7", "utf-16", "cp1256", "nonsense"]


def request(content_type, *, query="", body=b""):
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    return pages.request_class(environ)


def test_the_application_reads_requests_this_way():
    assert pages.request_class is Utf8Request


@pytest.mark.parametrize("claimed", NO_TEXT + OTHER_LETTERS)
def test_an_address_is_read_as_utf_8_whatever_is_claimed(claimed):
    asked = request(f"text/plain; charset={claimed}", query="name=%D8%B3%5Cud800")

    assert asked.GET["name"] == "س\\ud800"


@pytest.mark.parametrize("claimed", NO_TEXT + OTHER_LETTERS)
def test_a_form_is_read_as_utf_8_whatever_is_claimed(claimed):
    kind = f"application/x-www-form-urlencoded; charset={claimed}"

    assert request(kind, body="name=س\\ud800".encode()).POST["name"] == "س\\ud800"


@pytest.mark.parametrize("claimed", NO_TEXT + OTHER_LETTERS)
def test_a_form_in_parts_is_read_as_utf_8_whatever_is_claimed(claimed):
    kind = f"multipart/form-data; boundary=XX; charset={claimed}"
    body = '--XX\r\nContent-Disposition: form-data; name="name"\r\n\r\nس\\ud800\r\n--XX--\r\n'

    assert request(kind, body=body.encode()).POST["name"] == "س\\ud800"


@pytest.mark.parametrize(
    "unreadable", ["x*=idna''%ff", "x*=nonsense''a", "charset*=undefined''%41"]
)
def test_a_kind_of_content_that_cannot_be_read_is_none(unreadable):
    asked = request(f"application/x-www-form-urlencoded; {unreadable}", body=b"name=a")

    assert asked.POST == {}
