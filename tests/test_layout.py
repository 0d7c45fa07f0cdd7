"""The layout keeps itself: where things lie, how long they are, who may know whom."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from nobat.demo.accounts import CITIZENS, PASSWORD
from nobat.demo.staff import STAFF

ROOT = Path(__file__).resolve().parent.parent
NOBAT = ROOT / "nobat"
TESTS = ROOT / "tests"
LONGEST_FILE = 250
LONGEST_FUNCTION = 50
SAYS_NOTHING = {"common", "core", "handler", "helpers", "manager", "managers", "misc", "utils"}
# Files that nobody looks into for a rule, or that only name what lies elsewhere.
NEEDS_NO_TEST = {"__init__.py", "apps.py", "urls.py"}
# Code without a test file of its own, and which one tries it instead.
TESTED_ELSEWHERE = {
    "appointments/as_it_stands.py": "appointments/test_no_show.py",
    "appointments/management/commands/list_objections.py": "appointments/test_decide_objection.py",
    "appointments/models.py": "visits/test_integrity.py",
    "appointments/proposal_model.py": "appointments/test_propose.py",
    "appointments/waiting_room_model.py": "appointments/test_waiting_room.py",
    "appointments/suspension_models.py": "appointments/test_objection.py",
    "appointments/rules.py": "appointments/test_policy.py",
    "appointments/sms_reply.py": "appointments/test_answer_sms.py",
    "appointments/take_turn.py": "appointments/test_book.py",
    "database_settings.py": "test_settings.py",
    "demo/accounts.py": "demo/test_country.py",
    "demo/agreed.py": "demo/test_office_day.py",
    "demo/management/commands/demo_accounts.py": "demo/test_make_demo.py",
    "demo/management/commands/run_providers.py": "demo/test_providers.py",
    "demo/names.py": "demo/test_country.py",
    "demo/past_sql.py": "demo/test_past.py",
    "demo/progress.py": "demo/test_country.py",
    "demo/turns.py": "demo/test_country.py",
    "environment.py": "test_settings.py",
    "figures/count_sql.py": "figures/test_count.py",
    "figures/models.py": "figures/test_count.py",
    "headers.py": "test_settings.py",
    "journal/acts.py": "journal/test_record.py",
    "journal/models.py": "journal/test_record.py",
    "offices/management/commands/add_operator.py": "offices/test_operators.py",
    "offices/models.py": "offices/test_find.py",
    "offices/office_words.py": "offices/test_export_offices.py",
    "offices/write_offices.py": "offices/test_change_office.py",
    "people/management/account_with.py": "offices/test_add_staff.py",
    "logs.py": "test_settings.py",
    "provider_accounts.py": "test_settings.py",
    "pulse/models.py": "pulse/test_beat.py",
    "schedule/closure_models.py": "orders/test_give.py",
    "schedule/found_offices_sql.py": "schedule/test_found_offices.py",
    "schedule/models.py": "schedule/test_publish.py",
    "schedule/office_calendar_sql.py": "schedule/test_office_calendar.py",
    "schedule/timetable.py": "schedule/test_office_calendar.py",
    "shared/typeset.py": "appointments/test_receipt_pdf.py",
    "sms/answer_texts.py": "sms/test_texts.py",
    "sms/gateway_models.py": "sms/test_choose.py",
    "sms/kinds.py": "sms/test_lanes.py",
    "sms/models.py": "sms/test_outbox.py",
    "sms/states.py": "sms/test_note.py",
    "sms/words.py": "sms/test_texts.py",
    "visits/day_record.py": "visits/test_end_of_day.py",
    "visits/integrity_sql.py": "visits/test_integrity.py",
    "visits/management/commands/answer_day.py": "visits/test_answer.py",
    "visits/management/commands/check_integrity.py": "visits/test_integrity.py",
    "visits/management/commands/close_finished_days.py": "visits/test_end_of_day.py",
    "visits/management/commands/list_unanswered_days.py": "visits/test_unanswered_days.py",
    "visits/models.py": "visits/test_integrity.py",
    "web/association/figure_charts.py": "web/association/test_figures.py",
    "web/association/figure_tables.py": "web/association/test_figures_spreadsheet.py",
    "web/association/figure_tiles.py": "web/association/test_figures.py",
    "web/association/figures_of.py": "web/association/test_figures.py",
    "web/association/tables_of.py": "web/association/test_figures_spreadsheet.py",
    "web/association/office_form.py": "web/association/test_office.py",
    "web/citizen/asked_hour.py": "web/citizen/test_book.py",
    "web/citizen/times.py": "web/citizen/test_choose_time.py",
    "web/citizen/office_cards.py": "web/citizen/test_find_office.py",
    "web/citizen/office_search.py": "web/citizen/test_find_office.py",
    "web/citizen/own_appointment.py": "web/citizen/test_booked.py",
    "web/citizen/ways_on.py": "web/citizen/test_find_office.py",
    "web/office/code_fields.py": "web/office/test_sign_in_code.py",
    "web/context.py": "web/test_base.py",
    "web/download.py": "web/citizen/test_receipt.py",
    "web/fragment.py": "web/citizen/test_choose_time.py",
    "web/gauge.py": "web/test_metrics.py",
    "web/headers.py": "web/test_strangers.py",
    "web/messages_cookie.py": "web/test_strangers.py",
    "web/select_lines.py": "web/test_templatetags.py",
}
# Tests that stand for no single file of the code.
ABOUT_MORE_THAN_ONE_FILE = {
    "deploy/test_containers.py",
    "fuzz/test_bodies.py",
    "fuzz/test_every_page.py",
    "fuzz/test_files.py",
    "fuzz/test_forms_of_others.py",
    "orders/test_any_sequence.py",
    "orders/test_race.py",
    "sms/gateways/test_contract.py",
    "test_empty.py",
    "test_layout.py",
    "test_sbom.py",
    "test_yesterday.py",
    "web/citizen/test_abuse.py",
    "web/citizen/test_enumeration.py",
    "web/test_canary.py",
    "web/test_canary_log.py",
    "web/test_kept_on_a_standby.py",
    "web/test_strangers.py",
}
TEXTS = ["README.md", "README.fa.md", "CONTRIBUTING.md", "SECURITY.md", "docs/glossary.md"]
TEXTS += ["docs/gateways.md", "docs/monitoring.md"]
TEXTS += [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("docs/decisions/*.md"))]


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions_of(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]


OURS = [
    path
    for path in python_files("nobat", "scripts", "bench", "drill")
    if "migrations" not in path.parts
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_path_that_a_text_names_exists(text):
    words = (ROOT / text).read_text()
    named = re.findall(r"`([\w.-]+/[\w./-]*|[\w-]+\.(?:py|sql|md|toml|json))`", words)
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", words)
    shown = re.findall(r'src="([^"]+)"', words)
    paths = {path for path in (*named, *linked, *shown) if not is_made_at_set_up(path)}
    assert sorted(path for path in paths if not exists(path, ROOT / text)) == []


def is_made_at_set_up(path: str) -> bool:
    return path.split("/")[0] in {"var", ".venv", "node_modules"}


def exists(path: str, text: Path) -> bool:
    return any((start / path).exists() for start in (text.parent, ROOT))


def test_every_file_has_its_tests_at_the_same_place():
    code = {str(path.relative_to(NOBAT)): path for path in OURS if NOBAT in path.parents}
    missing = {name for name, path in code.items() if not has_tests(path)}
    assert sorted(missing - set(TESTED_ELSEWHERE)) == []
    assert sorted(set(TESTED_ELSEWHERE) - missing) == [], "gone, or with tests of its own now"
    assert [test for test in TESTED_ELSEWHERE.values() if not (TESTS / test).exists()] == []


def has_tests(path: Path) -> bool:
    place = TESTS / path.relative_to(NOBAT).parent
    names = {place / f"test_{path.stem}.py", place.with_name(f"test_{place.name}.py")}
    if path.parent.name == "commands":
        names.add(place.parents[1] / f"test_{path.stem}.py")
    return path.name in NEEDS_NO_TEST or any(name.exists() for name in names)


def test_every_test_file_is_named_after_what_it_tests():
    named = {path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    lost = {str(test) for test in named if "browser" not in test.parts and not has_code(test)}
    assert sorted(lost - ABOUT_MORE_THAN_ONE_FILE) == []


def has_code(test: Path) -> bool:
    name = test.stem.removeprefix("test_")
    folders = ("", "management/commands", "templates")
    return any(
        (code / test.parent / folder / f"{start}{ending}").exists()
        for code in (NOBAT, ROOT)
        for folder in folders
        for start in (name, name.removesuffix("_race"))
        for ending in (".py", ".sql", ".html", "")
    )


def test_every_module_says_what_happens_in_it():
    silent = [
        path for path in OURS if path.read_text().strip() and not ast.get_docstring(tree_of(path))
    ]
    assert [name_of(path) for path in silent] == []


def test_no_file_is_longer_than_one_reads():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in OURS}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_one_screen():
    lengths = {
        f"{name_of(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in OURS
        for function in functions_of(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_file_has_a_name_that_says_nothing():
    assert [name_of(path) for path in OURS if SAYS_NOTHING & {path.stem, path.parent.name}] == []


def test_imports_are_absolute_and_stand_at_the_top():
    relative = [
        f"{name_of(path)}:{node.lineno}"
        for path in OURS
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    inside = [
        f"{name_of(path)}:{node.lineno}"
        for path in OURS
        for function in functions_of(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert relative == []
    assert inside == []


def test_packages_import_only_to_their_right():
    # As a program of its own: it silences the loggers of the one that it runs in.
    lint = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    answer = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def test_what_we_serve_fetches_nothing_from_a_foreign_address():
    static = NOBAT / "web/static"
    files = [path for kind in ("js", "css", "svg") for path in static.rglob(f"*.{kind}")]
    ours = {path: path.read_text() for path in files if "vendor" not in path.parts}
    namespace = "http://www.w3.org/"
    foreign = [
        name_of(path)
        for path, text in ours.items()
        if re.search(r"(https?:)?//[a-z0-9-]+\.[a-z]", text.replace(namespace, ""))
    ]
    assert ours
    assert foreign == []


PINNED = ["runtime.in", "test.in", "node.in", "bench.in", "patroni.in"]


@pytest.mark.parametrize("file", PINNED)
def test_every_package_has_a_line_that_says_what_it_saves_us(file):
    lines = (ROOT / "requirements" / file).read_text().splitlines()
    named = [re.match(r"[\w.-]+", line) for line in lines if not line.startswith(("#", "-"))]
    assert sorted(name.group() for name in named if name) == sorted(explained(file))


def test_every_package_of_the_pages_has_a_line_that_says_what_it_saves_us():
    packages = json.loads((ROOT / "package.json").read_text())
    named = [*packages.get("dependencies", {}), *packages.get("devDependencies", {})]
    assert sorted(named) == sorted(explained("package.json"))


def explained(file: str) -> list[str]:
    """The packages of the table under the heading that names this file."""
    text = (ROOT / "docs/decisions/0014-dependencies.md").read_text()
    [section] = [part for part in text.split("\n## ")[1:] if file in part.splitlines()[0]]
    return re.findall(r"^\| ([@\w./-]+) \| \S", section, re.MULTILINE)[1:]


def test_the_code_words_of_the_glossary_are_those_of_the_code():
    rows = re.findall(r"^\| .+? \| `(\w+)` \|", (ROOT / "docs/glossary.md").read_text(), re.M)
    code = "\n".join(path.read_text() for path in OURS)
    assert len(rows) > 30
    assert [word for word in rows if not re.search(rf"\b{word}", code)] == []


@pytest.mark.parametrize("text", ["README.md", "README.fa.md"])
def test_the_demo_accounts_that_a_text_names_are_those_of_the_demo(text):
    named = set(re.findall(r"`(09\d{9})`", (ROOT / text).read_text()))
    passwords = set(re.findall(r"`(\w+-\w+-\d+)`", (ROOT / text).read_text()))
    assert named
    there_are = {citizen.mobile for citizen in CITIZENS} | {post.who.mobile for post in STAFF}
    assert named <= there_are
    assert passwords == {PASSWORD}


# Runs on packages that only `make bench-peers` installs.
OF_A_PEER = "bench.peers.lean"


def test_what_measures_still_fits_what_it_measures():
    programs = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in python_files("bench", "drill")
        if path.name != "__init__.py"
    )
    programs.remove(OF_A_PEER)
    imported = f"import {', '.join(programs)}"
    tried = subprocess.run(
        [sys.executable, "-c", imported], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert tried.returncode == 0, tried.stderr
