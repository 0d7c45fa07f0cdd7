"""How figures are written: numbers, shares, days, and what has changed since the month before."""

from nobat.shared.persian import fa_digits

NOTHING = "—"


def said_count(number: int | None) -> str:
    """«۲۱۸٬۴۰۳»"""
    return NOTHING if number is None else fa_digits(f"{number:,}".replace(",", "٬"))


def said_share(share: float | None) -> str:
    """«۷۳٪», below ten «۵٫۱٪»"""
    if share is None:
        return NOTHING
    percent = share * 100
    return f"{said_decimal(percent) if 0 < percent < 9.95 else fa_digits(round(percent))}٪"


def said_decimal(number: float | None) -> str:
    """«۴٫۲», of a whole number «۴»"""
    if number is None:
        return NOTHING
    return fa_digits(f"{number:.1f}".removesuffix(".0").replace(".", "٫"))


def said_days(days: float | None) -> str:
    """«۴٫۲ روز»"""
    return NOTHING if days is None else f"{said_decimal(days)} روز"


def more_or_less(now: int, before: int, than: str) -> str:
    """«۶٪ بیشتر از مهر»"""
    if not before:
        return f"در {than} چیزی نبود" if now else ""
    change = round((now - before) / before * 100)
    if not change:
        return f"مانند {than}"
    return f"{fa_digits(abs(change))}٪ {'بیشتر' if change > 0 else 'کمتر'} از {than}"


def points_apart(now: float | None, before: float | None, than: str) -> str:
    """Of two shares: «۰٫۸ واحد کمتر از مهر»"""
    words = ("واحد بیشتر از", "واحد کمتر از")
    return _apart(_times_100(now), _times_100(before), than, words)


def days_apart(now: float | None, before: float | None, than: str) -> str:
    """«۰٫۶ روز کوتاه‌تر از مهر»"""
    return _apart(now, before, than, ("روز بلندتر از", "روز کوتاه‌تر از"))


def _apart(now: float | None, before: float | None, than: str, words: tuple[str, str]) -> str:
    if now is None or before is None:
        return ""
    change = round(now - before, 1)
    if not change:
        return f"مانند {than}"
    return f"{said_decimal(abs(change))} {words[change < 0]} {than}"


def _times_100(share: float | None) -> float | None:
    return None if share is None else share * 100
