"""What people, programs and attackers write into a field: right, nearly right, and not at all."""

from hypothesis import strategies as st

from tests.fuzz import injections

SCRIPTS = [
    "0123456789",
    "۰۱۲۳۴۵۶۷۸۹",
    "٠١٢٣٤٥٦٧٨٩",
    "０１２３４５６７８９",
    "०१२३४५६७८९",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "①②③④⑤⑥⑦⑧⑨⓪",
]
MARKS = [
    "\0", "\x01", "\x1b", "\x7f", "\x85", "\u200b", "\u200c", "\u200d", "\u200e",
    "\u200f", "\u202a",
    "\u202e", "\u2066", "\u2069", "\u061c", "\ufeff", "\u00ad", "\u0640", "\u0301",
    "\u064b", "\u0670",
    "\u20dd", "\ufffd", "\uffff", "\U000e0001", "\U0010ffff", " ", "\u00a0", "\t",
    "\r", "\n", "\u2028",
    "٫", "٬", "،", "؛", "-", "−", "_", "/", ".", "+",
]  # fmt: skip
WORDS = [
    "سارا", "احمدی‌پور", "علي", "كريمي", "ﻣﺤﻤﺪ", "ﷲ", "مُحَمَّد", "Anna-Marie", "ZOË",
    "李", "👩‍⚖️", "🇮🇷",
    "نامِ بلندِ " * 20, "a" * 300, "ب" * 10_240, "\u0301" * 400, "\u200c" * 50, "",
    " ", "\n\n", "۱۲۳",
    "<b>", "&amp;", "بند ۱؛ «گیومه»",
]  # fmt: skip
NUMBERS = [
    "0", "-0", "+1", "-1", "00", "1e3", "1e400", "1_000", "0x10", "0b1", "1.0", "1,5",
    "۱٫۵", "٤٥", "1 000",
    "2147483647", "2147483648", "9223372036854775807", "9223372036854775808",
    "-9223372036854775809",
    "9" * 40, "9" * 5000, "1." + "0" * 500 + "1", "NaN", "inf", "-Infinity", "½", "Ⅷ",
    "十", "1e-400",
    "91.0001", "-181", "360",
]  # fmt: skip
DAYS = [
    "1405/02/13", "۱۴۰۵/۲/۱۳", "1405-2-31", "1405/12/30", "1404/13/1", "1405/0/0",
    "13/2/1405", "99999/1/1",
    "1/1/1", "0/0/0", "-1405/2/13", "1405/02/13 10:00", "2026-05-03", "2026-02-30", "0001-01-01",
    "9999-12-31", "10000-01-01", "2026-05-20T10:00:00+03:30", "2026-05", "2026-13",
    "1405-02", "1405-00",
    "0000-00", "9999-12", "3178-10", "10000-01", "today", "فردا", "١٤٠٥/٠٢/١٣",
    "１４０５/０２/１３",
    "2026-W18-7", "20260503", "1e9", "99999999999999",
]  # fmt: skip
HOURS = [
    "10:00", "۱۰:۰۰", "24:00", "25:61", "-1:00", "10", "1000", "10:00:00", "10.30",
    "10:00+25:00", "10:0",
    "00:00", "23:59:60", "١٠:٣٠", "ده", "10:00 PM", "10：00",
]  # fmt: skip
UUIDS = [
    "7b0c2f6e-1d94-4c75-9a51-1f8f6a4f2f10", "00000000-0000-0000-0000-000000000000",
    "{7b0c2f6e1d944c75}",
    "urn:uuid:7b0c2f6e-1d94-4c75-9a51-1f8f6a4f2f10", "7B0C2F6E1D944C759A511F8F6A4F2F10", "g" * 36,
    "7b0c2f6e-1d94-4c75-9a51-1f8f6a4f2f1", "۷b0c2f6e-1d94-4c75-9a51-1f8f6a4f2f10",
]  # fmt: skip
MOBILES = [
    "09173456789", "+989173456789", "00989173456789", "9173456789", "0917345678", "091734567890",
    "02112345678", "+12025550123", "+98 (917) 345-6789", "0917-345-67-89",
    "09000000000", "++989173456789",
    "+980917345678", "09173456789;09173456780", "09173456789,", "+447700900123",
]  # fmt: skip
CODES = [
    "012345", "12345", "0123456", "000000", "999999", "1234567890", "0012345679", "0000000000",
    "1111111111", "0012345678", "001234567", "00123456790", "123456789012",
    "A12345678", "1021", "1022",
    "9999", "10210", "petition", "07", "0707", "23", "IR", "AF", "13579",
    "abcde-fghij", "SARV-NAZ",
]  # fmt: skip
# Bytes that are no letters in UTF-8: half a pair, an overlong slash, other encodings.
BYTES = [
    b"\xff\xfe", b"\xed\xa0\x80", b"\xed\xb0\x80\xed\xa0\x80", b"\xc0\xaf",
    b"\xf8\x88\x80\x80\x80", b"\x80",
    "سارا".encode("windows-1256"), "سارا".encode("utf-16"), b"\xf0\x9f", b"\xfe" * 200, b"a\x00b",
]  # fmt: skip


