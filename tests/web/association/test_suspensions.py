import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.appointments.end_suspension import end_suspension
from nobat.appointments.models import Suspension
from nobat.appointments.objection import object_to_suspension
from nobat.web.association import suspensions as page
from tests.build import make_slot, national_code_for, sign_in_staff
from tests.web.association.conftest import code_of_now
from tests.web.association.decisions import OBJECTS, missed_week, officer, reader, seen

pytestmark = pytest.mark.django_db
PAGE = reverse("association:suspensions")
REASON = "آن روز خیابان دفتر بسته بود"


@pytest.fixture
def week(sara, slot, petition, clock):
    return missed_week(sara, slot, petition, clock)


@pytest.fixture
def address(week):
    return reverse("association:suspension", args=[week.pk])


def running() -> int:
    return Suspension.objects.running(timezone.now()).count()


def test_the_weeks_that_run_are_listed_without_names(week, karimi_works, sara):
    response = karimi_works.get(PAGE)

    assert list(response.context["weeks"]) == [week]
    assert sara.full_name not in response.content.decode()


def test_many_are_read_page_by_page(
    week, reza, office, petition, clock, karimi_works, monkeypatch, dr_karimi
):
    clock.move_to("2026-05-02 04:30:00+00:00")
    missed_week(reza, make_slot(office, "09:00"), petition, clock)
    sign_in_staff(karimi_works, dr_karimi)
    monkeypatch.setattr(page, "PER_PAGE", 1)

    assert list(karimi_works.get(PAGE, {"page": 2}).context["weeks"]) != []
    assert karimi_works.get(PAGE).context["page"].paginator.num_pages == 2


def test_a_number_is_looked_for_by_a_form_and_the_look_is_on_record(
    week, karimi_works, sara, dr_karimi
):
    response = karimi_works.post(PAGE, {"sought": national_code_for(sara.mobile)})

    assert list(response.context["weeks"]) == [week]
    assert seen(week.cause, dr_karimi) == 1


def test_a_number_that_is_nobodys_is_said_kindly(week, karimi_works, dr_karimi):
    response = karimi_works.post(PAGE, {"sought": "09129999999"})

    assert "محرومیت برقراری پیدا نشد" in response.content.decode()
    assert seen(week.cause, dr_karimi) == 0


def test_an_empty_search_is_a_mistake(karimi_works):
    assert karimi_works.post(PAGE, {"sought": ""}).status_code == 422


def test_the_page_of_one_says_what_ending_it_means(address, karimi_works, week, dr_karimi):
    response = karimi_works.get(address)

    assert "محرومیت پایان یابد" in response.content.decode()
    assert [line.act for line in response.context["lines"]] == ["نوبت ثبت شد", "نیامد"]
    assert seen(week.cause, dr_karimi) == 1


def test_it_points_to_an_objection_that_waits(address, karimi_works, week, sara):
    told = object_to_suspension(suspension=week, text=OBJECTS, citizen=sara)
    text = karimi_works.get(address).content.decode()

    assert reverse("association:objection", args=[told.pk]) in text


def test_one_is_ended_with_a_reason(address, karimi_works, week):
    response = karimi_works.post(address, {"reason": REASON, "code": code_of_now()}, follow=True)

    assert "محرومیت پایان یافت" in response.content.decode()
    week.cause.refresh_from_db()
    assert (running(), week.cause.reason) == (0, REASON)


def test_without_the_code_of_the_app_it_goes_on(address, karimi_works):
    for code in ("", "000000"):
        response = karimi_works.post(address, {"reason": REASON, "code": code})
        assert response.status_code == 422
        assert running() == 1


@pytest.mark.parametrize("reason", ["", "ب" * 121])
def test_without_a_reason_it_goes_on(address, karimi_works, reason):
    response = karimi_works.post(address, {"reason": reason, "code": code_of_now()})

    assert (response.status_code, running()) == (422, 1)


def test_what_somebody_else_ended_meanwhile_is_said(address, karimi_works, week, dr_karimi):
    end_suspension(suspension=week, reason=REASON, by=dr_karimi)
    response = karimi_works.post(
        address, {"reason": "دلیل دیگر", "code": code_of_now()}, follow=True
    )

    assert "دیگر برقرار نیست" in response.content.decode()
    assert "محرومیت پایان یابد" not in karimi_works.get(address).content.decode()


def test_one_of_another_province_does_not_find_it(client, address):
    sign_in_staff(client, officer("23"))

    assert client.get(PAGE).context["page"].paginator.count == 0
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": REASON}).status_code == 404
    assert running() == 1


def test_who_only_reads_has_no_form(client, address):
    sign_in_staff(client, reader())

    assert "<form method" not in client.get(address).content.decode().split("<main")[1]
    assert 'name="sought"' not in client.get(PAGE).content.decode()
