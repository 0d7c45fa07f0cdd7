"""What Kavenegar would answer (kavenegar.com/rest.html)."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nobat.demo.providers.asked import Asked, Reply
from nobat.demo.providers.kept import RIALS_A_PART, Kept, Taken, has_arrived, in_its_order
from nobat.demo.providers.mood import Manner, Mood

MESSAGES = {
    200: "تایید شد",
    402: "عملیات ناموفق بود",
    403: "کد شناسایی معتبر نیست",
    404: "متدی با این نام پیدا نشد",
    409: "سرور پاسخ نمی‌دهد؛ کمی بعد دوباره بخواهید",
    411: "گیرنده نامعتبر است",
    412: "فرستنده نامعتبر است",
    413: "پیام خالی یا بلندتر از اندازه است",
    414: "شمار خواسته‌ها بیش از اندازه است",
    418: "اعتبار شما کافی نیست",
    424: "الگوی پیام پیدا نشد",
    431: "ساختار کد درست نیست",
}
STATUS_TEXTS = {5: "ارسال به مخابرات", 10: "رسیده به گیرنده", 100: "شناسهٔ پیامک نامعتبر است"}
ON_ITS_WAY, DELIVERED, NO_SUCH_MESSAGE = 5, 10, 100
MOST_IDS, LONGEST_TEXT = 500, 900


class _Refused(Exception):
    def __init__(self, code: int) -> None:
        self.code = code


@dataclass
class SpeaksKavenegar:
    key: str
    line: str
    templates: set[str] = field(default_factory=set)
    credit: int = 90_000_000
    name: str = "kavenegar"
    hands_over_by_itself: bool = True

    def is_hand_over(self, asked: Asked) -> bool:
        return asked.path.endswith(("/sms/send.json", "/verify/lookup.json"))

    def answer(self, asked: Asked, kept: Kept, mood: Mood) -> Reply:
        try:
            return Reply(200, _envelope(200) | {"entries": self._entries(asked, kept, mood)})
        except _Refused as refusal:
            # It says the same in the status of HTTP.
            return Reply(refusal.code, _envelope(refusal.code) | {"entries": None})

    def _entries(self, asked: Asked, kept: Kept, mood: Mood) -> Any:
        _, version, key, method = [*asked.path.split("/", 3), "", "", ""][:4]
        if version != "v1" or key != self.key or mood.manner == Manner.KEY_REFUSED:
            raise _Refused(403)
        if self.is_hand_over(asked):
            if mood.manner == Manner.NO_CREDIT:
                raise _Refused(418)
            if mood.refuses_with:
                raise _Refused(mood.refuses_with)
        known: dict[str, Callable[[Mapping[str, str], Kept, Mood], Any]] = {
            "sms/send.json": self._send,
            "verify/lookup.json": self._lookup,
            "sms/status.json": self._status,
            "sms/statuslocalmessageid.json": self._status_of_own,
            "account/info.json": self._account,
        }
        if method not in known:
            raise _Refused(404)
        return known[method](asked.form, kept, mood)

    def _send(self, form: Mapping[str, str], kept: Kept, mood: Mood) -> Any:
        text = form.get("message", "")
        _must(re.fullmatch(r"09\d{9}", form.get("receptor", "")), 411)
        _must(form.get("sender") == self.line, 412)
        _must(0 < len(text) <= LONGEST_TEXT, 413)
        own = int(form["localid"]) if form.get("localid") else None
        # The same local id again is answered with the message that was taken before.
        taken = kept.of_own(own) or kept.take(own, form["receptor"], text)
        return in_its_order([_entry(taken, text, self.line)], mood)

    def _lookup(self, form: Mapping[str, str], kept: Kept, mood: Mood) -> Any:
        _must(re.fullmatch(r"09\d{9}", form.get("receptor", "")), 411)
        _must(form.get("template") in self.templates, 424)
        _must(re.fullmatch(r"[^\s_]{1,100}", form.get("token", "")), 431)
        _must(form.get("token10", "").count(" ") <= 5, 431)
        text = f"کد {form.get('token10', '')}: {form['token']}\nتا دو دقیقه. به کسی نگویید."
        taken = kept.take(None, form["receptor"], text)
        return in_its_order([_entry(taken, text, self.line)], mood)

    def _status(self, form: Mapping[str, str], kept: Kept, mood: Mood) -> Any:
        ids = _numbers(form.get("messageid", ""))
        rows = [{"messageid": id_, **_status(kept.of_id(id_), mood)} for id_ in ids]
        return in_its_order(rows, mood)

    def _status_of_own(self, form: Mapping[str, str], kept: Kept, mood: Mood) -> Any:
        rows = []
        for own in _numbers(form.get("localid", "")):
            taken = kept.of_own(own)
            its = taken.id if taken else 0
            rows.append({"messageid": its, "localid": str(own), **_status(taken, mood)})
        return in_its_order(rows, mood)

    def _account(self, form: Mapping[str, str], kept: Kept, mood: Mood) -> Any:
        is_empty = mood.manner == Manner.NO_CREDIT
        left = 0 if is_empty else self.credit - len(kept) * RIALS_A_PART
        return {"remaincredit": left, "expiredate": 1_893_456_000, "type": "master"}

    def reports_of(self, taken: Taken) -> list[dict[str, str]]:
        return [
            {"messageid": str(taken.id), "status": str(status)}
            for status in (ON_ITS_WAY, DELIVERED)
        ]


def _envelope(code: int) -> dict[str, Any]:
    return {"return": {"status": code, "message": MESSAGES.get(code, "خطا")}}


def _must(is_so: object, code: int) -> None:
    if not is_so:
        raise _Refused(code)


def _numbers(listed: str) -> list[int]:
    numbers = [int(one) for one in listed.split(",") if one.isdecimal()]
    _must(len(numbers) <= MOST_IDS, 414)
    return numbers


def _status(taken: Taken | None, mood: Mood) -> dict[str, object]:
    if taken is None:
        status = NO_SUCH_MESSAGE
    else:
        status = DELIVERED if has_arrived(taken, mood) else ON_ITS_WAY
    return {"status": status, "statustext": STATUS_TEXTS[status]}


def _entry(taken: Taken, text: str, line: str) -> dict[str, object]:
    return {
        "messageid": taken.id,
        "message": text,
        "status": 1,
        "statustext": "در صف ارسال",
        "sender": line,
        "receptor": taken.to,
        "date": int(time.time()),
        "cost": taken.cost,
    }
