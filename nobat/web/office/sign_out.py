"""Leaving the desk: only ever by a button, never by a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from nobat.web.signed_in import sign_out_of_this_device


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sign_out_of_this_device(request)
    messages.success(request, "از میز دفتر خارج شدید.")
    return redirect("office:sign_in")
