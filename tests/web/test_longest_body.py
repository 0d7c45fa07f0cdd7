from io import BytesIO

import pytest
from django.test import Client

from nobat.web.longest_body import LONGEST

pytestmark = pytest.mark.django_db


class NobodyReads(BytesIO):
    def read(self, *_):
        raise AssertionError("it was read")


def sent(length: int):
    return Client().post("/sign-in/", CONTENT_LENGTH=str(length), **{"wsgi.input": NobodyReads()})


def test_what_is_longer_than_any_file_is_refused_unread():
    response = sent(LONGEST + 1)

    assert response.status_code == 400
    assert "خوانده نشد" in response.content.decode()


def test_a_length_of_a_thousand_digits_is_longer_too():
    assert sent(int("9" * 1000)).status_code == 400


def test_the_largest_file_gets_as_far_as_its_page():
    with pytest.raises(AssertionError, match="it was read"):
        sent(LONGEST)
