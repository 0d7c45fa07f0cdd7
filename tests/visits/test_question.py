from datetime import timedelta

from django.utils import timezone

from nobat.journal.models import JournalEntry
from nobat.offices.models import AssociationMember
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.texts import text_of
from nobat.visits.question import ask_about_day
from tests.build import TOMORROW, make_office


def ask(office, day=TOMORROW):
    return ask_about_day(office=office, day=day, now=timezone.now())


def test_managers_and_the_association_are_asked_and_clerks_are_not(
    office, maryam, bahram, naser, dr_karimi
):
    assert ask(office)
    asked = OutgoingSms.objects.filter(kind=Kind.NOBODY_RECORDED)
    assert {sms.to for sms in asked} == {bahram.mobile, dr_karimi.mobile}
    text = text_of(Kind.NOBODY_RECORDED, asked.get(to=bahram.mobile).params)
    assert "دفتر نارنجستان برای یکشنبه ۱۳ اردیبهشت" in text


def test_who_is_both_is_asked_once(office, bahram):
    AssociationMember.objects.create(person=bahram, since=timezone.now())
    ask(office)
    assert OutgoingSms.objects.count() == 1


def test_the_association_hears_of_many_offices_once_a_day(office, dr_karimi):
    ask(office)
    ask(make_office("1033"))
    assert OutgoingSms.objects.count() == 1
    assert "دفترهایی هست" in text_of(Kind.NOBODY_RECORDED, OutgoingSms.objects.get().params)
    ask(office, TOMORROW + timedelta(days=1))
    assert OutgoingSms.objects.count() == 2


def test_each_day_is_asked_about_once(office, bahram):
    assert [ask(office), ask(office)] == [True, False]
    assert ask(office, TOMORROW + timedelta(days=1))
    assert OutgoingSms.objects.count() == 2
    assert JournalEntry.objects.filter(act="day_questioned").count() == 2
