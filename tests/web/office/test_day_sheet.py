from contextlib import closing
from datetime import timedelta

import pypdfium2
import pytest

from nobat.visits.check_in import check_in
from tests.build import TOMORROW, book, make_person, make_slot, sign_in, sign_in_staff

PAGE = "/office/sheet/"
PDF = "/office/sheet.pdf"


def text_of(client, address):
    return client.get(address).content.decode()


def paper_of(client, address):
    with closing(pypdfium2.PdfDocument(client.get(address).content)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def appointment(sara, slot, petition):
    """Tomorrow at ten."""
    return book(sara, slot, petition)


@pytest.mark.parametrize("day", ["tomorrow", "2026-05-03"])
def test_tomorrow_can_be_printed_the_evening_before(appointment, maryam_works, day):
    text = text_of(maryam_works, f"{PAGE}?day={day}")
    assert "فهرست یکشنبه ۱۳ اردیبهشت" in text
    assert "سارا محمدی" in text
    assert "چاپ: شنبه ۱۲ اردیبهشت، ساعت ۰۸:۰۰" in text
    assert f'href="{PDF}?day=2026-05-03"' in text


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?day=today"])
def test_without_another_day_it_is_todays(appointment, maryam_works, address):
    text = text_of(maryam_works, address)
    assert "فهرست شنبه ۱۲ اردیبهشت" in text
    assert "سارا محمدی" not in text
    assert "برای این روز نوبتی ثبت نشده است" in text


@pytest.mark.parametrize(
    "day", ["2026-05-01", "2026-05-10", "yesterday", "20260503", "x", "%00", "9" * 5000]
)
@pytest.mark.parametrize("page", [PAGE, PDF])
def test_a_day_that_is_not_within_a_week_has_no_sheet(maryam_works, page, day):
    assert maryam_works.get(f"{page}?day={day}").status_code == 404


def test_the_seventh_day_from_today_still_has_one(maryam_works):
    assert maryam_works.get(f"{PAGE}?day=2026-05-09").status_code == 200


def test_what_happened_so_far_is_on_todays_sheet(at_ten, office, maryam, maryam_works):
    check_in(appointment=at_ten, office=office, by=maryam)
    assert "آخرین شماره: ۱" in text_of(maryam_works, PAGE)


def test_the_pdf_is_a_file_that_says_the_same(appointment, maryam_works):
    answer = maryam_works.get(f"{PDF}?day=tomorrow")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="nobat-1021-2026-05-03.pdf"'
    text = paper_of(maryam_works, f"{PDF}?day=tomorrow")
    assert "سارا محمدی" in text
    assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text


def test_the_desk_leads_to_it(maryam_works):
    assert f'href="{PAGE}"' in text_of(maryam_works, "/office/")


def test_names_are_written_as_text_never_as_markup(slot, petition, maryam_works):
    book(make_person("<script>alert(1)</script>", "</td>", mobile="+989120000009"), slot, petition)
    assert "<script>alert" not in text_of(maryam_works, f"{PAGE}?day=tomorrow")


@pytest.mark.parametrize("page", [PAGE, PDF])
class TestEachForm:
    def test_shows_a_clerk_nothing_of_another_office(self, client, naser, appointment, page):
        client = sign_in_staff(client, naser)
        read = paper_of if page == PDF else text_of
        assert "سارا محمدی" not in read(client, f"{page}?day=tomorrow")

    def test_sends_whoever_is_not_signed_in_to_the_staffs_sign_in(self, client, page):
        assert client.get(page).url.startswith("/office/sign-in/")

    def test_sends_a_citizen_to_the_staffs_sign_in(self, client, sara, page):
        assert sign_in(client, sara).get(page).url.startswith("/office/sign-in/")

    def test_is_kept_by_no_cache(self, maryam_works, page):
        assert "no-store" in maryam_works.get(page)["Cache-Control"]

    @pytest.mark.parametrize("people", [0, 200])
    def test_takes_four_statements_for_two_hundred_as_for_nobody(
        self, maryam_works, office, petition, page, people, django_assert_num_queries
    ):
        slot = make_slot(office, "10:00", capacity=200, day=TOMORROW + timedelta(days=1))
        for number in range(people):
            book(make_person(mobile=f"+98913111{number:04}"), slot, petition)
        with django_assert_num_queries(4):  # session, membership, and the sheet's two
            assert maryam_works.get(f"{page}?day=2026-05-04").status_code == 200
