import pytest
from django.urls import reverse

from nobat.offices.models import AssociationRole, OfficeStatus
from nobat.web.association import offices as page
from tests.build import make_county, make_office

PAGE = reverse("association:offices")


@pytest.fixture(autouse=True)
def _in_tehran(office):
    return make_office(
        "2301", county=make_county("2301"), name="بادامستان", status=OfficeStatus.CLOSED
    )


def text_of(client, address=PAGE, **asked) -> str:
    return client.get(address, asked).content.decode()


def test_the_offices_are_listed_with_their_status(karimi_works):
    text = text_of(karimi_works)

    assert "۲ دفتر" in text
    assert reverse("association:office", args=["1021"]) in text
    assert "برچیده" in text


def test_a_search_narrows_the_list_and_what_is_exported(karimi_works):
    text = text_of(karimi_works, words="بادام", status="closed")
    assert "دفتر بادامستان" in text
    assert "نارنجستان" not in text

    address = reverse("association:export_offices", args=["csv"])
    assert f'{address}?words=%D8%A8%D8%A7%D8%AF%D8%A7%D9%85&amp;status=closed"' in text
    exported = text_of(karimi_works, address, words="بادام").splitlines()
    assert len(exported) == 2
    assert exported[1].startswith("2301,بادامستان")


def test_nothing_found_says_how_to_go_on(karimi_works):
    assert "دفتری پیدا نشد" in text_of(karimi_works, words="چنین دفتری نیست")


def test_a_long_list_has_pages_that_keep_the_search(karimi_works, monkeypatch):
    monkeypatch.setattr(page, "OFFICES_ON_A_PAGE", 1)

    assert "?words=2&amp;page=2" not in text_of(karimi_works)
    assert "page=2" in text_of(karimi_works)
    make_office("2302", county=make_county("2301"))
    assert "?words=23&amp;page=2" in text_of(karimi_works, words="23")


def test_a_file_is_saved_under_its_kind(karimi_works):
    answer = karimi_works.get(reverse("association:export_offices", args=["xlsx"]))

    assert answer["Content-Disposition"] == 'attachment; filename="offices.xlsx"'
    assert answer.content.startswith(b"PK")
    assert karimi_works.get(reverse("association:export_offices", args=["pdf"])).status_code == 404


def test_an_officer_of_a_province_lists_and_exports_the_own_one(karimi_works, dr_karimi):
    member = dr_karimi.association_member
    member.role, member.province_id = AssociationRole.PROVINCE, "07"
    member.save()

    for address in (PAGE, reverse("association:export_offices", args=["csv"])):
        text = text_of(karimi_works, address, province="")
        assert "نارنجستان" in text
        assert "بادامستان" not in text
        assert "شمیرانات" not in text


def test_who_only_reads_sees_no_way_to_change(karimi_works, dr_karimi):
    member = dr_karimi.association_member
    assert reverse("association:import_offices") in text_of(karimi_works)

    member.role = AssociationRole.READER
    member.save()

    assert reverse("association:import_offices") not in text_of(karimi_works)
