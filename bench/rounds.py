"""One round: everything is measured once, and what must hold after each is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bench import LIMIT, SITE
from bench.citizens import Citizens
from bench.clerks import Clerks
from bench.hot_hours import HotHours
from bench.invariants import refuse_unless, turns_taken, verify, visits
from bench.limit import measure_limit
from bench.load import Load
from bench.peers import ROWS
from bench.plan import Plan
from bench.requests import measure, warm_up
from bench.result import Result
from bench.site import Site


@dataclass(frozen=True)
class Round:
    """Everybody who asks, of one site."""

    plan: Plan
    site: Site
    postgres: int
    citizens: Citizens
    hot_hours: HotHours
    clerks: Clerks
    peers: Mapping[str, Site]

    @classmethod
    def at(cls, site: Site, plan: Plan, postgres: int, peers: Mapping[str, Site]) -> "Round":
        citizens = Citizens(site)
        clerks = Clerks(site, citizens)
        return cls(plan, site, postgres, citizens, HotHours(citizens), clerks, peers)

    def loads(self) -> list[Callable[[], Load]]:
        """One of each kind, in the order of the table."""
        citizens = self.citizens
        return [
            citizens.booking,
            self.hot_hours.rush,
            citizens.office_page,
            citizens.search,
            self.clerks.check_in,
            citizens.sign_in,
        ]

    def measured(self) -> dict[str, Result]:
        """By row of the table. Raises Broken when a promise was not kept."""
        limit = measure_limit(self.plan, self.postgres)
        verify(LIMIT)
        measures = {
            "booking": self._booking,
            "rush": self._rush,
            "office_page": partial(self._read, self.citizens.office_page),
            "search": partial(self._read, self.citizens.search),
            "check_in": self._check_in,
            "sign_in": partial(self._read, self.citizens.sign_in),
        }
        if self.peers:
            measures |= {name: partial(self._peer, name) for name in ROWS}
        return {"limit": limit} | {name: measured() for name, measured in measures.items()}

    def warm_up(self) -> None:
        """Compiled templates, open connections, prepared statements: nobody measures the first."""
        for load in self.loads():
            warm_up(load(), site=self.site, plan=self.plan)
        for name in ROWS if self.peers else []:
            site, make = self._peers_row(name)
            warm_up(make(), site=site, plan=self.plan)

    def _peer(self, name: str) -> Result:
        site, make = self._peers_row(name)
        if ROWS[name] == "booking":
            return self._booking(site)
        return measure(make(), site=site, plan=self.plan, postgres=self.postgres)

    def _peers_row(self, name: str) -> tuple[Site, Callable[[], Load]]:
        return self.peers[name.rpartition("_")[2]], getattr(self.citizens, ROWS[name])

    def _booking(self, site: Site | None = None) -> Result:
        before = turns_taken(SITE)
        load = self.citizens.booking()
        result = self._measure(load, site)
        told_equals_taken(load.good, turns_taken(SITE) - before)
        verify(SITE)
        return result

    def _rush(self) -> Result:
        before = turns_taken(SITE)
        load = self.hot_hours.rush()
        result = self._measure(load)
        told = load.good_by_status["302"]
        told_equals_taken(told, turns_taken(SITE) - before)
        self.hot_hours.verify(told=told, asked=load.good)
        verify(SITE)
        return result

    def _check_in(self) -> Result:
        before = visits(SITE)
        load = self.clerks.check_in()
        result = self._measure(load)
        came = visits(SITE) - before
        refuse_unless(came == load.good, f"{load.good} were checked in and {came} have a visit")
        verify(SITE)
        return result

    def _read(self, make: Callable[[], Load]) -> Result:
        return self._measure(make())

    def _measure(self, load: Load, site: Site | None = None) -> Result:
        return measure(load, site=site or self.site, plan=self.plan, postgres=self.postgres)


def told_equals_taken(told: int, taken: int) -> None:
    """Whoever was told of a turn has one, and nobody has one without having been told."""
    refuse_unless(told == taken, f"{told} were told of a turn and {taken} were taken")
