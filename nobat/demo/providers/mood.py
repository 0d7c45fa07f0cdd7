"""How a stand-in behaves, from the next request on."""

from dataclasses import dataclass

from django.db import models


class Manner(models.TextChoices):
    WORKS = "works", "کار می‌کند"
    NO_CREDIT = "no_credit", "اعتبار ندارد"
    KEY_REFUSED = "key_refused", "کلید را نمی‌پذیرد"
    AWAY = "away", "پاسخ نمی‌دهد"  # connections are refused
    LOSES_ANSWERS = "loses_answers", "پاسخ گم می‌شود"  # the message is taken
    ERROR = "error", "خطای ۵۰۰"
    SLOW = "slow", "کند"
    # From here on in tests and trials alone.
    LATE = "late", "می‌گیرد و دیر پاسخ می‌دهد"
    UNAVAILABLE = "unavailable", "خطای ۵۰۳"
    BUSY = "busy", "خطای ۴۲۹"
    LOCKED = "locked", "خطای ۴۰۱ بی‌توضیح"
    REDIRECTS = "redirects", "جای دیگری را نشان می‌دهد"
    HTML = "html", "صفحه به جای پاسخ"
    HALF = "half", "نیمی از پاسخ"
    NOT_AN_OBJECT = "not_an_object", "پاسخی از گونهٔ دیگر"
    EMPTY_OBJECT = "empty_object", "پاسخ بی‌محتوا"
    HUGE = "huge", "پاسخ بسیار بلند"
    DRIPS = "drips", "پاسخ قطره‌قطره"
    DRIPS_HEAD = "drips_head", "سرآیند قطره‌قطره"


IN_THE_DEMO = [
    Manner.WORKS,
    Manner.NO_CREDIT,
    Manner.KEY_REFUSED,
    Manner.AWAY,
    Manner.LOSES_ANSWERS,
    Manner.ERROR,
    Manner.SLOW,
]
SLOW_SECONDS = 2.0


@dataclass(frozen=True)
class Mood:
    manner: Manner = Manner.WORKS
    every: int = 1  # only each so-many-th request is treated in this manner
    refuses_with: int | None = None  # each message, with this code of the provider's
    delay: float = 0.0  # seconds before each answer
    late: float = 30.0  # seconds that LATE waits, and all that drips takes
    reported_after: float = 2.0  # seconds until a phone has it
    out_of_order: bool = False  # reports, and the rows of an answer
    twice: bool = False  # the same
