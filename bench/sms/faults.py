"""Each fault of a gateway, for a while, with people booking all the time; then it is mended."""

import os
import statistics
import time
from datetime import date
from typing import NamedTuple

from bench.closure.others import Others, at_it, make_citizens
from bench.closure.worker import one_worker
from bench.sms.ledger import begin_anew, taken, wait_until_settled
from bench.sms.plan import Plan
from bench.sms.providers import KAVENEGAR, MAGFA, Phones, Watched, provider
from nobat.demo.providers.mood import Manner, Mood
from nobat.people.models import Person
from nobat.sms.models import Alarm, Gateway, OutgoingSms, Trouble

FAULTS: dict[str, Mood] = {
    "works": Mood(),
    "refuses connections": Mood(Manner.AWAY),
    "500 to everything": Mood(Manner.ERROR),
    "503 to everything": Mood(Manner.UNAVAILABLE),
    "30 s slow": Mood(delay=30),
    "takes, then no answer": Mood(Manner.LATE, late=30),
    "loses each third answer": Mood(Manner.LOSES_ANSWERS, every=3),
    "wrong JSON": Mood(Manner.HALF),
    "a page for an answer": Mood(Manner.HTML),
    "answers twice, reports in any order": Mood(twice=True, out_of_order=True),
    "no credit": Mood(Manner.NO_CREDIT),
    "key refused": Mood(Manner.KEY_REFUSED),
}
TAKEN_OVER = {Manner.AWAY, Manner.UNAVAILABLE, Manner.NO_CREDIT, Manner.KEY_REFUSED, Manner.ERROR}
DRAINS_WITHIN = 300  # seconds, with the longest rest of a gateway


class NotAsPromised(Exception):
    """A fault of a gateway did more harm than it may."""


class People(NamedTuple):
    day: date
    citizens: list[Person]


class Timed(Others):
    """Says how long each booking took."""

    def __init__(self, day: date, citizens: list[Person]) -> None:
        super().__init__(day, citizens)
        self.seconds: list[float] = []

    def _book(self, citizen: Person) -> str:
        began = time.perf_counter()
        answer = super()._book(citizen)
        self.seconds.append(time.perf_counter() - began)
        return answer


def try_faults(plan: Plan, day: date) -> str:
    heading = (
        f"{'fault':<37}{'bookings':>9}{'median':>8}{'p99':>7}  {'rested':<7}{'drained':>8}"
        f"{'sent':>7}{'lost':>5}{'twice':>6}"
    )
    lines = [heading]
    people = People(day, make_citizens())
    for with_second in (False, True):
        lines.append("one gateway" if not with_second else "a second gateway takes over")
        for fault, mood in FAULTS.items():
            if with_second and mood.manner not in TAKEN_OVER:
                continue
            lines.append(_try_fault(plan, people, fault, mood, with_second=with_second))
            print(lines[-1], flush=True)
    return "\n".join(lines)


def _try_fault(plan: Plan, people: People, fault: str, mood: Mood, *, with_second: bool) -> str:
    phones = Phones()
    os.environ["SMS_GATEWAY"] = f"{KAVENEGAR},{MAGFA}" if with_second else KAVENEGAR
    begin_anew()
    Gateway.objects.all().delete()
    Alarm.objects.all().delete()
    with (
        provider(phones, "kavenegar") as first,
        provider(phones, "magfa"),
        one_worker() as worker,
    ):
        worker.start()
        wait_until_settled(10)
        others = Timed(*people)
        with at_it(others):
            _misbehave(first, mood, plan.fault_seconds)
            during = taken()
        first.mood = Mood()
        drained = wait_until_settled(DRAINS_WITHIN)
        worker.refuse_if_it_broke()
    return _line(fault, others, drained, phones, during=during)


def _misbehave(stand_in: Watched, mood: Mood, seconds: float) -> None:
    stand_in.mood = mood
    time.sleep(seconds)


def _line(fault: str, others: Timed, drained: float, phones: Phones, *, during: int) -> str:
    lost = OutgoingSms.objects.filter(sent_at=None).count()
    rested = Alarm.objects.filter(trouble__in=[Trouble.DOWN, Trouble.NO_CREDIT, Trouble.REFUSED])
    milliseconds = sorted(1000 * each for each in others.seconds)
    p99 = milliseconds[int(0.99 * len(milliseconds))]
    line = (
        f"{fault:<37}{others.answers['Booked']:>9}{statistics.median(milliseconds):>6.1f}ms"
        f"{p99:>5.0f}ms  {'yes' if rested.exists() else 'no':<7}{drained:>7.0f}s"
        f"{taken():>7}{lost:>5}{phones.repeated:>6}  {during} during"
    )
    if lost or phones.most > 2 or (phones.repeated and "no answer" not in fault):
        raise NotAsPromised(line)
    return line
