"""«کد امنیتی»: is this a human? Five digits in a picture, or a question in words.

The picture and the store come from django-simple-captcha; its settings name
digits_challenge as what is drawn.
"""

import secrets
from typing import NamedTuple

from captcha.models import CaptchaStore
from django.conf import settings
from django.db import connection
from django.utils import timezone

from nobat.shared.persian import fa_digits, fold_packed, without_separators

DIGITS = 5
_SMALL_NUMBERS = range(2, 10)
_WORDS = (
    "صفر",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
)
# As they are said.
_SPOKEN = {"شیش": 6, "پونزده": 15, "شونزده": 16, "هیفده": 17, "هیجده": 18}
_NUMBERS = {fold_packed(word): number for number, word in enumerate(_WORDS)} | _SPOKEN


class Challenge(NamedTuple):
    key: str
    question: str  # empty: look at the picture of this key


def picture_challenge() -> Challenge:
    return Challenge(CaptchaStore.generate_key(), "")


def question_challenge() -> Challenge:
    """For people who do not see the picture."""
    key = CaptchaStore.generate_key(words_challenge)
    challenge = CaptchaStore.objects.values_list("challenge", flat=True)
    return Challenge(key, f"{challenge.get(hashkey=key)} چند می‌شود؟")


def same_challenge(key: str) -> Challenge | None:
    """The one that somebody was answering, while other fields had mistakes."""
    asked = _asked(key)
    if not asked:
        return None
    return Challenge(key, "" if asked.isdecimal() else f"{asked} چند می‌شود؟")


def digits_of_picture(key: str) -> str:
    """What the picture of this challenge shows; nothing if there is none, or no longer."""
    asked = _asked(key)
    return asked if asked.isdecimal() else ""


def _asked(key: str) -> str:
    # A browser may send anything for a key, even letters that the database refuses.
    if not key.isprintable():
        return ""
    live = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now())
    return live.values_list("challenge", flat=True).first() or ""


def is_right_answer(key: str, typed: str) -> bool:
    """Whether this answers the challenge, which is then over, right or wrong.

    The three kinds of digits and number words are the same. One statement: two uses of
    one challenge at the same moment are one use.
    """
    answer = _plain(typed)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM captcha_captchastore WHERE hashkey = %s"
            " RETURNING response, expiration > %s",
            [key, timezone.now()],
        )
        row = cursor.fetchone()
    if settings.CAPTCHA_ANSWER and answer == _plain(settings.CAPTCHA_ANSWER):
        return True
    return row is not None and row[1] and secrets.compare_digest(row[0], answer)


def digits_challenge() -> tuple[str, str]:
    """What is drawn, and what is right: digits by chance, never a zero.

    A zero (۰) in a picture is a dot, and could be taken for dirt.
    """
    digits = "".join(secrets.choice("123456789") for _ in range(DIGITS))
    return fa_digits(digits), digits


def words_challenge() -> tuple[str, str]:
    one, other = secrets.choice(_SMALL_NUMBERS), secrets.choice(_SMALL_NUMBERS)
    return f"{_WORDS[one]} به‌علاوهٔ {_WORDS[other]}", str(one + other)


def _plain(typed: str) -> str:
    number = _NUMBERS.get(fold_packed(typed))
    answer = without_separators(typed) if number is None else str(number)
    return answer.encode("ascii", "replace").decode()
