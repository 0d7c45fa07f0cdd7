import pytest
from django.test import Client

from nobat.offices.models import Membership, Role
from nobat.people.throttle import STAFF_ADDED_PER_HOUR
from tests.build import confirm_second_factor, national_code_for, sign_in_staff

pytestmark = pytest.mark.django_db
PAGE = "/office/clerks/"


@pytest.fixture
def bahram_works(client, bahram) -> Client:
    return sign_in_staff(client, bahram)


def add(client, person, **changes):
    typed = {
        "mobile": person.mobile,
        "national_code": national_code_for(person.mobile),
        "role": "clerk",
    }
    return client.post(PAGE, typed | changes)


def text_of(client):
    return client.get(PAGE).content.decode()


def test_the_page_lists_who_works_here_since_when(bahram_works, maryam, naser):
    text = text_of(bahram_works)

    assert "مریم حسینی" in text
    assert "از شنبه ۱۲ اردیبهشت ۱۴۰۵" in text
    assert "ناصر بیات" not in text
    assert maryam.mobile[-9:] not in text


def test_it_says_who_has_never_come_in(bahram_works, bahram, maryam):
    confirm_second_factor(bahram)
    assert text_of(bahram_works).count("هنوز یک بار هم") == 1
    confirm_second_factor(maryam)
    assert "هنوز یک بار هم" not in text_of(bahram_works)


@pytest.mark.parametrize("role", Role.values)
def test_the_manager_adds_somebody(bahram_works, sara, role):
    response = add(bahram_works, sara, role=role)

    assert response["Location"] == PAGE
    assert Membership.objects.get(person=sara).role == role


def test_digits_are_taken_as_they_are_typed(bahram_works, sara):
    persian = "".join("۰۱۲۳۴۵۶۷۸۹"[int(digit)] for digit in national_code_for(sara.mobile))
    add(bahram_works, sara, mobile="۰۹۱۲ ۰۰۰ ۰۰۰۱", national_code=persian)

    assert Membership.objects.filter(person=sara).exists()


def test_numbers_that_do_not_belong_together_are_refused_in_one_sentence(bahram_works, sara, reza):
    wrong_code = add(bahram_works, sara, national_code=national_code_for(reza.mobile))
    unknown = add(bahram_works, sara, mobile="09129999999")

    assert wrong_code.status_code == unknown.status_code == 422
    for response in (wrong_code, unknown):
        assert "حسابی با این دو شماره پیدا نشد" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"mobile": "12"}, "این شمارهٔ موبایل ایران نیست."),
        ({"national_code": "123"}, "کد ملی باید ۱۰ رقم باشد"),
        ({"national_code": ""}, "کد ملی همکارتان را بنویسید."),
        ({"role": "king"}, "نقش را انتخاب کنید."),
    ],
)
def test_each_mistake_is_said_in_words(bahram_works, sara, typed, sentence):
    response = add(bahram_works, sara, **typed)

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_who_asks_too_often_hears_until_when(bahram_works, sara, reza):
    for _ in range(STAFF_ADDED_PER_HOUR.most):
        add(bahram_works, sara, national_code=national_code_for(reza.mobile))

    assert add(bahram_works, sara).status_code == 429


def test_a_clerk_hears_that_the_page_is_the_managers(client, maryam):
    response = sign_in_staff(client, maryam).get(PAGE)
    page = response.content.decode()

    assert response.status_code == 403
    assert "این صفحه برای مدیر دفتر است" in page
    assert "topbar--staff" in page
    assert 'href="/office/"' in page
