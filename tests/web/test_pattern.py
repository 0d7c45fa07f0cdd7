from typing import NamedTuple

import pytest
from django.template import engines
from django.utils.safestring import SafeString

from nobat.web import pattern


class Reason(NamedTuple):
    what: str
    why: str


@pytest.fixture
def drawn_from(monkeypatch):
    """Draw with this template, and know how often Django has done it."""
    times = []

    def begin(source):
        def render_to_string(name, context):
            times.append(name)
            return engines["django"].from_string(source).render(context)

        pattern.forget()
        monkeypatch.setattr(pattern, "render_to_string", render_to_string)
        return times

    yield begin
    pattern.forget()


def test_another_word_is_put_into_the_same_pattern(drawn_from):
    times = drawn_from("<p>{{ name }}, {{ name }}, {{ code }}</p>")

    assert pattern.draw("x", {"name": "الف", "code": "1"}) == "<p>الف, الف, 1</p>"
    assert pattern.draw("x", {"name": "ب", "code": "2"}) == "<p>ب, ب, 2</p>"
    assert len(times) == 1


def test_a_word_is_escaped_as_in_any_template_and_what_is_drawn_already_is_not(drawn_from):
    drawn_from("{{ typed }}{{ drawn }}")
    words = {"typed": """<b>"'&""", "drawn": SafeString("<i>")}

    assert pattern.draw("x", words) == "&lt;b&gt;&quot;&#x27;&amp;<i>"


def test_what_somebody_typed_is_never_taken_for_a_gap(drawn_from):
    drawn_from("{{ typed }}{{ secret }}")

    assert pattern.draw("x", {"typed": "\ue0001\ue001", "secret": "s"}) == "\ue0001\ue001s"


def test_a_template_can_ask_whether_there_is_a_word(drawn_from):
    drawn_from("{% if why %}{{ why }}{% else %}-{% endif %}")

    assert pattern.draw("x", {"why": ""}) == "-"
    assert pattern.draw("x", {"why": "سفر"}) == "سفر"


def test_lists_and_whatever_is_no_text_decide_the_form(drawn_from):
    times = drawn_from(
        "{% if is_open %}+{% endif %}{% for each in reasons %}{{ each.what }}:{{ each.why }};"
        "{% endfor %}{{ place.name }}{% if kind == 'a' %}A{% endif %}"
    )
    one = [Reason("سبز", "آزاد")]

    for _ in range(2):
        assert pattern.draw("x", {"is_open": True, "reasons": one}, kind="a") == "+سبز:آزاد;A"
        assert pattern.draw("x", {"is_open": False, "reasons": one * 2}) == "سبز:آزاد;" * 2
        assert pattern.draw("x", {"place": {"name": "شیراز"}, "is_open": None}) == "شیراز"
    assert len(times) == 3


def test_a_number_is_no_word_for_each_would_be_a_pattern_of_its_own(drawn_from):
    drawn_from("{{ count }}")

    with pytest.raises(TypeError):
        pattern.draw("x", {"count": 7})


def test_every_template_that_is_drawn_once_knows_no_filter():
    """A filter would see the gap and not the word."""
    for name in (
        "_bar.html",
        "citizen/_office_page.html",
        "citizen/_times.html",
        "citizen/_calendar.html",
        "citizen/_hours.html",
        "citizen/_papers.html",
        "citizen/_map.html",
        "citizen/choose_time.html",
        "citizen/refused_hour.html",
    ):
        source = engines["django"].get_template(name).template.source
        assert "|" not in source, name
