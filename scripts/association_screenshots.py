"""Pictures of the association's pages, for scripts/screenshots.py."""

from playwright.sync_api import Page

from scripts.office_screenshots import Account, Take, code_of, sign_in_staff, wait_for_a_fresh_code

PAGES = {
    "home": "/association/",
    "offices": "/association/offices/",
    "import_offices": "/association/offices/imports/",
    "counties": "/association/counties/?province=07",
    "services": "/association/services/",
    "holidays": "/association/holidays/",
    "rules": "/association/rules/",
    "objections": "/association/objections/",
    "suspensions": "/association/suspensions/",
    "unanswered_days": "/association/unanswered/",
    "members": "/association/members/",
    "figures": "/association/figures/",
    "journal": "/association/journal/",
    "messages": "/association/messages/",
}


def take_association_pages(page: Page, take: Take, member: Account, office: str) -> None:
    """What somebody of the association for the whole country sees; nothing is done."""
    page.goto("/office/sign-in/")
    sign_in_staff(page, lambda name: None, member, to="association")
    for name, address in PAGES.items():
        page.goto(address)
        take(f"association_{name}")
    for name, part in {"office": "", "office_status": "status/", "office_staff": "staff/"}.items():
        page.goto(f"/association/offices/{office}/{part}")
        take(f"association_{name}")
    page.goto("/association/holidays/")
    page.get_by_role("link", name="جابه‌جا").first.click()
    take("association_move_holiday")
    page.goto("/association/rules/")
    page.get_by_role("link", name="تغییر").first.click()
    take("association_change_rule")
    take_way_to_a_closure(page, take)


def take_way_to_a_closure(page: Page, take: Take) -> None:
    page.goto("/association/closures/new/")
    take("association_closure_where")
    page.get_by_label("استان یا شهرستان").check()
    page.get_by_label("فارس").check()
    page.get_by_role("button", name="گام بعد: کی").click()
    page.get_by_label("از روز").select_option(index=3)
    page.get_by_label("تا روز").select_option(index=3)
    page.get_by_label("دلیل").fill("آلودگی هوا")
    take("association_closure_when")
    page.get_by_role("button", name="گام بعد: پیامدها").click()
    take("association_closure_preview")


def take_a_closure_that_is_done(page: Page, take: Take, member: Account) -> None:
    """After the preview: the order is given, and everybody is told."""
    wait_for_a_fresh_code()
    page.get_by_label("کد شش‌رقمی برنامه").fill(code_of(member))
    page.get_by_role("button", name="تعطیل کن و خبر بده").click()
    page.get_by_text("به همه خبر داده شد").wait_for(timeout=120_000)
    take("association_closure")
    page.goto("/association/closures/")
    take("association_closures")
