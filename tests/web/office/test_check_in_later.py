import base64
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.appointments.receipt import receipt_text
from nobat.appointments.receipt_keys import public_keys
from nobat.visits.models import Visit
from tests.build import book, sign_in_staff

LATER = "/office/check-in/later/"


@pytest.fixture
def maryam_at_the_desk(client, maryam):
    return sign_in_staff(client, maryam)


@pytest.fixture
def kept(sara, slot, petition, office, clock) -> dict[str, str]:
    """What the page of office 1021 kept at ten, when it had no network."""
    appointment = book(sara, slot, petition)
    clock.move_to(appointment.starts_at)
    at = timezone.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"office": office.code, "receipt": receipt_text(appointment), "at": at}


def test_what_was_kept_is_answered_with_its_number(kept, maryam_at_the_desk):
    answer = maryam_at_the_desk.post(LATER, kept)

    assert answer.json() == {"ok": True, "number": 1}
    assert Visit.objects.get().recorded_by.first_name == "مریم"


def test_sent_again_it_has_the_same_answer(kept, maryam_at_the_desk):
    answers = [maryam_at_the_desk.post(LATER, kept).json() for _ in range(2)]

    assert answers[0] == answers[1]
    assert Visit.objects.count() == 1


def test_a_refusal_is_answered_in_words(kept, maryam_at_the_desk):
    answer = maryam_at_the_desk.post(LATER, {**kept, "receipt": kept["receipt"][:-1]})

    assert answer.status_code == 400
    assert answer.json()["ok"] is False
    assert answer.json()["title"]
    assert answer.json()["why"]


@pytest.mark.parametrize("at", ["", "yesterday", "2026-05-03T10:00", "2026-13-45T10:00Z"])
def test_a_moment_that_nobody_can_read_is_refused(kept, maryam_at_the_desk, at):
    assert maryam_at_the_desk.post(LATER, {**kept, "at": at}).status_code == 422
    assert not Visit.objects.exists()


def test_what_was_kept_for_the_office_chosen_before_stays_where_it_is(kept, client, naser):
    assert sign_in_staff(client, naser).post(LATER, kept).status_code == 403
    assert not Visit.objects.exists()


def test_at_another_office_it_is_refused(kept, client, naser):
    answer = sign_in_staff(client, naser).post(LATER, {**kept, "office": "1022"})

    assert answer.json()["ok"] is False
    assert "سارا" not in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_page_can_check_receipts_with_what_it_carries(maryam_at_the_desk, office, settings):
    another = base64.b64encode(bytes(range(32))).decode()
    settings.RECEIPT_KEYS = [*settings.RECEIPT_KEYS, another]
    page = maryam_at_the_desk.get(reverse("office:desk")).content.decode()
    carried = dict(re.findall(r'data-(keys|office|now)="([^"]+)"', page))

    assert list(map(base64.b64decode, carried["keys"].split())) == public_keys()
    assert len(public_keys()) == 2
    assert carried["office"] == office.code
    assert carried["now"] == timezone.now().isoformat()


def test_only_where_receipts_are_scanned_may_a_page_use_the_camera(maryam_at_the_desk):
    policies = {
        name: maryam_at_the_desk.get(reverse(f"office:{name}"))["Permissions-Policy"]
        for name in ("desk", "walk_in")
    }
    assert "camera=(self)" in policies["desk"]
    assert "camera=()" in policies["walk_in"]
