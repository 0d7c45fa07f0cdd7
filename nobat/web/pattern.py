"""Templates that are drawn once in the life of the process, with gaps for the words of each page.

Most of a page is the same for everybody. Django walks through all of it each time, which is what
such a page costs; here it does so once, and then only texts are put side by side.
"""

import re
from collections.abc import Hashable, Iterator
from functools import lru_cache
from html import escape
from itertools import count
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

_GAP = re.compile("\ue000([0-9]+)\ue001")  # no keyboard has these two letters
_SPECIAL = re.compile("[&<>\"']")  # to HTML; most texts have none, and looking is cheaper
_MOST = 512  # patterns; each is as long as what it draws
_TEXT = object()  # what a shape says of a text that is not empty


def draw(template: str, words: dict[str, Any], **choices: Hashable) -> SafeString:
    """What the template draws with these words; they may stand in lists, dicts, named tuples.

    Of a text the template can ask only whether there is any: filters and comparisons would see
    the gap. What it decides by is True, False, None, the length of a list, or one of the
    `choices`; each combination is drawn for itself, so that there have to be few of them.
    Raises TypeError for any other word. Texts are escaped unless they are safe.
    """
    return SafeString("".join(pieces_of(template, words, **choices)))


def pieces_of(template: str, words: dict[str, Any], **choices: Hashable) -> list[str]:
    """The same as what stands side by side: each text a piece of its own, and between them those
    that all pages share."""
    texts: list[str] = []
    shape = _shape(words, texts)
    pieces, gaps = _pattern(template, shape, **choices)
    pieces = pieces.copy()
    pieces[1::2] = [texts[gap] for gap in gaps]
    return pieces


@lru_cache(maxsize=_MOST)
def _pattern(template: str, shape: Any, **choices: Hashable) -> tuple[list[str], list[int]]:
    """What stands between the gaps, with places for the texts; and which text each gap takes."""
    drawn = render_to_string(template, {**_with_gaps(shape, count()), **choices})
    pieces = _GAP.split(drawn)
    return pieces, [int(gap) for gap in pieces[1::2]]


def forget() -> None:
    """In this process everything is drawn anew."""
    _pattern.cache_clear()


def _shape(word: Any, texts: list[str]) -> Any:
    """All of a word but its texts; those are written down in their order."""
    if isinstance(word, str):
        if not word:
            return ""
        is_safe = isinstance(word, SafeString) or not _SPECIAL.search(word)
        texts.append(word if is_safe else escape(word))
        return _TEXT
    if word is None or word is True or word is False:
        return word
    kind = type(word)
    if kind is list or kind is tuple:
        return list, tuple([_shape(each, texts) for each in word])
    names = tuple(word) if kind is dict else getattr(word, "_fields", None)
    if names is None:
        raise TypeError(f"{kind.__name__} is no word of a pattern")
    each_word = word.values() if kind is dict else word
    return names, tuple([_shape(each, texts) for each in each_word])


def _with_gaps(shape: Any, numbers: Iterator[int]) -> Any:
    """The same words, with a gap in place of each text."""
    if shape is _TEXT:
        return SafeString(f"\ue000{next(numbers)}\ue001")
    if isinstance(shape, tuple):
        names, within = shape
        filled = [_with_gaps(each, numbers) for each in within]
        return filled if names is list else dict(zip(names, filled, strict=True))
    return shape
