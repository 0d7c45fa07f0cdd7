"""What messages are about."""

from django.db import models


class Kind(models.TextChoices):
    CODE = "code", "کد تأیید"
    HAS_ACCOUNT = "has_account", "این شماره حساب دارد"
    NO_ACCOUNT = "no_account", "این شماره حساب ندارد"
    ACCOUNT_MADE = "account_made", "حساب ساخته شد"
    ACCOUNT_ERASED = "account_erased", "حساب حذف شد"
    BOOKED = "booked", "نوبت ثبت شد"
    MOVED = "moved", "نوبت جابه‌جا شد"
    CANCELLED = "cancelled", "نوبت حذف شد"
    REMINDER = "reminder", "یادآوری روز پیش"
    NO_SHOW = "no_show", "نیامدن"
    EXCUSED = "excused", "پذیرفتن اعتراض"
    OFFICE_CLOSED = "office_closed", "بسته شدن دفتر"
    PROPOSED_AGAIN = "proposed_again", "پیشنهاد دیگر پس از تعطیلی"
    NOBODY_RECORDED = "nobody_recorded", "روز بی‌ثبت دفتر"
    ANSWER = "answer", "پاسخ به پیامک"
