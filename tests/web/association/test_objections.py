import pytest
from django.urls import reverse

from nobat.appointments.objection import object_to_suspension, refuse_objection
from nobat.web.association import objections as page
from tests.build import make_slot, sign_in_staff
from tests.web.association.decisions import OBJECTS, missed_week, officer

pytestmark = pytest.mark.django_db
PAGE = reverse("association:objections")


@pytest.fixture
def objection(sara, slot, petition, clock):
    week = missed_week(sara, slot, petition, clock)
    return object_to_suspension(suspension=week, text=OBJECTS, citizen=sara)


@pytest.fixture
def decided(reza, office, petition, dr_karimi, clock):
    """Reza's, on the same day, refused before Sara objected."""
    week = missed_week(reza, make_slot(office, "09:00"), petition, clock)
    told = object_to_suspension(suspension=week, text="در ترافیک ماندم و نرسیدم.", citizen=reza)
    refuse_objection(objection=told, by=dr_karimi, answer="ترافیک دلیل کافی نیست.")
    clock.move_to("2026-05-02 04:30:00+00:00")
    return told


def test_those_that_wait_stand_before_those_that_are_decided(decided, objection, karimi_works):
    context = karimi_works.get(PAGE).context

    assert context["waiting"] == [objection]
    assert context["decided"] == [decided]
    assert context["how_many_wait"] == 1


def test_what_the_citizen_wrote_stands_there_and_no_name(objection, karimi_works, sara):
    text = karimi_works.get(PAGE).content.decode()

    assert OBJECTS in text
    assert reverse("association:objection", args=[objection.pk]) in text
    assert sara.full_name not in text


def test_many_are_read_page_by_page(decided, objection, karimi_works, monkeypatch):
    monkeypatch.setattr(page, "PER_PAGE", 1)

    assert karimi_works.get(PAGE).context["waiting"] == [objection]
    second = karimi_works.get(PAGE, {"page": 2})
    assert (second.context["waiting"], second.context["decided"]) == ([], [decided])


def test_an_officer_sees_those_of_the_own_province(objection, client, office):
    member = officer("23").association_member
    sign_in_staff(client, member.person)
    assert client.get(PAGE).context["waiting"] == []
    member.province_id = office.county.province_id
    member.save()
    assert client.get(PAGE).context["waiting"] == [objection]


def test_when_there_are_none_the_page_says_so(karimi_works):
    assert "هنوز کسی اعتراض نکرده است" in karimi_works.get(PAGE).content.decode()
