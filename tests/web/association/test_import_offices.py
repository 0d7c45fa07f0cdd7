import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nobat.offices.models import AssociationRole, Office, OfficeImport

PAGE = reverse("association:import_offices")
LIST = "کد,نام\n1021,سرو\n"

pytestmark = pytest.mark.usefixtures("office")


def send(client, content: bytes, name: str = "دفترها.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_checked_and_shown_before_anything_changes(karimi_works, dr_karimi):
    answer = send(karimi_works, LIST.encode())

    sent = OfficeImport.objects.get()
    assert answer.url == reverse("association:office_import", args=[sent.pk])
    assert (sent.by, sent.file_name, sent.counts["changed"]) == (dr_karimi, "دفترها.csv", 1)
    assert Office.objects.get().name == "نارنجستان"


def test_what_is_no_list_of_offices_is_refused_in_words(karimi_works):
    for content, says in ((b"%PDF\0", "این فایل خوانده نشد"), (b"a,b\n1,2", "سطر نام ستون‌ها")):
        answer = send(karimi_works, content)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert not OfficeImport.objects.exists()


def test_without_a_file_nothing_is_sent(karimi_works):
    answer = karimi_works.post(PAGE)

    assert answer.status_code == 422
    assert "فایل را انتخاب کنید" in answer.content.decode()


def test_a_file_of_a_province_is_checked_for_that_province(karimi_works, dr_karimi):
    member = dr_karimi.association_member
    member.role, member.province_id = AssociationRole.PROVINCE, "23"
    member.save()

    send(karimi_works, LIST.encode())

    sent = OfficeImport.objects.get()
    assert sent.province_id == "23"
    assert sent.rows[0]["reasons"] == ["این دفتر در استان تهران نیست."]


def test_the_files_sent_lately_are_listed(karimi_works):
    send(karimi_works, LIST.encode())

    assert "دفترها.csv" in karimi_works.get(PAGE).content.decode()
