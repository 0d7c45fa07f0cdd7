"""`make restore-drill`: the database is lost twice, and comes back from its backups.

A server and a repository of its own under var/, set up with the files of deploy/backup.
"""

import os

import django
from django.apps import apps

from nobat.local_postgres import VAR
from nobat.local_postgres.cluster import Cluster

PLACE = VAR / "restore-drill"
SERVER = Cluster(PLACE / "postgres")
CITY = "nobat"  # the database

# Tests look at parts of this where all is set up already.
if not apps.ready:
    os.environ["DEMO"] = "1"
    os.environ["DATABASE_URL"] = SERVER.database_url(CITY)
    os.environ["DJANGO_SETTINGS_MODULE"] = "nobat.settings"
    django.setup()
