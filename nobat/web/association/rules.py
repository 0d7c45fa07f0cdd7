"""Page: the rules that hold today, those to come, and how they came to be."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments import policy
from nobat.appointments.rule_words import WORDS, with_unit
from nobat.appointments.rules import Rule
from nobat.appointments.set_rule import number_on
from nobat.shared.jalali import tehran_day
from nobat.web.access import AssociationRequest, association_only


@require_safe
@association_only
def rules(request: AssociationRequest) -> HttpResponse:
    today = tehran_day(timezone.now())
    coming = list(policy.coming_rules(today))
    past = list(policy.past_rules(today))
    context = {
        "here": "rules",
        "today": today,
        "rules": [_line(name, today, coming, past) for name in WORDS],
        "coming": [_story(each) for each in coming],
        "past": [_story(each) for each in past],
    }
    return render(request, "association/rules.html", context)


def _line(name: str, today: date, coming: list[Rule], past: list[Rule]) -> dict[str, Any]:
    begun = [each for each in past if each.name == name and each.replaced_at is None]
    return {
        "name": name,
        "words": WORDS[name],
        "number": with_unit(name, number_on(name, today)),
        "since": max((each.valid_from for each in begun), default=None),
        "next": next((_story(each) for each in coming if each.name == name), None),
    }


def _story(rule: Rule) -> dict[str, Any]:
    title = WORDS[rule.name].title if rule.name in WORDS else rule.name
    number = with_unit(rule.name, rule.value) if rule.name in WORDS else rule.value
    return {"rule": rule, "title": title, "number": number}
