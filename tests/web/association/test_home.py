from datetime import date

import pytest
from django.urls import reverse

from nobat.appointments.objection import object_to_suspension
from nobat.offices.models import AssociationRole
from nobat.schedule.models import Holiday
from nobat.sms.alarm import raise_alarm
from nobat.sms.models import Trouble
from tests.build import book, miss, sign_in_staff

pytestmark = pytest.mark.django_db
PAGE = reverse("association:home")


def waiting(client) -> list[str]:
    context = client.get(PAGE).context
    return [context[name] for name in ("objections", "estimated", "offices")]


def test_it_counts_what_waits_for_a_decision(client, dr_karimi, sara, slot, petition, clock):
    Holiday.objects.all().delete()
    Holiday.objects.create(day=date(2026, 5, 27), title="عید قربان", is_estimated=True)
    week = miss(book(sara, slot, petition))
    clock.move_to(week.starts_at)
    object_to_suspension(suspension=week, text="در دفتر بودم و نامم خوانده نشد.", citizen=sara)

    assert waiting(sign_in_staff(client, dr_karimi)) == [1, 1, 1]


def test_an_officer_of_a_province_counts_the_own_one(karimi_works, dr_karimi, office):
    member = dr_karimi.association_member
    for province, offices in (("23", 0), (office.county.province_id, 1)):
        member.role, member.province_id = AssociationRole.PROVINCE, province
        member.save()
        assert waiting(karimi_works)[2] == offices


def test_an_open_alarm_about_messages_stands_on_top_for_the_whole_country(karimi_works, dr_karimi):
    said = "پیامک‌ها دیر می‌روند"
    assert said not in karimi_works.get(PAGE).content.decode()
    raise_alarm(Trouble.QUEUE_LATE)
    text = karimi_works.get(PAGE).content.decode()
    assert said in text
    assert text.index(said) < text.index("اعتراض بی‌پاسخ")


def test_an_officer_of_a_province_hears_nothing_of_it(of_tehran):
    raise_alarm(Trouble.QUEUE_LATE)
    text = of_tehran.get(PAGE).content.decode()
    assert "پیامک" not in text
