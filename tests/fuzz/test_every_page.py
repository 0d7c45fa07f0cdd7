"""Every address and every form, as everybody who may open it, filled in wrongly.

Never an error of ours, nothing stored that was refused, nothing of it loose in a page. A page that
is added is tried by itself: the table of strangers has to name it, and it is opened from there.
"""

from functools import partial

import pytest

from tests.fuzz import roles
from tests.fuzz.examples import EXAMPLES, is_over, over_and_over
from tests.fuzz.foreign import columns, slipped_in, taken_without_our_token
from tests.fuzz.paths import misnamed, routes
from tests.fuzz.strategies import filled_in
from tests.fuzz.surface import Surface, every_address, right_values
from tests.fuzz.tables import digests
from tests.fuzz.tries import Tries
from tests.web.test_strangers import addresses

pytestmark = pytest.mark.django_db
PATHS = max(1, EXAMPLES // 2)


@pytest.fixture
def surface(request, cast, world, figures) -> Surface:
    """All that one role can send: to find it out costs more than to try some of it."""
    role = request.param
    tries = Tries(roles.ROLES[role](cast), figures)
    starts = roles.own_addresses(role) + every_address(world, addresses())
    return Surface(tries, starts, right_values(world.more))


@pytest.mark.parametrize("surface", roles.ROLES, indirect=True)
def test_whatever_is_sent_nothing_breaks_and_nothing_slips_in(surface, cast, world, figures):
    surface.tries = tries = Tries(surface.tries.client, figures)
    known = routes()
    for target in surface.targets.values():
        over_and_over(filled_in(target.fields), partial(tries.fill_in, target))
        if target.page in known:
            elsewhere = misnamed(known[target.page], world.things)
            over_and_over(elsewhere, partial(tries.send_there, target), times=PATHS)

    assert surface.targets
    assert not tries.wrong, "\n".join(tries.wrong)
    if is_over():
        return
    assert taken_without_our_token(surface) == []
    office = cast["naser"].memberships.get().office
    differ, taken = slipped_in(surface, columns(cast["reza"], office))
    assert differ == []
    assert taken > 0, "no form of theirs was taken, so nothing was tried"
    assert digests() == tries.before
