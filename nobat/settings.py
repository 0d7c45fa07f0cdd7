"""Every setting, from the environment alone. docs/settings.md explains each of them.

A wrong value stops the start and names its variable.
"""

import base64
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from nobat.database_settings import the_database
from nobat.environment import Environment, is_key, is_pair_of_hours, must
from nobat.headers import A_YEAR, content_security_policy
from nobat.journal_witness import witness_url
from nobat.local_postgres import database_url
from nobat.local_secrets import secret
from nobat.logs import FORMATTERS, logging_to_stderr
from nobat.metrics_folder import metrics_folder
from nobat.provider_accounts import gateways, kavenegar_account, magfa_account, stand_ins_url
from nobat.retention import kept
from nobat.shared.sealed import are_data_keys

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
FONTS_DIR = VAR_DIR / "fonts"


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _needed(name: str, make: Callable[[], str]) -> str:
    """The variable, or in the demo a value made once and kept under var/."""
    value = env.str(name, default="")
    must(bool(value) or DEMO, f"{name} must be set (outside of DEMO=1)")
    return value or secret(name, make)


# ------------------------------------------------------------------ the system
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
must(DEMO or not DEBUG, "DEBUG is allowed only with DEMO=1: its error pages show everything")
SECRET_KEY = _needed("SECRET_KEY", lambda: secrets.token_urlsafe(50))
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEMO else []
)
# Under these names and from these networks alone are operators answered; none: from all.
OPERATOR_HOSTS = env.list("OPERATOR_HOSTS", default=[])
OPERATOR_NETWORKS = env.networks("OPERATOR_NETWORKS")
ALLOWED_HOSTS += OPERATOR_HOSTS
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
must(
    all("://" in origin for origin in CSRF_TRUSTED_ORIGINS),
    "CSRF_TRUSTED_ORIGINS must be addresses with their scheme, like https://nobat.example",
)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # that write X-Forwarded-For
# Where an operator keeps thousands of citizens behind one address.
MOBILE_OPERATOR_NETWORKS = env.networks("MOBILE_OPERATOR_NETWORKS")
HTTPS = env.bool("HTTPS", default=not DEMO)
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
must(
    LOG_LEVEL in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"},
    "LOG_LEVEL must be debug, info, warning, error or critical",
)
LOG_FORMAT = env.str("LOG_FORMAT", default="lines")
must(LOG_FORMAT in FORMATTERS, "LOG_FORMAT must be lines or json")
ACCESS_LOG = "INFO" if env.bool("ACCESS_LOG", default=not DEMO) else "WARNING"

# What the processes of this machine count together; what is known of a backup; which release.
METRICS_DIR = metrics_folder(env.str("METRICS_DIR", default=str(VAR_DIR / "metrics")))
BACKUP_MARKER = env.str("BACKUP_MARKER", default="")
RELEASE = env.str("RELEASE", default="unknown")

# Sealing of national numbers and waiting secrets: "id:base64 of 32 bytes", the first
# key seals, the others still open. So with receipts: the first of RECEIPT_KEY (base64) signs.
DATA_KEYS = _needed("DATA_KEYS", lambda: f"1:{_random_key()}").split(",")
must(
    are_data_keys(DATA_KEYS),
    "DATA_KEYS must be one or more of id:base64 of 32 bytes, separated by commas",
)
RECEIPT_KEYS = _needed("RECEIPT_KEY", _random_key).split(",")
must(
    all(map(is_key, RECEIPT_KEYS)),
    "RECEIPT_KEY must be one or more of base64 of 32 bytes, separated by commas",
)

JOURNAL_WITNESS_URL = witness_url(env, demo=DEMO)  # takes each day's seal of the journal
KEPT = kept(env)  # for how long, whatever holds personal data

