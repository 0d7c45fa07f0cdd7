"""Who: one person per identity and per mobile, and how they prove who they are."""

from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from nobat.people.hashing import session_proof


class IdentityKind(models.TextChoices):
    NATIONAL = "national", "کد ملی"
    FOREIGN_UNIQUE = "foreign_unique", "کد یکتای اتباع"
    FOREIGN_DOCUMENT = "foreign_document", "شمارهٔ گذرنامه یا کارت اقامت"


class Person(AbstractBaseUser):
    """A citizen, or somebody who works for an office or the association."""

    mobile = models.CharField(max_length=16, unique=True)  # E.164, "+989…"
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    nationality = models.CharField(max_length=2, default="IR")  # ISO 3166
    identity_kind = models.CharField(max_length=20, choices=IdentityKind)
    # The number itself is sealed; it is found by its digest and shown by its tail.
    identity_sealed = models.BinaryField()
    identity_digest = models.CharField(max_length=64)
    identity_tail = models.CharField(max_length=3)
    joined_at = models.DateTimeField()
    # Asked too often for turns that were refused: until then for none (appointments/attempt.py).
    turns_paused_until = models.DateTimeField(null=True)
    # Has left: since then the row is a pseudonym, which nothing leads back from.
    erased_at = models.DateTimeField(null=True)

    # Not kept: each session knows when it was started.
    last_login = None

    objects = BaseUserManager["Person"]()

    USERNAME_FIELD = "mobile"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_kind", "identity_digest"],
                name="one_person_per_identity",
            ),
            models.CheckConstraint(
                condition=Q(identity_kind__in=IdentityKind.values),
                name="identity_kind_is_known",
            ),
        ]
        indexes = [
            # Few: who ever asked so often that a wait was put on them.
            models.Index(
                fields=["turns_paused_until"],
                condition=Q(turns_paused_until__isnull=False),
                name="person_had_to_wait",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"  # never the name or the number: this reaches logs

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_session_auth_hash(self) -> str:
        return session_proof(self.password)

    def lock(self) -> Self:
        """Until the transaction ends, this person's other acts wait here."""
        return type(self)._base_manager.select_for_update(no_key=True).get(pk=self.pk)


class Purpose(models.TextChoices):
    SIGN_UP = "sign_up", "ثبت‌نام"
    SIGN_IN = "sign_in", "ورود"
    RESET_PASSWORD = "reset_password", "رمز تازه"
    PROVE = "prove", "تایید دوباره"


class SmsCode(models.Model):
    """The one code that is right now for a mobile and a purpose."""

    mobile = models.CharField(max_length=16)
    purpose = models.CharField(max_length=20, choices=Purpose)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mobile", "purpose"], name="one_code_per_mobile_and_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Throttle(models.Model):
    """How often something was tried within one stretch of time."""

    key = models.CharField(max_length=64)  # a digest: no address or number in clear
    window_starts_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "window_starts_at"], name="one_count_per_key_and_window"
            )
        ]

    def __str__(self) -> str:
        return f"throttle {self.pk}"


class Session(AbstractBaseSession):
    """One device on which somebody is, or is about to be, signed in."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    # Only of those who work here: their second factor was right at this moment.
    second_factor_at = models.DateTimeField(null=True)
    # Who has another password by now is not signed in here (hashing.session_proof).
    fits = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"session of {self.person_id}"


class SecondFactor(models.Model):
    """What makes the time-based codes (TOTP) of somebody who works here."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="second_factor")
    secret_sealed = models.BinaryField()
    # Until a first code was right, a new secret may take this one's place.
    confirmed_at = models.DateTimeField(null=True)
    # The newest stretch of 30 seconds whose code was used: none counts twice.
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"second factor of {self.person_id}"


class RecoveryCode(models.Model):
    """One of the codes on paper that stand in for a lost phone, each for one time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "digest"], name="one_row_per_recovery_code")
        ]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class ErasedAccount(models.Model):
    """Who has left, sealed for as long as the law wants it kept; nothing of ours opens it but
    the job that takes the number out of the ledger."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="erased_account")
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField()
    # Until then at least nobody signs up with this identity: a week without booking runs.
    identity_held_until = models.DateTimeField(null=True)
    is_in_ledger = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["erased_at"], condition=~Q(sealed=None), name="erased_and_still_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"what is kept of {self.person_id}"
