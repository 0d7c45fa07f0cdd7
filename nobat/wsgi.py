"""The web application, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from nobat.utf8_request import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nobat.settings")

pages = get_wsgi_application()
pages.request_class = Utf8Request

# By their names, since they need a Django that is set up: so it is now.
in_front_of_pages = import_string("nobat.web.straight_office.StraightOffice")(pages)
application = import_string("nobat.web.straight_booking.StraightBooking")(in_front_of_pages)
