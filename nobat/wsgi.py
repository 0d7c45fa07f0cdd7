"""The web application, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from nobat.safe_start import refuse_unsafe_start
from nobat.utf8_request import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nobat.settings")

pages = get_wsgi_application()
refuse_unsafe_start()
pages.request_class = Utf8Request

# By their names, since they need a Django that is set up: so it is now.
looks = import_string("nobat.web.straight_pages.StraightPages")(pages)
bookings = import_string("nobat.web.straight_booking.StraightBooking")(looks)
application = import_string("nobat.web.seen.Seen")(bookings)
