import pytest
from django.core.cache import cache
from django.urls import reverse

from nobat.offices.models import AssociationRole, Service
from tests.build import book

PAGE = reverse("association:services")
ADD = reverse("association:add_service")
PETITION = reverse("association:service", args=["petition"])


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def fresh(db):
    return {
        "title": "گواهی امضا",
        "code": "signature",
        "parent": Service.objects.get(code="filing").pk,
        "papers": "كارت ملی\n\n  سند  ",
        "is_bookable": "on",
    }


def test_the_tree_shows_heads_and_their_services(karimi_works, office):
    Service.objects.filter(code="brief").update(is_bookable=False)

    text = karimi_works.get(PAGE).content.decode()

    assert (
        text.index("head-filing") < text.index(PETITION) < text.index("head-", text.index(PETITION))
    )
    assert "نوبت داده نمی‌شود" in text
    assert "۱ دفتر" in text


def test_the_services_of_a_head_stand_in_their_own_order(karimi_works):
    for head in karimi_works.get(PAGE).context["heads"]:
        positions = [each.position for each in head["subjects"]]
        assert positions == sorted(positions)


def test_a_fresh_service_is_offered_to_citizens(karimi_works, client, fresh):
    assert "گواهی امضا" not in client.get("/").content.decode()

    assert karimi_works.post(ADD, fresh).url == PAGE

    service = Service.objects.get(code="signature")
    assert (service.papers, service.needs_sana) == (["کارت ملی", "سند"], False)
    assert "گواهی امضا" in client.get("/").content.decode()


def test_without_a_head_it_is_one_itself(karimi_works, fresh):
    karimi_works.post(ADD, fresh | {"parent": ""})

    head = Service.objects.get(code="signature")
    assert (head.parent, head.is_bookable, head.papers) == (None, False, [])


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("code", "petition"),
        ("code", "گواهی"),
        ("title", "تنظيم اظهارنامه"),
        ("title", "\u200f"),
        ("papers", "س" * 121),
        ("parent", "0"),
    ],
)
def test_a_mistake_is_told_beside_its_field(karimi_works, fresh, field, typed):
    answer = karimi_works.post(ADD, fresh | {field: typed})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Service.objects.filter(code="signature").exists()


def test_a_service_with_appointments_is_only_made_not_bookable(karimi_works, sara, slot, petition):
    appointment = book(sara, slot, petition)
    assert "۱ نوبت پیش رو" in karimi_works.get(PETITION).content.decode()

    karimi_works.post(PETITION, {"title": petition.title, "papers": ""})

    petition.refresh_from_db()
    assert not petition.is_bookable
    appointment.refresh_from_db()
    assert appointment.status == "booked"


def test_a_head_has_a_title_alone(karimi_works):
    page = reverse("association:service", args=["filing"])
    assert list(karimi_works.get(page).context["form"].fields) == ["title"]

    karimi_works.post(page, {"title": "دادخواست و شکواییه"})

    head = Service.objects.get(code="filing")
    assert (head.title, head.is_bookable) == ("دادخواست و شکواییه", False)


def test_who_only_reads_sees_no_button(karimi_works, dr_karimi):
    member = dr_karimi.association_member
    member.role = AssociationRole.READER
    member.save()

    for page in (PAGE, ADD, PETITION):
        text = karimi_works.get(page).content.decode()
        assert "btn-primary" not in text
