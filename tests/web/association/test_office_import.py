import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.offices.import_offices import begin_import, preview_import
from nobat.offices.models import AssociationRole, ImportState, Office, OfficeImport
from nobat.offices.take_over_offices import take_over_imports
from nobat.people.second_factor import code_at
from nobat.web.association import office_import as page_file
from tests.build import SECOND_FACTOR, confirm_second_factor

LIST = "کد,نام,عرض,تلفن\n1021,سرو,29.5,\n1022,کاج,,12\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def sent(office, dr_karimi) -> OfficeImport:
    confirm_second_factor(dr_karimi)
    return preview_import(content=LIST.encode(), file_name="list.csv", by=dr_karimi, province=None)


@pytest.fixture
def page(sent) -> str:
    return reverse("association:office_import", args=[sent.pk])


def confirm(client, page, sent, **fields):
    fields = {"code": code_at(SECOND_FACTOR, timezone.now()), "seen": sent.version, **fields}
    return client.post(page, fields)


def state_of(sent) -> str:
    sent.refresh_from_db()
    return sent.state


def test_what_was_refused_is_shown_first_with_its_reasons(karimi_works, page):
    text = karimi_works.get(page).content.decode()

    assert "تلفن باید ثابت و با پیش‌شمارهٔ شهر باشد" in text
    assert "ثبت ۱ دفتر" in text


def test_a_change_is_shown_as_old_and_new(karimi_works, page):
    text = karimi_works.get(page, {"kind": "changed"}).content.decode()

    assert "<bdi>نارنجستان</bdi>" in text
    assert "<bdi>سرو</bdi>" in text
    assert "<bdi>۲۹٫۶۱</bdi>" in text


def test_with_the_code_the_list_is_handed_to_the_worker(karimi_works, page, sent):
    assert confirm(karimi_works, page, sent).url == page

    assert state_of(sent) == ImportState.RUNNING
    assert take_over_imports() == 1
    text = karimi_works.get(page).content.decode()
    assert "فهرست ثبت شد" in text
    assert Office.objects.get().name == "سرو"


def test_without_the_code_nothing_begins(karimi_works, page, sent):
    for code, status in (("000000", 422), ("", 422)):
        assert confirm(karimi_works, page, sent, code=code).status_code == status

    assert state_of(sent) == ImportState.PREVIEWED


def test_what_was_not_seen_has_to_be_looked_at(karimi_works, page, sent):
    answer = confirm(karimi_works, page, sent, seen="another")

    assert answer.status_code == 409
    assert "این پیش‌نمایش دیگر همان نیست" in answer.content.decode()
    assert state_of(sent) == ImportState.PREVIEWED


def test_offices_that_changed_meanwhile_are_shown_anew_and_confirmed_again(
    karimi_works, page, sent
):
    confirm(karimi_works, page, sent)
    Office.objects.update(name="کاج")
    take_over_imports()

    text = karimi_works.get(page, {"kind": "changed"}).content.decode()

    assert "هنوز چیزی ثبت نشده است" in text
    assert "<bdi>کاج</bdi>" in text
    assert "ثبت فهرست" in text


def test_the_page_asks_by_itself_how_far_it_is_and_comes_anew_at_the_end(karimi_works, page, sent):
    begin_import(office_import=sent, seen=sent.version, by=None)
    assert "در صف است" in karimi_works.get(page).content.decode()
    OfficeImport.objects.update(done=1)
    part = karimi_works.get(page, headers=HTMX)
    assert "۱ از ۱ دفتر نوشته شد" in part.content.decode()
    assert "<h1" not in part.content.decode()

    take_over_imports()

    assert karimi_works.get(page, headers=HTMX)["HX-Refresh"] == "true"


def test_a_long_list_has_pages_of_one_kind(karimi_works, office, dr_karimi, monkeypatch):
    monkeypatch.setattr(page_file, "ROWS_ON_A_PAGE", 1)
    content = ("کد,نام\n1021,سرو\n" + "x,کاج\n" * 2).encode()
    sent = preview_import(content=content, file_name="x", by=None, province=None)

    text = karimi_works.get(reverse("association:office_import", args=[sent.pk])).content.decode()

    assert "?kind=refused&amp;page=2" in text


def test_a_list_that_changes_nothing_has_no_button(karimi_works, office):
    content = "کد,نام\n1021,نارنجستان\n".encode()
    sent = preview_import(content=content, file_name="x", by=None, province=None)

    text = karimi_works.get(reverse("association:office_import", args=[sent.pk])).content.decode()

    assert "چیزی برای ثبت نیست" in text
    assert "ثبت فهرست" not in text


def test_who_only_reads_sees_the_rows_and_no_button(karimi_works, dr_karimi, page):
    member = dr_karimi.association_member
    member.role = AssociationRole.READER
    member.save()

    assert "ثبت فهرست" not in karimi_works.get(page).content.decode()
