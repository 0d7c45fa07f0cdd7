from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments import policy
from nobat.people.models import Session
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.visits.question import ask_about_day
from nobat.visits.walk_in import walk_in
from tests.build import book, make_person, make_slot, sign_in, sign_in_staff

PAGE = "/office/"


@pytest.fixture
def at_the_desk(at_ten, maryam_works):
    """Signed in on the day itself: staff's sessions are short."""
    return maryam_works


def text_of(client, **headers):
    return client.get(PAGE, headers=headers).content.decode()


def test_the_day_stands_on_the_page_with_what_can_be_done(at_ten, at_the_desk):
    text = text_of(at_the_desk)
    assert "امروز، یکشنبه ۱۳ اردیبهشت" in text
    assert "سارا محمدی" in text
    assert f'href="/office/check-in/{at_ten.reference}/"' in text
    assert "نیامدن را دستی ثبت نکنید؛ پس از ساعت ۱۱:۳۰" in text


def test_a_name_leads_to_the_appointment(at_ten, at_the_desk):
    way = f"/office/appointments/{at_ten.reference}/"
    assert f'<a href="{way}">سارا محمدی</a>' in text_of(at_the_desk)


def test_only_the_last_digits_are_shown(at_the_desk, sara):
    text = text_of(at_the_desk)
    assert "•••" in text
    assert sara.mobile[-9:] not in text


def test_whoever_is_here_can_be_called_and_is_named_as_next(at_ten, office, maryam, at_the_desk):
    check_in(appointment=at_ten, office=office, by=maryam)
    text = text_of(at_the_desk)
    assert "نفر بعد: <strong>شمارهٔ ۱</strong>، سارا محمدی" in text
    assert 'action="/office/visits/1/call/"' in text


def test_the_seat_of_somebody_late_is_offered(at_ten, at_the_desk, maryam, clock):
    assert "جایش را بده" not in text_of(at_the_desk)
    clock.shift(policy.LATE_AFTER + timedelta(seconds=1))
    sign_in_staff(at_the_desk, maryam)  # who has been idle for so long
    assert f'href="/office/walk-in/?seat={at_ten.pk}"' in text_of(at_the_desk)


def test_a_walk_in_without_a_name_has_a_line(office, maryam, maryam_works):
    walk_in(office=office, by=maryam)
    assert "بدون نام" in text_of(maryam_works)


def test_an_empty_day_says_so(maryam_works):
    assert "برای امروز نوبتی ثبت نشده است" in text_of(maryam_works)


def test_the_order_of_the_queue_is_written_on_the_page(maryam_works):
    assert "چه کسی نفر بعد است؟" in text_of(maryam_works)


def test_htmx_gets_the_list_alone_so_that_what_is_typed_stays(at_the_desk):
    text = text_of(at_the_desk, **{"HX-Request": "true"})
    assert "سارا محمدی" in text
    assert "<html" not in text
    assert 'name="code"' not in text


def test_a_page_that_asks_by_itself_is_not_somebody_at_work(maryam_works, clock):
    seen_at = Session.objects.get().seen_at
    clock.shift(5 * 60)
    text_of(maryam_works, **{"HX-Request": "true", "X-By-Itself": "1"})
    assert Session.objects.get().seen_at == seen_at
    text_of(maryam_works)
    assert Session.objects.get().seen_at > seen_at


def test_another_offices_clerk_sees_nothing_of_it(at_ten, client, naser):
    assert "سارا محمدی" not in text_of(sign_in_staff(client, naser))


def test_a_citizen_is_sent_to_the_staffs_sign_in(client, sara):
    assert sign_in(client, sara).get(PAGE).status_code == 302


@pytest.mark.parametrize("people", [0, 200])
def test_the_page_takes_as_many_statements_for_two_hundred_as_for_nobody(
    people, office, petition, client, maryam, clock, django_assert_num_queries
):
    slot = make_slot(office, "11:00", capacity=201)
    for number in range(people):
        book(make_person(mobile=f"+98913111{number:04}"), slot, petition)
    clock.move_to(slot.starts_at)
    sign_in_staff(client, maryam)
    # Session, membership, last turn, the rules, and the list's two.
    with django_assert_num_queries(6):
        assert client.get(PAGE).status_code == 200


def test_what_is_over_can_be_seen_to_open(at_ten, office, maryam, at_the_desk):
    visit = check_in(appointment=at_ten, office=office, by=maryam)
    finish_visit(visit=visit, outcome=VisitState.SERVED, by=maryam)
    fold = text_of(at_the_desk).split("<summary><span>تمام شد (۱)")[1].split("</summary>")[0]
    assert "#chevron-down" in fold


def test_a_manager_is_told_of_a_day_that_waits_for_an_answer(at_ten, client, office, bahram, clock):
    clock.shift(timedelta(days=1))
    assert "منتظر پاسخ شماست" not in text_of(sign_in_staff(client, bahram))
    ask_about_day(office=office, day=at_ten.day, now=timezone.now())
    assert "منتظر پاسخ شماست" in text_of(client)


def test_a_clerk_is_not(at_ten, client, office, maryam, clock):
    clock.shift(timedelta(days=1))
    ask_about_day(office=office, day=at_ten.day, now=timezone.now())
    assert "منتظر پاسخ شماست" not in text_of(sign_in_staff(client, maryam))
