"""The lines of the selects of every search: for five hundred counties a template takes too long."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from nobat.offices.places import Choice, ProvinceChoices, SubjectChoices


def options(choices: Iterable[Choice | ProvinceChoices], chosen: str = "") -> SafeString:
    """One line for each of them."""
    return _with_chosen(_lines(tuple(choices)), chosen)


def county_options(provinces: Iterable[ProvinceChoices], chosen: str = "") -> SafeString:
    """All counties, under their provinces."""
    return _with_chosen(_county_lines(tuple(provinces)), chosen)


def subject_options(subjects: Iterable[SubjectChoices], chosen: str = "") -> SafeString:
    """All subjects, under their heads."""
    return _with_chosen(_subject_lines(tuple(subjects)), chosen)


def _with_chosen(lines: str, chosen: str) -> SafeString:
    if chosen:
        value = f'<option value="{escape(chosen)}"'
        lines = lines.replace(f"{value}>", f"{value} selected>", 1)
    return SafeString(lines)


@lru_cache(maxsize=64)  # of the country, and of each province
def _county_lines(provinces: tuple[ProvinceChoices, ...]) -> str:
    return "".join(
        f'<optgroup label="{escape(each.name)}" data-of="{escape(each.code)}">'
        f"{_lines(each.counties)}</optgroup>"
        for each in provinces
    )


@lru_cache(maxsize=4)
def _subject_lines(subjects: tuple[SubjectChoices, ...]) -> str:
    return "".join(
        f'<optgroup label="{escape(each.head)}">{_lines(each.subjects)}</optgroup>'
        if each.head
        else _lines(each.subjects)
        for each in subjects
    )


@lru_cache(maxsize=128)  # the counties of 31 provinces, and a few lists more
def _lines(choices: tuple[Choice | ProvinceChoices, ...]) -> str:
    return "".join(
        f'<option value="{escape(choice.code)}">{escape(choice.name)}</option>'
        for choice in choices
    )
