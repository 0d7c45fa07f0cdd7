"""Every sentence the system sends.

No link, no word of payment and nothing about the case in any of them: the judiciary tells
citizens that a message with such things is fraud.
"""

from collections.abc import Callable, Mapping
from datetime import date

from nobat.shared.jalali import long_day
from nobat.sms.answer_texts import answer
from nobat.sms.models import Kind
from nobat.sms.words import answer_by, in_groups, when

# Characters in a message alone, and in each part of a longer one (3GPP TS 23.040).
UCS2, GSM_7 = (70, 67), (160, 153)
_GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_7_TAKING_TWO = frozenset("^{}\\[~]|€\f")

# Also the second word of a template at a provider: a few words, and no line break.
CODE_FOR = {
    "sign_up": "ثبت‌نام در نوبت",
    "sign_in": "ورود به نوبت",
    "reset_password": "رمز تازهٔ نوبت",
    "prove": "تایید کار در نوبت",
}


def code(*, purpose: str, code: str) -> str:
    # Latin digits, so that phones offer to fill them in.
    return f"کد {CODE_FOR[purpose]}: {code}\nتا دو دقیقه. به کسی نگویید."


def has_account(*, purpose: str) -> str:
    return (
        "این شماره در نوبت حساب دارد. با رمز عبور یا کد پیامکی وارد شوید.\n"
        "اگر شما نخواسته‌اید، کاری لازم نیست."
    )


def no_account(*, purpose: str) -> str:
    return (
        "این شماره در نوبت حساب ندارد. برای گرفتن نوبت، اول ثبت‌نام کنید.\n"
        "اگر شما نخواسته‌اید، کاری لازم نیست."
    )


def account_made(*, username: str, password: str = "") -> str:
    """Without a password where the setting CREDENTIALS_SMS leaves it out."""
    last = (
        f"رمز عبور: {_left_to_right(password)}"
        if password
        else "رمز عبور همان است که خودتان نوشتید."
    )
    return f"حساب نوبت شما ساخته شد.\nنام کاربری: {username}\n{last}"


def account_erased() -> str:
    return (
        "حساب شما در نوبت حذف شد و نوبت‌های پیش رو هم. این آخرین پیامک ما به این شماره است.\n"
        "اگر کار شما نبود، دوباره ثبت‌نام کنید."
    )


def booked(*, starts_at: str, office: str, address: str, reference: str) -> str:
    return (
        f"نوبت شما: {when(starts_at)}\nدفتر {office}، {address}\n"
        f"کد رهگیری {in_groups(reference)}\nرسید و کارت ملی بیاورید."
    )


def moved(*, starts_at: str, office: str, address: str, reference: str) -> str:
    return (
        f"نوبت شما جابه‌جا شد به: {when(starts_at)}\nدفتر {office}، {address}\n"
        f"کد رهگیری {in_groups(reference)}\nرسید تازه و کارت ملی بیاورید."
    )


def cancelled(*, starts_at: str, office: str, reference: str) -> str:
    return (
        f"نوبت {when(starts_at)} در دفتر {office} حذف شد.\nکد رهگیری آن {in_groups(reference)} بود."
    )


def reminder(*, starts_at: str, office: str, address: str, reference: str, reply: str = "") -> str:
    """`reply`: whoever gets it can answer by SMS."""
    told = (
        f"یادآوری: فردا {when(starts_at)} نوبت دارید.\nدفتر {office}، {address}\n"
        f"کد رهگیری {in_groups(reference)}\nاگر نمی‌آیید، "
    )
    plain = f"{told}نوبت را در «نوبت‌های من» حذف کنید."
    either = f"{told}«لغو» و این کد را بفرستید یا در «نوبت‌های من» حذف کنید."
    return _that_costs_no_more(either, plain) if reply else plain


def no_show(*, starts_at: str, office: str, reference: str, until: str) -> str:
    return (
        f"برای نوبت {when(starts_at)} به دفتر {office} نیامدید. نوبت لغو شد و تا "
        f"{when(until)} نوبت اینترنتی نمی‌گیرید.\n"
        f"اگر درست نیست، در «نوبت‌های من» اعتراض کنید. کد رهگیری {in_groups(reference)}"
    )


def excused(*, starts_at: str, office: str, reference: str, until: str = "") -> str:
    """`until`: another week without booking still runs, for another appointment."""
    now = (
        f"برای نوبت دیگری که نیامدید، تا {when(until)} هنوز نوبت اینترنتی نمی‌گیرید."
        if until
        else "دوباره می‌توانید نوبت اینترنتی بگیرید."
    )
    return (
        f"نیامدن به نوبت {when(starts_at)} در دفتر {office} محرومیتی برای شما ندارد. "
        f"{now}\nکد رهگیری {in_groups(reference)}"
    )


