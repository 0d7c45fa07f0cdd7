import pytest
from django.urls import reverse

from nobat.journal.models import JournalEntry
from nobat.web.association import journal_search
from tests.build import book, make_slot, sign_in_staff
from tests.web.association.decisions import officer, reader, seen

pytestmark = pytest.mark.django_db
PAGE = reverse("association:journal")
OF_PERSON = reverse("association:journal_of_person")


@pytest.fixture
def turn(sara, slot, petition):
    return book(sara, slot, petition)


def test_it_reads_in_words(turn, karimi_works, sara):
    text = karimi_works.get(PAGE).content.decode()

    assert "نوبت ثبت شد" in text
    assert "در دفتر نارنجستان" in text
    assert "شنبه ۱۲ اردیبهشت، ۰۸:۰۰" in text
    assert sara.full_name not in text


def test_looking_a_turn_up_is_on_record(turn, karimi_works, dr_karimi):
    karimi_works.get(PAGE)
    assert seen(turn, dr_karimi) == 0
    karimi_works.get(PAGE, {"about": turn.reference})
    assert seen(turn, dr_karimi) == 1


def test_looking_an_office_up_is_not(office, karimi_works):
    karimi_works.get(PAGE, {"about": office.code})
    assert not JournalEntry.objects.exists()


def test_a_person_is_asked_for_by_a_form_and_no_number_stands_in_the_address(
    karimi_works, maryam, dr_karimi
):
    response = karimi_works.post(OF_PERSON, {"mobile": "۰۹۱۲ ۰۰۰ ۰۰۰۳"})

    assert response["Location"] == f"{PAGE}?by={maryam.pk}"
    text = karimi_works.get(response["Location"]).content.decode()
    assert f'<option value="{maryam.pk}" selected>مریم حسینی</option>' in text
    assert seen(maryam, dr_karimi) == 1


@pytest.mark.parametrize("mobile", ["", "12", "09120000001", "09129999999"])
def test_who_does_not_work_here_is_not_found(karimi_works, sara, mobile):
    response = karimi_works.post(OF_PERSON, {"mobile": mobile})

    assert response.status_code == 422
    assert "id_mobile_error" in response.content.decode()


def test_a_wrong_search_says_what_is_wrong(karimi_works):
    response = karimi_works.get(PAGE, {"about": "9999"})

    assert response.status_code == 422
    assert "پیدا نشد" in response.content.decode()
    assert 'value="9999"' in response.content.decode()


def test_the_next_page_keeps_the_search_and_is_looked_up_once(
    turn, karimi_works, dr_karimi, sara, office, petition, monkeypatch
):
    monkeypatch.setattr(journal_search, "PER_PAGE", 1)
    book(sara, make_slot(office, "11:00"), petition)
    first = karimi_works.get(PAGE, {"act": "booked"})
    address = first.context["next_page"]
    second = karimi_works.get(PAGE + address)

    assert "act=booked" in address
    assert [line.at for line in second.context["lines"]] == [JournalEntry.objects.earliest("pk").at]
    assert second.context["next_page"] == ""


def test_an_officer_of_a_province_sees_nothing_of_another(turn, client):
    sign_in_staff(client, officer("23"))
    assert client.get(PAGE).context["lines"] == []


def test_who_only_reads_chooses_among_names(turn, client, dr_karimi):
    text = sign_in_staff(client, reader()).get(PAGE).content.decode()

    assert dr_karimi.full_name in text
    assert 'name="mobile"' not in text
