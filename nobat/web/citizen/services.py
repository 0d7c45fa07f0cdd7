"""Page: everything a turn can be taken for, and the papers each needs."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nobat.offices.models import Service


def services(request: HttpRequest) -> HttpResponse:
    bookable = Prefetch("children", Service.objects.filter(is_bookable=True))
    heads = Service.objects.filter(parent=None).prefetch_related(bookable)
    context = {"here": "help", "page": "services", "heads": heads}
    return render(request, "citizen/services.html", context)
