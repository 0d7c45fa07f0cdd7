import json
from datetime import UTC, date, datetime

from nobat.visits.own_data import Section
from nobat.web.citizen.own_data_file import as_json, as_text

MOMENT = datetime(2026, 5, 3, 6, 30, tzinfo=UTC)
SECTIONS = [
    Section(
        "نوبت‌ها", [{"از": MOMENT, "روز": date(2026, 5, 3), "شمار": 2, "پایان": None, "دلیل": ""}]
    ),
    Section("پیامک‌ها", []),
]


def test_people_read_their_own_calendar_and_what_is_not_there():
    lines = as_text(SECTIONS).removeprefix("\ufeff").split("\r\n")

    assert "از: یکشنبه ۱۳ اردیبهشت ۱۴۰۵، ساعت ۱۰:۰۰" in lines
    assert "روز: یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in lines
    assert "شمار: ۲" in lines
    assert "پایان: —" in lines
    assert not any(line.startswith("دلیل") for line in lines)
    assert lines[lines.index("== پیامک‌ها") + 2] == "چیزی نیست."


def test_programs_read_moments_as_programs_do():
    found = json.loads(as_json(SECTIONS))

    assert found["نوبت‌ها"][0]["از"] == "2026-05-03T06:30:00+00:00"
    assert found["نوبت‌ها"][0]["پایان"] is None
    assert found["پیامک‌ها"] == []
