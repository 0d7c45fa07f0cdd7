"""Finding an office."""

from nobat.shared.persian import fold, fold_packed


def search_keys(*, name: str, manager: str) -> dict[str, str]:
    """The four columns by which an office is found, whatever letters are typed."""
    return {
        "name_key": fold(name),
        "name_packed": fold_packed(name),
        "manager_key": fold(manager),
        "manager_packed": fold_packed(manager),
    }
