import pytest

from nobat.offices.models import Service
from tests.build import book, make_service, sign_in_staff

PAGE = "/office/services/"


@pytest.fixture
def manager(client, bahram):
    return sign_in_staff(client, bahram)


@pytest.fixture
def notice(db):
    return make_service("notice", "تنظیم اظهارنامه")


def offered(office):
    return set(office.services.values_list("code", flat=True))


def test_the_page_shows_all_subjects_and_ticks_those_of_the_office(manager, notice):
    text = manager.get(PAGE).content.decode()

    assert 'value="petition" id="service-petition" checked' in text
    assert 'value="notice" id="service-notice">' in text


def test_services_are_chosen_and_kept(manager, office, notice):
    answer = manager.post(PAGE, {"service": ["petition", "notice"]})

    assert answer.url == PAGE
    assert offered(office) == {"petition", "notice"}


def test_a_removed_service_says_how_many_keep_their_appointment(
    manager, sara, slot, office, petition, notice
):
    appointment = book(sara, slot, petition)
    assert "۱ نوبت پیش رو" in manager.get(PAGE).content.decode()

    manager.post(PAGE, {"service": ["notice"]})

    assert "۱ نوبتِ خدمت‌های برداشته سر جای خود می‌ماند" in manager.get(PAGE).content.decode()
    appointment.refresh_from_db()
    assert appointment.status == "booked"
    assert offered(office) == {"notice"}


def test_at_least_one_stays(manager, office):
    answer = manager.post(PAGE, {})

    assert answer.status_code == 409
    assert "دست‌کم یک خدمت را نگه دارید" in answer.content.decode()
    assert offered(office) == {"petition"}


def test_letters_that_no_database_takes_are_no_service(manager, office):
    assert manager.post(PAGE, {"service": ["petition", "\0"]}).status_code == 302
    assert manager.post(PAGE, {"service": "\0"}).status_code == 409
    assert offered(office) == {"petition"}


def test_a_head_that_cannot_be_booked_is_no_service(manager, office):
    Service.objects.create(code="head", title="سرگروه", position=99, is_bookable=False)

    manager.post(PAGE, {"service": ["petition", "head", "nothing"]})

    assert offered(office) == {"petition"}


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_clerk_cannot_change_the_services(client, maryam, office, notice, verb):
    answer = getattr(sign_in_staff(client, maryam), verb)(PAGE, {"service": ["notice"]})

    assert answer.status_code == 403
    assert offered(office) == {"petition"}
