"""Clerks who check in those with an appointment of today, at any hour of any day."""

from datetime import timedelta
from itertools import count
from pathlib import Path

from django.utils import timezone

from bench import SITE
from bench.asking import Asking, leads_to
from bench.citizens import Citizens
from bench.country import SERVICE, session_key_of
from bench.databases import connected
from bench.load import Load
from bench.site import Site
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.shared.reference import new_reference

EXPECT = Path(__file__).with_name("expected.sql").read_text()
MOST_EXPECTED = 10_000  # in one measurement
AT_NOON = timedelta(hours=12)


class Clerks:
    """One of each office, signed in with a second factor."""

    def __init__(self, site: Site, citizens: Citizens) -> None:
        self.site, self.number = site, count()
        self.expected = min(MOST_EXPECTED, len(citizens.people))
        [(clerk, _)] = self.expect(1)
        self.asking = Asking.at(site, "/office/", clerk)

    def check_in(self) -> Load:
        """It ends early when all who are expected have come."""
        expected = self.expect(self.expected)
        asked = [
            self.asking.form(f"/office/check-in/{reference}/", {}, session_key_of(clerk))
            for clerk, reference in expected
        ]
        return Load(iter(asked), is_good=is_checked_in)

    def expect(self, people: int) -> list[tuple[int, str]]:
        """Clerks, each with the tracking code of somebody who has an appointment of today.

        Made here, because a measurement may begin at night, on a Friday, or a minute before
        midnight.
        """
        now, number = timezone.now(), next(self.number)
        today = tehran_day(now)
        values = {
            "people": people,
            "shift": number,
            "day": today,
            # Each time another minute, so that nobody is at two places at once.
            "starts_at": start_of_day(today) + AT_NOON + timedelta(minutes=number, seconds=7),
            "service": SERVICE,
            # Some of the codes are taken.
            "references": [new_reference() for _ in range(people + people // 10 + 10)],
            "booked_at": now - timedelta(days=1),
        }
        with connected(SITE) as connection:
            return connection.execute(EXPECT, values).fetchall()


def is_checked_in(head: bytes) -> bool:
    return leads_to(head, b"/office/\r\n")
