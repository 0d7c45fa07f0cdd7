"""What we answer to a message from a phone; the rules of texts.py hold here, too."""

from collections.abc import Callable

from nobat.shared.persian import in_words
from nobat.sms.words import answer_by, in_groups, when


def answer(*, says: str, **values: object) -> str:
    """`says` is one of ANSWERS below, `values` are what its function asks for."""
    return ANSWERS[says](**values)


def _coming(*, starts_at: str, office: str, reference: str) -> str:
    return (
        f"نوبت شما: {when(starts_at)}\nدفتر {office}\n"
        f"اگر نمی‌آیید، بفرستید: لغو {in_groups(reference)}"
    )


def _several(*, count: int, starts_at: str, office: str, reference: str) -> str:
    return (
        f"{in_words(count)} نوبت در پیش دارید. نزدیک‌ترین: {when(starts_at)}، دفتر {office}، "
        f"کد رهگیری {in_groups(reference)}\nهمه را در «نوبت‌های من» ببینید."
    )


def _no_turn() -> str:
    return "نوبتی در پیش ندارید. برای گرفتن نوبت به سامانه بروید."


def _hour_has_come(*, starts_at: str, office: str) -> str:
    return f"ساعت نوبت {when(starts_at)} در دفتر {office} رسیده است."


def _checked_in(*, starts_at: str, office: str) -> str:
    return f"آمدن شما به دفتر {office} برای نوبت {when(starts_at)} ثبت شده است."


def _is_cancelled(*, starts_at: str, office: str) -> str:
    return f"نوبت {when(starts_at)} در دفتر {office} پیش‌تر حذف شده است."


def _missed(*, starts_at: str, office: str) -> str:
    return (
        f"برای نوبت {when(starts_at)} به دفتر {office} نیامدید و نوبت لغو شد.\n"
        "اگر درست نیست، «نوبت‌های من» را ببینید."
    )


def _excused(*, starts_at: str, office: str) -> str:
    return f"نوبت {when(starts_at)} در دفتر {office} دیگر برقرار نیست و محرومیتی برای شما ندارد."


def _displaced(*, starts_at: str, office: str) -> str:
    return (
        f"دفتر {office} بسته شد و نوبت {when(starts_at)} برقرار نیست. محرومیتی برای شما "
        "ندارد.\nساعت دیگر را در «نوبت‌های من» بگیرید."
    )


def _proposed(*, proposed_at: str, office: str, answer_until: str, reference: str) -> str:
    return (
        f"دفتر بسته شد. پیشنهاد: {when(proposed_at)}، دفتر {office}.\n"
        f"تا {answer_by(answer_until)} بفرستید: قبول {in_groups(reference)}\n"
        "یا در «نوبت‌های من» ساعت دیگری بگیرید."
    )


def _proposed_anew(*, proposed_at: str, office: str, answer_until: str, reference: str) -> str:
    return (
        f"پیشنهاد عوض شده است: {when(proposed_at)}، دفتر {office}.\n"
        f"اگر می‌خواهید، تا {answer_by(answer_until)} بفرستید: قبول {in_groups(reference)}"
    )


def _which_to_cancel(*, starts_at: str, office: str, reference: str) -> str:
    return (
        f"هنوز چیزی حذف نشده است. برای حذف نوبت {when(starts_at)} در دفتر {office} "
        f"بفرستید: لغو {in_groups(reference)}"
    )


def _code_to_cancel(*, count: int) -> str:
    return (
        f"هنوز چیزی حذف نشده است. {in_words(count)} نوبت در پیش دارید: پس از «لغو» کد رهگیری "
        "را هم بنویسید."
    )


def _code_to_accept(*, count: int) -> str:
    return (
        f"{in_words(count)} پیشنهاد در انتظار پاسخ شماست: پس از «قبول» کد رهگیری را هم بنویسید، "
        "یا «نوبت‌های من» را ببینید."
    )


def _too_late(*, starts_at: str, office: str) -> str:
    return f"حذف نشد: ساعت نوبت {when(starts_at)} در دفتر {office} رسیده است."


def _no_such() -> str:
    return (
        "با این کد رهگیری نوبتی برای این شماره نیست. ده رقم آن را از پیامک نوبت خود دوباره بنویسید."
    )


def _nothing_proposed() -> str:
    return "پیشنهادی در انتظار پاسخ شما نیست. «نوبت‌های من» را ببینید."


_WHY_NOT_ACCEPTED = {
    "SlotFull": "وقت پیشنهادی پر شده است.",
    "NoTurnAfter": "وقت پیشنهادی پر شده است.",
    "TooManyAppointments": "در آن دفتر برای آن روز جای نوبت دیگری ندارید.",
    "AlreadyBookedThen": "در همان ساعت نوبت دیگری دارید.",
    "TooEarly": "برای آن روز دیگر نمی‌شود نوبت گرفت.",
    "TooLate": "وقت‌های آن روز هنوز باز نشده است.",
    "OfficeNotOpen": "آن دفتر اکنون نوبت نمی‌دهد.",
    "ServiceNotOffered": "آن دفتر دیگر این خدمت را ندارد.",
}


def _not_accepted(*, why: str, until: str = "") -> str:
    """`why` is the name of a refusal; `until` the end of a week without booking."""
    if until:
        return f"پیشنهاد ثبت نشد: تا {when(until)} نوبت اینترنتی نمی‌گیرید. «نوبت‌های من» را ببینید."
    reason = _WHY_NOT_ACCEPTED.get(why, "این کار اکنون شدنی نیست.")
    return f"پیشنهاد ثبت نشد: {reason}\nساعت دیگر را در «نوبت‌های من» بگیرید."


def _no_account() -> str:
    return "این شماره در نوبت حساب ندارد. برای گرفتن نوبت، اول در سامانه ثبت‌نام کنید."


def _not_understood() -> str:
    return (
        "پیام شما را نفهمیدیم. می‌توانید بفرستید: «وضعیت»، «لغو» و کد رهگیری، یا «قبول» برای "
        "پیشنهاد."
    )


ANSWERS: dict[str, Callable[..., str]] = {
    "coming": _coming,
    "several": _several,
    "no_turn": _no_turn,
    "hour_has_come": _hour_has_come,
    "checked_in": _checked_in,
    "is_cancelled": _is_cancelled,
    "missed": _missed,
    "excused": _excused,
    "displaced": _displaced,
    "proposed": _proposed,
    "proposed_anew": _proposed_anew,
    "which_to_cancel": _which_to_cancel,
    "code_to_cancel": _code_to_cancel,
    "code_to_accept": _code_to_accept,
    "too_late": _too_late,
    "no_such": _no_such,
    "nothing_proposed": _nothing_proposed,
    "not_accepted": _not_accepted,
    "no_account": _no_account,
    "not_understood": _not_understood,
}
