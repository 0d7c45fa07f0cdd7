"""The pages of clerks and managers, under /office/."""

from django.urls import URLPattern

app_name = "office"

urlpatterns: list[URLPattern] = []
