import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people.models import Person
from tests.appointments.test_unusual_accounts import a_code, deletes, sign_up
from tests.build import sign_in_staff
from tests.web.association.decisions import officer, reader, seen

pytestmark = pytest.mark.django_db
PAGE = reverse("association:unusual_accounts")
# Session and role; series and their people; deleted, taken, people, turns; waits; codes and
# their people; one entry for each that was shown.
STATEMENTS = 12


@pytest.fixture
def one_of_each(sara, reza):
    """A series of five, somebody who deletes, somebody who had to wait, and a code."""
    series = [sign_up(1_000_000 + number) for number in range(5)]
    deletes(sara, 8, taken=9)
    Person.objects.filter(pk=reza.pk).update(turns_paused_until=timezone.now())
    a_code("+989120009999")
    return series


def test_each_rule_is_told_with_its_reason(one_of_each, karimi_works):
    text = karimi_works.get(PAGE).content.decode()

    for said in (
        "دست‌کم ۵ شمارهٔ نزدیک به هم",
        "۵ حساب",
        "دست‌کم ۸ نوبت را خودش حذف کرده",
        "بارها پشت سر هم",
        "کدی که هر بار نادرست بود",
        "هیچ پیامدی برای کسی ندارد",
    ):
        assert said in text


def test_numbers_are_masked_and_nobody_is_named(one_of_each, karimi_works, sara, reza):
    text = karimi_works.get(PAGE).content.decode()

    assert "۰۹۱۲•••۰۰۰۱" in text
    for person in (sara, reza, *one_of_each):
        assert person.mobile[3:] not in text
        assert person.full_name not in text


def test_whoever_looks_is_on_record_with_each_account_that_was_shown(
    one_of_each, karimi_works, dr_karimi, sara, reza, maryam
):
    karimi_works.get(PAGE)

    shown = (sara, reza, one_of_each[0], one_of_each[-1])
    assert [seen(person, dr_karimi) for person in shown] == [1] * 4
    assert seen(maryam, dr_karimi) == 0
    assert JournalEntry.objects.filter(act=Act.DETAILS_SEEN).count() == 4


def test_where_nothing_stands_out_it_says_what_was_looked_at(karimi_works):
    text = karimi_works.get(PAGE).content.decode()

    assert "چیز غیرعادی‌ای پیدا نشد" in text
    assert "بعد از دیدن" not in text


def test_however_many_there_are_the_page_asks_the_same(
    one_of_each, karimi_works, django_assert_num_queries
):
    for number in range(12):
        deletes(sign_up(3_000_000 + 100 * number), 9)
    with django_assert_num_queries(STATEMENTS):
        karimi_works.get(PAGE)


def test_an_officer_of_a_province_does_not_see_it(client):
    assert sign_in_staff(client, officer("07")).get(PAGE).status_code == 403


def test_who_only_reads_may(client):
    assert sign_in_staff(client, reader()).get(PAGE).status_code == 200


def test_the_way_there_is_not_shown_in_a_province(karimi_works, client):
    home = reverse("association:home")
    assert PAGE in karimi_works.get(home).content.decode()
    assert PAGE not in sign_in_staff(client, officer("07")).get(home).content.decode()
