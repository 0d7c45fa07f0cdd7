"""How near the whole system comes to the limit of its database, on this machine.

A database cluster, a country and a port of its own: nothing here touches what `make run`
and the tests work on.
"""

import os

import django
from django.apps import apps

from nobat.local_postgres import VAR
from nobat.local_postgres.cluster import Cluster

# Not forgetful: the limit of a database that waits for no disk would mean nothing.
CLUSTER = Cluster(VAR / "postgres-bench")
COUNTRY, LIMIT, SITE = "bench_country", "bench_limit", "bench_site"

# The servers that are measured are told by site.py where they are, and tests look at parts of
# this where all is set up already.
if "IS_MEASURED" not in os.environ and not apps.ready:
    os.environ["DEMO"] = "1"
    os.environ["DATABASE_URL"] = CLUSTER.database_url(COUNTRY)
    os.environ["DJANGO_SETTINGS_MODULE"] = "nobat.settings"
    django.setup()
