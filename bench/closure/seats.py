"""Seats that people have taken before anything closes, as honest rows."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models.functions import Mod
from django.utils import timezone

from bench.closure.plan import BUT_COUNTIES, NEIGHBOURS, PROVINCE, Plan
from nobat.demo.progress import Progress
from nobat.demo.told_sql import TELL_OF_BOOKING
from nobat.demo.turns import AGREE, LOOK, TAKE, WRITE_DOWN, make_citizens, make_references
from nobat.shared.jalali import tehran_day
from nobat.sms.models import OutgoingSms, State

CHOOSE_SEATS = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNREACHED = 50  # every so manieth SMS did not arrive


def take_seats(plan: Plan, day: date, with_rare_service: list[int], progress: Progress) -> None:
    """Those of the day that closes, and of the weeks after it, in the province and around."""
    values: dict[str, Any] = {
        "today": tehran_day(timezone.now()),
        "day": day,
        "province": PROVINCE,
        "provinces": [PROVINCE, *NEIGHBOURS],
        "but_counties": BUT_COUNTIES,
        "with_rare_service": with_rare_service,
        "appointments": plan.appointments,
    }
    steps = [LOOK, TAKE, AGREE, WRITE_DOWN, TELL_OF_BOOKING]
    progress.begin("taken seats", len(steps))
    with connection.cursor() as cursor:
        cursor.execute(CHOOSE_SEATS, values)
        cursor.execute("SELECT coalesce(max(of_day), 0), count(*) FROM demo_seat")
        busiest_day, seats = cursor.fetchone()
        citizens = make_citizens(busiest_day)
        values |= {
            "references": make_references(seats),
            "citizens": citizens,
            "how_many": len(citizens),
            "now": timezone.now(),
        }
        for statement in steps:
            cursor.execute(statement, values)
            progress.step()
    every_so_manieth = OutgoingSms.objects.annotate(rest=Mod("pk", UNREACHED)).filter(rest=0)
    every_so_manieth.update(state=State.GIVEN_UP)
