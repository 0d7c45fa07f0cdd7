from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from nobat.journal.models import JournalEntry
from nobat.offices.association import NotOfTheAssociation
from nobat.offices.import_offices import (
    LookAtRowsAgain,
    NothingInIt,
    NothingToDo,
    begin_import,
    forget_old_imports,
    imports_of,
    preview_import,
)
from nobat.offices.models import AssociationMember, ImportState, Office, OfficeImport, Province

pytestmark = pytest.mark.usefixtures("office")
LIST = "کد;نام;یادداشت\n۱۰۲۱;سرو;خوب\n1022;کاج;\n"


def preview(text=LIST, *, by=None, province=None) -> OfficeImport:
    return preview_import(content=text.encode(), file_name="list.csv", by=by, province=province)


def test_a_preview_keeps_what_was_seen_and_changes_no_office(dr_karimi):
    seen = preview(by=dr_karimi)

    assert seen.counts == {"added": 0, "changed": 1, "unchanged": 0, "refused": 1}
    assert seen.unknown == ["یادداشت"]
    assert [row["number"] for row in seen.rows] == [2, 3]
    assert Office.objects.get().name == "نارنجستان"


def test_a_list_without_rows_is_refused():
    with pytest.raises(NothingInIt):
        preview("کد,نام\n,\n")


def test_what_was_seen_is_begun_once_and_pressing_again_changes_nothing(dr_karimi):
    seen = preview()
    for _ in range(2):
        begin_import(office_import=seen, seen=seen.version, by=dr_karimi)
        seen.refresh_from_db()
        assert (seen.state, seen.by) == (ImportState.RUNNING, dr_karimi)


def test_what_was_not_seen_is_not_begun(dr_karimi):
    waiting = preview()

    with pytest.raises(LookAtRowsAgain):
        begin_import(office_import=waiting, seen="another", by=dr_karimi)

    waiting.refresh_from_db()
    assert waiting.state == ImportState.PREVIEWED


def test_a_list_that_changes_nothing_is_not_begun():
    same = preview("کد,نام\n1021,نارنجستان\n")

    with pytest.raises(NothingToDo):
        begin_import(office_import=same, seen=same.version, by=None)


def test_an_officer_of_a_province_sees_the_lists_of_the_own_one():
    fars, tehran = Province.objects.get(code="07"), Province.objects.get(code="23")
    preview(province=fars)

    assert imports_of(AssociationMember(province=fars)).count() == 1
    assert imports_of(AssociationMember(province=tehran)).count() == 0
    assert imports_of(AssociationMember()).count() == 1


def test_a_list_is_forgotten_after_some_hours_unless_it_is_being_taken_over(clock):
    preview()
    running = preview()
    begin_import(office_import=running, seen=running.version, by=None)
    clock.shift(timedelta(hours=11))
    assert forget_old_imports() == 0

    clock.shift(timedelta(hours=2))

    assert forget_old_imports() == 1
    assert list(OfficeImport.objects.all()) == [running]


# ----------------------------------------------------------- the operator's command


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def test_the_operator_sees_the_rows_and_takes_them_over(file, capsys):
    call_command("import_offices", file)

    told = capsys.readouterr().out
    assert "line 2, office 1021: changed نام: نارنجستان → سرو" in told
    assert "line 3, office 1022: refused" in told
    assert "added 0, changed 1, unchanged 0, refused 1" in told
    assert Office.objects.get().name == "سرو"
    assert set(JournalEntry.objects.values_list("by", flat=True)) == {""}


def test_a_dry_run_leaves_nothing_behind(file):
    call_command("import_offices", file, "--dry-run")

    assert Office.objects.get().name == "نارنجستان"
    assert not OfficeImport.objects.exists()


def test_the_journal_says_in_whose_name_it_was_done(file, dr_karimi):
    call_command("import_offices", file, by="09120000006")

    assert set(JournalEntry.objects.values_list("by", flat=True)) == {
        f"people.Person:{dr_karimi.pk}"
    }


def test_a_file_that_cannot_be_read_or_a_name_that_is_none_is_refused(file, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_offices", tmp_path / "nothing.csv")
    with pytest.raises(CommandError, match=NotOfTheAssociation.message):
        call_command("import_offices", file, by="09120000001")