# ---------------------------------------------------------------- the database
DATABASES = {"default": the_database(env, private_url=database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --------------------------------------------------------------------- the SMS
SMS_GATEWAY = gateways(env, demo=DEMO)
KAVENEGAR = kavenegar_account(env, is_needed=".kavenegar." in SMS_GATEWAY, demo=DEMO)
MAGFA = magfa_account(env, is_needed=".magfa." in SMS_GATEWAY, demo=DEMO)
DEMO_PROVIDERS_URL = stand_ins_url(env, demo=DEMO)
# Parts that may be sent on one day; 0: as many as there are.
SMS_PARTS_PER_DAY = env.int("SMS_PARTS_PER_DAY", default=0)
SMS_LOW_CREDIT = env.int("SMS_LOW_CREDIT", default=5_000_000)  # rials
# Nobody is woken between these hours; in the demo everybody is, to see what happens.
SMS_QUIET_HOURS = env.str("SMS_QUIET_HOURS", default="no" if DEMO else "22-7")
must(is_pair_of_hours(SMS_QUIET_HOURS), "SMS_QUIET_HOURS must be two hours like 22-7, or no")
# Our line can receive: answers by SMS are done, and messages say that they may be sent.
SMS_ANSWERS = env.bool("SMS_ANSWERS", default=DEMO)
SMS_LINE = env.str("SMS_LINE", default="")  # the number they go to, for people to read
must(not SMS_LINE or SMS_LINE.removeprefix("+").isdecimal(), "SMS_LINE must be a number of a line")
# What the SMS of a fresh account says: username_and_password, or username.
CREDENTIALS_SMS = env.str("CREDENTIALS_SMS", default="username_and_password")
must(
    CREDENTIALS_SMS in {"username_and_password", "username"},
    "CREDENTIALS_SMS must be username_and_password or username",
)

# Hours of a rush, in Tehran, and how many people a second are then let in to booking.
WAITING_ROOM_OPENINGS = env.times("WAITING_ROOM_OPENINGS")
WAITING_ROOM_ADMITS = env.one_or_more("WAITING_ROOM_ADMITS", default=20)
# ----------------------------------------------------------- the security code
CAPTCHA_ANSWER = env.str("CAPTCHA_ANSWER", default="")
must(DEMO or not CAPTCHA_ANSWER, "CAPTCHA_ANSWER is allowed only with DEMO=1")
CAPTCHA_CHALLENGE_FUNCT = "nobat.people.security_code.digits_challenge"
CAPTCHA_FONT_PATH = str(FONTS_DIR / "Vazirmatn-Bold.ttf")
CAPTCHA_TIMEOUT = 10  # minutes in which a picture can be answered

# --------------------------------------------------------------------- the map
# {z}, {x} and {y} in it; empty: only the outlines of the provinces are drawn.
MAP_TILES_URL = env.str("MAP_TILES_URL", default="")
must(
    not MAP_TILES_URL or all(part in MAP_TILES_URL for part in ("://", "{z}", "{x}", "{y}")),
    "MAP_TILES_URL must be an address with {z}, {x} and {y} in it",
)
MAP_TILES_ATTRIBUTION = env.str("MAP_TILES_ATTRIBUTION", default="")

# ------------------------------------------------------------------------ Django
INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # operators look into tables, no more
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "captcha",
    "nobat.database",
    "nobat.pulse",
    "nobat.sms",
    "nobat.journal",
    "nobat.people",
    "nobat.offices",
    "nobat.schedule",
    "nobat.appointments",
    "nobat.visits",
    "nobat.figures",
    "nobat.web",
    "nobat.worker",
    "nobat.demo",
]
MIDDLEWARE = [
    "nobat.web.seen.PageNameMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nobat.web.reading.ReadingMiddleware",
    "nobat.web.compress.CompressMiddleware",  # pages; static files lie compressed already
    "nobat.web.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nobat.web.signed_in.SignedInMiddleware",
    "nobat.web.device_cookie.DeviceCookieMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nobat.web.refusals.RefusalsMiddleware",
    "nobat.web.longest_body.LongestBodyMiddleware",
]
# The admin's pages are opened by nobat/web/operator/, not by Django's own signing in.
SILENCED_SYSTEM_CHECKS = ["admin.E402", "admin.E408"]
# To stand on the browsers' own list of names is the choice of whoever owns the name.
SILENCED_SYSTEM_CHECKS += ["security.W021", *env.warnings("ACCEPTED_WARNINGS")]
ROOT_URLCONF = "nobat.urls"
WSGI_APPLICATION = "nobat.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "nobat.web.context.site",
            ],
        },
    }
]

LANGUAGE_CODE = "fa"
TIME_ZONE = "Asia/Tehran"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ---------------------------------------------------- accounts and their sessions
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["nobat.people.hashing.Argon2"]
LOGIN_URL = "citizen:sign_in"
SESSION_ENGINE = "nobat.people.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True  # scripts send the token that stands in their page
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
TICKET_COOKIE_NAME = "__Host-ticket" if HTTPS else "ticket"  # of the waiting room
MESSAGES_COOKIE_NAME = "__Host-messages" if HTTPS else "messages"
MESSAGE_STORAGE = "nobat.web.messages_cookie.MessagesCookie"

# ------------------------------------------------------------- headers of answers
SECURE_SSL_REDIRECT = env.bool("HTTPS_REDIRECT", default=HTTPS)
# Asked for from inside, where no proxy stands between.
SECURE_REDIRECT_EXEMPT = [r"^healthz/", r"^metrics$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=A_YEAR if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy(MAP_TILES_URL)
CSRF_FAILURE_VIEW = "nobat.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

LOGGING = logging_to_stderr(LOG_LEVEL, LOG_FORMAT, of_requests=ACCESS_LOG)
