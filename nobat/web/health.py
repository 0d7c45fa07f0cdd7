"""For machines that watch over us: is it alive, is it ready."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nobat.web.ask_database import ask_database


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """It answers, whatever the database does: whoever starts the dead again asks this."""
    return _plain("live")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers in time and has every migration, else 503 and what fails."""
    state = ask_database()
    if state.trouble:
        return _plain(state.trouble, status=503)
    if state.missing:
        first = state.missing[0]
        return _plain(f"migrations: {len(state.missing)} missing, {first} first", status=503)
    return _plain("ready, only reading" if state.only_reads else "ready")


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
