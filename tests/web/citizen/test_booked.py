import pytest

from nobat.appointments.models import Appointment, Status
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from tests.build import book, make_service, make_slot, move, sign_in

NO_REFERENCE = ["4819273506", "481927350", "x", "۴۸۱۹۲۷۳۵۰۶", "%00", "1" * 300, "481 927 3506"]


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def page_of(appointment):
    return f"/my/appointments/{appointment.reference}/"


def digits_in_groups(reference):
    persian = reference.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    return f"{persian[:3]} {persian[3:6]} {persian[6:]}"


def test_the_page_says_that_it_is_booked_when_where_and_with_which_code(sara_browses, appointment):
    answer = sara_browses.get(page_of(appointment))
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "نوبت شما ثبت شد",
        "یکشنبه ۱۳ اردیبهشت، ساعت ۱۰:۰۰",
        "دفتر نارنجستان، شیراز، خیابان ارم، کوچهٔ ۵، پلاک ۱۲",
        digits_in_groups(appointment.reference),
        "۰۹۱۲•••۰۰۰۱",
        "رسید نوبت",
    ):
        assert words in text


def test_the_page_takes_two_statements(sara_browses, appointment, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        sara_browses.get(page_of(appointment))


def test_what_to_prepare_is_what_the_service_needs(sara_browses, sara, office):
    service = make_service(
        "sana", "ثبت‌نام ثنا", needs_sana=False, papers=["کارت ملی و رسید نوبت", "شناسنامه"]
    )
    appointment = book(sara, make_slot(office, "11:00"), _offered(office, service))
    text = sara_browses.get(page_of(appointment)).content.decode()
    assert "شناسنامه." in text
    assert "کد ثنا ندارم" not in text


def _offered(office, service):
    office.services.add(service)
    return service


def test_after_a_move_the_page_says_moved(sara_browses, appointment, office):
    move(appointment, make_slot(office, "11:00"))
    text = sara_browses.get(page_of(appointment)).content.decode()
    assert "نوبت شما جابه‌جا شد" in text
    assert "ساعت ۱۱:۰۰" in text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.CANCELLED_BY_CITIZEN, "خودتان حذف کردید"),
        (Status.NO_SHOW, "نیامدید"),
        (Status.CHECKED_IN, "به دفتر آمدید"),
        (Status.DISPLACED, "دفتر بسته شد"),
        (Status.EXCUSED, "بدون جریمه"),
    ],
)
def test_what_became_of_an_appointment_is_said_in_words(sara_browses, appointment, status, words):
    Appointment.objects.update(status=status)
    text = sara_browses.get(page_of(appointment)).content.decode()
    assert words in text
    assert "نوبت شما ثبت شد" not in text
    assert "رسید نوبت</h2>" not in text


def test_an_hour_that_has_passed_is_not_announced_as_booked(sara_browses, appointment, clock):
    clock.move_to(appointment.ends_at)
    text = sara_browses.get(page_of(appointment)).content.decode()
    assert "زمانش گذشت" in text
    assert "نوبت شما ثبت شد" not in text


def test_on_the_day_the_page_says_how_many_wait_at_the_office(sara_browses, appointment, clock):
    assert "در این دفتر منتظر" not in sara_browses.get(page_of(appointment)).content.decode()
    clock.move_to(appointment.starts_at)
    assert "در این دفتر منتظر نیست" in sara_browses.get(page_of(appointment)).content.decode()


def test_at_the_office_the_page_says_the_number_and_offers_no_other_turn(
    sara_browses, appointment, office, maryam, clock
):
    clock.move_to(appointment.starts_at)
    check_in(appointment=appointment, office=office, by=maryam)
    text = sara_browses.get(page_of(appointment)).content.decode()
    assert "در دفتر هستید" in text
    assert "شمارهٔ شما ۱</strong>، نفر بعد شما هستید." in text
    assert "نوبت تازه" not in text


def test_after_the_visit_the_page_says_what_was_missing(
    sara_browses, appointment, office, maryam, clock
):
    clock.move_to(appointment.starts_at)
    visit = check_in(appointment=appointment, office=office, by=maryam)
    finish_visit(
        visit=visit, outcome=VisitState.PAPERS_MISSING, by=maryam, note="اصل <b>شناسنامه</b>"
    )
    text = sara_browses.get(page_of(appointment)).content.decode()
    assert "چه کم بود: <strong>اصل &lt;b&gt;شناسنامه" in text
    assert "جریمه‌ای ندارد؛" in text
    assert "/offices/1021/?service=petition" in text


def test_a_stranger_signs_in_first(client, appointment):
    answer = client.get(page_of(appointment))
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/?next=")


def test_somebody_elses_appointment_is_not_found(client, reza, appointment):
    assert sign_in(client, reza).get(page_of(appointment)).status_code == 404


@pytest.mark.parametrize("verb", ["get", "post", "head", "put", "delete"])
@pytest.mark.parametrize(
    "page",
    [
        "",
        "receipt/",
        "receipt.pdf",
        "appointment.ics",
        "cancel/",
        "move/",
        "move/?slot=1&service=x",
        "place/",
    ],
)
def test_no_verb_on_no_page_tells_a_stranger_anything(client, reza, appointment, verb, page):
    sign_in(client, reza)
    theirs = getattr(client, verb)(page_of(appointment) + page)
    nobodys = getattr(client, verb)("/my/appointments/4819273506/" + page)
    assert theirs.status_code == nobodys.status_code
    assert theirs.status_code in (404, 405)
    appointment.refresh_from_db()
    assert (appointment.status, appointment.moves) == (Status.BOOKED, 0)


@pytest.mark.parametrize("reference", NO_REFERENCE)
@pytest.mark.parametrize(
    "page", ["", "receipt/", "receipt.pdf", "appointment.ics", "cancel/", "move/", "place/"]
)
def test_what_is_no_tracking_code_is_not_found(sara_browses, appointment, reference, page):
    assert sara_browses.get(f"/my/appointments/{reference}/{page}").status_code == 404
