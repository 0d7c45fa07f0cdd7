"""Page: an office is suspended, closed down or opened again, after a look at whom it touches."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.offices.association import offices_of
from nobat.offices.models import Office, OfficeStatus
from nobat.orders.office_status import end_office, ending_order, open_office
from nobat.orders.scope import seen_now, touched
from nobat.schedule.models import ClosureOrder
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.association.order_address import LONGEST_REASON
from nobat.web.office.day_choices import day_choices
from nobat.web.refusals import title_and_rest

_MISTAKE = 422


class EndForm(forms.Form):
    status = forms.ChoiceField(
        label="وضعیت تازه",
        choices=[
            (OfficeStatus.SUSPENDED.value, "معلق: بعداً دوباره فعال می‌شود"),
            (OfficeStatus.CLOSED.value, "برچیده: دیگر فعال نمی‌شود"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "یکی را انتخاب کنید."},
    )
    first_day = forms.ChoiceField(label="از روز")
    reason = forms.CharField(
        label="دلیل",
        help_text="مردم آن را در نوبت خود می‌خوانند. مانند «جابه‌جایی دفتر».",
        max_length=LONGEST_REASON,
        error_messages={"required": "دلیل را در چند کلمه بنویسید."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first_day: Any = self.fields["first_day"]
        first_day.choices = day_choices(today, today=today)

    def clean_reason(self) -> str:
        return clean(self.cleaned_data["reason"])


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def office_status(request: AssociationRequest, code: str) -> HttpResponse:
    office = offices_of(request.member).select_related("county__province").filter(code=code).first()
    if office is None:
        raise Http404
    if office.status != OfficeStatus.OPEN:
        return _open(request, office)
    today = tehran_day(timezone.now())
    if request.method != "POST":
        return _page(request, office, EndForm(today=today))
    form = EndForm(request.POST, today=today)
    if not form.is_valid():
        return _page(request, office, form, status=_MISTAKE)
    if "seen" not in request.POST:
        return _page(request, office, form, order=_order(request, office, form))
    return _end(request, office, form)


def _end(request: AssociationRequest, office: Office, form: EndForm) -> HttpResponse:
    order = _order(request, office, form)
    code = CodeAgainForm(request.POST)
    if not code.is_shown_by(request):
        return _page(request, office, form, order=order, code=code, status=_MISTAKE)
    status = OfficeStatus(form.cleaned_data["status"])
    try:
        end_office(office=office, status=status, order=order, seen=request.POST["seen"])
    except RuleBroken as refusal:
        again = _order(request, office, form)
        return _page(request, office, form, order=again, refusal=refusal, status=refusal.status)
    messages.success(request, f"{office.title} از این پس {status.label} است.")
    given = ClosureOrder.objects.get(key=order.key)
    return redirect("association:closure", given.pk)


def _open(request: AssociationRequest, office: Office) -> HttpResponse:
    form = CodeAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_shown_by(request):
        open_office(office=office, by=request.user)
        messages.success(request, f"{office.title} دوباره فعال شد و نوبت می‌دهد.")
        return redirect("association:office", office.code)
    context = {"here": "offices", "office": office, "form": form}
    status = _MISTAKE if form.errors else 200
    return render(request, "association/office_open.html", context, status=status)


def _order(request: AssociationRequest, office: Office, form: EndForm) -> ClosureOrder:
    return ending_order(
        office=office,
        first_day=date.fromisoformat(form.cleaned_data["first_day"]),
        reason=form.cleaned_data["reason"],
        key=_key(request.POST.get("key", "")),
        by=request.user,
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _page(
    request: AssociationRequest,
    office: Office,
    form: EndForm,
    *,
    order: ClosureOrder | None = None,
    code: CodeAgainForm | None = None,
    refusal: RuleBroken | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"here": "offices", "office": office, "end": form}
    if order:
        context |= {
            "order": order,
            "seen": str(seen_now(order, timezone.now())),
            "people": touched(order).count(),
            "form": code or CodeAgainForm(),
        }
    if refusal:
        context["title"], context["why"] = title_and_rest(refusal.message)
    return render(request, "association/office_status.html", context, status=status)
