"""Every page and every kind of stranger: who may open it, and what the others get.

A new page needs one line in PAGES. A new kind of thing in an address needs one in THINGS.
"""

from datetime import timedelta
from enum import StrEnum
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from nobat.appointments.models import Outcome, Proposal
from nobat.appointments.no_show import mark_no_show
from nobat.appointments.objection import object_to_suspension
from nobat.offices.import_offices import preview_import
from nobat.offices.models import AssociationMember, AssociationRole, Membership, Role
from nobat.offices.staff import remove_staff
from nobat.people.models import Session
from nobat.schedule.models import Closure, ClosureOrder, Holiday
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from nobat.visits.check_in import check_in
from nobat.visits.models import OfficeDay
from tests.build import book, make_person, make_slot, make_staff, sign_in, sign_in_staff
from tests.undone import undone_later

pytestmark = pytest.mark.django_db


class For(StrEnum):
    """Who may open a page."""

    EVERYBODY = "everybody"
    CITIZENS = "whoever is signed in"
    OWNER = "the citizen whose thing it is"
    STAFF = "whoever is signed in with a second factor"
    CLERKS = "clerks and managers, each of the own office"
    CLERKS_OF_IT = "clerks and managers of the office whose thing it is"
    MANAGERS = "managers, each of the own office"
    MANAGER_OF_IT = "the manager of the office whose thing it is"
    ASSOCIATION = "the association"
    ASSOCIATION_OF_IT = "the association, of the province whose thing it is"
    NATIONAL = "the association, not of a province"
    PROVIDERS = "a provider of SMS, by the secret in its address, whoever is signed in"


