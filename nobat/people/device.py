"""What a person calls the device that a browser says it is: «کروم، اندروید»."""

# The first that fits. Browsers name their ancestors too, so the youngest stand first.
_BROWSERS = (
    ("Edg", "اج"),
    ("OPR/", "اپرا"),
    ("SamsungBrowser", "مرورگر سامسونگ"),
    ("YaBrowser", "یاندکس"),
    ("FxiOS", "فایرفاکس"),
    ("Firefox", "فایرفاکس"),
    ("CriOS", "کروم"),
    ("Chrome", "کروم"),
    ("Chromium", "کروم"),
    ("Safari", "سافاری"),
)
_SYSTEMS = (
    ("Android", "اندروید"),
    ("iPhone", "آیفون"),
    ("iPad", "آیپد"),
    ("Windows", "ویندوز"),
    ("Macintosh", "مک"),
    ("CrOS", "کروم‌بوک"),
    ("Linux", "لینوکس"),
)
UNKNOWN = "دستگاه ناشناخته"


def device_in_words(user_agent: str) -> str:
    """From the User-Agent, whose own text is kept nowhere."""
    words = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return "، ".join(word for word in words if word) or UNKNOWN


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for name, word in names if name in user_agent), "")
