import json

import pytest
from django.test import RequestFactory

from nobat.web.provider.form import MOST_BYTES, TooMuch, Unreadable, form_of

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
ask = RequestFactory()


def test_names_and_values_of_the_address_are_read():
    assert form_of(ask.get("/", {"id": "1", "text": "لغو"})) == {"id": "1", "text": "لغو"}


def test_so_are_those_of_a_form_which_go_before_the_address():
    assert form_of(ask.post("/?id=1&line=30", {"id": "2"})) == {"id": "2", "line": "30"}


@pytest.mark.parametrize("kind", [JSON, "text/plain", "application/vnd.provider+json"])
def test_so_are_those_of_json_whatever_it_claims_to_be(kind):
    said = json.dumps({"id": 12, "text": "لغو", "to": ["a", "b"], "none": None})
    read = form_of(ask.post("/", said, content_type=kind))
    assert read == {"id": "12", "text": "لغو", "to": '["a", "b"]', "none": "null"}


def test_a_form_without_a_body_is_its_address():
    assert form_of(ask.post("/?id=1", b"", content_type=JSON)) == {"id": "1"}


@pytest.mark.parametrize(
    "said", ["[]", '"id"', "{", "\xff", "[" * 60_000, '{"id": ' + "9" * 5000 + "}"]
)
def test_what_is_no_object_cannot_be_read(said):
    with pytest.raises(Unreadable):
        form_of(ask.post("/", said.encode("latin-1"), content_type=JSON))


def test_a_broken_form_cannot_be_read():
    with pytest.raises(Unreadable):
        form_of(ask.post("/", b"--x", content_type="multipart/form-data"))


@pytest.mark.parametrize("where", ["/?" + "a=&" * 2000, "/"])
def test_a_form_of_too_many_names_cannot_be_read(where):
    with pytest.raises(Unreadable):
        form_of(ask.post(where, "a=&" * 2000, content_type=FORM))


def test_what_no_database_keeps_is_left_out():
    said = '{"text": "\\u0000\\ud800a"}'
    assert form_of(ask.post("/", said, content_type=JSON)) == {"text": "a"}
    assert form_of(ask.get("/?text=%00a")) == {"text": "a"}


class NeverRead:
    def read(self, *sizes):
        raise AssertionError("nobody may read it")


@pytest.mark.parametrize("kind", [JSON, FORM])
def test_of_a_body_that_is_too_long_nothing_is_read(kind):
    request = ask.post("/", "x", content_type=kind)
    request.META["CONTENT_LENGTH"] = str(MOST_BYTES + 1)
    request._stream = NeverRead()
    with pytest.raises(TooMuch):
        form_of(request)


def test_an_address_that_is_too_long_is_too_much_too():
    with pytest.raises(TooMuch):
        form_of(ask.get("/", {"text": "x" * MOST_BYTES}))
