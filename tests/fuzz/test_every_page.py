"""Every address and every form, as everybody who may open it, filled in wrongly.

Never an error of ours, nothing stored that was refused, nothing of it loose in a page. A page that
is added is tried by itself: the table of strangers has to name it, and it is opened from there.
"""

import os
import time
from functools import partial

import pytest
from hypothesis import given, seed, settings

from tests.fuzz import roles
from tests.fuzz.conftest import SEED
from tests.fuzz.strategies import filled_in
from tests.fuzz.surface import Surface, every_address, right_values
from tests.fuzz.tries import Tries
from tests.web.test_strangers import addresses

pytestmark = pytest.mark.django_db
ENDS = float(os.environ.get("FUZZ_ENDS", "inf"))  # the seconds since this machine was started


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
    for target in surface.targets.values():
        if time.clock_gettime(time.CLOCK_BOOTTIME) > ENDS:
            break
        over_and_over(filled_in(target.fields), partial(tries.fill_in, target))

    assert not tries.wrong, "\n".join(tries.wrong)
    assert surface.targets
