"""Measuring one kind of request over HTTP."""

import time
from statistics import quantiles

from bench.databases import nobody_else
from bench.load import Load, run
from bench.plan import Plan
from bench.processor import used_ms
from bench.result import Result
from bench.site import Site

MOST_REFUSED = 0.1  # of all answers; beyond that something else is measured


class Refused(Exception):
    """Too many answers were not what was asked for."""


def measure(load: Load, *, site: Site, plan: Plan, postgres: int) -> Result:
    """Raises Refused if the answers were not what was asked for: something else is measured."""
    with nobody_else():
        app, db, own = used_ms(site.process), used_ms(postgres), time.process_time()
    run(load, port=site.port, connections=plan.connections, seconds=plan.seconds)
    own = 1000 * (time.process_time() - own)
    with nobody_else():
        app, db = used_ms(site.process) - app, used_ms(postgres) - db
    refused = sum(load.others.values())
    if not load.good or refused > MOST_REFUSED * (load.good + refused):
        raise Refused(f"{load.good} good answers; others by status: {dict(load.others)}")
    centiles = quantiles(load.times, n=100, method="inclusive")
    return Result(
        rps=load.good / load.seconds,
        p50_ms=1000 * centiles[49],
        p99_ms=1000 * centiles[98],
        app_cpu_ms=app / load.good,
        db_cpu_ms=db / load.good,
        client_cpu_ms=own / load.good,
        refused=refused,
    )


def warm_up(load: Load, *, site: Site, plan: Plan) -> None:
    """The same for a second, which nobody measures."""
    run(load, port=site.port, connections=plan.connections, seconds=1)
