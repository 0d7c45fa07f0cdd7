"""What the environment may say, and that docs/settings.md says what it means."""

import ast
import os
import re
import runpy
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "nobat" / "settings.py"
KEY = "QUFB" * 10 + "QUE="  # 32 bytes
SERIOUS = {"SECRET_KEY": "x" * 50, "DATA_KEYS": f"1:{KEY}", "RECEIPT_KEY": KEY}
DEMO = {"DEMO": "1", **SERIOUS}


@pytest.fixture
def settings_of(monkeypatch):
    """What settings.py makes of this environment, and of nothing else."""

    def read(environment):
        for name in read_by_settings():
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


def names_read(source: Path) -> set[str]:
    """The variables that this file asks for by name."""
    calls = [node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call)]
    asked = [call.args[0] for call in calls if call.args and is_asking(ast.unparse(call.func))]
    return {name.value for name in asked if isinstance(name, ast.Constant)}


def is_asking(function: str) -> bool:
    return function.startswith("env.") or function in {
        "_needed",
        "os.environ.get",
        "os.environ.pop",
        "os.getenv",
    }


def read_by_settings() -> set[str]:
    beside = (
        "provider_accounts.py",
        "database_settings.py",
        "journal_witness.py",
        "retention.py",
    )
    return names_read(SETTINGS).union(*(names_read(ROOT / "nobat" / name) for name in beside))


def test_every_variable_is_explained_and_every_explained_one_is_read():
    explained = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.M)
    asked_elsewhere = set().union(*map(names_read, (ROOT / "nobat").rglob("*.py")))
    asked = {name for name in asked_elsewhere if not name.endswith("_FILE")}
    assert sorted(explained) == sorted(asked)
    assert read_by_settings() <= set(explained)


def test_every_setting_has_its_default_meaning_and_example():
    rows = re.findall(r"^\| `[A-Z_]+` \|.*$", (ROOT / "docs/settings.md").read_text(), re.M)
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4, row
        assert all(cells), row