PAGES = {
    "citizen:home": For.EVERYBODY,
    "citizen:find_office": For.EVERYBODY,
    "citizen:choose_time": For.EVERYBODY,
    "citizen:book": For.CITIZENS,
    "citizen:waiting_room": For.CITIZENS,
    "citizen:waiting_room_now": For.EVERYBODY,
    "citizen:sign_up": For.EVERYBODY,
    "citizen:sign_up_details": For.EVERYBODY,
    "citizen:sign_in": For.EVERYBODY,
    "citizen:sign_in_code": For.EVERYBODY,
    "citizen:reset_password": For.EVERYBODY,
    "citizen:reset_password_code": For.EVERYBODY,
    "citizen:sign_out": For.EVERYBODY,
    "citizen:new_captcha": For.EVERYBODY,
    "citizen:captcha_picture": For.EVERYBODY,
    "citizen:account": For.CITIZENS,
    "citizen:own_data": For.CITIZENS,
    "citizen:erase_account": For.CITIZENS,
    "citizen:my_appointments": For.CITIZENS,
    "citizen:booked": For.OWNER,
    "citizen:receipt": For.OWNER,
    "citizen:receipt_pdf": For.OWNER,
    "citizen:calendar_entry": For.OWNER,
    "citizen:cancel": For.OWNER,
    "citizen:move": For.OWNER,
    "citizen:place": For.OWNER,
    "citizen:object": For.CITIZENS,
    "citizen:display": For.EVERYBODY,
    "citizen:help": For.EVERYBODY,
    "citizen:rules": For.EVERYBODY,
    "citizen:sana": For.EVERYBODY,
    "citizen:privacy": For.EVERYBODY,
    "citizen:accessibility": For.EVERYBODY,
    "citizen:about": For.EVERYBODY,
    "citizen:services": For.EVERYBODY,
    "office:sign_in": For.EVERYBODY,
    "office:sign_in_code": For.EVERYBODY,
    "office:set_up_second_factor": For.EVERYBODY,
    "office:sign_out": For.EVERYBODY,
    "office:choose_office": For.STAFF,
    "office:desk": For.CLERKS,
    "office:find_expected": For.CLERKS,
    "office:check_in": For.CLERKS_OF_IT,
    "office:walk_in": For.CLERKS,
    "office:next": For.CLERKS,
    "office:visit": For.CLERKS_OF_IT,
    "office:call": For.CLERKS_OF_IT,
    "office:served": For.CLERKS_OF_IT,
    "office:back_in_queue": For.CLERKS_OF_IT,
    "office:undo": For.CLERKS_OF_IT,
    "office:check_in_later": For.CLERKS,
    "office:day_sheet": For.CLERKS,
    "office:day_sheet_pdf": For.CLERKS,
    "office:outage": For.CLERKS,
    "office:unanswered_days": For.MANAGERS,
    "office:hours": For.MANAGERS,
    "office:closures": For.MANAGERS,
    "office:reopen_closure": For.MANAGER_OF_IT,
    "office:finish_closure": For.MANAGER_OF_IT,
    "office:services": For.MANAGERS,
    "office:clerks": For.MANAGERS,
    "office:remove_clerk": For.MANAGER_OF_IT,
    "office:calls": For.CLERKS,
    "office:called": For.CLERKS_OF_IT,
    "office:appointment": For.CLERKS_OF_IT,
    "association:home": For.ASSOCIATION,
    "association:figures": For.ASSOCIATION,
    "association:figures_spreadsheet": For.ASSOCIATION,
    "association:figures_csv": For.ASSOCIATION,
    "association:closures": For.ASSOCIATION,
    "association:new_closure": For.ASSOCIATION,
    "association:closure_when": For.ASSOCIATION,
    "association:closure_preview": For.ASSOCIATION_OF_IT,
    "association:closure": For.ASSOCIATION_OF_IT,
    "association:lift_closure": For.ASSOCIATION_OF_IT,
    "association:office_status": For.ASSOCIATION_OF_IT,
    "association:offices": For.ASSOCIATION,
    "association:add_office": For.ASSOCIATION,
    "association:export_offices": For.ASSOCIATION,
    "association:import_offices": For.ASSOCIATION,
    "association:office_import": For.ASSOCIATION_OF_IT,
    "association:office": For.ASSOCIATION_OF_IT,
    "association:counties": For.NATIONAL,
    "association:add_county": For.NATIONAL,
    "association:county": For.NATIONAL,
    "association:remove_county": For.NATIONAL,
    "association:services": For.NATIONAL,
    "association:add_service": For.NATIONAL,
    "association:service": For.NATIONAL,
    "office:renew_recovery_codes": For.STAFF,
    "association:objections": For.ASSOCIATION,
    "association:objection": For.ASSOCIATION_OF_IT,
    "association:suspensions": For.ASSOCIATION,
    "association:suspension": For.ASSOCIATION_OF_IT,
    "association:unanswered_days": For.ASSOCIATION,
    "association:unanswered_day": For.ASSOCIATION_OF_IT,
    "association:unusual_accounts": For.NATIONAL,
    "association:members": For.NATIONAL,
    "association:member_role": For.NATIONAL,
    "association:remove_member": For.NATIONAL,
    "association:office_staff": For.ASSOCIATION_OF_IT,
    "association:remove_office_staff": For.ASSOCIATION_OF_IT,
    "association:reset_office_staff": For.ASSOCIATION_OF_IT,
    "association:journal": For.ASSOCIATION,
    "association:journal_of_person": For.ASSOCIATION,
    "association:messages": For.NATIONAL,
    "association:holidays": For.ASSOCIATION,
    "association:add_holiday": For.NATIONAL,
    "association:confirm_holiday": For.NATIONAL,
    "association:move_holiday": For.NATIONAL,
    "association:remove_holiday": For.NATIONAL,
    "association:rules": For.ASSOCIATION,
    "association:change_rule": For.NATIONAL,
    "live": For.EVERYBODY,
    "ready": For.EVERYBODY,
    "metrics": For.EVERYBODY,
    "sms:reports": For.PROVIDERS,
    "sms:incoming": For.PROVIDERS,
    "demo:phone": For.EVERYBODY,
    "demo:send_from_phone": For.EVERYBODY,
    "demo:providers": For.EVERYBODY,
    "demo:authenticator": For.EVERYBODY,
}

