"""Pages that exist only in the demo."""

from django.urls import path

from nobat.demo.phone import phone

app_name = "demo"

urlpatterns = [path("phone/", phone, name="phone")]
