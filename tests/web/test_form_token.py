from collections import Counter

from django.middleware.csrf import CSRF_ALLOWED_CHARS, _does_token_match, _unmask_cipher_token

from nobat.web.form_token import cookie_line, masked, new_secret


def test_the_token_is_of_the_secret_for_django_and_another_one_each_time():
    secret = new_secret()
    tokens = {masked(secret) for _ in range(50)}

    assert len(tokens) == 50
    assert all(_does_token_match(token, secret) for token in tokens)
    assert {_unmask_cipher_token(token) for token in tokens} == {secret}


def test_of_another_secret_it_is_no_token():
    assert not _does_token_match(masked(new_secret()), new_secret())


def test_a_secret_has_all_signs_equally_often():
    signs = Counter("".join(new_secret() for _ in range(2000)))

    assert set(signs) == set(CSRF_ALLOWED_CHARS)
    assert max(signs.values()) < 1.3 * min(signs.values())


def test_the_cookie_is_of_this_secret_and_lasts_a_year_from_this_second(clock):
    first = cookie_line("b" * 32, 1)
    clock.shift(1)
    second = cookie_line("c" * 32, 2)

    assert first.startswith(f"csrf={'b' * 32}; expires=Sat, 01 May 2027 04:30:00 GMT; ")
    assert second.startswith(f"csrf={'c' * 32}; expires=Sat, 01 May 2027 04:30:01 GMT; ")
    assert "Max-Age=31449600; Path=/; SameSite=Lax" in first
