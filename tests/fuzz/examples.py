"""How many inputs are drawn: a few in the suite, the same each time; in `make fuzz` many others."""

import os
import time
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings

SEED = os.environ.get("FUZZ_SEED")  # `make fuzz` sets it
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))
ENDS = float(os.environ.get("FUZZ_ENDS", "inf"))  # the seconds since this machine was started
settings.register_profile(
    "fuzz",
    phases=[Phase.generate],
    database=None,
    deadline=None,
    derandomize=SEED is None,
    suppress_health_check=list(HealthCheck),
)


def is_over() -> bool:
    """Whether the minutes of `make fuzz` are."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) > ENDS


def over_and_over(strategy, do: Callable, *, times: int = EXAMPLES) -> None:
    """Do it with so many examples, or fewer if the minutes are over."""

    @settings(settings.get_profile("fuzz"), max_examples=times)
    @given(strategy)
    def once(drawn):
        if not is_over():
            do(drawn)

    (seed(int(SEED))(once) if SEED else once)()
