import json
from dataclasses import replace

from drill import report
from drill.trial import Outcome

GOOD = Outcome(
    fault="cut",
    what="the cable is pulled",
    struck="db1",
    outage_s=21.5,
    allowed_s=30,
    whole_s=6.2,
    acknowledged=1234,
    lost=0,
    oversold=0,
    refused=5,
    unknown=0,
    pressed_again=7,
    wrong=[],
)


def test_one_line_for_each_fault():
    line = "| cut | the cable is pulled | 21.5 | 30 | 6.2 | 1,234 | 7 | 0 | 0 | 0 |"
    assert report.table([GOOD, GOOD]).splitlines()[2:] == [line, line]


def test_programs_find_the_names_that_were_agreed(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "FIGURES", tmp_path / "drill.json")
    report.write([GOOD])
    [found] = json.loads((tmp_path / "drill.json").read_text())
    agreed = {"fault": "cut", "outage_s": 21.5, "acknowledged": 1234, "lost": 0, "oversold": 0}
    assert found.items() >= agreed.items()


def test_the_table_of_the_last_drill_goes_and_the_text_around_it_stays(tmp_path):
    document = tmp_path / "drill.md"
    document.write_text(f"before\n{report.BEGIN}\nlast week\n{report.END}\nafter\n")
    report.keep([GOOD], document, facts="2 processors")
    text = document.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "last week" not in text
    assert "2 processors" in text
    assert report.table([GOOD]) in text


def test_nothing_may_be_lost_oversold_wrong_or_too_long():
    assert GOOD.is_good
    for change in ({"lost": 1}, {"oversold": 1}, {"wrong": ["?"]}, {"outage_s": 30.1}):
        assert not replace(GOOD, **change).is_good
