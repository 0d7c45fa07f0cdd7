"""What a message from a phone asks for, whatever letters and digits it is typed in."""

import re
from typing import NamedTuple

from nobat.shared.persian import fold
from nobat.shared.reference import is_reference
from nobat.sms.models import Understood

# As fold() leaves them: «تأیید» is "تایید".
_ASKS_FOR = {
    "لغو": Understood.CANCEL,
    "حذف": Understood.CANCEL,
    "کنسل": Understood.CANCEL,
    "وضعیت": Understood.STATUS,
    "پیگیری": Understood.STATUS,
    "قبول": Understood.ACCEPT,
    "تایید": Understood.ACCEPT,
}
# What people write around it, and what changes nothing. Any other word might: «لغو نکنید».
_SAYS_NOTHING = {"لطفا", "سلام", "نوبت", "نوبتم", "کد", "رهگیری", "شماره", "را", "کن", "کنید"}
_WORD_OR_NUMBER = re.compile(r"[0-9]+|[^\W\d_]+")
_ASKS_BACK = re.compile("[?؟]")


class Wish(NamedTuple):
    understood: Understood
    digits: str = ""  # as typed, in Latin digits; whatever they are

    @property
    def reference(self) -> str:
        """The tracking code that was given; empty if there is none, or a digit is wrong."""
        return self.digits if is_reference(self.digits) else ""


def understand(text: str) -> Wish:
    """One wish, alone or with a tracking code; a tracking code alone asks how it stands.

    In doubt nothing is understood: a word that we do not know may mean the opposite.
    """
    pieces = _WORD_OR_NUMBER.findall(fold(text))
    digits = "".join(piece for piece in pieces if piece.isdigit())
    words = {piece for piece in pieces if not piece.isdigit()} - _SAYS_NOTHING
    if not words and is_reference(digits):
        return Wish(Understood.STATUS, digits)
    wishes = {_ASKS_FOR.get(word, Understood.NOTHING) for word in words}
    if len(wishes) != 1 or _asks_back(text, wishes):
        return Wish(Understood.NOTHING)
    return Wish(wishes.pop(), digits)


def _asks_back(text: str, wishes: set[Understood]) -> bool:
    """«لغو؟» is a question, and no order."""
    return bool(_ASKS_BACK.search(text)) and wishes != {Understood.STATUS}