# What has to stand in the address of a page, for there to be a page.
ASKS_FOR = {
    "association:closure_preview": "offices=1021&first_day=2026-05-20&last_day=2026-05-20&reason=x"
}
# Whoever got in is told so, unless the form says for which office it is sent.
FORBIDDEN_WITHOUT_ITS_FORM = {"office:check_in_later"}

OPENS, SIGN_IN, STAFF_SIGN_IN = "opens", "signs in first", "signs in with a second factor first"
CHOOSES, NOT_FOUND = "chooses an office first", "is not found"
MANAGERS_ONLY = "is told that it is the manager's"
NOT_OF_IT = "is told that it is the association's"
NOT_YOURS = "is told that it is somebody else's to do"

SIGNED_OUT = {
    For.EVERYBODY: OPENS,
    For.CITIZENS: SIGN_IN,
    For.OWNER: SIGN_IN,
    For.STAFF: STAFF_SIGN_IN,
    For.CLERKS: STAFF_SIGN_IN,
    For.CLERKS_OF_IT: STAFF_SIGN_IN,
    For.MANAGERS: STAFF_SIGN_IN,
    For.MANAGER_OF_IT: STAFF_SIGN_IN,
    For.ASSOCIATION: STAFF_SIGN_IN,
    For.ASSOCIATION_OF_IT: STAFF_SIGN_IN,
    For.NATIONAL: STAFF_SIGN_IN,
    For.PROVIDERS: NOT_FOUND,
}
CITIZEN = SIGNED_OUT | {For.CITIZENS: OPENS, For.OWNER: NOT_FOUND}
CLERK_ELSEWHERE = CITIZEN | {
    For.STAFF: OPENS,
    For.CLERKS: OPENS,
    For.CLERKS_OF_IT: NOT_FOUND,
    For.MANAGERS: MANAGERS_ONLY,
    For.MANAGER_OF_IT: MANAGERS_ONLY,
    For.ASSOCIATION: NOT_OF_IT,
    For.ASSOCIATION_OF_IT: NOT_OF_IT,
    For.NATIONAL: NOT_OF_IT,
}
MANAGER_ELSEWHERE = CLERK_ELSEWHERE | {For.MANAGERS: OPENS, For.MANAGER_OF_IT: NOT_FOUND}
CLERK_HERE = CLERK_ELSEWHERE | {For.CLERKS_OF_IT: OPENS}
MANAGER_HERE = CLERK_HERE | {For.MANAGERS: OPENS, For.MANAGER_OF_IT: OPENS}
# Of the association, and so of no office: that page sends them on to their own.
NATIONAL = dict.fromkeys(For, CHOOSES) | {
    For.EVERYBODY: OPENS,
    For.CITIZENS: OPENS,
    For.OWNER: NOT_FOUND,
    For.PROVIDERS: NOT_FOUND,
    For.STAFF: OPENS,
    For.ASSOCIATION: OPENS,
    For.ASSOCIATION_OF_IT: OPENS,
    For.NATIONAL: OPENS,
}
OF_ANOTHER_PROVINCE = NATIONAL | {For.ASSOCIATION_OF_IT: NOT_FOUND, For.NATIONAL: NOT_YOURS}
OWNER = CITIZEN | {For.OWNER: OPENS}

# Each kind of stranger, and what they get. The fixtures below say how each came to be.
STRANGERS = {
    "nobody": SIGNED_OUT,
    "citizen": CITIZEN,
    "owner_whose_session_ended": SIGNED_OUT,
    "clerk_of_another_office": CLERK_ELSEWHERE,
    "manager_of_another_office": MANAGER_ELSEWHERE,
    "clerk_without_second_factor": CITIZEN,
    "manager_without_second_factor": CITIZEN,
    "manager_who_went_away": SIGNED_OUT,
    "clerk_who_was_removed": SIGNED_OUT,
    "one_of_another_province": OF_ANOTHER_PROVINCE,
}
THOSE_WHO_MAY = {
    "owner": OWNER,
    "clerk": CLERK_HERE,
    "manager": MANAGER_HERE,
    "one_of_the_association": NATIONAL,
}


