"""What stands in the place of a number that was erased: it leads to nobody, and stays unique."""

_SIGN = "erased:"
NAME = ("حساب", "حذف‌شده")


def pseudonym(person_id: int) -> str:
    """As long as the longest mobile at most."""
    return f"{_SIGN}{person_id}"


def is_pseudonym(text: str) -> bool:
    return text.startswith(_SIGN)
