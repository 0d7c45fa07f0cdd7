import re
from contextlib import closing

import pypdfium2
import pytest
import typst
import zxingcpp
from icalendar import Calendar
from PIL import Image

from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import read_receipt, receipt_stands
from tests.build import book, make_person, make_slot, move, national_code_for, sign_in


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def at(appointment, file="receipt/"):
    return f"/my/appointments/{appointment.reference}/{file}"


def code_on(page, folder):
    """What a scanner reads from the code drawn in the page."""
    svg = re.search(r"<svg xmlns.*?</svg>", page.content.decode(), re.DOTALL)[0]
    (folder / "code.svg").write_text(svg)
    (folder / "paper.typ").write_text('#set page(width: auto, height: auto)\n#image("code.svg")')
    typst.compile(folder / "paper.typ", output=folder / "paper.png", format="png", ppi=300)
    with Image.open(folder / "paper.png") as paper:
        [code] = zxingcpp.read_barcodes(paper.convert("L"))
    return code.text


def test_the_receipt_says_what_the_office_and_the_citizen_need(sara_browses, sara, appointment):
    answer = sara_browses.get(at(appointment))
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "یکشنبه ۱۳ اردیبهشت ۱۴۰۵",
        "ساعت ۱۰:۰۰ تا ۱۰:۳۰",
        "سارا محمدی",
        "کد <bdi",
        "۰۷۱ ۳۲۰۰ ۰۱۱۲",
        "تنظیم دادخواست یا شکواییه",
        "کارت ملی و رسید نوبت",
    ):
        assert words in text
    assert national_code_for(sara.mobile) not in text


def test_a_scanner_reads_the_code_of_the_page(sara_browses, appointment, tmp_path):
    receipt = read_receipt(code_on(sara_browses.get(at(appointment)), tmp_path))
    assert receipt.reference == appointment.reference
    assert receipt_stands(receipt)


def test_a_receipt_printed_before_a_move_no_longer_stands(
    sara_browses, appointment, office, tmp_path
):
    printed = code_on(sara_browses.get(at(appointment)), tmp_path)
    move(appointment, make_slot(office, "11:00"))
    assert not receipt_stands(read_receipt(printed))
    assert receipt_stands(read_receipt(code_on(sara_browses.get(at(appointment)), tmp_path)))


def test_names_are_written_as_text_never_as_markup(client, slot, petition):
    citizen = make_person("<script>alert(1)</script>", "</svg>", mobile="+989120000009")
    text = sign_in(client, citizen).get(at(book(citizen, slot, petition))).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_page_has_no_inline_style(sara_browses, appointment):
    text = sara_browses.get(at(appointment)).content.decode()
    assert " style=" not in text
    assert "<style" not in text


def test_the_pdf_is_a_file_named_in_ascii(sara_browses, appointment):
    answer = sara_browses.get(at(appointment, "receipt.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="nobat-{appointment.reference}.pdf"'
    )
    with closing(pypdfium2.PdfDocument(answer.content)) as document:
        assert len(document) == 1


def test_the_calendar_entry_is_a_file_that_calendars_read(sara_browses, appointment):
    answer = sara_browses.get(at(appointment, "appointment.ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].endswith(f'"nobat-{appointment.reference}.ics"')
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == appointment.starts_at


@pytest.mark.parametrize("file", ["receipt/", "receipt.pdf", "appointment.ics"])
class TestEachForm:
    def test_takes_two_statements(
        self, sara_browses, appointment, file, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(2):
            sara_browses.get(at(appointment, file))

    def test_is_kept_by_no_cache(self, sara_browses, appointment, file):
        kept = sara_browses.get(at(appointment, file))["Cache-Control"]
        assert "private" in kept
        assert "no-store" in kept

    def test_is_not_given_for_an_appointment_that_is_over(self, sara_browses, appointment, file):
        Appointment.objects.update(status=Status.CANCELLED_BY_CITIZEN)
        answer = sara_browses.get(at(appointment, file))
        assert answer.status_code == 409
        assert "این نوبت رسید ندارد" in answer.content.decode()

    def test_is_not_found_by_somebody_else(self, client, reza, appointment, file):
        assert sign_in(client, reza).get(at(appointment, file)).status_code == 404

    def test_asks_a_stranger_to_sign_in(self, client, appointment, file):
        assert client.get(at(appointment, file)).url.startswith("/sign-in/?next=")
