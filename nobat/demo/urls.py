"""Pages that exist only in the demo."""

from django.urls import path

from nobat.demo.authenticator import authenticator
from nobat.demo.phone import phone

app_name = "demo"

urlpatterns = [
    path("phone/", phone, name="phone"),
    path("authenticator/", authenticator, name="authenticator"),
]
