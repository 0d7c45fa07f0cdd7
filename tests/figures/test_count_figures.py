from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from nobat.figures.models import OfficeDayTotal, SmsDayTotal
from tests.build import TOMORROW, book

pytestmark = pytest.mark.django_db


def test_it_counts_the_days_that_still_change(sara, slot, petition, capsys):
    book(sara, slot, petition)

    call_command("count_figures")
    assert "totals of 71 days were different" in capsys.readouterr().out
    assert OfficeDayTotal.objects.get(day=TOMORROW).appointments == 1
    assert SmsDayTotal.objects.exists()

    call_command("count_figures")
    assert capsys.readouterr().out.startswith("0 totals")


def test_it_counts_any_span(sara, slot, petition):
    book(sara, slot, petition)
    day = TOMORROW + timedelta(days=1)

    call_command("count_figures", f"--from={day}", f"--to={day}")

    assert not OfficeDayTotal.objects.exists()


def test_a_span_goes_from_its_first_day_to_its_last(db):
    with pytest.raises(CommandError, match="before"):
        call_command("count_figures", "--from=2026-05-02", "--to=2026-05-01")
    with pytest.raises(CommandError, match="invalid"):
        call_command("count_figures", "--from=yesterday")
