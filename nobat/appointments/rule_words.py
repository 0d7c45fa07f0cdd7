"""How people call the rules: a title, the number with its unit, a sentence, where it is from."""

from typing import NamedTuple

from nobat.appointments import policy
from nobat.shared.persian import fa_digits, in_words


class Words(NamedTuple):
    title: str
    unit: str
    says: str  # the sentence for citizens; {} is the number with its unit
    source: str
    judges_by: str  # which day's rule counts


_BY_APPOINTMENT = "روز نوبت"
WORDS = {
    "turns_per_office_and_day": Words(
        "نوبت‌های هر نفر در هر دفتر و هر روز",
        "نوبت",
        "هر نفر در هر دفتر روزی {} می‌گیرد",
        "قاعدهٔ ۳ منتشرشده",
        _BY_APPOINTMENT,
    ),
    "cases_per_turn": Words(
        "پرونده در هر نوبت",
        "پرونده",
        "هر نوبت برای {} است",
        "قاعدهٔ ۴ منتشرشده",
        _BY_APPOINTMENT,
    ),
    "first_bookable_day": Words(
        "زودترین روز",
        "روز",
        "زودترین نوبت، {} دیگر است",
        "قاعدهٔ ۶ منتشرشده",
        "روز گرفتن نوبت",
    ),
    "booking_horizon": Words(
        "دیرترین روز",
        "روز",
        "تا {} آینده نوبت داده می‌شود",
        "تصمیم کانون، چون تعطیل‌های قمری جابه‌جا می‌شود",
        "روز گرفتن نوبت",
    ),
    "week_without_booking": Words(
        "محرومیت پس از نیامدن",
        "روز",
        "پس از نیامدن، {} نوبت اینترنتی داده نمی‌شود",
        "قاعدهٔ ۵ منتشرشده",
        _BY_APPOINTMENT,
    ),
    "grace_after_last_turn": Words(
        "پایان روز کاری پس از آخرین نوبت",
        "دقیقه",
        "روز کاری {} پس از آخرین نوبت تمام می‌شود",
        "تصمیم کانون",
        _BY_APPOINTMENT,
    ),
    "seat_kept_for": Words(
        "نگه داشتن جای کسی که نیامده",
        "دقیقه",
        "دفتر جای نوبت را {} نگه می‌دارد",
        "قاعدهٔ ۵ منتشرشده",
        _BY_APPOINTMENT,
    ),
    "late_after": Words(
        "دیر آمدن",
        "دقیقه",
        "کسی که {} پس از ساعتش بیاید، پس از به‌موقع‌ها نوبت دارد",
        "تصمیم کانون",
        _BY_APPOINTMENT,
    ),
}


def with_unit(name: str, number: int) -> str:
    """«دو نوبت», «۳۰ روز»"""
    unit = WORDS[name].unit
    return f"{in_words(number) if unit in ('نوبت', 'پرونده') else fa_digits(number)} {unit}"


def rule_in_words(name: str, number: int) -> str:
    """«هر نوبت برای سه پرونده است»"""
    return WORDS[name].says.format(with_unit(name, number))


def range_in_words(name: str) -> str:
    """«از ۱ تا ۱۰ نوبت»"""
    low, high, _ = policy.RANGES[name]
    return fa_digits(f"از {low} تا {high} {WORDS[name].unit}")
