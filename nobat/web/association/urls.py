"""The pages of the association, under /association/."""

from django.urls import URLPattern, path

from nobat.web.association.closure import closure, lift_closure
from nobat.web.association.closure_preview import closure_preview
from nobat.web.association.closures import closures
from nobat.web.association.counties import counties, county, county_removal, new_county
from nobat.web.association.home import home
from nobat.web.association.import_offices import import_offices
from nobat.web.association.new_closure import closure_when, new_closure
from nobat.web.association.office import add_office, office
from nobat.web.association.office_import import office_import
from nobat.web.association.office_status import office_status
from nobat.web.association.offices import export_offices, offices
from nobat.web.association.services import new_service, service, services

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

OFFICES: list[URLPattern] = [
    path("offices/", offices, name="offices"),
    path("offices/add/", add_office, name="add_office"),
    path("offices/export.<str:ending>", export_offices, name="export_offices"),
    path("offices/imports/", import_offices, name="import_offices"),
    path("offices/imports/<int:import_id>/", office_import, name="office_import"),
    path("offices/<str:code>/", office, name="office"),
]

PLACES_AND_SERVICES: list[URLPattern] = [
    path("counties/", counties, name="counties"),
    path("counties/add/<str:province>/", new_county, name="add_county"),
    path("counties/<int:county_id>/", county, name="county"),
    path("counties/<int:county_id>/remove/", county_removal, name="remove_county"),
    path("services/", services, name="services"),
    path("add-service/", new_service, name="add_service"),
    path("services/<slug:service_code>/", service, name="service"),
]

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
