import pytest

from nobat.sms.models import OutgoingSms, State
from nobat.visits.check_in import check_in
from nobat.visits.models import Visit, VisitState
from nobat.visits.walk_in import walk_in
from tests.build import sign_in_staff

PAGE = "/office/visits/1/"


@pytest.fixture
def here(at_ten, office, maryam) -> Visit:
    return check_in(appointment=at_ten, office=office, by=maryam)


def test_the_page_says_who_it_is_and_asks_how_it_ended(here, maryam_works):
    text = maryam_works.get(PAGE).content.decode()
    for words in ("شمارهٔ ۱، سارا محمدی", "این‌جاست", "مدارک ناقص", "هیچ‌کدام جریمه‌ای"):
        assert words in text


def test_its_messages_stand_below(here, maryam_works):
    OutgoingSms.objects.update(state=State.BLOCKED)
    text = maryam_works.get(PAGE).content.decode()
    for words in ("پیامک‌ها", "نوبت ثبت شد", "گیرنده بسته است", "۰۹۱۲•••۰۰۰۱"):
        assert words in text
    assert "آخرین پیامک" not in text


def test_a_walk_in_has_no_messages(office, maryam, maryam_works):
    walk_in(office=office, by=maryam, name="رضا")
    assert "پیامک" not in maryam_works.get(PAGE).content.decode()


def test_papers_missing_is_kept_with_what_was_missing(here, maryam_works):
    form = {"outcome": "papers_missing", "note": "کپی شناسنامه"}
    answer = maryam_works.post(PAGE, form, follow=True)
    assert answer.redirect_chain == [("/office/", 302)]
    stored = Visit.objects.get()
    assert (stored.state, stored.note) == (VisitState.PAPERS_MISSING, "کپی شناسنامه")


def test_without_a_note_it_is_refused_and_the_choice_stays(here, maryam_works):
    answer = maryam_works.post(PAGE, {"outcome": "elsewhere", "note": ""})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "نوشته نشده است که چه کم بود" in text
    assert "checked" in text
    assert Visit.objects.get().state == VisitState.WAITING


@pytest.mark.parametrize("outcome", ["", "waiting", "nonsense"])
def test_something_else_is_no_end(here, maryam_works, outcome):
    answer = maryam_works.post(PAGE, {"outcome": outcome, "note": "یادداشت"})
    assert answer.status_code == 422
    assert 'value="یادداشت"' in answer.content.decode()


def test_pressing_twice_says_that_it_has_changed(here, maryam_works):
    maryam_works.post(PAGE, {"outcome": "left"})
    assert maryam_works.post(PAGE, {"outcome": "left"}).status_code == 409


def test_a_walk_in_has_a_page_too(office, maryam, maryam_works):
    walk_in(office=office, by=maryam, name="رضا")
    assert "شمارهٔ ۱، رضا" in maryam_works.get(PAGE).content.decode()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_another_offices_visitor_is_not_found(here, client, naser, verb):
    answer = getattr(sign_in_staff(client, naser), verb)(PAGE, {"outcome": "left"})
    assert answer.status_code == 404
    assert Visit.objects.get().state == VisitState.WAITING


def test_yesterdays_visitor_is_not_found(here, client, maryam, clock):
    clock.shift(24 * 60 * 60)
    assert sign_in_staff(client, maryam).get(PAGE).status_code == 404