def office_closed(
    *,
    starts_at: str,
    office: str,
    reference: str,
    proposed_at: str = "",
    proposed_office: str = "",
    answer_until: str = "",
    reply: str = "",
) -> str:
    """With the hour that is held, where there is one; its office only if it is another.

    `reply`: whoever gets it can answer by SMS.
    """
    if not proposed_at:
        return (
            f"دفتر {office} {when(starts_at)} بسته است و نوبت شما برقرار نیست. محرومیتی برای "
            "شما ندارد.\nساعت دیگر را در «نوبت‌های من» بگیرید. "
            f"کد رهگیری {in_groups(reference)}"
        )
    where = f"دفتر {proposed_office}" if proposed_office else "همین دفتر"
    return _asking(
        f"دفتر {office} {when(starts_at)} بسته است.\nپیشنهاد: {when(proposed_at)}، {where}.",
        answer_until,
        reply,
    )


def proposed_again(
    *, office: str, proposed_at: str, answer_until: str, reference: str, reply: str = ""
) -> str:
    """The hour that was proposed before has closed, too."""
    return _asking(
        f"وقت پیشنهادی پیشین هم بسته شد. پیشنهاد تازه: {when(proposed_at)}، دفتر {office}.",
        answer_until,
        reply,
    )


def _asking(told: str, answer_until: str, reply: str) -> str:
    """What is proposed, and how to take it."""
    until = answer_by(answer_until)
    plain = f"{told}\nتا {until} در «نوبت‌های من» پاسخ دهید. محرومیت ندارد."
    if not reply:
        return plain
    either = f"{told}\nتا {until} «قبول» بفرستید یا در «نوبت‌های من» پاسخ دهید. محرومیت ندارد."
    shorter = f"{told}\nتا {until}: «قبول» بفرستید یا «نوبت‌های من». محرومیت ندارد."
    return _that_costs_no_more(either, shorter, plain)


def nobody_recorded(*, day: str, office: str = "") -> str:
    """To the office's managers; without an office to the association, of all it is true of."""
    if not office:
        return (
            f"برای {long_day(date.fromisoformat(day))} دفترهایی هست که آمدن کسی را ثبت "
            "نکرده‌اند. تا پاسخ ندهند، نیامدن کسی ثبت نمی‌شود."
        )
    return (
        f"دفتر {office} برای {long_day(date.fromisoformat(day))} آمدن کسی را ثبت نکرده است. "
        "تا پاسخ ندهید، نیامدن کسی ثبت نمی‌شود.\nپاسخ: میز دفتر، «روزهای بی‌ثبت»."
    )


_TEXTS: dict[str, Callable[..., str]] = {
    Kind.CODE: code,
    Kind.HAS_ACCOUNT: has_account,
    Kind.NO_ACCOUNT: no_account,
    Kind.ACCOUNT_MADE: account_made,
    Kind.ACCOUNT_ERASED: account_erased,
    Kind.BOOKED: booked,
    Kind.MOVED: moved,
    Kind.CANCELLED: cancelled,
    Kind.REMINDER: reminder,
    Kind.NO_SHOW: no_show,
    Kind.EXCUSED: excused,
    Kind.OFFICE_CLOSED: office_closed,
    Kind.PROPOSED_AGAIN: proposed_again,
    Kind.NOBODY_RECORDED: nobody_recorded,
    Kind.ANSWER: answer,
}


def text_of(kind: str, values: Mapping[str, object]) -> str:
    """What the message says; `values` are the named parameters of its function above."""
    return _TEXTS[kind](**values)


def parts(text: str) -> int:
    """How many messages the operator counts."""
    if all(letter in _GSM_7 or letter in _GSM_7_TAKING_TWO for letter in text):
        alone, each = GSM_7
        length = len(text) + sum(letter in _GSM_7_TAKING_TWO for letter in text)
    else:
        alone, each = UCS2
        length = len(text.encode("utf-16-be")) // 2  # an emoji counts as two
    return 1 if length <= alone else -(-length // each)


def _that_costs_no_more(*wordings: str) -> str:
    """The first wording that takes no more parts than the last one."""
    most = parts(wordings[-1])
    return next(each for each in wordings if parts(each) <= most)


def _left_to_right(password: str) -> str:
    """Between marks of direction if «!» at an end, or numbers, would change places."""
    keeps_its_order = password[0].isalpha() and password[-1].isalnum() and password.isascii()
    return password if keeps_its_order else f"\u200e{password}\u200e"
