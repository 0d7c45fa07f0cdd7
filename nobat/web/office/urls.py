"""The pages of clerks and managers, under /office/."""

from django.urls import URLPattern, path

from nobat.web.office.check_in import check_in, find_expected
from nobat.web.office.desk import desk
from nobat.web.office.visit import visit
from nobat.web.office.visit_acts import back_in_queue, call, next_visit, served, undo
from nobat.web.office.walk_in import walk_in

app_name = "office"

DESK: list[URLPattern] = [
    path("", desk, name="desk"),
    path("check-in/", find_expected, name="find_expected"),
    path("check-in/<str:reference>/", check_in, name="check_in"),
    path("walk-in/", walk_in, name="walk_in"),
    path("next/", next_visit, name="next"),
    path("visits/<int:number>/", visit, name="visit"),
    path("visits/<int:number>/call/", call, name="call"),
    path("visits/<int:number>/served/", served, name="served"),
    path("visits/<int:number>/back/", back_in_queue, name="back_in_queue"),
    path("visits/<int:number>/undo/", undo, name="undo"),
]

urlpatterns = [*DESK]
