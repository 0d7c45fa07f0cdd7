"""Page: all that is kept of me, to take home as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from nobat.people.models import Person
from nobat.visits.own_data import take_own_data
from nobat.web.access import citizen_only
from nobat.web.citizen.own_data_file import as_json, as_text
from nobat.web.citizen.prove_again import (
    has_proven,
    proof_form,
    proof_page,
    send_code_instead,
)
from nobat.web.download import download

_PAGE = "citizen/own_data.html"


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_only
def own_data(request: HttpRequest) -> HttpResponse:
    if "send_code" in request.POST:
        return proof_page(request, _PAGE, send_code_instead(request))
    form = proof_form(request)
    if not has_proven(request, form):
        return proof_page(request, _PAGE, form)
    citizen: Person = request.user  # type: ignore[assignment]
    sections = take_own_data(person=citizen)
    if request.POST.get("as") == "json":
        content = as_json(sections).encode()
        return download(content, content_type="application/json", name="nobat-my-data.json")
    text = as_text(sections).encode()
    return download(text, content_type="text/plain; charset=utf-8", name="nobat-my-data.txt")
