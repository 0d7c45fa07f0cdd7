"""Addresses of the pages for providers of SMS."""

from django.urls import path

from nobat.web.provider.incoming import incoming
from nobat.web.provider.reports import reports

app_name = "sms"

urlpatterns = [
    path("<slug:provider>/<slug:token>/reports/", reports, name="reports"),
    path("<slug:provider>/<slug:token>/incoming/", incoming, name="incoming"),
]