class World:
    """Sara sits at office 1021 on Sunday at ten; what strangers must not see is hers."""

    def __init__(self, sara, slot, petition, office, maryam, clock):
        self.appointment = book(sara, slot, petition)
        clock.move_to(self.appointment.starts_at)
        self.visit = check_in(appointment=self.appointment, office=office, by=maryam)
        order = self._order(office, maryam)
        week = self._missed_week(office, petition)
        self.of_sara = (sara.full_name, fa_digits(grouped(self.appointment.reference)))
        self.things = {
            "code": office.code,
            "key": "no-such-picture",
            "reference": self.appointment.reference,
            "number": self.visit.number,
            "membership_id": Membership.objects.get(person=maryam).pk,
            "closure_id": Closure.objects.create(
                office=office, day=self.appointment.day + timedelta(days=3), reason="سوگواری"
            ).pk,
            "order_id": order.pk,
            "proposal_id": self._proposal(office).pk,
            "ending": "csv",
            "import_id": preview_import(
                content="کد,نام\n1021,سرو".encode(),
                file_name="list.csv",
                by=None,
                province=office.county.province,
            ).pk,
            "province": office.county.province_id,
            "county_id": office.county_id,
            "service_code": petition.code,
            "suspension_id": week.pk,
            "objection_id": object_to_suspension(
                suspension=week, text="در دفتر بودم و نامم خوانده نشد.", citizen=week.citizen
            ).pk,
            "office_day_id": OfficeDay.objects.create(
                office=office,
                day=self.appointment.day - timedelta(days=3),
                questioned_at=week.until,
            ).pk,
            "member_id": AssociationMember.objects.create(
                person=make_person("شهلا", "مهر", mobile="+989120000017"), since=timezone.now()
            ).pk,
            "holiday_id": Holiday.objects.create(
                day=self.appointment.day + timedelta(days=4), title="عید"
            ).pk,
            "rule": "cases_per_turn",
            "provider": "demo",
            "token": "0123456789abcdef",
        }

    def _order(self, office, by):
        """It has closed one day of the office."""
        day = self.appointment.day + timedelta(days=5)
        order = ClosureOrder.objects.create(
            offices=[office.code],
            first_day=day,
            last_day=day,
            reason="برف",
            key=uuid4(),
            decided_by=by,
            decided_at=timezone.now(),
        )
        Closure.objects.create(office=office, day=day, reason="برف", order=order)
        return order

    def _proposal(self, office):
        return Proposal.objects.create(
            appointment=self.appointment,
            moves=9,
            lost_office=office,
            lost_starts_at=self.appointment.starts_at,
            outcome=Outcome.NONE,
            needs_call=True,
            made_at=timezone.now(),
        )

    def _missed_week(self, office, petition):
        """Of somebody else, who had a turn at nine."""
        other = make_person("کاوه", "بهرامی", mobile="+989120000018")
        early = self.appointment.starts_at - timedelta(days=1, hours=2)
        with time_machine.travel(early, tick=False):
            missed = book(other, make_slot(office, "09:00"), petition)
        return mark_no_show(appointment=missed, now=timezone.now())


@pytest.fixture
def world(sara, slot, petition, office, maryam, clock) -> World:
    return World(sara, slot, petition, office, maryam, clock)


@pytest.fixture
def nobody(world) -> Client:
    return Client()


@pytest.fixture
def citizen(world, reza) -> Client:
    return sign_in(Client(), reza)


@pytest.fixture
def owner(world, sara) -> Client:
    return sign_in(Client(), sara)


@pytest.fixture
def owner_whose_session_ended(owner) -> Client:
    Session.objects.update(expire_date=timezone.now())
    return owner


@pytest.fixture
def clerk(world, maryam) -> Client:
    return sign_in_staff(Client(), maryam)


@pytest.fixture
def manager(world, bahram) -> Client:
    return sign_in_staff(Client(), bahram)


@pytest.fixture
def clerk_of_another_office(world, naser) -> Client:
    return sign_in_staff(Client(), naser)


