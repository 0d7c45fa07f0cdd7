import re
from datetime import date, time, timedelta
from html import unescape

import pytest

from nobat.appointments import policy
from nobat.offices.models import OfficeStatus
from nobat.schedule.closures import close_day
from nobat.schedule.models import Closure, Holiday, Slot
from nobat.schedule.publish import PUBLISHED_AHEAD, publish_slots
from tests.build import TOMORROW, book, make_hours, make_office, make_service, make_slot, sign_in

PAGE = "/offices/1021/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def busy(office):
    """Office 1021 as on most days: Saturday to Wednesday, eight to noon."""
    make_hours(office, [0, 1, 2, 3, 4], opens_at=time(8), closes_at=time(14))
    publish_slots()
    return office


def text_of(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def read(client, path=PAGE, **asked):
    response = client.get(path, asked)
    assert response.status_code == 200
    return response.content.decode()


def part(page, element_id):
    """From an element to the next section, or to the end."""
    found = page[page.index(f'id="{element_id}"') :]
    return re.split(r"<section|</section>|<aside", found)[0]


def green_days(page):
    return re.findall(r'<a class="day day--free" id="day-([\d-]+)"', page)


def tiles(page):
    return [text_of(tile).strip() for tile in re.findall(r'<a class="hour.*?</a>', page)]


def words_of(page, day):
    """What the calendar says to a screen reader about a day."""
    said = re.findall(r'<span class="visually-hidden">([^<]+)</span><span class="day__num"', page)
    return next(unescape(each) for each in said if each.startswith(day))


# --------------------------------------------------------------------- the office


def test_the_office_is_named_with_all_that_one_needs_to_find_it(client, office):
    page = text_of(read(client))

    for said in ("دفتر نارنجستان", "شیراز، خیابان ارم، کوچهٔ ۵، پلاک ۱۲", "بهرام کیانی", "۱۰۲۱"):
        assert said in page


def test_the_phone_can_be_called_and_the_place_opened_in_the_own_map(client, office):
    page = read(client)

    assert 'href="tel:+987132000112"' in page
    assert 'href="geo:29.61000,52.53000"' in page


def test_the_way_back_leads_to_the_offices_of_the_county_with_the_same_service(client, office):
    where = f"province=07&amp;county={office.county.code}"

    assert f'href="/offices/?{where}&amp;service=petition"' in read(client)


def test_opening_hours_are_said_in_words(client, busy):
    assert "شنبه تا چهارشنبه، ۰۸:۰۰ تا ۱۴:۰۰" in text_of(part(read(client), "open"))


def test_the_papers_of_the_chosen_service_and_sana_are_said(client, office):
    follow_up = make_service("follow-up", "پیگیری پرونده", papers=["شمارهٔ پرونده"])
    sana = make_service("sana", "ثبت‌نام ثنا", papers=["شناسنامه"], needs_sana=False)
    make_office("1022", services=[follow_up, sana])

    papers = part(read(client, "/offices/1022/", service="follow-up"), "papers")
    assert "شمارهٔ پرونده" in papers
    assert 'href="/help/sana/"' in papers
    papers = part(read(client, "/offices/1022/", service="sana"), "papers")
    assert "شناسنامه" in papers
    assert "کد ثنا" not in papers


# ------------------------------------------------------------------- the calendar


def test_every_day_that_can_be_booked_is_a_link_with_its_day(client, busy):
    page = read(client)

    first, last = policy.bookable_days(date(2026, 5, 2))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    open_days = [day.isoformat() for day in days if (day.weekday() + 2) % 7 < 5]
    assert green_days(page) == open_days
    assert 'href="/offices/1021/?service=petition&amp;cases=1&amp;day=2026-05-03#hours"' in page


def test_slots_are_published_at_least_as_far_as_can_be_booked():
    assert PUBLISHED_AHEAD > policy.BOOKING_HORIZON


def test_each_month_is_a_group_of_rows_with_its_name(client, busy):
    page = read(client)

    assert re.findall(r'scope="rowgroup">([^<]+)<', page) == ["اردیبهشت ۱۴۰۵", "خرداد ۱۴۰۵"]
    assert page.count("<tbody>") == 2
    # 1 Khordad is a Friday; before it stand six cells without a day.
    khordad = page[page.index("خرداد ۱۴۰۵</th>") :]
    assert khordad[: khordad.index("day--")].count("<td></td>") == 6
    assert "روزها، از ۱۳ اردیبهشت تا ۱۱ خرداد ۱۴۰۵" in page


def test_each_day_says_in_words_what_it_is(client, maryam, sara, busy, petition):
    close_day(office=busy, day=date(2026, 5, 4), reason="قطع برق محله", by=maryam)
    Holiday.objects.create(day=date(2026, 5, 27), title="عید سعید قربان")
    publish_slots()
    Slot.objects.filter(day=date(2026, 5, 5)).update(offered=1, taken=1, capacity=1)

    page = read(client)

    assert words_of(page, "شنبه ۱۲ اردیبهشت") == "شنبه ۱۲ اردیبهشت، امروز، دیگر نوبت داده نمی‌شود"
    assert words_of(page, "یکشنبه ۱۳") == "یکشنبه ۱۳ اردیبهشت، ۱۲ وقت آزاد"
    assert words_of(page, "دوشنبه ۱۴") == "دوشنبه ۱۴ اردیبهشت، دفتر بسته است، قطع برق محله"
    assert words_of(page, "سه‌شنبه ۱۵") == "سه‌شنبه ۱۵ اردیبهشت، همهٔ وقت‌ها گرفته شده"
    assert words_of(page, "پنجشنبه ۱۷") == "پنجشنبه ۱۷ اردیبهشت، دفتر بسته است"
    assert words_of(page, "جمعه ۱۸") == "جمعه ۱۸ اردیبهشت، تعطیل"
    assert words_of(page, "چهارشنبه ۶ خرداد").endswith("تعطیل رسمی، عید سعید قربان")
    assert words_of(page, "سه‌شنبه ۱۲ خرداد").endswith("هنوز باز نشده؛ از ۱۳ اردیبهشت")
    reasons = text_of(re.search(r'<ul class="reasons">.*?</ul>', page, re.DOTALL)[0])
    assert "۱۴ اردیبهشت: بسته، قطع برق محله" in reasons
    assert "۶ خرداد: تعطیل رسمی، عید سعید قربان" in reasons
    # 12 and 13 Khordad are days of working; 14 and 15 are Thursday and Friday.
    assert "۱۲ و ۱۳ خرداد: هر روز وقت‌های یک روز باز می‌شود، از ۱۳ اردیبهشت" in reasons


# ---------------------------------------------------------------------- the hours


def test_a_green_day_opens_its_hours(client, busy):
    page = read(client, day="2026-05-03")

    hours = part(page, "hours")
    assert "یکشنبه ۱۳ اردیبهشت" in hours
    assert "۱۲ وقت آزاد · هر نوبت ۳۰ دقیقه" in hours
    assert hours.index("صبح") < hours.index("بعدازظهر") < hours.index("۱۲:۳۰")
    assert len(tiles(page)) == 12
    assert tiles(page)[0] == "۰۸:۰۰ ۲ جا مانده"
    assert page.count('aria-current="date"') == 1


def test_each_hour_leads_to_the_page_that_confirms_it(client, busy):
    slot = Slot.objects.filter(day=TOMORROW).earliest("starts_at")

    page = read(client, day="2026-05-03", cases="2")

    address = f"/offices/1021/book/?service=petition&amp;cases=2&amp;slot={slot.pk}"
    assert f'href="{address}"' in page


def test_without_a_day_the_page_points_at_the_nearest_free_one(client, busy):
    hours = part(read(client), "hours")

    assert "هنوز روزی انتخاب نکرده‌اید" in hours
    assert "day=2026-05-03#hours" in hours


def test_three_cases_see_pairs_of_hours_and_only_days_that_have_one(client, office):
    make_slot(office, "08:00")
    make_slot(office, "08:30")
    make_slot(office, "10:00", day=date(2026, 5, 4))

    page = read(client, day="2026-05-03", cases="3")

    assert green_days(page) == ["2026-05-03"]
    assert tiles(page) == ["۰۸:۰۰ تا ۰۹:۰۰ آخرین جا"]
    assert "دو وقت پشت هم آزاد نیست" in words_of(page, "دوشنبه ۱۴")
    assert '<option value="3" selected>' in page


@pytest.mark.parametrize(("cases", "kept"), [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")])
def test_the_number_of_cases_stays_as_it_was_asked(client, busy, cases, kept):
    assert f'<option value="{kept}" selected>' in read(client, cases=cases)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-05-02", "برای امروز نمی‌شود نوبت گرفت"),
        ("2026-05-01", "این روز گذشته است"),
        ("2026-05-04", "دفتر در این روز بسته است: قطع برق محله."),
        ("2026-05-05", "همهٔ وقت‌های این روز گرفته شده است"),
        ("2026-05-07", "دفتر پنجشنبه‌ها بسته است"),
        ("2026-05-08", "دفتر جمعه‌ها بسته است"),
        ("2026-06-02", "وقت‌های این روز یکشنبه ۱۳ اردیبهشت باز می‌شود"),
        ("2026-09-02", "وقت‌های این روز دوشنبه ۱۲ مرداد باز می‌شود"),
    ],
)
def test_a_day_without_hours_says_why_and_points_at_a_green_one(client, busy, day, why):
    Closure.objects.create(office=busy, day=date(2026, 5, 4), reason="قطع برق محله")
    publish_slots()
    Slot.objects.filter(day=date(2026, 5, 5)).update(offered=1, taken=1, capacity=1)

    hours = part(read(client, day=day), "hours")

    assert why in text_of(hours)
    assert 'class="hour"' not in hours
    assert "نزدیک‌ترین روز" in hours


# -------------------------------------------------------------- what is not there


@pytest.mark.parametrize("code", ["9999", "x", "0x1021", "１０２１", "%00", "'", "9" * 5000])
def test_an_unknown_office_is_not_found(client, office, code):
    assert client.get(f"/offices/{code}/").status_code == 404


def test_the_code_can_be_typed_with_persian_digits(client, office):
    assert client.get("/offices/۱۰۲۱/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"day": "tomorrow"}, "در تقویم نیست"),
        ({"day": "\0"}, "در تقویم نیست"),
        ({"service": "haircut"}, "این دفتر این خدمت را ندارد"),
        ({"service": "\0"}, "این دفتر این خدمت را ندارد"),
        ({"cases": "many"}, "شمار پرونده‌ها خوانده نشد"),
        ({"cases": "7"}, "روز دیگری هم نوبت بگیرید"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_calendar_still_comes(client, busy, asked, said):
    page = read(client, **asked)

    assert said in text_of(page)
    assert green_days(page)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (OfficeStatus.SUSPENDED, "این دفتر اکنون نوبت نمی‌دهد"),
        (OfficeStatus.CLOSED, "این دفتر برچیده شده است"),
    ],
)
def test_an_office_that_is_not_open_says_so_and_names_others(client, busy, status, said):
    make_slot(make_office("1022", name="بهار"), "08:00")
    busy.status = status
    busy.save()

    page = read(client, day="2026-05-03")

    assert said in page
    assert "دفتر بهار" in page
    assert not green_days(page)
    assert not tiles(page)


@pytest.mark.django_db
def test_an_office_without_services_says_so(client):
    make_office("1022")

    assert "این دفتر نوبت اینترنتی ندارد" in read(client, "/offices/1022/")


def test_where_nothing_is_free_the_nearest_offices_with_the_service_are_named(
    client, office, petition
):
    near = make_office("1022", name="بهار", services=[petition], lat=29.62)
    far = make_office("1023", name="پاییز", services=[petition], lat=31.0)
    full = make_office("1024", name="زمستان", services=[petition])
    other_service = make_office("1025", name="تابستان")
    for each in (far, near, other_service):
        make_slot(each, "08:00")

    page = read(client)

    assert "تا ۱۱ خرداد وقت آزاد نیست" in text_of(page)
    assert page.index("دفتر بهار") < page.index("دفتر پاییز")
    assert full.title not in page
    assert other_service.title not in page


# ------------------------------------------------------------------------- htmx


def test_htmx_gets_only_what_changes(client, busy):
    response = client.get(PAGE, {"day": "2026-05-03"}, headers=HTMX)

    fragment = response.content.decode()
    assert fragment.startswith('<div id="times"')
    assert "<html" not in fragment
    assert "دفتر نارنجستان" not in fragment
    assert "HX-Request" in response["Vary"]
    said = re.search(r'<p id="day-said" hx-swap-oob="innerHTML">([^<]+)</p>', fragment)[1]
    assert said == "یکشنبه ۱۳ اردیبهشت، ۱۲ وقت آزاد"
    assert (
        '<section class="panel" id="papers-panel" aria-labelledby="papers" hx-swap-oob="true">'
        in fragment
    )


def test_the_page_holds_the_very_lines_that_htmx_gets(client, busy):
    page = read(client, day="2026-05-03")
    fragment = client.get(PAGE, {"day": "2026-05-03"}, headers=HTMX).content.decode()

    assert fragment[: fragment.index('<p id="day-said"')].strip() in page


# ------------------------------------------------------------------------ moving


def test_whoever_moves_an_appointment_sees_which_and_chooses_for_it(client, sara, busy, petition):
    slot = Slot.objects.filter(day=TOMORROW).earliest("starts_at")
    appointment = book(sara, slot, petition)
    sign_in(client, sara)

    page = read(client, day="2026-05-03", moving=appointment.reference)

    assert "نوبت خود را جابه‌جا می‌کنید" in page
    assert "یکشنبه ۱۳ اردیبهشت، ساعت ۰۸:۰۰، دفتر نارنجستان" in text_of(page)
    assert f'href="/my/appointments/{appointment.reference}/move/?service=petition' in page
    assert "/book/" not in page
    assert f'<input type="hidden" name="moving" value="{appointment.reference}">' in page
    assert f"moving={appointment.reference}&amp;day=" in page
    # The hour it has is not offered.
    assert len(tiles(page)) == 11


def test_somebody_elses_appointment_is_not_found(client, sara, reza, slot, petition):
    appointment = book(sara, slot, petition)
    sign_in(client, reza)

    response = client.get(PAGE, {"moving": appointment.reference})

    assert response.status_code == 404


@pytest.mark.parametrize("reference", ["1", "\0", "4819273507", "x" * 500])
def test_a_reference_that_is_none_is_not_found(client, sara, slot, reference):
    sign_in(client, sara)

    assert client.get(PAGE, {"moving": reference}).status_code == 404


def test_a_stranger_signs_in_before_moving_and_comes_back(client, office):
    response = client.get(PAGE, {"moving": "4819273506"})

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=%2Foffices%2F1021%2F%3Fmoving%3D")


def test_an_appointment_whose_hour_has_come_is_not_moved(client, sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    sign_in(client, sara)
    clock.move_to(slot.starts_at)

    assert client.get(PAGE, {"moving": appointment.reference}).status_code == 409


# ------------------------------------------------------------------------- costs


@pytest.mark.usefixtures("known_rules")
def test_the_page_and_who_is_signed_in_cost_one_statement(
    client, sara, busy, django_assert_num_queries
):
    with django_assert_num_queries(2):  # and what the services say, once in two seconds
        read(client)
    with django_assert_num_queries(1):
        read(client, day="2026-05-03")
    sign_in(client, sara)
    with django_assert_num_queries(1):
        read(client, day="2026-05-03", cases="4")
    with django_assert_num_queries(1):  # no bar with a name in it
        client.get(PAGE, {"day": "2026-05-03"}, headers=HTMX)


def test_looking_changes_nothing(client, busy):
    assert client.head(PAGE).status_code == 200
    assert client.post(PAGE).status_code == 405
