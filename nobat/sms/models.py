"""The outbox and ledger of every SMS."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    CODE = "code", "کد تأیید"
    HAS_ACCOUNT = "has_account", "این شماره حساب دارد"
    NO_ACCOUNT = "no_account", "این شماره حساب ندارد"
    ACCOUNT_MADE = "account_made", "حساب ساخته شد"
    BOOKED = "booked", "نوبت ثبت شد"
    MOVED = "moved", "نوبت جابه‌جا شد"
    CANCELLED = "cancelled", "نوبت حذف شد"
    REMINDER = "reminder", "یادآوری روز پیش"
    NO_SHOW = "no_show", "نیامدن"
    EXCUSED = "excused", "پذیرفتن اعتراض"
    OFFICE_CLOSED = "office_closed", "بسته شدن دفتر"
    PROPOSED_AGAIN = "proposed_again", "پیشنهاد دیگر پس از تعطیلی"
    NOBODY_RECORDED = "nobody_recorded", "روز بی‌ثبت دفتر"


# Somebody sits before a page and waits for these.
URGENT = (Kind.CODE, Kind.HAS_ACCOUNT, Kind.NO_ACCOUNT, Kind.ACCOUNT_MADE)


class State(models.TextChoices):
    WAITING = "waiting", "در صف"
    SENT = "sent", "فرستاده شد"
    GIVEN_UP = "given_up", "فرستاده نشد"
    EXPIRED = "expired", "زمانش گذشت"


class OutgoingSms(models.Model):
    """One message to one mobile: what it says is rendered when it is sent."""

    kind = models.CharField(max_length=20, choices=Kind)
    # What it speaks of, as the journal names things ("appointments.Appointment:12"),
    # or the tracking code of an appointment.
    about = models.CharField(max_length=80, blank=True)
    # One SMS per event: the same event queued again changes nothing.
    occasion = models.CharField(max_length=120)
    to = models.CharField(max_length=16)
    params = models.JSONField(default=dict)
    # Sealed parameters (a code, a password): wiped as soon as nothing waits for them.
    secret = models.BinaryField(null=True)
    not_after = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_try_at = models.DateTimeField()
    provider_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    last_error = models.CharField(max_length=120, blank=True, default="", db_default="")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion"], name="one_sms_per_event"),
            models.CheckConstraint(
                condition=Q(state=State.WAITING) | Q(secret=None),
                name="sms_keeps_a_secret_only_while_waiting",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="sms_state_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state=State.WAITING),
                name="sms_due",
            ),
            models.Index(
                fields=["next_try_at"],
                condition=Q(state=State.WAITING, kind__in=URGENT),
                name="sms_due_at_once",
            ),
            models.Index(fields=["about"], name="sms_about"),
            # Rows come in the order of this moment: some pages of index for millions of them.
            BrinIndex(fields=["queued_at"], name="sms_queued", autosummarize=True),
            # Few: whom a closure must call (unreached.py).
            models.Index(fields=["to"], condition=Q(state=State.GIVEN_UP), name="sms_given_up"),
        ]

    def __str__(self) -> str:
        return self.occasion


class DemoPhoneSms(models.Model):
    """What the phones of the demo have received."""

    to = models.CharField(max_length=16)
    text = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["to", "-received_at"], name="demo_phone")]

    def __str__(self) -> str:
        return f"demo SMS {self.pk}"
