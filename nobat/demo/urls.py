"""Pages that exist only in the demo."""

from django.urls import path

from nobat.demo.authenticator import authenticator
from nobat.demo.phone import phone
from nobat.demo.providers.page import providers
from nobat.demo.send_from_phone import send_from_phone

app_name = "demo"

urlpatterns = [
    path("phone/", phone, name="phone"),
    path("phone/send/", send_from_phone, name="send_from_phone"),
    path("providers/", providers, name="providers"),
    path("authenticator/", authenticator, name="authenticator"),
]
