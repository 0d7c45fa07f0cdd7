"""The pages of the association, under /association/."""

from django.urls import URLPattern, path

from nobat.web.association.figures import figures
from nobat.web.association.figures_spreadsheet import figures_csv, figures_spreadsheet
from nobat.web.association.home import home

app_name = "association"

HOME: list[URLPattern] = [
    path("", home, name="home"),
]

CLOSURES: list[URLPattern] = []

OFFICES: list[URLPattern] = []

PLACES_AND_SERVICES: list[URLPattern] = []

CALENDAR: list[URLPattern] = []

RULES: list[URLPattern] = []

DECISIONS: list[URLPattern] = []

STAFF: list[URLPattern] = []

FIGURES: list[URLPattern] = [
    path("figures/", figures, name="figures"),
    path("figures/figures.xlsx", figures_spreadsheet, name="figures_spreadsheet"),
    path("figures/figures.csv", figures_csv, name="figures_csv"),
]

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
