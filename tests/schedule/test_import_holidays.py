from io import StringIO

import pytest
from django.core.management import call_command

from nobat.schedule.models import Holiday

pytestmark = pytest.mark.django_db


def years_after(**options):
    call_command("import_holidays", stdout=StringIO(), **options)
    return {day.year for day in Holiday.objects.values_list("day", flat=True)}


def test_the_command_imports_the_years_it_is_given():
    assert years_after(years=[2028]) == {2028}


def test_without_years_it_imports_this_one_and_the_next():
    assert years_after() == {2026, 2027}


def test_the_command_says_how_many_days_it_added():
    said = StringIO()

    call_command("import_holidays", years=[2027], stdout=said)

    assert said.getvalue() == f"{Holiday.objects.count()} holidays added\n"