@pytest.mark.parametrize("name", sorted(SERIOUS))
def test_outside_of_the_demo_there_is_no_start_without_keys(settings_of, name):
    others = {other: value for other, value in SERIOUS.items() if other != name}
    with pytest.raises(ImproperlyConfigured, match=f"^{name} must be set"):
        settings_of(others)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMO", "maybe"),
        ("DEBUG", "ja"),
        ("HTTPS", "2"),
        ("HTTPS_REDIRECT", "si"),
        ("CREDENTIALS_SMS", "x"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("ACCESS_LOG", "some"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("HSTS_SECONDS", "1 year"),
        ("MOBILE_OPERATOR_NETWORKS", "192.0.2.1/24"),
        ("MOBILE_OPERATOR_NETWORKS", "192.0.2.0/24, Hamrah"),
        ("DATABASE_CONNECTION_SECONDS", "0.5"),
        ("DATABASE_URL", "mysql://nobat@db/nobat"),
        ("DATABASE_URL", "postgresql://nobat:secret@db:port/nobat"),
        ("DATABASE_READ_URL", "mysql://nobat@db/nobat"),
        ("DATA_KEYS", "1"),
        ("DATA_KEYS", "1:c2hvcnQ="),
        ("DATA_KEYS", f"1:{KEY},"),
        ("DATA_KEYS", f"1:{KEY},1:{'B' * 43}="),
        ("RECEIPT_KEY", "c2hvcnQ="),
        ("RECEIPT_KEY", "*" * 44),
        ("RECEIPT_KEY", f"{KEY},"),
        ("SMS_GATEWAY", "DemoPhone"),
        ("SMS_GATEWAY", "nobat.sms.gateways.pigeon.Pigeon"),
        ("KAVENEGAR_URL", "http://api.kavenegar.com"),
        ("KAVENEGAR_URL", "https://key@api.kavenegar.com"),
        ("KAVENEGAR_URL", "api.kavenegar.com"),
        ("KAVENEGAR_URL", "https://"),
        ("KAVENEGAR_URL", "https://api.kavenegar.com/"),
        ("MAGFA_URL", "http://sms.magfa.com:80"),
        ("MAGFA_URL", "https://sms.magfa.com/?a=b"),
        ("MAGFA_URL", "https://sms.magfa.com:port"),
        ("DEMO_PROVIDERS_URL", "http://stand-ins.example:9000"),
        ("WAITING_ROOM_OPENINGS", "8"),
        ("WAITING_ROOM_OPENINGS", "08:00, 24:00"),
        ("WAITING_ROOM_ADMITS", "0"),
        ("WAITING_ROOM_ADMITS", "many"),
        ("MAP_TILES_URL", "https://tiles.nobat.example/"),
        ("CSRF_TRUSTED_ORIGINS", "nobat.example"),
        ("OPERATOR_NETWORKS", "10.1.2.3/16"),
        ("ACCEPTED_WARNINGS", "all"),
        ("ACCEPTED_WARNINGS", "sms.W001, models.E001"),
        ("HSTS_SUBDOMAINS", "all"),
        ("HSTS_PRELOAD", "ja"),
        ("SMS_KEPT_DAYS", "half a year"),
        ("SMS_KEPT_DAYS", "0"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_its_variable(settings_of, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} ") as refusal:
        settings_of({**DEMO, name: value})
    assert "secret" not in str(refusal.value)


def test_a_fixed_security_code_is_refused_outside_of_the_demo(settings_of):
    with pytest.raises(ImproperlyConfigured, match=r"^CAPTCHA_ANSWER "):
        settings_of({**SERIOUS, "CAPTCHA_ANSWER": "12345"})
    assert settings_of({**DEMO, "CAPTCHA_ANSWER": "12345"})["CAPTCHA_ANSWER"] == "12345"


def test_the_demo_phone_is_refused_outside_of_the_demo(settings_of):
    phone = "nobat.sms.gateways.demo_phone.DemoPhone"
    with pytest.raises(ImproperlyConfigured, match=r"^SMS_GATEWAY "):
        settings_of({**SERIOUS, "SMS_GATEWAY": phone})
    assert settings_of(DEMO)["SMS_GATEWAY"] == phone
    assert settings_of(SERIOUS)["SMS_GATEWAY"] == ""


BOTH = "nobat.sms.gateways.kavenegar.Kavenegar, nobat.sms.gateways.magfa.Magfa"
ACCOUNTS = {
    "KAVENEGAR_API_KEY": "4B65",
    "KAVENEGAR_LINE": "30001234",
    "MAGFA_USERNAME": "nobat",
    "MAGFA_DOMAIN": "kanoon",
    "MAGFA_PASSWORD": "secret",
    "MAGFA_LINE": "30005678",
}


@pytest.mark.parametrize("name", sorted(ACCOUNTS))
def test_a_gateway_without_its_account_stops_the_start(settings_of, name):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} must be set"):
        settings_of({**SERIOUS, "SMS_GATEWAY": BOTH, **ACCOUNTS, name: ""})


def test_several_gateways_may_be_in_use_and_each_has_its_address(settings_of):
    found = settings_of({**SERIOUS, "SMS_GATEWAY": BOTH, **ACCOUNTS})
    assert found["SMS_GATEWAY"] == BOTH
    assert found["KAVENEGAR"] == ("4B65", "30001234", "", "https://api.kavenegar.com")
    assert found["MAGFA"] == ("nobat", "kanoon", "secret", "30005678", "https://sms.magfa.com")


def test_only_the_demo_speaks_with_this_machine_without_https(settings_of):
    here = "http://127.0.0.1:9000"
    for name in ("KAVENEGAR_URL", "MAGFA_URL", "DEMO_PROVIDERS_URL"):
        settings_of({**DEMO, name: here})
        with pytest.raises(ImproperlyConfigured, match=f"^{name} must be"):
            settings_of({**SERIOUS, name: here})


def test_no_level_of_the_log_tells_the_address_of_a_request(settings_of):
    loggers = settings_of({**DEMO, "LOG_LEVEL": "debug"})["LOGGING"]["loggers"]
    assert loggers["httpx"]["level"] == loggers["httpcore"]["level"] == "WARNING"


def test_the_log_is_for_people_unless_machines_are_to_read_it(settings_of):
    assert "LogLines" in str(settings_of(DEMO)["LOGGING"]["formatters"])
    asked = settings_of({**DEMO, "LOG_FORMAT": "json"})["LOGGING"]
    assert "JsonLines" in str(asked["formatters"])


def test_each_request_has_a_line_outside_of_the_demo(settings_of):
    def level(environment):
        return settings_of(environment)["LOGGING"]["loggers"]["nobat.access"]["level"]

    assert level(SERIOUS) == level({**DEMO, "ACCESS_LOG": "1"}) == "INFO"
    assert level(DEMO) == level({**SERIOUS, "ACCESS_LOG": "0"}) == "WARNING"


def test_networks_are_listed_in_both_ways_of_writing_addresses(settings_of):
    asked = {**DEMO, "MOBILE_OPERATOR_NETWORKS": "192.0.2.0/24, 2001:db8::/32,198.51.100.7"}
    found = settings_of(asked)["MOBILE_OPERATOR_NETWORKS"]
    assert found == ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"]
    assert settings_of(DEMO)["MOBILE_OPERATOR_NETWORKS"] == []


def test_openings_are_times_of_day_and_there_are_none_unless_asked_for(settings_of):
    found = settings_of({**DEMO, "WAITING_ROOM_OPENINGS": "12:30, 00:00"})
    assert found["WAITING_ROOM_OPENINGS"] == [time(0), time(12, 30)]
    assert settings_of(SERIOUS)["WAITING_ROOM_OPENINGS"] == []


def test_nothing_is_open_unless_asked_for(settings_of):
    found = settings_of(SERIOUS)
    assert not found["DEBUG"]
    assert not found["DEMO"]
    assert not found["TRUSTED_PROXIES"]
    assert found["ALLOWED_HOSTS"] == []
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_an_empty_value_counts_as_not_set(settings_of):
    found = settings_of({**DEMO, "TRUSTED_PROXIES": "", "HTTPS": "", "LOG_LEVEL": " "})
    assert (found["TRUSTED_PROXIES"], found["LOG_LEVEL"]) == (0, "INFO")


def test_a_secret_may_begin_with_a_dollar_or_lie_in_a_file(settings_of, tmp_path):
    assert settings_of({**DEMO, "SECRET_KEY": "$dollar"})["SECRET_KEY"] == "$dollar"
    file = tmp_path / "receipt-key"
    file.write_text(KEY + "\n")
    file.chmod(0o640)
    in_file = {"DEMO": "1", "SECRET_KEY": "x", "DATA_KEYS": f"1:{KEY}"}
    assert settings_of({**in_file, "RECEIPT_KEY_FILE": str(file)})["RECEIPT_KEYS"] == [KEY]


def test_a_secret_that_everybody_may_read_is_refused(settings_of, tmp_path):
    file = tmp_path / "secret-key"
    file.write_text("x" * 50)
    file.chmod(0o644)
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY_FILE can be read by everybody"):
        settings_of({**DEMO, "SECRET_KEY": "", "SECRET_KEY_FILE": str(file)})


def test_pages_of_errors_with_everything_in_them_are_for_the_demo_alone(settings_of):
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG is allowed only with DEMO=1"):
        settings_of({**SERIOUS, "DEBUG": "1"})
    assert settings_of({**DEMO, "DEBUG": "1"})["DEBUG"]


def test_https_is_for_a_year_and_every_name_below_unless_told_otherwise(settings_of):
    found = settings_of(SERIOUS)
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert not found["SECURE_HSTS_PRELOAD"]
    slowly = settings_of({**SERIOUS, "HSTS_SECONDS": "3600", "HSTS_SUBDOMAINS": "0"})
    assert slowly["SECURE_HSTS_SECONDS"] == 3600
    assert not slowly["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    for without in (settings_of({**SERIOUS, "HTTPS": "0"}), settings_of(DEMO)):
        assert not without["SECURE_SSL_REDIRECT"]
        assert not without["SECURE_HSTS_SECONDS"]


def test_with_https_no_other_site_of_the_domain_can_set_our_cookies(settings_of):
    found = settings_of(SERIOUS)
    names = {name: value for name, value in found.items() if name.endswith("_COOKIE_NAME")}
    assert len(names) == 5
    assert all(value.startswith("__Host-") for value in names.values()), names
    assert found["CSRF_COOKIE_HTTPONLY"]


def test_the_names_of_operators_are_answered_too(settings_of):
    names = {"ALLOWED_HOSTS": "nobat.example", "OPERATOR_HOSTS": "ops.nobat.example"}
    assert settings_of({**SERIOUS, **names})["ALLOWED_HOSTS"] == list(names.values())


def test_tiles_of_a_map_are_all_that_may_come_from_elsewhere(settings_of):
    tiles = {"MAP_TILES_URL": "https://{s}.tiles.nobat.example/{z}/{x}/{y}.png"}
    allowed = settings_of({**DEMO, **tiles})["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert allowed.pop("img-src") == ["'self'", "https://tiles.nobat.example"]
    assert {source for sources in allowed.values() for source in sources} == {"'none'", "'self'"}
    assert allowed["default-src"] == ["'none'"]


def test_the_program_itself_does_not_start_with_a_wrong_value():
    environment = {"PATH": os.environ["PATH"], **DEMO, "CREDENTIALS_SMS": "x"}
    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**environment, "DATABASE_URL": "postgresql://nobody@nowhere/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert "CREDENTIALS_SMS must be" in started.stderr


def database_of(settings_of, **environment):
    return settings_of(DEMO | environment)["DATABASES"]["default"]


def test_nobody_waits_longer_for_the_database_than_its_address_says(settings_of):
    options = database_of(settings_of)["OPTIONS"]
    assert (options["connect_timeout"], options["tcp_user_timeout"]) == (3, 10_000)
    url = "postgresql://nobat@db/nobat?connect_timeout=1"
    options = database_of(settings_of, DATABASE_URL=url)["OPTIONS"]
    assert (options["connect_timeout"], options["tcp_user_timeout"]) == (1, 10_000)


def test_behind_a_pooler_nothing_outlasts_a_transaction(settings_of):
    database = database_of(settings_of, DATABASE_PREPARED="0")
    assert database["OPTIONS"]["prepare_threshold"] is None
    assert database["DISABLE_SERVER_SIDE_CURSORS"]
    database = database_of(settings_of)
    assert database["OPTIONS"]["prepare_threshold"] == 5
    assert not database["DISABLE_SERVER_SIDE_CURSORS"]


def test_a_copy_is_known_as_the_driver_takes_it(settings_of):
    url = "postgresql://reader:secret@copy:5001/nobat?sslmode=require"
    assert database_of(settings_of, DATABASE_READ_URL=url)["READ"] == {
        "host": "copy",
        "port": 5001,
        "user": "reader",
        "password": "secret",
        "dbname": "nobat",
        "sslmode": "require",
    }
    assert database_of(settings_of)["READ"] == {}
