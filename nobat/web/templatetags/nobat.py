"""How dates, numbers, icons and form fields appear on every page.

What is read from left to right (mobile, phone, reference, codes) still has to stand in
`<bdi dir="ltr">`; the filters give the characters only.
"""

from datetime import date, datetime, time
from functools import lru_cache

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nobat.people.mobile import local_form
from nobat.shared import jalali
from nobat.shared.erased import is_pseudonym
from nobat.shared.persian import fa_digits, in_words, thousands
from nobat.shared.phone import grouped_phone
from nobat.shared.reference import grouped
from nobat.web.bar import draw_bar
from nobat.web.select_lines import county_options, options, subject_options

register = template.Library()

register.filter("fa", fa_digits)
register.filter("thousands", thousands)
register.filter("in_words", in_words)
register.filter("day_name", jalali.day_name)
register.filter("short_day", jalali.short_day)
register.filter("long_day", jalali.long_day)
register.filter("full_day", jalali.full_day)
register.filter("deadline", jalali.deadline)
register.filter("month_title", jalali.month_title)
register.filter("how_long", jalali.how_long)
register.filter("phone", grouped_phone)

register.simple_tag(options)
register.simple_tag(county_options)
register.simple_tag(subject_options)


@register.filter
def hour(moment: datetime | time) -> str:
    """«۰۹:۳۰»: of a moment by the clock of Tehran, of a bare time as it is."""
    if isinstance(moment, datetime):
        return jalali.hour(moment)
    return fa_digits(f"{moment:%H:%M}")


@register.filter
def day_number(day: date) -> str:
    """«۸», the day of the Jalali month."""
    return fa_digits(jalali.jalali(day)[2])


@register.filter
def month_name(day: date) -> str:
    """«آذر»"""
    return jalali.MONTHS[jalali.jalali(day)[1] - 1]


@register.filter
def iso(day: date) -> str:
    """«2026-11-29»: for addresses and `datetime` attributes, never for eyes."""
    return day.isoformat()


@register.filter
def mobile(number: str) -> str:
    """«۰۹۱۷ ۳۴۵ ۶۷۸۹» from E.164."""
    digits = fa_digits(local_form(number))
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


@register.filter
def masked_mobile(number: str) -> str:
    """«۰۹۱۷•••۶۷۸۹» from E.164."""
    if is_pseudonym(number):
        return "حذف‌شده"
    digits = fa_digits(local_form(number))
    return f"{digits[:4]}•••{digits[-4:]}"


@register.filter
def reference(code: str) -> str:
    """«۴۸۱ ۹۲۷ ۳۵۰۶»"""
    return fa_digits(grouped(code))


@register.filter
def distance(metres: float) -> str:
    """«۸۰۰ متر», «۱٫۴ کیلومتر», «۳۲ کیلومتر»: as exact as a way can be said."""
    if metres < 950:
        return f"{fa_digits(max(round(metres / 50) * 50, 50))} متر"
    kilometres = metres / 1000
    said = f"{kilometres:.1f}" if kilometres < 9.95 else f"{kilometres:,.0f}"
    said = said.removesuffix(".0").replace(".", "٫").replace(",", "٬")
    return f"{fa_digits(said)} کیلومتر"


@register.simple_tag(takes_context=True)
def bar(context: Context) -> SafeString:
    """The bar of who asks, with the part of the site marked that the page calls `here`."""
    drawn: SafeString | None = context.get("bar")  # only a page that is itself drawn once has it
    return drawn or draw_bar(context.get("request"), str(context.get("here", "")))


class Constant(template.Node):
    """Rendered once in the life of the process, without any of what a page knows."""

    def __init__(self, nodes: NodeList) -> None:
        self.nodes = nodes
        self.text: SafeString | None = None

    def render(self, context: Context) -> SafeString:
        if self.text is None:
            self.text = self.nodes.render(context.new())
        return self.text


@register.tag
def constant(parser: Parser, token: Token) -> Constant:
    """Around lines with nothing of the page in them: icons, our files, addresses without a code.

    Nothing of who asks can stand in between: the lines know no variable.
    """
    nodes = parser.parse(("endconstant",))
    parser.delete_first_token()
    return Constant(nodes)


@register.inclusion_tag("association/_share.html")
def share(part: int, whole: int, kind: str) -> dict[str, object]:
    """A bar whose length is the part; its number stands beside it in words."""
    width = round(100 * part / whole) if whole else 0
    return {"start": 100 - width, "width": width, "kind": kind}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A drawing beside a word; alone it says nothing to a screen reader."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("forms/_field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Label, help, error and control, in this order and tied together."""
    _dress(bound)
    return {"field": bound, "kind": _kind(bound.field.widget)}


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The control alone, for a page that arranges the rest itself."""
    _dress(bound)
    return bound.as_widget()


@register.inclusion_tag("forms/_field_error.html")
def field_error(bound: BoundField) -> dict[str, object]:
    return {"field": bound}


@register.inclusion_tag("forms/_error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, object]:
    """What is wrong, above the form; each line leads to its field."""
    wrong = [bound for bound in form.visible_fields() if bound.errors]
    lines = [
        {
            "to": _first_control(bound),
            "label": bound.label,
            "says": _first_sentence(str(error)),
        }
        for bound in wrong
        for error in bound.errors
    ]
    return {"lines": lines, "refusals": form.non_field_errors()}


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "box"


def _dress(bound: BoundField) -> None:
    """Give the control the classes that the stylesheet knows."""
    widget = bound.field.widget
    classes = widget.attrs.get("class", "").split()
    wanted = [_style(widget), "is-invalid"] if bound.errors else [_style(widget)]
    classes += [name for name in wanted if name not in classes]
    widget.attrs["class"] = " ".join(classes)


def _style(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _first_control(bound: BoundField) -> str:
    # A group of choices has no id of its own; its first choice has.
    return f"{bound.auto_id}_0" if _kind(bound.field.widget) == "choices" else bound.id_for_label


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].removesuffix(".")
