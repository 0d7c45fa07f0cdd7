from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nobat.appointments.models import Objection
from nobat.appointments.objection import object_to_suspension
from tests.build import book, miss


@pytest.fixture
def objection(sara, slot, petition, clock):
    week = miss(book(sara, slot, petition))
    clock.move_to(week.starts_at + timedelta(hours=3))
    return object_to_suspension(suspension=week, text="همان ساعت در دفتر بودم", citizen=sara)


def decide(objection, *how):
    call_command("decide_objection", str(objection), *how, "--answer", "پاسخ کانون")


@pytest.mark.parametrize(("how", "is_accepted"), [("--accept", True), ("--refuse", False)])
def test_the_association_decides_by_command(objection, dr_karimi, how, is_accepted):
    decide(objection.pk, how, "--by", "09120000006")
    decided = Objection.objects.get()
    assert (decided.is_accepted, decided.answer) == (is_accepted, "پاسخ کانون")
    assert decided.decided_by == dr_karimi


@pytest.mark.parametrize("by", ["09120000001", "12"])
def test_nobody_else_decides(objection, dr_karimi, by):
    with pytest.raises(CommandError):
        decide(objection.pk, "--accept", "--by", by)
    assert Objection.objects.get().is_accepted is None


@pytest.mark.parametrize("how", [(), ("--accept", "--refuse")])
def test_it_is_one_of_the_two(objection, dr_karimi, how):
    with pytest.raises(CommandError):
        decide(objection.pk, *how, "--by", "09120000006")


def test_an_objection_that_is_not_there(objection, dr_karimi):
    with pytest.raises(CommandError):
        decide(objection.pk + 1, "--accept", "--by", "09120000006")


def test_a_decision_is_not_repeated(objection, dr_karimi):
    decide(objection.pk, "--refuse", "--by", "09120000006")
    with pytest.raises(CommandError, match="پیش‌تر تصمیم گرفته شده"):
        decide(objection.pk, "--accept", "--by", "09120000006")


def test_the_list_shows_what_the_journal_knows_and_no_name(objection, sara, dr_karimi):
    out = StringIO()
    call_command("list_objections", stdout=out)
    text = out.getvalue()
    reference = objection.suspension.cause.reference
    assert f"objection {objection.pk}  appointment {reference}  office 1021" in text
    assert "«همان ساعت در دفتر بودم»" in text
    for act in ("booked", "no_show", "objected"):
        assert f"  {act}  " in text
    assert sara.last_name not in text
    assert sara.mobile not in text

    decide(objection.pk, "--refuse", "--by", "09120000006")
    out = StringIO()
    call_command("list_objections", stdout=out)
    assert out.getvalue() == ""
