"""The citizen's pages."""

# While the pages are being written: a page that is not there yet answers 501.
# The lead replaces this by plain imports at the end; keep module and view names.
from importlib import import_module

from django.http import HttpResponse
from django.urls import path, register_converter

app_name = "citizen"


def _page(module, view=None):
    def answer(request, *args, **kwargs):
        try:
            found = import_module(f"nobat.web.citizen.{module}")
        except ModuleNotFoundError:
            return HttpResponse(f"{module} comes", status=501)
        return getattr(found, view or module)(request, *args, **kwargs)

    return answer


urlpatterns = [
    path("", _page("home"), name="home"),
    path("offices/", _page("find_office"), name="find_office"),
    path("offices/<str:code>/", _page("choose_time"), name="choose_time"),
    path("offices/<str:code>/book/", _page("book"), name="book"),
    path("sign-up/", _page("sign_up"), name="sign_up"),
    path("sign-up/details/", _page("sign_up_details"), name="sign_up_details"),
    path("sign-in/", _page("sign_in"), name="sign_in"),
    path("sign-in/code/", _page("sign_in_code"), name="sign_in_code"),
    path("reset-password/", _page("reset_password"), name="reset_password"),
    path("reset-password/code/", _page("reset_password_code"), name="reset_password_code"),
    path("sign-out/", _page("sign_out"), name="sign_out"),
    path("captcha/new/", _page("new_captcha"), name="new_captcha"),
    path("captcha/image/<str:key>/", _page("captcha_picture"), name="captcha_picture"),
    path("my/account/", _page("account"), name="account"),
    path("my/appointments/", _page("my_appointments"), name="my_appointments"),
    path("my/appointments/<str:reference>/", _page("booked"), name="booked"),
    path("my/appointments/<str:reference>/receipt/", _page("receipt"), name="receipt"),
    path(
        "my/appointments/<str:reference>/receipt.pdf",
        _page("receipt", "receipt_pdf"),
        name="receipt_pdf",
    ),
    path(
        "my/appointments/<str:reference>/appointment.ics",
        _page("receipt", "calendar_entry"),
        name="calendar_entry",
    ),
    path("my/appointments/<str:reference>/cancel/", _page("cancel"), name="cancel"),
    path("my/appointments/<str:reference>/move/", _page("move"), name="move"),
    path("help/", _page("help"), name="help"),
    path("help/rules/", _page("help", "rules"), name="rules"),
    path("help/sana/", _page("help", "sana"), name="sana"),
    path("help/privacy/", _page("help", "privacy"), name="privacy"),
    path("help/accessibility/", _page("help", "accessibility"), name="accessibility"),
    path("about/", _page("help", "about"), name="about"),
    path("services/", _page("services"), name="services"),
]
