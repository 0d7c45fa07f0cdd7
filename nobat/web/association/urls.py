"""The pages of the association, under /association/."""

from django.urls import URLPattern, path

from nobat.web.association.add_holiday import add_holiday
from nobat.web.association.change_rule import change_rule
from nobat.web.association.closure import closure, lift_closure
from nobat.web.association.closure_preview import closure_preview
from nobat.web.association.closures import closures
from nobat.web.association.counties import counties, county, county_removal, new_county
from nobat.web.association.figures import figures
from nobat.web.association.figures_spreadsheet import figures_csv, figures_spreadsheet
from nobat.web.association.holidays import confirm_holiday, holidays
from nobat.web.association.home import home
from nobat.web.association.import_offices import import_offices
from nobat.web.association.journal import journal, journal_of_person
from nobat.web.association.members import member_role, members, remove_member
from nobat.web.association.messages import messages
from nobat.web.association.move_holiday import move_holiday
from nobat.web.association.new_closure import closure_when, new_closure
from nobat.web.association.objection import objection
from nobat.web.association.objections import objections
from nobat.web.association.office import add_office, office
from nobat.web.association.office_import import office_import
from nobat.web.association.office_staff import office_staff
from nobat.web.association.office_staff_acts import remove_office_staff, reset_office_staff
from nobat.web.association.office_status import office_status
from nobat.web.association.offices import export_offices, offices
from nobat.web.association.remove_holiday import remove_holiday
from nobat.web.association.rules import rules
from nobat.web.association.services import new_service, service, services
from nobat.web.association.suspensions import suspension, suspensions
from nobat.web.association.unanswered_days import unanswered_day, unanswered_days
from nobat.web.association.unusual_accounts import unusual_accounts

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

CALENDAR: list[URLPattern] = [
    path("holidays/", holidays, name="holidays"),
    path("holidays/add/", add_holiday, name="add_holiday"),
    path("holidays/<int:holiday_id>/confirm/", confirm_holiday, name="confirm_holiday"),
    path("holidays/<int:holiday_id>/move/", move_holiday, name="move_holiday"),
    path("holidays/<int:holiday_id>/remove/", remove_holiday, name="remove_holiday"),
]

RULES: list[URLPattern] = [
    path("rules/", rules, name="rules"),
    path("rules/<slug:rule>/", change_rule, name="change_rule"),
]

DECISIONS: list[URLPattern] = [
    path("objections/", objections, name="objections"),
    path("objections/<int:objection_id>/", objection, name="objection"),
    path("suspensions/", suspensions, name="suspensions"),
    path("suspensions/<int:suspension_id>/", suspension, name="suspension"),
    path("unanswered/", unanswered_days, name="unanswered_days"),
    path("unanswered/<int:office_day_id>/", unanswered_day, name="unanswered_day"),
    path("unusual-accounts/", unusual_accounts, name="unusual_accounts"),
]

STAFF: list[URLPattern] = [
    path("members/", members, name="members"),
    path("members/<int:member_id>/", member_role, name="member_role"),
    path("members/<int:member_id>/remove/", remove_member, name="remove_member"),
    path("offices/<str:code>/staff/", office_staff, name="office_staff"),
    path(
        "offices/<str:code>/staff/<int:membership_id>/remove/",
        remove_office_staff,
        name="remove_office_staff",
    ),
    path(
        "offices/<str:code>/staff/<int:membership_id>/second-factor/",
        reset_office_staff,
        name="reset_office_staff",
    ),
]

FIGURES: list[URLPattern] = [
    path("figures/", figures, name="figures"),
    path("figures/figures.xlsx", figures_spreadsheet, name="figures_spreadsheet"),
    path("figures/figures.csv", figures_csv, name="figures_csv"),
]

JOURNAL: list[URLPattern] = [
    path("journal/", journal, name="journal"),
    path("journal/person/", journal_of_person, name="journal_of_person"),
]

MESSAGES: list[URLPattern] = [
    path("messages/", messages, name="messages"),
]

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
    *MESSAGES,
]
