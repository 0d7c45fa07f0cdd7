"""The pages of clerks and managers, under /office/."""

from django.urls import URLPattern, path

from nobat.web.office.appointment import appointment
from nobat.web.office.calls import called, calls
from nobat.web.office.check_in import check_in, find_expected
from nobat.web.office.check_in_later import check_in_later
from nobat.web.office.choose_office import choose_office
from nobat.web.office.clerks import clerks
from nobat.web.office.closures import closures, finish_closure, reopen_closure
from nobat.web.office.day_sheet import day_sheet, day_sheet_pdf
from nobat.web.office.desk import desk
from nobat.web.office.hours import hours
from nobat.web.office.outage import outage
from nobat.web.office.remove_clerk import remove_clerk
from nobat.web.office.renew_recovery_codes import renew_recovery_codes
from nobat.web.office.services import services
from nobat.web.office.set_up_second_factor import set_up_second_factor
from nobat.web.office.sign_in import sign_in
from nobat.web.office.sign_in_code import sign_in_code
from nobat.web.office.sign_out import sign_out
from nobat.web.office.unanswered_days import unanswered_days
from nobat.web.office.visit import visit
from nobat.web.office.visit_acts import back_in_queue, call, next_visit, served, undo
from nobat.web.office.walk_in import walk_in

app_name = "office"

COMING_IN: list[URLPattern] = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/code/", sign_in_code, name="sign_in_code"),
    path("sign-in/set-up/", set_up_second_factor, name="set_up_second_factor"),
    path("recovery-codes/", renew_recovery_codes, name="renew_recovery_codes"),
    path("choose/", choose_office, name="choose_office"),
    path("sign-out/", sign_out, name="sign_out"),
]
DESK: list[URLPattern] = [
    path("", desk, name="desk"),
    path("check-in/", find_expected, name="find_expected"),
    path("check-in/later/", check_in_later, name="check_in_later"),
    path("check-in/<str:reference>/", check_in, name="check_in"),
    path("walk-in/", walk_in, name="walk_in"),
    path("next/", next_visit, name="next"),
    path("visits/<int:number>/", visit, name="visit"),
    path("visits/<int:number>/call/", call, name="call"),
    path("visits/<int:number>/served/", served, name="served"),
    path("visits/<int:number>/back/", back_in_queue, name="back_in_queue"),
    path("visits/<int:number>/undo/", undo, name="undo"),
    path("appointments/<str:reference>/", appointment, name="appointment"),
]
STAFF: list[URLPattern] = [
    path("clerks/", clerks, name="clerks"),
    path("clerks/<int:membership_id>/remove/", remove_clerk, name="remove_clerk"),
]

MANAGER: list[URLPattern] = [
    path("hours/", hours, name="hours"),
    path("closures/", closures, name="closures"),
    path("closures/<int:closure_id>/reopen/", reopen_closure, name="reopen_closure"),
    path("closures/<int:closure_id>/finish/", finish_closure, name="finish_closure"),
    path("services/", services, name="services"),
]

CALLS: list[URLPattern] = [
    path("calls/", calls, name="calls"),
    path("calls/<int:proposal_id>/", called, name="called"),
]

END_OF_DAY: list[URLPattern] = [
    path("outage/", outage, name="outage"),
    path("unanswered/", unanswered_days, name="unanswered_days"),
]

PAPER: list[URLPattern] = [
    path("sheet/", day_sheet, name="day_sheet"),
    path("sheet.pdf", day_sheet_pdf, name="day_sheet_pdf"),
]

urlpatterns = [*COMING_IN, *DESK, *STAFF, *MANAGER, *CALLS, *END_OF_DAY, *PAPER]
