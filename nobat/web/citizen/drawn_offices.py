"""Offices of a list as HTML, each from the same pattern: a page has twenty of them."""

from collections.abc import Iterable
from datetime import date

from django.utils.safestring import SafeString

from nobat.shared.jalali import short_day
from nobat.shared.persian import fa_digits
from nobat.shared.phone import grouped_phone
from nobat.web.citizen.office_cards import Card
from nobat.web.pattern import draw
from nobat.web.templatetags.nobat import distance


def drawn_cards(cards: Iterable[Card], *, until: date) -> list[SafeString]:
    """The items of a list; `until` is the last day on which something could have been free."""
    last_day = short_day(until)
    return [_card(card, last_day) for card in cards]


def _card(card: Card, last_day: str) -> SafeString:
    office = card.office
    words = {
        "number": fa_digits(card.number),
        "code": office.code,
        "persian_code": fa_digits(office.code),
        "name": office.name,
        "title": office.title,
        "manager": office.manager,
        "phone": grouped_phone(office.phone),
        "address": card.address,
        "geo": card.geo,
        "link": card.link,
        "away": "" if card.metres is None else distance(card.metres),
        "first_free": card.first_free,
        "last_day": last_day,
    }
    return draw("citizen/_office_card.html", words)