@pytest.fixture
def manager_of_another_office(world, naser) -> Client:
    there = naser.memberships.get().office
    hoda = make_staff(there, "هدی", "راد", mobile="+989120000013", role=Role.MANAGER)
    return sign_in_staff(Client(), hoda)


@pytest.fixture
def clerk_without_second_factor(world, maryam) -> Client:
    return sign_in(Client(), maryam)


@pytest.fixture
def manager_without_second_factor(world, bahram) -> Client:
    return sign_in(Client(), bahram)


@pytest.fixture
def manager_who_went_away(manager, clock) -> Client:
    clock.shift(timedelta(minutes=15))
    return manager


@pytest.fixture
def clerk_who_was_removed(world, office, bahram) -> Client:
    homa = make_staff(office, "هما", "رها", mobile="+989120000014")
    hers = sign_in_staff(Client(), homa)
    remove_staff(membership=homa.memberships.get(), by=bahram)
    return hers


@pytest.fixture
def one_of_the_association(world, dr_karimi) -> Client:
    return sign_in_staff(Client(), dr_karimi)


@pytest.fixture
def one_of_another_province(world) -> Client:
    tehran = make_person("نادر", "ملکی", mobile="+989120000015")
    AssociationMember.objects.create(
        person=tehran, role=AssociationRole.PROVINCE, province_id="23", since=timezone.now()
    )
    return sign_in_staff(Client(), tehran)


@pytest.fixture
def one_who_only_reads(world) -> Client:
    reader = make_person("لیلا", "صدر", mobile="+989120000016")
    AssociationMember.objects.create(
        person=reader, role=AssociationRole.READER, since=timezone.now()
    )
    return sign_in_staff(Client(), reader)


def addresses() -> dict[str, set[str]]:
    """Every page's name, with what has to be named in its address."""
    found: dict[str, set[str]] = {}
    _gather(get_resolver().url_patterns, "", set(), found)
    return found


def _gather(patterns, namespace, things, found):
    for each in patterns:
        if getattr(each, "app_name", "") == "admin":
            continue  # tests/web/operator/test_site.py
        named = things | set(each.pattern.converters)
        if isinstance(each, URLResolver):
            _gather(each.url_patterns, f"{each.namespace}:" if each.namespace else "", named, found)
        elif isinstance(each, URLPattern):
            found[f"{namespace}{each.name}"] = named


def address_of(world: World, name: str, things: set[str]) -> str:
    address = reverse(name, kwargs={thing: world.things[thing] for thing in things})
    return f"{address}?{ASKS_FOR[name]}" if name in ASKS_FOR else address


def outcomes(client: Client, world: World, name: str, things: set[str]) -> set[str]:
    """What asking for the page and sending its form come to; nothing of it is kept."""
    address = address_of(world, name, things)
    seen = set()
    for method in ("get", "post"):
        cookies = client.cookies.copy()
        with undone_later():
            response = getattr(client, method)(address)
            transaction.set_rollback(True)
        client.cookies = cookies
        if response.status_code == 403 and name in FORBIDDEN_WITHOUT_ITS_FORM:
            seen.add(OPENS)
        elif response.status_code != 405:
            seen.add(_outcome(response))
            seen |= {"shows what is Sara's" for text in world.of_sara if text in _text(response)}
    return seen


def _outcome(response) -> str:
    location = response.headers.get("Location", "")
    if location.startswith("/sign-in/?next="):
        return SIGN_IN
    if location.startswith("/office/sign-in/"):
        return STAFF_SIGN_IN
    if location.startswith("/office/choose/"):
        return CHOOSES
    if response.status_code == 403 and "این صفحه برای مدیر دفتر است" in _text(response):
        return MANAGERS_ONLY
    if response.status_code == 403 and "این صفحه برای کانون است" in _text(response):
        return NOT_OF_IT
    if response.status_code == 403 and "این کار با شما نیست" in _text(response):
        return NOT_YOURS
    return {403: "is forbidden", 404: NOT_FOUND}.get(response.status_code, OPENS)


def _text(response) -> str:
    is_text = response.headers.get("Content-Type", "").startswith("text/")
    return response.content.decode() if is_text else ""


