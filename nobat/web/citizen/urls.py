"""The citizen's pages."""

from django.urls import path

from nobat.web.citizen.account import account
from nobat.web.citizen.book import book
from nobat.web.citizen.booked import booked
from nobat.web.citizen.cancel import cancel
from nobat.web.citizen.captcha_picture import captcha_picture
from nobat.web.citizen.choose_time import choose_time
from nobat.web.citizen.display import display
from nobat.web.citizen.erase_account import erase_account
from nobat.web.citizen.find_office import find_office
from nobat.web.citizen.help import about, accessibility, help, privacy, rules, sana
from nobat.web.citizen.home import home
from nobat.web.citizen.move import move
from nobat.web.citizen.my_appointments import my_appointments
from nobat.web.citizen.new_captcha import new_captcha
from nobat.web.citizen.object import object_to_week
from nobat.web.citizen.own_data import own_data
from nobat.web.citizen.place import place
from nobat.web.citizen.receipt import calendar_entry, receipt, receipt_pdf
from nobat.web.citizen.reset_password import reset_password
from nobat.web.citizen.reset_password_code import reset_password_code
from nobat.web.citizen.services import services
from nobat.web.citizen.sign_in import sign_in
from nobat.web.citizen.sign_in_code import sign_in_code
from nobat.web.citizen.sign_out import sign_out
from nobat.web.citizen.sign_up import sign_up
from nobat.web.citizen.sign_up_details import sign_up_details
from nobat.web.citizen.waiting_room import waiting_room, waiting_room_now

app_name = "citizen"

ACCOUNTS = [
    path("sign-up/", sign_up, name="sign_up"),
    path("sign-up/details/", sign_up_details, name="sign_up_details"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/code/", sign_in_code, name="sign_in_code"),
    path("reset-password/", reset_password, name="reset_password"),
    path("reset-password/code/", reset_password_code, name="reset_password_code"),
    path("sign-out/", sign_out, name="sign_out"),
    path("captcha/new/", new_captcha, name="new_captcha"),
    path("captcha/image/<str:key>/", captcha_picture, name="captcha_picture"),
    path("my/account/", account, name="account"),
    path("my/account/data/", own_data, name="own_data"),
    path("my/account/erase/", erase_account, name="erase_account"),
]
OFFICES = [
    path("", home, name="home"),
    path("offices/", find_office, name="find_office"),
    path("offices/<str:code>/", choose_time, name="choose_time"),
    path("offices/<str:code>/book/", book, name="book"),
    path("offices/<str:code>/display/", display, name="display"),
    path("waiting-room/", waiting_room, name="waiting_room"),
    path("waiting-room/now/", waiting_room_now, name="waiting_room_now"),
]
APPOINTMENT = "my/appointments/<str:reference>/"
APPOINTMENTS = [
    path("my/appointments/", my_appointments, name="my_appointments"),
    path(APPOINTMENT, booked, name="booked"),
    path(f"{APPOINTMENT}receipt/", receipt, name="receipt"),
    path(f"{APPOINTMENT}receipt.pdf", receipt_pdf, name="receipt_pdf"),
    path(f"{APPOINTMENT}appointment.ics", calendar_entry, name="calendar_entry"),
    path(f"{APPOINTMENT}place/", place, name="place"),
    path(f"{APPOINTMENT}cancel/", cancel, name="cancel"),
    path(f"{APPOINTMENT}move/", move, name="move"),
    path("my/suspension/object/", object_to_week, name="object"),
]
WORDS = [
    path("help/", help, name="help"),
    path("help/rules/", rules, name="rules"),
    path("help/sana/", sana, name="sana"),
    path("help/privacy/", privacy, name="privacy"),
    path("help/accessibility/", accessibility, name="accessibility"),
    path("about/", about, name="about"),
    path("services/", services, name="services"),
]

urlpatterns = [*OFFICES, *ACCOUNTS, *APPOINTMENTS, *WORDS]
