"""What every test runs with, set before Django reads its settings."""

import atexit
import os
import shutil
import tempfile

from nobat import local_postgres

os.environ["DJANGO_SETTINGS_MODULE"] = "nobat.settings"
os.environ["DEMO"] = "1"
os.environ["SECRET_KEY"] = "tests-only"
os.environ["DATA_KEYS"] = "1:" + "QUFB" * 10 + "QUE="
os.environ["RECEIPT_KEY"] = "QkJC" * 10 + "QkI="
os.environ["CAPTCHA_ANSWER"] = ""
os.environ["CREDENTIALS_SMS"] = "username_and_password"
os.environ["SMS_GATEWAY"] = "nobat.sms.gateways.demo_phone.DemoPhone"

# What is counted in one process of the tests, no other one adds to.
_counts = tempfile.mkdtemp(prefix="nobat-metrics-")
atexit.register(shutil.rmtree, _counts, ignore_errors=True)
os.environ["METRICS_DIR"] = os.environ["PROMETHEUS_MULTIPROC_DIR"] = _counts

# A database of its own for each process, so that test runs beside each other never meet.
ON_PRIVATE_SERVER = local_postgres.is_needed()
if ON_PRIVATE_SERVER:
    os.environ["DATABASE_URL"] = local_postgres.TESTS.database_url(f"tests_{os.getpid()}")
