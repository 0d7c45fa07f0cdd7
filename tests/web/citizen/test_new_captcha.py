import pytest

from tests.web.citizen.journey import address_of

pytestmark = pytest.mark.django_db


def fragment(client, kind):
    return client.get(address_of("new_captcha"), {"captcha_kind": kind})


def test_the_fragment_is_the_field_of_the_page_with_another_picture(client):
    one, other = (fragment(client, "digits").content.decode() for _ in range(2))

    assert one.startswith('<div class="field" id="captcha-field">')
    assert "<img" in one
    assert one != other


def test_the_fragment_takes_the_focus_so_that_it_is_read_out(client):
    assert "autofocus" in fragment(client, "words").content.decode()


def test_a_question_in_words_has_no_picture(client):
    page = fragment(client, "words").content.decode()

    assert "به‌علاوهٔ" in page
    assert "<img" not in page


def test_it_is_kept_by_no_cache(client):
    assert "no-store" in fragment(client, "digits")["Cache-Control"]


def test_it_is_only_looked_at(client):
    assert client.post(address_of("new_captcha")).status_code == 405
