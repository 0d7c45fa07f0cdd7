"""Where: provinces, counties, offices, and the subjects they serve."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q

from nobat.people.models import Person


class Province(models.Model):
    # ISO 3166-2:IR number, which is also the Statistical Centre's.
    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()  # in the Persian alphabet

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class County(models.Model):
    # The Statistical Centre's four digits; a county without one bears a letter.
    code = models.CharField(max_length=4, unique=True)
    province = models.ForeignKey(Province, models.PROTECT)
    name = models.CharField(max_length=60)
    other_name = models.CharField(max_length=60, blank=True)
    name_key = models.CharField(max_length=120)  # both names, folded
    position = models.PositiveSmallIntegerField()  # in the Persian alphabet
    lat = models.FloatField(null=True)  # of its seat
    lon = models.FloatField(null=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A subject a citizen comes for; heads of the tree are not bookable themselves."""

    code = models.SlugField(unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    papers = ArrayField(models.CharField(max_length=120), default=list)
    needs_sana = models.BooleanField(default=True)
    is_bookable = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class OfficeStatus(models.TextChoices):
    OPEN = "open", "فعال"
    SUSPENDED = "suspended", "معلق"
    CLOSED = "closed", "برچیده"


class OfficeQuerySet(models.QuerySet["Office"]):
    def open(self) -> Self:
        return self.filter(status=OfficeStatus.OPEN)


class Office(models.Model):
    """One licensed office. The four keys serve the search (offices/find.py)."""

    code = models.CharField(max_length=12, unique=True)  # digits, nothing in them
    name = models.CharField(max_length=80)  # without the word «دفتر»
    manager = models.CharField(max_length=120)
    county = models.ForeignKey(County, models.PROTECT)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=15)  # digits with the area code
    lat = models.FloatField()
    lon = models.FloatField()
    status = models.CharField(max_length=10, choices=OfficeStatus, default=OfficeStatus.OPEN)
    # On duty: a closure may leave such offices open.
    is_exempt = models.BooleanField(default=False, db_default=False)
    services = models.ManyToManyField(Service, through="OfficeService")
    name_key = models.CharField(max_length=120)
    name_packed = models.CharField(max_length=120)
    manager_key = models.CharField(max_length=160)
    manager_packed = models.CharField(max_length=160)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OfficeStatus.values),
                name="office_status_is_known",
            )
        ]
        indexes = [
            GistIndex(
                Func("lat", "lon", function="point"),
                condition=Q(status=OfficeStatus.OPEN),
                name="open_offices_by_place",
            )
        ]

    def __str__(self) -> str:
        return f"office {self.code}"

    @property
    def title(self) -> str:
        return f"دفتر {self.name}"


class OfficeService(models.Model):
    office = models.ForeignKey(Office, models.CASCADE)
    service = models.ForeignKey(Service, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "service"], name="an_office_offers_a_service_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office_id} offers {self.service_id}"


class Role(models.TextChoices):
    CLERK = "clerk", "کاربر دفتر"
    MANAGER = "manager", "مدیر دفتر"


class Membership(models.Model):
    """Somebody works at an office. The row goes when the role does; the journal remembers."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "office"], name="one_role_per_person_and_office"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.office_id}"


class AssociationRole(models.TextChoices):
    NATIONAL = "national", "کارشناس کشور"
    PROVINCE = "province", "کارشناس استان"
    READER = "reader", "فقط دیدن"


class AssociationMember(models.Model):
    """Somebody works for the association, for the whole country or for one province."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="association_member")
    role = models.CharField(
        max_length=10,
        choices=AssociationRole,
        default=AssociationRole.NATIONAL,
        db_default=AssociationRole.NATIONAL,
    )
    # Only of an officer of a province; everybody else sees the whole country.
    province = models.ForeignKey(Province, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role=AssociationRole.PROVINCE, province__isnull=False)
                | Q(role__in=[AssociationRole.NATIONAL, AssociationRole.READER], province=None),
                name="an_officer_of_a_province_has_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of the association"

    @property
    def may_decide(self) -> bool:
        return self.role != AssociationRole.READER

    @property
    def is_national(self) -> bool:
        return self.role == AssociationRole.NATIONAL


class ImportState(models.TextChoices):
    PREVIEWED = "previewed", "دیده شد"
    RUNNING = "running", "در حال انجام"
    DONE = "done", "انجام شد"
    STALE = "stale", "کهنه شد"  # what was seen no longer holds: to be looked at again


class OfficeImport(models.Model):
    """A list of offices that somebody sent: what was seen of it, and what came of it.

    Forgotten after some hours; the journal remembers what was changed by it.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # Only offices of this province may be in it; none: of the whole country.
    province = models.ForeignKey(Province, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=120)
    unknown = ArrayField(models.CharField(max_length=120), default=list)  # headings not read
    rows = models.JSONField()  # office_rows.CheckedRow, in the order of the file
    counts = models.JSONField()  # of rows, by their kind
    version = models.CharField(max_length=64)  # of what the rows show
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEWED)
    done = models.PositiveIntegerField(default=0)  # rows taken over, told while it runs
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_is_known"
            )
        ]
        indexes = [models.Index(fields=["state", "at"], name="imports_by_state")]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def to_do(self) -> int:
        """How many rows change something."""
        return self.counts["added"] + self.counts["changed"]


class Operator(models.Model):
    """Somebody who keeps the system itself running, and may look into its tables."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="operator")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} operates"
