"""Every address and every form, as everybody who may open it, filled in wrongly.

Never an error of ours, nothing stored that was refused, nothing of it loose in a page. A page that
is added tomorrow is tried by itself; one that the roles cannot open fails the test until they can.
"""

from functools import partial

import os
import time

import pytest
from django.urls import reverse
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.fuzz import roles
from tests.fuzz.conftest import SEED
from tests.fuzz.strategies import anything, filled_in, near, CODES, NUMBERS
from tests.fuzz.surface import NO_PLACE, Surface, every_address, right_values
from tests.fuzz.tries import Tries, quote
from tests.web.test_strangers import addresses

pytestmark = pytest.mark.django_db
ENDS = float(os.environ.get("FUZZ_ENDS", "inf"))  # the seconds since this machine was started
# Pages that answer nobody but with a way on: to sign in, to choose an office, to the first step.
REACHED: dict[str, set[str]] = {}


def found(role, cast, world, figures) -> Surface:
    client = roles.ROLES[role](cast)
    tries = Tries(client, figures)
    starts = roles.own_addresses(role) + every_address(world, addresses())
    return Surface(tries, starts, right_values(world.more))


def over_and_over(strategy, do) -> None:
    """Do it with as many examples as this run is to have."""

    @settings(settings.get_profile("fuzz"))
    @given(strategy)
    def once(drawn):
        do(drawn)

    (seed(int(SEED))(once) if SEED else once)()


@pytest.mark.parametrize("role", roles.ROLES)
def test_whatever_is_sent_nothing_breaks(role, cast, world, figures):
    surface = found(role, cast, world, figures)
    tries = Tries(surface.tries.client, figures)
    import sys,time; print('TARGETS',role,len(surface.targets),time.process_time(),file=open('/tmp/targets.txt','a'))
    [print('  ',t.method,t.address[:70],[f.name for f in t.fields][:12],len(t.fields),file=open('/tmp/targets.txt','a')) for t in surface.targets.values()]
    for target in surface.targets.values():
        if time.clock_gettime(time.CLOCK_BOOTTIME) > ENDS:
            break
        over_and_over(filled_in(target.fields), partial(tries.fill_in, target))

    print('DONE',time.process_time(),file=open('/tmp/targets.txt','a'))
    assert not tries.wrong, "\n".join(tries.wrong)
    assert surface.targets
