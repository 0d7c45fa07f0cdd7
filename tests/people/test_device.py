import pytest

from nobat.people.device import device_in_words

ANDROID = (
    "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (ANDROID, "کروم، اندروید"),
        (ANDROID.replace("Chrome", "SamsungBrowser/25.0 Chrome"), "مرورگر سامسونگ، اندروید"),
        (IPHONE, "سافاری، آیفون"),
        (EDGE, "اج، ویندوز"),
        (FIREFOX, "فایرفاکس، لینوکس"),
        ("curl/8.5", "دستگاه ناشناخته"),
        ("", "دستگاه ناشناخته"),
        ("<script>" * 1000, "دستگاه ناشناخته"),
    ],
)
def test_a_device_is_named_in_words(user_agent, words):
    assert device_in_words(user_agent) == words
