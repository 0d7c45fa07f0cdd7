"""Page: asks whether an account is really to go, says what follows, and deletes it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.erase_account import erase_account as erase
from nobat.appointments.erase_account import identity_held_until, turns_to_come
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken
from nobat.web.access import citizen_only
from nobat.web.citizen.account_page import refuse
from nobat.web.citizen.prove_again import (
    ProofForm,
    has_proven,
    proof_form,
    proof_page,
    send_code_instead,
)
from nobat.web.signed_in import sign_out_of_this_device


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_only
def erase_account(request: HttpRequest) -> HttpResponse:
    if "send_code" in request.POST:
        return _page(request, send_code_instead(request))
    form = proof_form(request)
    if not has_proven(request, form):
        return _page(request, form)
    citizen: Person = request.user  # type: ignore[assignment]
    try:
        erase(person=citizen)
    except RuleBroken as refusal:
        refuse(form, refusal)
        return _page(request, form)
    sign_out_of_this_device(request)
    messages.success(request, "حساب شما حذف شد. هر وقت بخواهید می‌توانید دوباره ثبت‌نام کنید.")
    return redirect("citizen:home")


def _page(request: HttpRequest, form: ProofForm) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    now = timezone.now()
    turns = turns_to_come(citizen, now).select_related("office")
    return proof_page(
        request,
        "citizen/erase_account.html",
        form,
        turns=list(turns),
        held_until=identity_held_until(citizen, now),
        kept=settings.KEPT,
    )
