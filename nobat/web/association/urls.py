"""The pages of the association, under /association/."""

from django.urls import URLPattern, path

from nobat.web.association.closure import closure, lift_closure
from nobat.web.association.closure_preview import closure_preview
from nobat.web.association.closures import closures
from nobat.web.association.home import home
from nobat.web.association.new_closure import closure_when, new_closure
from nobat.web.association.office_status import office_status

app_name = "association"

HOME: list[URLPattern] = [
    path("", home, name="home"),
]

CLOSURES: list[URLPattern] = [
    path("closures/", closures, name="closures"),
    path("closures/new/", new_closure, name="new_closure"),
    path("closures/new/when/", closure_when, name="closure_when"),
    path("closures/preview/", closure_preview, name="closure_preview"),
    path("closures/<int:order_id>/", closure, name="closure"),
    path("closures/<int:order_id>/lift/", lift_closure, name="lift_closure"),
    path("offices/<str:code>/status/", office_status, name="office_status"),
]

OFFICES: list[URLPattern] = []

PLACES_AND_SERVICES: list[URLPattern] = []

CALENDAR: list[URLPattern] = []

RULES: list[URLPattern] = []

DECISIONS: list[URLPattern] = []

STAFF: list[URLPattern] = []

FIGURES: list[URLPattern] = []

JOURNAL: list[URLPattern] = []

urlpatterns = [
    *HOME,
    *CLOSURES,
    *OFFICES,
    *PLACES_AND_SERVICES,
    *CALENDAR,
    *RULES,
    *DECISIONS,
    *STAFF,
    *FIGURES,
    *JOURNAL,
]
