"""Every act the journal can contain."""

from django.db import models


class Act(models.TextChoices):
    ACCOUNT_MADE = "account_made", "حساب ساخته شد"
    SIGNED_IN = "signed_in", "وارد شد"
    PASSWORD_CHANGED = "password_changed", "رمز عبور عوض شد"
    SESSIONS_ENDED = "sessions_ended", "دستگاه‌ها خارج شدند"
    BOOKED = "booked", "نوبت ثبت شد"
    MOVED = "moved", "نوبت جابه‌جا شد"
    CANCELLED_BY_CITIZEN = "cancelled_by_citizen", "شهروند نوبت را حذف کرد"
    HOURS_SET = "hours_set", "ساعت کار تعیین شد"
    DAY_CLOSED = "day_closed", "دفتر یک روز بسته شد"
    DAY_REOPENED = "day_reopened", "بسته بودن یک روز برداشته شد"
    OFFICES_IMPORTED = "offices_imported", "فهرست دفترها وارد شد"
