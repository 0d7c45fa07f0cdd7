from datetime import UTC, date, datetime

from nobat.offices.find import OfficeSearch
from nobat.schedule.found_offices import FoundOffice, Place
from nobat.web.citizen.drawn_offices import drawn_cards
from nobat.web.citizen.office_cards import cards

SHIRAZ = Place("0707", "شیراز", 29.61, 52.53, "07", "فارس")
LAST = date(2026, 6, 1)
OFFICE = FoundOffice(
    pk=1,
    code="90070112",
    name="نارنجستان",
    manager="بهرام کیانی",
    address="خیابان ارم، پلاک ۱۲",
    phone="07132000112",
    lat=29.61,
    lon=52.53,
    county=SHIRAZ,
    metres=None,
    first_free_at=None,
)


def card_of(**changes) -> str:
    search = OfficeSearch(province="07", county="0707", service="petition")
    [card] = drawn_cards(cards([OFFICE._replace(**changes)], of=search, first_number=3), until=LAST)
    return card


def test_a_card_is_named_by_its_office_and_bears_the_number_of_its_pin():
    card = card_of()

    assert '<article class="office-card" aria-labelledby="office-90070112">' in card
    assert (
        '<h2 id="office-90070112"><a href="/offices/90070112/?service=petition">دفتر نارنجستان</a>'
    ) in card
    assert '<span class="pin" aria-hidden="true">۳</span>' in card


def test_an_office_with_a_free_hour_says_it_and_leads_to_it():
    card = card_of(first_free_at=datetime(2026, 5, 3, 8, tzinfo=UTC))

    assert "<small>اولین وقت آزاد</small><strong>یکشنبه ۱۳ اردیبهشت، ساعت ۱۱:۳۰</strong>" in card
    assert (
        '<a class="btn btn-primary" href="/offices/90070112/?service=petition">دریافت نوبت'
        '<span class="visually-hidden"> از دفتر نارنجستان</span></a>'
    ) in card


def test_an_office_without_one_says_until_when():
    card = card_of()

    assert "<small>تا ۱۱ خرداد</small><strong>وقت آزاد ندارد</strong>" in card
    assert 'دیدن دفتر<span class="visually-hidden"> نارنجستان</span>' in card
    assert "btn-primary" not in card.replace("btn-outline-primary", "")


def test_how_far_it_is_stands_there_only_if_it_is_known():
    assert '<span class="office-card__away">۸۰۰ متر</span>' in card_of(metres=812.0)
    assert "office-card__away" not in card_of()


def test_numbers_are_persian_and_read_from_left_to_right():
    card = card_of()

    assert '<bdi dir="ltr">۰۷۱ ۳۲۰۰ ۰۱۱۲</bdi>' in card
    assert '<bdi dir="ltr">۹۰۰۷۰۱۱۲</bdi>' in card


def test_whatever_is_written_down_of_an_office_is_escaped():
    bad = "<i>\"'&"
    texts = dict.fromkeys(["code", "name", "manager", "address", "phone"], bad)

    for moment in (None, datetime(2026, 5, 3, 8, tzinfo=UTC)):
        card = card_of(**texts, first_free_at=moment)
        assert "<i>" not in card
        assert "&lt;i&gt;&quot;&#x27;&amp;" in card
