"""The gateways as we find them, what they cost, and what somebody must look at."""

from django.db import models
from django.db.models import Q

from nobat.sms.lanes import Lane


class Gateway(models.Model):
    """How one of the configured gateways is, as every worker has found it."""

    name = models.CharField(primary_key=True, max_length=20)
    failures = models.PositiveSmallIntegerField(default=0)  # one after the other
    # Takes no messages until then; how often it has rested since it last took one.
    rests_until = models.DateTimeField(null=True)
    rests = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)
    credit = models.BigIntegerField(null=True)  # rials
    credit_asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class DaySpending(models.Model):
    """What messages of one lane took on one day in Tehran."""

    day = models.DateField()
    lane = models.PositiveSmallIntegerField(choices=Lane)
    messages = models.PositiveIntegerField(default=0, db_default=0)
    parts = models.PositiveIntegerField(default=0, db_default=0)
    cost = models.BigIntegerField(default=0, db_default=0)  # rials, as far as it is known

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "lane"], name="one_spending_per_day_and_lane"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.lane}"


class Trouble(models.TextChoices):
    NO_CREDIT = "no_credit", "اعتبار درگاه تمام شده است"
    LOW_CREDIT = "low_credit", "اعتبار درگاه رو به پایان است"
    REFUSED = "refused", "درگاه ما را نمی‌پذیرد"
    DOWN = "down", "درگاه پاسخ نمی‌دهد"
    TEMPLATE = "template", "الگوی پیامک کد در درگاه نیست"
    BUDGET_NEAR = "budget_near", "بودجهٔ پیامک امروز رو به پایان است"
    BUDGET_SPENT = "budget_spent", "بودجهٔ پیامک امروز تمام شده است"
    DELIVERY_FELL = "delivery_fell", "پیامک‌ها کمتر از همیشه می‌رسند"
    QUEUE_LATE = "queue_late", "پیامک‌ها دیر می‌روند"
    WRONG_CODES = "wrong_codes", "کدهای نادرست بیش از همیشه است"
    SEAL_NOT_CARRIED = "seal_not_carried", "مهر دفتر رخدادها به گواه بیرونی نمی‌رسد"


class Alarm(models.Model):
    """Something that somebody must look at; open until it is over."""

    trouble = models.CharField(max_length=20, choices=Trouble)
    about = models.CharField(max_length=20, blank=True)  # the gateway
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trouble", "about"],
                condition=Q(ended_at=None),
                name="one_open_alarm_per_trouble",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trouble} {self.about}"
