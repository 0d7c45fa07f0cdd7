"""Offices of a list as HTML: a page has twenty of them, for which a template takes too long."""

from collections.abc import Iterable
from datetime import date
from html import escape

from django.utils.safestring import SafeString

from nobat.shared.jalali import short_day
from nobat.shared.persian import fa_digits
from nobat.shared.phone import grouped_phone
from nobat.web.citizen.office_cards import Card
from nobat.web.templatetags.nobat import distance, icon


def drawn_cards(cards: Iterable[Card], *, until: date) -> list[SafeString]:
    """The items of a list; `until` is the last day on which something could have been free."""
    none_until = (
        f'<div class="office-card__foot"><p class="first-free first-free--none mb-0">'
        f"<small>تا {short_day(until)}</small><strong>وقت آزاد ندارد</strong></p>"
    )
    return [SafeString(_card(card, none_until)) for card in cards]


def _card(card: Card, none_until: str) -> str:
    office = card.office
    code, title, link = escape(office.code), escape(office.title), escape(card.link)
    phone = escape(grouped_phone(office.phone))
    return f"""<li><article class="office-card" aria-labelledby="office-{code}">
  <div class="office-card__head">
    <span class="pin" aria-hidden="true">{fa_digits(card.number)}</span>
    <h2 id="office-{code}"><a href="{link}">{title}</a></h2>
    {_away(card.metres)}
  </div>
  <ul class="lines">
    <li>{icon("geo-alt")}<span>{escape(card.address)} <a class="only-without-script" \
href="{escape(card.geo)}">مسیریابی</a></span></li>
    <li>{icon("telephone")}<span><bdi dir="ltr">{phone}</bdi></span></li>
    <li>{icon("person")}<span>مدیر: {escape(office.manager)}، <span class="text-nowrap">کد دفتر: \
<bdi dir="ltr">{fa_digits(code)}</bdi></span></span></li>
  </ul>
  {_foot(card, title, link, none_until)}
</article></li>
"""


def _away(metres: float | None) -> str:
    return "" if metres is None else f'<span class="office-card__away">{distance(metres)}</span>'


def _foot(card: Card, title: str, link: str, none_until: str) -> str:
    if card.first_free:
        return (
            f'<div class="office-card__foot"><p class="first-free mb-0">'
            f"<small>اولین وقت آزاد</small><strong>{card.first_free}</strong></p>"
            f'<a class="btn btn-primary" href="{link}">دریافت نوبت'
            f'<span class="visually-hidden"> از {title}</span></a></div>\n  '
        )
    return (
        f'{none_until}<a class="btn btn-outline-primary" href="{link}">دیدن دفتر'
        f'<span class="visually-hidden"> {escape(card.office.name)}</span></a></div>'
    )
