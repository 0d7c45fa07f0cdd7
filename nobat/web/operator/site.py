"""Pages: rows as they lie in the database, for operators with a second factor, only to read."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from nobat.appointments.models import Appointment, Objection, Proposal, Suspension
from nobat.journal.models import JournalEntry
from nobat.offices.models import AssociationMember, Membership, Office, Operator
from nobat.people.models import Person, Session
from nobat.schedule.models import Closure, ClosureOrder, Hold, Holiday, Slot
from nobat.sms.models import Alarm, DaySpending, Gateway, IncomingSms, OutgoingSms
from nobat.web.client_address import address_of_client
from nobat.web.office.way_in import with_office_way_back
from nobat.web.operators_only import operators_only
from nobat.web.signed_in import session_of
from nobat.web.templatetags.nobat import masked_mobile


class OperatorSite(admin.AdminSite):
    site_title = site_header = "نوبت، کارگاه سامانه"
    index_title = "جدول‌ها، فقط برای دیدن"
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        if not session_of(request).is_of_staff():
            return False
        return Operator.objects.filter(person=request.user).exists()  # type: ignore[misc]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return operators_only(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return _to_sign_in(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # Where they know another one for their own, TRUSTED_PROXIES is wrong.
        address = address_of_client(request)
        return super().each_context(request) | {"user": request.user, "address": address}


@operators_only
def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """By the staff's own sign-in; to everybody else there is nothing here."""
    if session_of(request).is_of_staff():
        raise Http404
    return HttpResponseRedirect(with_office_way_back("sign_in", reverse("admin:index")))


class OnlyToRead(admin.ModelAdmin):
    """What is listed is shown; whatever else a row holds stays where it is."""

    actions = None
    show_full_result_count = False
    list_per_page = 50
    ordering = ("-pk",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return SHOWN[self.model]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return SHOWN[self.model]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return SHOWN[self.model]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """By its key: Django breaks on the name of a field that is there and empty."""
        return super().get_object(request, object_id, from_field or None)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="mobile")
    def masked(self, row: Any) -> str:
        return masked_mobile(_number(row))


def _number(row: Any) -> str:
    if isinstance(row, OutgoingSms):
        return row.to
    return row.sender if isinstance(row, IncomingSms) else row.mobile


# No name, no whole number, no parameter or text of an SMS, no secret: neither in lists nor in rows.
SHOWN: dict[type[Model], tuple[str, ...]] = {
    Person: ("id", "masked", "identity_kind", "identity_tail", "joined_at", "erased_at"),
    Session: ("person_id", "device", "started_at", "seen_at", "second_factor_at", "expire_date"),
    Office: ("code", "name", "county", "status", "is_exempt"),
    Membership: ("person_id", "office", "role", "since"),
    AssociationMember: ("person_id", "role", "province", "since"),
    Holiday: ("day", "title", "is_estimated"),
    ClosureOrder: ("id", "first_day", "last_day", "reason", "state", "affected", "decided_at"),
    Closure: ("office", "day", "from_hour", "until_hour", "stays", "order", "reason"),
    Slot: ("id", "office", "starts_at", "ends_at", "capacity", "offered", "taken", "held_until"),
    Hold: ("slot_id", "until", "kept_for"),
    Appointment: (
        "reference",
        "citizen_id",
        "office",
        "service",
        "cases",
        "starts_at",
        "status",
        "moves",
        "booked_at",
        "status_changed_at",
    ),
    Proposal: ("appointment", "outcome", "starts_at", "held_until", "answer", "needs_call"),
    Suspension: ("citizen_id", "cause", "starts_at", "until", "ended_at"),
    Objection: ("suspension", "made_at", "is_accepted", "decided_at"),
    OutgoingSms: (
        "id",
        "kind",
        "lane",
        "about",
        "masked",
        "state",
        "provider",
        "provider_id",
        "parts",
        "cost",
        "tries",
        "lost_answers",
        "last_error",
        "queued_at",
        "next_try_at",
        "not_after",
        "sent_at",
        "reported_at",
        "reached_since",
    ),
    IncomingSms: (
        "id",
        "provider",
        "provider_id",
        "masked",
        "understood",
        "about",
        "result",
        "received_at",
        "answered_at",
    ),
    Gateway: ("name", "rests_until", "reason", "failures", "rests", "credit", "credit_asked_at"),
    Alarm: ("trouble", "about", "raised_at", "ended_at"),
    DaySpending: ("day", "lane", "messages", "parts", "cost"),
    JournalEntry: ("at", "act", "subject", "by", "details"),
}

operators = OperatorSite()
operators.register(list(SHOWN), OnlyToRead)