@st.composite
def rewritten(draw, plain):
    """The same in other digits, and with something between that is hardly seen."""
    text = draw(plain)[:600]
    script = draw(st.sampled_from(SCRIPTS))
    only_some = draw(st.booleans())
    text = "".join(
        script[int(letter)] if letter in SCRIPTS[0] and not (only_some and place % 2) else letter
        for place, letter in enumerate(text)
    )
    for mark in draw(st.lists(st.sampled_from(MARKS), max_size=3)):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + mark + text[place:]
    return text


def near(examples):
    return st.one_of(st.sampled_from(examples), rewritten(st.sampled_from(examples)))


words = near(WORDS)
letters = st.text(max_size=60)
anything = st.one_of(
    near(injections.ALL),
    near(injections.ALL),
    words,
    letters,
    near(NUMBERS),
    st.sampled_from(BYTES),
)
# What a field is for is told by its name; whatever is not named here is filled in with anything.
OF_NAMES = {
    ("mobile", "phone", "number"): near(MOBILES),
    ("code", "captcha", "reference", "document", "identity"): near(CODES),
    ("day", "date", "month", "from", "until", "was"): near(DAYS),
    ("hour", "opens", "closes", "starts", "ends", "_at"): near(HOURS),
    ("key", "uuid", "seen"): near(UUIDS),
    ("minutes", "seats", "share", "lat", "lon", "slot", "cases", "page", "id", "value"): near(
        NUMBERS
    ),
    ("name", "manager", "address", "reason", "text", "note", "title", "words"): words,
}


def values(name: str, choices: list[str]):
    """Something to write into the field of that name: a string, or bytes that are no letters."""
    meant = [kind for parts, kind in OF_NAMES.items() if any(part in name for part in parts)]
    chosen = [st.sampled_from(choices), rewritten(st.sampled_from(choices))] if choices else []
    return st.one_of(*meant, *chosen, anything)


# How a field arrives: mostly once, with a wrong value.
ONCE, TWICE, NOT_AT_ALL, IN_BRACKETS, AS_PART = "once", "twice", "not at all", "name[]", "name[a]"
ways = st.sampled_from([ONCE] * 6 + [TWICE, NOT_AT_ALL, NOT_AT_ALL, IN_BRACKETS, AS_PART])
odd_names = st.sampled_from(
    ["", "next", "id", "pk", "user", "status", "__proto__", "a" * 300, "نام",
    "csrfmiddlewaretoken",
     "a\0b", "step", "sure", "again", "page", "_method", "format", "HX-Request", "a[", "a]b", "="]
)  # fmt: skip


@st.composite
def filled_in(draw, fields, most_wrong: int = 3):
    """Pairs of names and values: the right ones, with up to that many fields made wrong."""
    names = sorted({field.name for field in fields})
    wrong = (
        draw(st.lists(st.sampled_from(names), unique=True, max_size=most_wrong)) if names else []
    )
    pairs = []
    for field in fields:
        pairs += draw(_sent(field)) if field.name in wrong else [(field.name, field.value)]
    if not wrong or draw(st.integers(0, 5)) == 0:
        pairs.append((draw(odd_names), draw(anything)))
    return pairs


@st.composite
def _sent(draw, field):
    value = values(field.name, field.choices)
    way = draw(ways)
    if way == NOT_AT_ALL:
        return []
    name = {IN_BRACKETS: f"{field.name}[]", AS_PART: f"{field.name}[a]"}.get(way, field.name)
    return [(name, draw(value)) for _ in range(2 if way == TWICE else 1)]
