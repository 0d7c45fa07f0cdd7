"""The order of names in the Persian alphabet, whatever collation a database has."""

_LETTERS = " ءآاأإبپتثجچحخدذرزژسشصضطظعغفقکگلمنوؤهةیئ0123456789"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}


def alphabetical(name: str) -> list[int]:
    """A key to sort by: word for word, آ before ا, half-spaces as if they were not there."""
    return [_RANK[letter] for letter in name if letter in _RANK]
