"""The outbox and ledger of every SMS, and what phones have sent to us."""

from datetime import timedelta

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from nobat.sms.gateway_models import Alarm, DaySpending, Gateway, Trouble
from nobat.sms.kinds import Kind
from nobat.sms.lanes import Lane
from nobat.sms.states import DID_NOT_ARRIVE, NOT_REACHED, UNSETTLED, State

__all__ = ["NOT_REACHED", "Alarm", "DaySpending", "Gateway", "Kind", "State", "Trouble"]

# For so long at most does a code or a password lie in the database, sealed.
SECRET_WAITS = timedelta(minutes=30)


class OutgoingSms(models.Model):
    """One message to one mobile: what it says is rendered when it is sent."""

    kind = models.CharField(max_length=20, choices=Kind)
    lane = models.PositiveSmallIntegerField(choices=Lane)
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
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Tries of which nobody knows whether the gateway took the message.
    lost_answers = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_try_at = models.DateTimeField()
    # When to ask the gateway what became of it; none: there is nothing to ask.
    ask_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=20, blank=True, default="", db_default="")
    provider_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    parts = models.PositiveSmallIntegerField(default=0, db_default=0)  # known once it is sent
    cost = models.PositiveIntegerField(null=True)  # rials, where the provider says so
    last_error = models.CharField(max_length=120, blank=True, default="", db_default="")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # the provider took it
    reported_at = models.DateTimeField(null=True)  # what became of it was told
    # Of one that did not arrive: when we heard that a later one to the same mobile did.
    reached_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion"], name="one_sms_per_event"),
            models.CheckConstraint(
                condition=Q(secret=None) | Q(state__in=UNSETTLED),
                name="sms_keeps_a_secret_only_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(secret=None) | Q(not_after__lte=F("queued_at") + SECRET_WAITS),
                name="sms_keeps_a_secret_for_thirty_minutes_at_most",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="sms_state_is_known"),
            models.CheckConstraint(
                condition=Q(to__regex=r"^\+989[0-9]{9}$")
                | (Q(to__startswith="erased:") & ~Q(state__in=UNSETTLED)),
                name="sms_goes_to_iranian_mobiles_only",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lane", "next_try_at"], condition=Q(state=State.WAITING), name="sms_due"
            ),
            # What expires while nobody sends it.
            models.Index(
                fields=["not_after"], condition=Q(state__in=UNSETTLED), name="sms_unsettled"
            ),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="sms_to_ask"),
            models.Index(
                fields=["provider_id"], condition=~Q(provider_id=""), name="sms_provider_id"
            ),
            models.Index(fields=["about"], name="sms_about"),
            # Rows come in the order of this moment: some pages of index for millions of them.
            BrinIndex(fields=["queued_at"], name="sms_queued", autosummarize=True),
            # Few: whom a closure must call (unreached.py).
            models.Index(
                fields=["to"],
                condition=Q(state__in=DID_NOT_ARRIVE),
                name="sms_not_reached",
            ),
        ]

    def __str__(self) -> str:
        return self.occasion


class Understood(models.TextChoices):
    """What an incoming message asks for."""

    CANCEL = "cancel", "لغو نوبت"
    STATUS = "status", "وضعیت نوبت"
    ACCEPT = "accept", "قبول پیشنهاد"
    NOTHING = "nothing", "فهمیده نشد"


class IncomingSms(models.Model):
    """One message from a phone to us, as a provider handed it over."""

    provider = models.CharField(max_length=20)
    # The provider's own id of it: the same one again changes nothing.
    provider_id = models.CharField(max_length=64)
    sender = models.CharField(max_length=16)
    # Wiped after thirty days: what was understood stays.
    text = models.CharField(max_length=700, blank=True)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    understood = models.CharField(max_length=10, choices=Understood, blank=True)
    # The tracking code of the appointment it was about.
    about = models.CharField(max_length=80, blank=True)
    # What came of it: "cancelled", "accepted", or the name of the refusal.
    result = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_id"], name="each_incoming_sms_comes_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(answered_at=None), name="sms_unanswered"
            ),
            models.Index(fields=["about"], condition=~Q(about=""), name="incoming_sms_about"),
            BrinIndex(fields=["received_at"], name="incoming_sms_received", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"incoming SMS {self.pk}"


class DemoPhoneSms(models.Model):
    """What the phones of the demo have received."""

    # The message of ours that it is; none of a phone's own.
    sms_id = models.BigIntegerField(null=True, unique=True)
    to = models.CharField(max_length=16)
    text = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["to", "-received_at"], name="demo_phone")]

    def __str__(self) -> str:
        return f"demo SMS {self.pk}"
