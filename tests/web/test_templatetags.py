from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.template import engines

from nobat.offices.places import Choice, ProvinceChoices, SubjectChoices
from nobat.web.templatetags import nobat as tags

SUNDAY = date(2026, 11, 29)


class Details(forms.Form):
    first_name = forms.CharField(label="نام", help_text="مانند کارت ملی")
    kind = forms.ChoiceField(
        label="مدرک", choices=[("a", "کارت ملی"), ("b", "گذرنامه")], widget=forms.RadioSelect
    )
    county = forms.ChoiceField(label="شهر", choices=[("0701", "شیراز")])
    password = forms.CharField(label="رمز", widget=forms.PasswordInput)
    agreed = forms.BooleanField(label="می‌پذیرم")


def drawn(template: str, **context) -> str:
    return engines["django"].from_string("{% load nobat %}" + template).render(context)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ day|long_day }}", "یکشنبه ۸ آذر"),
        ("{{ day|full_day }}", "یکشنبه ۸ آذر ۱۴۰۵"),
        ("{{ day|short_day }}", "۸ آذر"),
        ("{{ day|month_title }}", "آذر ۱۴۰۵"),
        ("{{ day|day_name }}", "یکشنبه"),
        ("{{ day|day_number }}", "۸"),
        ("{{ day|month_name }}", "آذر"),
        ("{{ moment|hour }}", "۰۹:۳۰"),
        ("{{ opens|hour }}", "۰۸:۰۰"),
        ("{{ 12|fa }}", "۱۲"),
        ("{{ 1500|thousands }}", "۱٬۵۰۰"),
        ("{{ 2|in_words }}", "دو"),
        ("{{ 12|in_words }}", "۱۲"),
    ],
)
def test_dates_and_numbers_read_as_people_say_them(template, said):
    moment = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)

    assert drawn(template, day=SUNDAY, moment=moment, opens=time(8)) == said


def test_a_moment_is_shown_on_the_day_it_has_in_tehran():
    late = datetime(2026, 11, 28, 21, 0, tzinfo=UTC)

    assert drawn("{{ moment|long_day }}", moment=late) == "یکشنبه ۸ آذر"


def test_numbers_to_dial_and_to_read_out_stand_in_groups():
    assert tags.mobile("+989173456789") == "۰۹۱۷ ۳۴۵ ۶۷۸۹"
    assert tags.masked_mobile("+989173456789") == "۰۹۱۷•••۶۷۸۹"
    assert drawn("{{ '07132000112'|phone }}") == "۰۷۱ ۳۲۰۰ ۰۱۱۲"
    assert tags.reference("4819273506") == "۴۸۱ ۹۲۷ ۳۵۰۶"


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (12, "۵۰ متر"),
        (812, "۸۰۰ متر"),
        (949, "۹۵۰ متر"),
        (1000, "۱ کیلومتر"),
        (1420, "۱٫۴ کیلومتر"),
        (9960, "۱۰ کیلومتر"),
        (31_700, "۳۲ کیلومتر"),
        (1_204_000, "۱٬۲۰۴ کیلومتر"),
    ],
)
def test_a_distance_is_as_exact_as_a_way_can_be_said(metres, said):
    assert tags.distance(metres) == said


def test_a_field_ties_label_help_and_error_to_its_control():
    page = drawn("{% field form.first_name %}", form=Details({}))

    assert '<label for="id_first_name">نام</label>' in page
    assert 'aria-describedby="id_first_name_helptext id_first_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'class="form-control is-invalid"' in page
    assert page.index("_helptext") < page.index("_error") < page.index("<input")


def test_a_group_of_choices_is_a_fieldset_and_errors_lead_to_its_first_choice():
    form = Details({})

    assert "<legend>مدرک</legend>" in drawn("{% field form.kind %}", form=form)
    assert 'href="#id_kind_0"' in drawn("{% error_summary form %}", form=form)


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("county", "form-select"),
        ("password", "form-control"),
        ("agreed", "form-check-input"),
        ("kind", "form-check-input"),
    ],
)
def test_every_kind_of_control_has_its_style(name, style):
    page = drawn("{% field field %}", field=Details()[name])

    assert f'class="{style}"' in page


def test_the_lines_of_a_select_are_escaped_and_the_chosen_one_is_marked():
    choices = [Choice("0701", "<b>"), Choice("0707", "شیراز")]

    assert drawn("{% options choices '0707' %}", choices=choices) == (
        '<option value="0701">&lt;b&gt;</option><option value="0707" selected>شیراز</option>'
    )


def test_counties_stand_under_their_provinces_and_one_is_chosen():
    places = [
        ProvinceChoices("07", '"فارس"', (Choice("0701", "<b>"), Choice("0707", "شیراز"))),
        ProvinceChoices("23", "تهران", (Choice("2301", "تهران"),)),
    ]

    assert drawn("{% county_options places '0707' %}", places=places) == (
        '<optgroup label="&quot;فارس&quot;" data-of="07"><option value="0701">&lt;b&gt;</option>'
        '<option value="0707" selected>شیراز</option></optgroup>'
        '<optgroup label="تهران" data-of="23"><option value="2301">تهران</option></optgroup>'
    )


def test_subjects_stand_under_their_heads_if_they_have_one():
    subjects = [
        SubjectChoices("<b>", (Choice("sana", "ثنا"), Choice("petition", "دادخواست"))),
        SubjectChoices("", (Choice("appeal", "تجدیدنظر"),)),
    ]

    assert drawn("{% subject_options subjects 'petition' %}", subjects=subjects) == (
        '<optgroup label="&lt;b&gt;"><option value="sana">ثنا</option>'
        '<option value="petition" selected>دادخواست</option></optgroup>'
        '<option value="appeal">تجدیدنظر</option>'
    )


def test_what_is_constant_knows_nothing_of_the_page_and_is_drawn_once():
    template = engines["django"].from_string(
        "{% load nobat %}{% constant %}<b>{% icon 'map' %}{{ name }}</b>{% endconstant %}{{ name }}"
    )

    sara, reza = (template.render({"name": name}) for name in ("سارا", "رضا"))

    assert "icons.svg#map" in sara
    assert sara.endswith("</svg></b>سارا")
    assert reza == sara.replace("سارا", "رضا")


def test_what_was_typed_comes_back_escaped():
    page = drawn("{% field form.first_name %}", form=Details({"first_name": '"><b>'}))

    assert "<b>" not in page
    assert "&quot;&gt;&lt;b&gt;" in page


def test_the_summary_counts_what_is_wrong_and_says_the_first_sentence_of_each():
    form = Details({"first_name": "x", "kind": "a", "county": "0701", "agreed": "on"})
    form.errors["password"] = form.error_class(["کوتاه است. هشت حرف بنویسید."])

    page = drawn("{% error_summary form %}", form=form)

    assert "یک چیز را درست کنید" in page
    assert '<a href="#id_password">رمز: کوتاه است</a>' in page


def test_a_refusal_of_the_whole_form_is_not_called_a_mistake():
    form = Details({"first_name": "x", "kind": "a", "county": "0701", "agreed": "on"})
    form.errors.pop("password")
    form.add_error(None, "این شماره یا رمز درست نیست.")

    page = drawn("{% error_summary form %}", form=form)

    assert "درست کنید" not in page
    assert "این شماره یا رمز درست نیست." in page


def test_a_fresh_form_has_no_summary():
    assert drawn("{% error_summary form %}", form=Details()).strip() == ""
