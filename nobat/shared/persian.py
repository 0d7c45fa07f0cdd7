"""Digits and letters made uniform: for showing, for keeping, and for searching."""

import re
import unicodedata

_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_LATIN_DIGITS = "0123456789"

_TO_PERSIAN = str.maketrans(_LATIN_DIGITS + _ARABIC_DIGITS, _PERSIAN_DIGITS * 2)
_TO_LATIN = str.maketrans(_PERSIAN_DIGITS + _ARABIC_DIGITS, _LATIN_DIGITS * 2)

ZWNJ = "\u200c"
ZWJ = "\u200d"
# Marks that only steer the direction of the line; phones paste them along with numbers.
_BIDI_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Zero-width space, word joiner, byte order mark, soft hyphen: nobody means to type them.
_INVISIBLE = "\u200b\u2060\ufeff\u00ad"
_TATWEEL = "\u0640"

_LETTERS_KEPT = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک"} | dict.fromkeys(_BIDI_MARKS + _INVISIBLE)
)
# One encoding of whole letters and joined pairs, from old systems and copied PDFs.
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_NUMBERS = ("", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده")
_SPACES = re.compile(r"\s+")
_ZWNJ_BESIDE_SPACE = re.compile(f"{ZWNJ}*([ ]|^|$){ZWNJ}*")
_ZWNJ_TWICE = re.compile(f"{ZWNJ}{{2,}}")

_LETTERS_FOLDED = str.maketrans(
    dict.fromkeys("يىېۍئ", "ی")
    | dict.fromkeys("كڪ", "ک")
    | dict.fromkeys("ةۀہھەۂۃ", "ه")
    | dict.fromkeys("أإٱآ", "ا")
    | {"ؤ": "و", "ء": None, "\u0674": None}
    | dict.fromkeys(_BIDI_MARKS + _INVISIBLE + _TATWEEL + ZWJ)
    | {ZWNJ: " "}
)


def fa_digits(text: object) -> str:
    """Persian digits, for whatever people read."""
    return str(text).translate(_TO_PERSIAN)


def thousands(number: int) -> str:
    """«۱٬۵۰۰»"""
    return fa_digits(f"{number:,}".replace(",", "٬"))


def in_words(number: int) -> str:
    """«دو», up to ten; above it in digits."""
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else thousands(number)


def latin_digits(text: str) -> str:
    """Latin digits, from any of the three kinds that Persian keyboards type."""
    return text.translate(_TO_LATIN)


def clean(text: str) -> str:
    """What somebody typed, kept for showing: the same words in one encoding.

    Only what cannot be seen changes: ي and ك become ی and ک, marks of direction go,
    spaces become one. Half-spaces (ZWNJ) stay, because they are spelling.
    """
    text = _PRESENTATION_FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    text = unicodedata.normalize("NFC", text).translate(_LETTERS_KEPT)
    text = "".join(_without_control(character) for character in text)
    text = _SPACES.sub(" ", text).strip()
    return _ZWNJ_BESIDE_SPACE.sub(r"\1", _ZWNJ_TWICE.sub(ZWNJ, text))


def fold(text: str) -> str:
    """The key under which a text is found, words apart by one space.

    Two spellings of one name have the same key, whatever keyboard typed them. Use it
    beside `fold_packed`, which also forgives where one word ends and the next begins.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(_folded(character) for character in text)
    text = latin_digits(text.translate(_LETTERS_FOLDED)).casefold()
    return _SPACES.sub(" ", text).strip()


def fold_packed(text: str) -> str:
    """The key without any space: «خرم‌آباد», «خرم آباد» and «خرمآباد» meet here."""
    return fold(text).replace(" ", "")


def keyboard_form(text: str) -> str:
    """A password as it is kept and compared, whichever keyboard typed it.

    A Persian keyboard types ۱ where a Latin one types 1, and phones differ in ی and ک;
    copying from an SMS brings marks of direction and spaces at the ends. Nothing that
    anybody chooses on purpose is lost.
    """
    text = unicodedata.normalize("NFC", text).translate(_LETTERS_KEPT)
    return latin_digits(text).strip()


def without_separators(text: str) -> str:
    """A number as typed, with Latin digits and without what people put between them.

    Spaces, half-spaces, dashes, dots, brackets and marks of direction go; whatever else
    is in it stays, so that a letter in a number is still seen as a mistake.
    """
    return "".join(
        character
        for character in latin_digits(unicodedata.normalize("NFKC", text))
        if unicodedata.category(character) not in {"Zs", "Cf", "Cc", "Pd", "Ps", "Pe"}
        and character not in "._/−" + _TATWEEL
    )


def _without_control(character: str) -> str:
    if unicodedata.category(character) != "Cc":
        return character
    return " " if character.isspace() else ""


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Mn":  # vowel signs, hamza above, superscript alef
        return ""
    if (category[0] in "PZ" and character != _TATWEEL) or category == "Cc":
        return " "
    return " " if character == "−" else character
