"""Rules, dashboard and explanations speak of numbers that there are."""

import json
import re
from pathlib import Path

import pytest
from django.utils import timezone

from nobat.figures.models import LastCount
from nobat.journal.models import JournalSeal
from nobat.people.codes import use_code
from nobat.pulse.beat import beat
from nobat.pulse.models import LastCheck
from nobat.shared import counts
from nobat.shared.jalali import tehran_day
from nobat.sms.alarm import raise_alarm
from nobat.sms.lanes import Lane
from nobat.sms.models import Gateway, Trouble
from nobat.worker.jobs import LANES
from nobat.worker.pulse import PULSE
from tests.metrics import lines
from tests.web.conftest import PLAIN_FILES
from tests.web.test_strangers import PAGES

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
RULES = re.sub(r"(?m)^ *#.*", "", (MONITORING / "alerts.yml").read_text())
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text())
DOCS = (ROOT / "docs/monitoring.md").read_text()
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", [])]
SPEAKS = "\n".join([re.sub(r"annotations:.*", "", RULES), *QUERIES])
ALERTS = re.findall(r"- alert: (\w+)", RULES)


@pytest.fixture
def exported(client, settings, tmp_path, known_country):
    """Every name that /metrics can say, with whatever is needed to make it do so."""
    settings.BACKUP_MARKER = str(tmp_path / "done")
    settings.JOURNAL_WITNESS_URL = "https://witness.example/seals"
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    counts.count_turn("Booked")
    counts.count_refusal("SlotFull")
    counts.count_code("right")
    counts.count_wait(0.1)
    client.get("/")
    return {re.split(r"[{ ]", line)[0] for line in lines(client) if not line.startswith("#")}


@pytest.fixture
def known_country(db):
    now = timezone.now()
    beat("web1:1", {"codes": now})
    LastCheck.objects.create(name="integrity", at=now, broken=0)
    LastCount.objects.create(pk=1, at=now)
    JournalSeal.objects.create(day=tehran_day(now), entries=0, digest="d", sealed_at=now)
    Gateway.objects.create(name="outside", credit=1)
    raise_alarm(Trouble.DOWN, "outside")


def names_in(text: str) -> set[str]:
    """Of metrics, as a query speaks of them: not labels, nor what rules have recorded."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|by \([^)]*\)', " ", text)
    return set(re.findall(r"(?<![\w:])[a-z]+_[a-z_]+(?![\w:(])|\bup\b", bare)) - PROMQL


PROMQL = {"histogram_quantile", "predict_linear", "rule_files", "rate_interval"}
OF_OTHERS = dict(
    line.split(None, 1)
    for line in (MONITORING / "exporters.txt").read_text().splitlines()
    if not line.startswith("#")
)


def test_whatever_rules_and_dashboard_ask_for_is_exported(exported):
    asked = names_in(SPEAKS)
    assert len(asked) > 30
    ours = {name for name in asked if name.startswith("nobat_")}
    assert sorted(ours - exported) == []
    assert sorted(asked - ours - set(OF_OTHERS)) == []
    assert sorted(set(OF_OTHERS) - asked) == [], "nobody asks for it"


def test_what_rules_have_recorded_is_recorded():
    recorded = set(re.findall(r"- record: (\S+)", RULES))
    asked = set(re.findall(r"nobat:\w+:\w+", SPEAKS))
    assert recorded
    assert sorted(asked - recorded) == []


@pytest.mark.parametrize(
    ("label", "there_are"),
    [
        ("page", set(PAGES)),
        ("lane", {each.name.lower() for each in Lane} | set(LANES) | {PULSE}),
        ("what", {"queued", "right", "wrong", "too late"}),
        ("state", {"at_work", "stuck"}),
        ("became", {"came", "no_shows", "excused", "cancelled", "displaced"}),
        ("which", {"offered", "free", "measured", "booked_up"}),
        ("day", {"today", "yesterday"}),
        ("method", {"GET", "HEAD", "POST"}),
    ],
)
def test_a_label_that_is_asked_for_can_be_found(label, there_are):
    asked = re.findall(rf'\b{label}(!?=~?)"([^"]*)"', SPEAKS)
    assert asked
    for how, value in asked:
        words = alternatives(value) if "~" in how else [value]
        assert [word for word in words if word not in there_are] == []


def alternatives(pattern: str) -> list[str]:
    before, _, rest = pattern.rpartition("(")
    return [before + word for word in rest.rstrip(")").split("|")]


def test_the_codes_that_are_counted_are_those_that_rules_ask_for():
    source = Path(use_code.__code__.co_filename).read_text()
    counted = set(re.findall(r"count_code\((.+)\)", source))
    assert counted == {'"queued"', '"too late"', '"right" if is_right else "wrong"'}


def test_every_alert_has_a_paragraph_that_says_what_to_do():
    explained = re.findall(r"^### (\w+)\n\n\S", DOCS, re.MULTILINE)
    assert len(set(ALERTS)) == len(ALERTS) > 30
    assert explained == ALERTS, "in the order of the rules"


def test_every_number_of_ours_is_explained(exported):
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in exported}
    explained = set(re.findall(r"^\| `(nobat_\w+)", DOCS, re.MULTILINE))
    assert sorted(families - explained) == []
    assert sorted(explained - families) == []


def test_a_severity_says_who_looks():
    assert set(re.findall(r"severity: (\w+)", RULES)) == {"page", "ticket"}
