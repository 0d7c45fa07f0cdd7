"""The web application, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from nobat.utf8_request import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nobat.settings")

pages = get_wsgi_application()
pages.request_class = Utf8Request

# By its name, since it needs a Django that is set up: so it is now.
application = import_string("nobat.web.straight_booking.StraightBooking")(pages)
