"""Every part of an address that names something, filled in with what is no such thing."""

import re

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from hypothesis import strategies as st

from tests.fuzz import injections
from tests.fuzz.strategies import BYTES, CODES, NUMBERS, UUIDS, WORDS, near
from tests.fuzz.tries import quote

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
NO_THING = "918273645"
# With a slash in it, it may become another page.
NAMES = st.one_of(
    near(CODES),
    near(NUMBERS),
    near(UUIDS),
    near(injections.PATHS),
    near(injections.ALL),
    st.sampled_from(WORDS),
    st.sampled_from(BYTES),
    st.text(max_size=30),
)


def routes() -> dict[str, str]:
    """Of each page with such a part its address, as the resolver writes it."""
    found: dict[str, str] = {}
    _gather(get_resolver().url_patterns, "", "/", found)
    return {page: route for page, route in found.items() if _PART.search(route)}


def _gather(patterns, namespace: str, before: str, found: dict[str, str]) -> None:
    for each in patterns:
        if not isinstance(each.pattern, RoutePattern):
            continue
        here = f"{before}{each.pattern._route}"
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            _gather(each.url_patterns, inner, here, found)
        else:
            found[f"{namespace}{each.name}"] = here


@st.composite
def misnamed(draw, route: str, things: dict[str, object]) -> str:
    """An address in which one part names nothing, or something of another kind."""
    wrong = draw(st.sampled_from(_PART.findall(route)))
    others = sorted({str(value) for name, value in things.items() if name != wrong})
    value = draw(st.one_of(NAMES, st.sampled_from(others)))
    said = {**things, wrong: value}
    return _PART.sub(lambda part: quote(said.get(part[1], NO_THING)), route)
