"""Page: figures of the country or a part of it in one month, as pictures and as tables."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.figures.models import LastCount
from nobat.offices.association import counties_of, provinces_of
from nobat.shared.jalali import tehran_day
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.asked_figures import (
    AskedFigures,
    asked_figures,
    months_to_choose,
    ways_up,
)
from nobat.web.association.figure_charts import charts_of
from nobat.web.association.figure_tables import COLUMNS
from nobat.web.association.figure_tiles import tiles_of
from nobat.web.association.figures_of import FiguresOf
from nobat.web.association.province_map import legend, province_map
from nobat.web.association.tables_of import tables_of


@require_safe
@association_only
def figures(request: AssociationRequest) -> HttpResponse:
    asked = asked_figures(request.GET, request.member, tehran_day(timezone.now()))
    shown = FiguresOf(asked)
    context = {
        "here": "figures",
        "asked": asked,
        "counted": LastCount.objects.first(),
        "ways_up": ways_up(asked, request.member),
        **_choices(asked, request),
        "figures": shown,
    }
    if not shown.is_empty:
        context |= _drawn(shown)
    return render(request, "association/figures.html", context)


def _choices(asked: AskedFigures, request: AssociationRequest) -> dict[str, Any]:
    province = asked.part.province
    return {
        "months": months_to_choose(asked),
        "provinces": provinces_of(request.member),
        "counties": counties_of(request.member).filter(province=province) if province else [],
    }


def _drawn(shown: FiguresOf) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "tiles": tiles_of(shown),
        "charts": charts_of(shown),
        "tables": tables_of(shown, COLUMNS),
    }
    if not shown.asked.part.province and shown.now.measured:
        drawn["map"] = province_map(shown.parts, shown.address_of)
        drawn["map_legend"] = legend(shown.parts)
    return drawn
