"""Picture: the digits of a security code, plain enough for people to read."""

import math
import random
from functools import cache
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from PIL import Image, ImageDraw, ImageFont

from nobat.people.security_code import digits_of_picture

# Twice the size at which the page shows it, so that it is sharp on phones.
SIZE = (352, 120)
_BACKGROUND = "#f4f6fb"
_INKS = ("#183063", "#27457f", "#0f5a5e")
_CELL = (SIZE[0] - 32) // 5
_TURN = 14  # degrees to either side


def captcha_picture(request: HttpRequest, key: str) -> HttpResponse:
    """The same picture each time it is asked for; 410 once the challenge is over."""
    digits = digits_of_picture(key)
    if not digits:
        return HttpResponse(status=410)
    response = HttpResponse(draw(digits, key), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


def draw(digits: str, seed: str) -> bytes:
    """A PNG of these digits."""
    # Not a secret: the picture shows the digits to whoever sees it.
    chance = random.Random(seed)  # noqa: S311
    picture = Image.new("RGB", SIZE, _BACKGROUND)
    _draw_waves(ImageDraw.Draw(picture), chance, count=3)
    for place, digit in enumerate(digits):
        glyph = _glyph(digit, chance)
        left = 16 + place * _CELL + (_CELL - glyph.width) // 2 + chance.randint(-5, 5)
        top = (SIZE[1] - glyph.height) // 2 + chance.randint(-9, 9)
        picture.paste(chance.choice(_INKS), (left, top), glyph)
    _draw_waves(ImageDraw.Draw(picture), chance, count=2)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _glyph(digit: str, chance: random.Random) -> Image.Image:
    font = _font(chance.randint(74, 86))
    left, top, right, bottom = font.getbbox(digit)
    box = Image.new("L", (round(right - left) + 8, round(bottom - top) + 8))
    ImageDraw.Draw(box).text((4 - left, 4 - top), digit, font=font, fill=255)
    turn = chance.uniform(-_TURN, _TURN)
    return box.rotate(turn, expand=True, resample=Image.Resampling.BICUBIC)


def _draw_waves(draw: ImageDraw.ImageDraw, chance: random.Random, *, count: int) -> None:
    for _ in range(count):
        middle, height = chance.randint(25, 95), chance.randint(8, 30)
        start, turns = chance.uniform(0, math.tau), chance.uniform(0.7, 1.8)
        points = [
            (x, middle + height * math.sin(start + turns * math.tau * x / SIZE[0]))
            for x in range(0, SIZE[0] + 4, 4)
        ]
        draw.line(points, fill=chance.choice(_INKS), width=2, joint="curve")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.CAPTCHA_FONT_PATH, size)
