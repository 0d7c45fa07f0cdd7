"""What is kept of somebody, as a file: to read, or for another program."""

import json
from datetime import date, datetime

from nobat.shared.jalali import full_day, hour
from nobat.shared.persian import fa_digits
from nobat.visits.own_data import Section, Value


def as_text(sections: list[Section]) -> str:
    """With headings and Jalali dates; CRLF, so that every phone and computer opens it."""
    lines = ["همهٔ آنچه سامانهٔ نوبت از شما دارد", ""]
    for section in sections:
        lines += [f"== {section.title}", ""]
        for row in section.rows:
            lines += [f"{name}: {_said(value)}" for name, value in row.items() if value != ""]
            lines.append("")
        if not section.rows:
            lines += ["چیزی نیست.", ""]
    return "\ufeff" + "\r\n".join(lines)


def as_json(sections: list[Section]) -> str:
    """Moments in ISO 8601, UTC; the same words as in the text."""
    plain = {section.title: section.rows for section in sections}
    return json.dumps(plain, ensure_ascii=False, indent=2, default=lambda when: when.isoformat())


def _said(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{full_day(value)}، ساعت {hour(value)}"
    if isinstance(value, date):
        return full_day(value)
    if isinstance(value, int):
        return fa_digits(value)
    return "—" if value is None else value
