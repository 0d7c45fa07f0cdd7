"""A receipt is held before the camera of the desk's device."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.morning import receipt_of
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.usefixtures("office_clock")
WIDTH, HEIGHT = 1280, 720
TRACKS = "document.querySelector('#camera video').srcObject"


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Path:
    """What the camera sees; each test writes it before the camera opens."""
    return tmp_path_factory.mktemp("camera") / "film.y4m"


@pytest.fixture(scope="module")
def chromium(film) -> Iterator[Browser]:
    """With a camera that plays the film. It has no reader of codes: jsqr reads them."""
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *camera])
        yield browser
        browser.close()


@pytest.fixture
def allowed(desk, context) -> Page:
    context.grant_permissions(["camera"])
    return desk


def show_to_camera(film: Path, digits: str) -> None:
    """A receipt on a table, not held quite straight."""
    png = BytesIO()
    segno.make_qr(digits, mode="numeric", error="m").save(png, kind="png", scale=6, border=4)
    with Image.open(png) as code:
        paper = code.convert("L").rotate(4, expand=True, fillcolor=255)
    scene = Image.new("L", (WIDTH, HEIGHT), 140)
    paper.thumbnail((HEIGHT, HEIGHT))
    scene.paste(paper, ((WIDTH - paper.width) // 2, (HEIGHT - paper.height) // 2))
    grey = bytes([128]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + scene.tobytes() + grey
    film.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + frame * 3)


def test_the_camera_reads_a_receipt_and_the_verdict_comes(allowed, film, morning):
    turn = morning.turns[1]
    show_to_camera(film, receipt_of(turn))
    assert allowed.evaluate("window.jsQR") is None  # loaded only when the camera opens

    allowed.get_by_role("button", name="دوربین").click()

    expect(allowed.locator(".verdict:visible")).to_contain_text("درست است")
    expect(allowed.locator(".compare b:visible").first).to_have_text(turn.citizen.full_name)


def test_the_camera_stops_when_its_window_is_closed(allowed, film, axe):
    show_to_camera(film, "1" * 60)  # some other code
    allowed.get_by_role("button", name="دوربین").click()
    expect(allowed.get_by_role("dialog")).to_contain_text("این کد رسید نوبت نیست")
    assert allowed.evaluate(f"{TRACKS}.active")
    allowed.evaluate(f"window.before = {TRACKS}")
    assert violations(allowed, axe) == []

    allowed.keyboard.press("Escape")

    expect(allowed.get_by_role("dialog")).to_be_hidden()
    assert allowed.evaluate(TRACKS) is None
    assert not allowed.evaluate("window.before.active")


def test_a_camera_that_is_not_allowed_is_said_in_words(desk, film):
    show_to_camera(film, "1" * 60)  # without a film there would be no camera
    desk.get_by_role("button", name="دوربین").click()

    expect(desk.get_by_role("dialog")).to_contain_text("اجازهٔ دوربین داده نشد")
    desk.get_by_role("button", name="بستن دوربین").click()
    expect(desk.get_by_role("dialog")).to_be_hidden()


def test_without_a_network_the_camera_still_reads_when_it_was_open_before(
    allowed, film, context, morning
):
    show_to_camera(film, "1" * 60)
    allowed.get_by_role("button", name="دوربین").click()
    expect(allowed.get_by_role("dialog")).to_contain_text("این کد رسید نوبت نیست")
    allowed.keyboard.press("Escape")
    context.set_offline(True)
    show_to_camera(film, receipt_of(morning.turns[1]))

    allowed.get_by_role("button", name="دوربین").click()

    expect(allowed.locator(".verdict--care:visible")).to_contain_text("امضا درست است")
