"""Page: the office's day at the counter, in the order in which people are served."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments import policy
from nobat.offices.models import Role
from nobat.schedule.last_turn import last_turn
from nobat.shared.jalali import tehran_day
from nobat.visits.day_list import day_list
from nobat.visits.unanswered_days import unanswered_days
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.fragment import render_page_or_part, wants_part
from nobat.web.headers import may_use_camera
from nobat.web.office.check_in_later import without_network


@require_safe
@may_use_camera
@clerk_only
def desk(request: OfficeRequest) -> HttpResponse:
    return desk_page(request)


def desk_page(request: OfficeRequest, said: str = "", **more: Any) -> HttpResponse:
    """The page, or for htmx the list alone, with what there is to say above it."""
    now = timezone.now()
    today = tehran_day(now)
    ends_at = last_turn(request.office, today)
    context = {
        "here": "desk",
        "now": now,
        "today": today,
        "list": day_list(request.office, today, now),
        "ends_at": ends_at,
        "is_over_at": ends_at and ends_at + policy.rules_on(today).grace_after_last_turn,
        "unanswered": _unanswered(request, now),
        "said": said,
        **without_network(),
        **more,
    }
    return render_page_or_part(
        request, page="office/desk.html", part="office/_queue.html", context=context
    )


def _unanswered(request: OfficeRequest, now: datetime) -> bool:
    """Whether the manager has been asked about a day and has not said anything yet."""
    is_manager = request.membership.role == Role.MANAGER
    return is_manager and unanswered_days(now, request.office).exists()


def back_to_desk(request: HttpRequest, said: str = "") -> HttpResponse:
    """After an act: the list anew for htmx, else the page by a redirect."""
    if wants_part(request):
        return desk_page(request, said)  # type: ignore[arg-type]
    return redirect("office:desk")
