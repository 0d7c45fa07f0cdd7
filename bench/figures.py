"""`python -m bench.figures`: how long a year of figures takes to count and to show."""

import argparse
import json
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench import databases
from bench.country import make_country
from bench.in_time import measuring, say
from bench.plan import Plan
from bench.year import make_up_first_free, make_year
from nobat.appointments.models import Appointment
from nobat.demo.serve import collect_static_files
from nobat.figures.count import count_days
from nobat.figures.keep import keep_daily_totals, keep_older_totals
from nobat.figures.month import month_of
from nobat.local_postgres import VAR
from nobat.offices.association_staff import add_association_member
from nobat.offices.models import County, Office
from nobat.people.models import Person
from nobat.people.sessions import SECOND_FACTOR_AT
from nobat.shared.jalali import tehran_day

FILE = VAR / "bench-figures.json"
AGAIN = 7  # each page; the first is not counted
SLOWEST_PAGE_MS = 1000


class TooSlow(Exception):
    """A page took longer than it may."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    parser.add_argument("--offices", type=int, default=1500)
    parser.add_argument("--appointments", type=int, default=5_000_000)
    parser.add_argument("--within", type=int, default=3000, help="seconds, whatever happens")
    asked = parser.parse_args()
    with measuring(asked.within):
        found = _measure(asked.offices, asked.appointments)
    FILE.write_text(json.dumps(found, indent=2) + "\n")
    slow = [name for name, ms in found["pages_ms"].items() if ms > SLOWEST_PAGE_MS]
    if slow:
        raise TooSlow(", ".join(slow))


def _measure(offices: int, appointments: int) -> dict[str, Any]:
    collect_static_files()
    databases.make_empty()
    seconds: dict[str, float] = {}
    _time(seconds, "country", lambda: make_country(Plan(offices=offices)))
    _time(seconds, "year", lambda: make_year(appointments))
    _time(seconds, "first count of the year", _count_year)
    _time(seconds, "job, first time", keep_daily_totals)
    make_up_first_free()
    _time(seconds, "job of the night", keep_older_totals)
    for number in range(3):
        _time(seconds, f"job, nothing new ({number + 1})", keep_daily_totals)
    found = {"offices": offices, "appointments": Appointment.objects.count(), "seconds": seconds}
    return {**found, "pages_ms": _pages()}


def _count_year() -> int:
    today = tehran_day(timezone.now())
    return count_days(first=today - timedelta(days=366), last=today)


def _time(seconds: dict[str, float], name: str, act: Callable[[], object]) -> None:
    began = time.monotonic()
    result = act()
    seconds[name] = round(time.monotonic() - began, 2)
    say(f"{name:<28}{seconds[name]:>8.2f} s  {'' if result is None else result}")


def _pages() -> dict[str, float]:
    client = _signed_in()
    month = month_of(tehran_day(timezone.now()) - timedelta(days=31)).key
    county = County.objects.filter(office__isnull=False).order_by("-province", "pk")[0]
    office = Office.objects.filter(county=county)[0]
    asked = {
        "country": {},
        "province": {"province": county.province_id},
        "county": {"county": county.code},
        "office": {"office": office.code},
    }
    pages = ("figures", "figures_spreadsheet", "figures_csv")
    return {
        f"{page} of the {name}": _median_ms(
            client, reverse(f"association:{page}"), part | {"month": month}
        )
        for page in pages
        for name, part in asked.items()
    }


def _median_ms(client: Client, address: str, asked: dict[str, str]) -> float:
    took = []
    for _ in range(AGAIN + 1):
        began = time.monotonic()
        answer = client.get(address, asked)
        assert answer.status_code == 200, answer.status_code
        assert answer.content
        took.append((time.monotonic() - began) * 1000)
    say(f"{address} {asked}: {median(took[1:]):.0f} ms ({len(answer.content) / 1000:.0f} kB)")
    return round(median(took[1:]), 1)


def _signed_in() -> Client:
    person = Person.objects.order_by("pk")[0]
    add_association_member(person=person)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    session = client.session
    session[SECOND_FACTOR_AT] = timezone.now().isoformat()
    session.save()
    return client


if __name__ == "__main__":
    main()
