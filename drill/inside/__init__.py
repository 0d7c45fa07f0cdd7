"""What runs on a machine of the drill, as a program of its own, with the settings it is given."""

import os

import django
from django.apps import apps

# The country and the requests are those of the measurements, at a database that we are told.
if not apps.ready:
    os.environ.setdefault("IS_MEASURED", "yes")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nobat.settings")
    django.setup()