def test_every_page_says_who_may_open_it():
    pages = addresses()

    assert len(pages) > 40
    assert sorted(set(pages) - set(PAGES)) == [], "add a line to PAGES"
    assert sorted(set(PAGES) - set(pages)) == [], "gone from the addresses"


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_stranger_gets_further_than_the_table_says(request, world, stranger):
    client = request.getfixturevalue(stranger)
    got = {name: outcomes(client, world, name, things) for name, things in addresses().items()}

    # Pages of coming in send on whoever is there too early, or already.
    on_the_way = {STAFF_SIGN_IN, SIGN_IN, CHOOSES, OPENS, NOT_FOUND}
    wrong = {
        name: seen
        for name, seen in got.items()
        if not (PAGES[name] == For.EVERYBODY and seen <= on_the_way)
        and seen != {STRANGERS[stranger][PAGES[name]]}
    }
    assert wrong == {}


@pytest.mark.parametrize("name", THOSE_WHO_MAY)
def test_those_who_may_come_in(request, world, name):
    client = request.getfixturevalue(name)
    for page, things in addresses().items():
        seen = outcomes(client, world, page, things) - {"shows what is Sara's"}
        if PAGES[page] != For.EVERYBODY:
            assert (page, seen) == (page, {THOSE_WHO_MAY[name][PAGES[page]]})


def test_who_only_reads_changes_nothing(one_who_only_reads, world):
    """Every page of the association opens, and every form of it is refused."""
    wrong = {}
    for name, things in addresses().items():
        if PAGES[name] in {For.ASSOCIATION, For.ASSOCIATION_OF_IT, For.NATIONAL}:
            address = address_of(world, name, things)
            opened = one_who_only_reads.get(address).status_code
            sent = one_who_only_reads.post(address).status_code
            if opened not in {200, 302, 405} or sent not in {403, 405}:
                wrong[name] = (opened, sent)
    assert wrong == {}


POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# A screen on a wall, and a number that everybody in line asks for.
THE_SAME_FOR_ALL = {"citizen:display", "citizen:waiting_room_now"}
WITH_CAMERA = {"office:desk", "office:find_expected", "office:check_in"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


@pytest.fixture
def by_https(settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


@pytest.mark.parametrize("name", ["nobody", *THOSE_WHO_MAY])
def test_every_answer_tells_the_browser_what_to_refuse(by_https, request, world, name):
    client = request.getfixturevalue(name)
    open_to = {}
    for page, things in addresses().items():
        response = client.get(address_of(world, page, things), secure=True)
        found = set(_left_open(response, page))
        if name == "nobody" or page in THE_SAME_FOR_ALL:
            found.discard("kept by caches")
        open_to[page] = found
    assert {page: found for page, found in open_to.items() if found} == {}


def _left_open(response, page):
    said = response.headers
    policy = dict(each.split(" ", 1) for each in said["Content-Security-Policy"].split("; "))
    permissions = said["Permissions-Policy"].split(", ")
    if {name: said.get(name) for name in ALWAYS} != ALWAYS:
        yield "a header is missing"
    if policy != POLICY:
        yield f"the policy is {policy}"
    if "camera=()" not in permissions and page not in WITH_CAMERA:
        yield "has a camera"
    if not {"geolocation=(self)", "microphone=()", "payment=()", "usb=()"} <= set(permissions):
        yield "has devices"
    if "no-store" not in said.get("Cache-Control", ""):
        yield "kept by caches"
    if not all(_is_kept_from_scripts(cookie) for cookie in response.cookies.values()):
        yield "an open cookie"


def _is_kept_from_scripts(cookie) -> bool:
    """Sent by https alone, to us alone, and not with the forms of other sites."""
    ours = (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    return cookie.value == "" or (ours and cookie["path"] == "/" and not cookie["domain"])


def test_the_camera_is_there_where_receipts_are_scanned(clerk, world):
    things = addresses()["office:desk"]
    desk = clerk.get(address_of(world, "office:desk", things))
    assert "camera=(self)" in desk.headers["Permissions-Policy"]
