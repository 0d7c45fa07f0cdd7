from contextlib import closing

import pypdfium2
import pytest
import zxingcpp

from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import NoReceipt, receipt_text
from nobat.appointments.receipt_pdf import receipt_pdf
from nobat.appointments.receipt_words import receipt_words
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from tests.build import book, make_office, make_person, make_service, make_slot

A5_IN_POINTS = (420, 595)
QR_ENDS_AT, BESIDE_QR = 150, range(405, 495)  # points from the left and the lower edge
LONG = "بلوار شهید دکتر محمدجواد باهنر، روبه‌روی ادارهٔ کل ثبت اسناد و املاک، "


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


@pytest.fixture
def longest(petition):
    """Every field as long as the database lets it be."""
    citizen = make_person("سیده‌فاطمه " * 5, "میرزامحمدی " * 5, mobile="+989120000009")
    service = make_service(
        "longest", ("اعتراض ثالث نسبت به آرا " * 5)[:120], papers=[(LONG * 2)[:120]] * 6
    )
    office = make_office(
        "900701123456", services=[service], name=(LONG * 2)[:80], address=(LONG * 3)[:200]
    )
    return book(citizen, make_slot(office, "10:00"), service)


def text_of(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return document[0].get_textpage().get_text_bounded()


def codes_on(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        sheet = document[0].render(scale=2, grayscale=True).to_pil()
        return [code.text for code in zxingcpp.read_barcodes(sheet)]


def pages_of(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [tuple(map(round, page.get_size())) for page in document]


def test_the_paper_bears_the_tracking_code_and_the_hour(appointment):
    text = text_of(receipt_pdf(appointment))
    # Copied text runs from right to left, so the groups of the code stand in reverse.
    groups = fa_digits(grouped(appointment.reference)).split()
    assert " ".join(reversed(groups)) in text
    assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text
    assert "ساعت ۱۰:۰۰ تا ۱۰:۳۰" in text


def test_a_scanner_reads_the_code_from_the_paper(appointment):
    assert codes_on(receipt_pdf(appointment)) == [receipt_text(appointment)]


def test_the_receipt_is_one_sheet_of_a5(appointment):
    assert pages_of(receipt_pdf(appointment)) == [A5_IN_POINTS]


def test_the_longest_names_and_papers_still_fit_one_sheet(longest):
    pdf = receipt_pdf(longest)
    assert pages_of(pdf) == [A5_IN_POINTS]
    assert codes_on(pdf) == [receipt_text(longest)]


def test_a_name_of_many_joined_words_does_not_run_into_the_qr_code(slot, petition):
    citizen = make_person("امیرعلی‌" * 7 + "خان", "نوری", mobile="+989120000009")
    with closing(pypdfium2.PdfDocument(receipt_pdf(book(citizen, slot, petition)))) as document:
        text = document[0].get_textpage()
        letters = [text.get_charbox(index) for index in range(text.count_chars())]
    beside = [left for left, lower, _, _ in letters if int(lower) in BESIDE_QR]
    assert min(beside) > QR_ENDS_AT


def test_what_somebody_is_called_is_never_read_as_a_command(slot, petition):
    citizen = make_person('#panic("x")', "$1$ *b* = _i_", mobile="+989120000009")
    text = text_of(receipt_pdf(book(citizen, slot, petition)))
    # Brackets and signs change places in text copied from right to left.
    assert "panic" in text
    assert set('#"()$*_') <= set(text)


def test_a_missing_font_is_not_replaced_silently(appointment, settings, tmp_path):
    settings.FONTS_DIR = tmp_path
    with pytest.raises(RuntimeError, match="vazirmatn"):
        receipt_pdf(appointment)


def test_the_paper_and_the_page_have_the_same_words(appointment):
    text = text_of(receipt_pdf(appointment))
    for line in receipt_words(appointment).remember:
        assert line in text


def test_a_deleted_appointment_has_no_paper(appointment):
    Appointment.objects.update(status=Status.CANCELLED_BY_CITIZEN)
    appointment.refresh_from_db()
    with pytest.raises(NoReceipt):
        receipt_pdf(appointment)
