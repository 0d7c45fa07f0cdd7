"""Which hour somebody was choosing when asked to sign in: read from the way back."""

from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve

from nobat.schedule.models import Slot


def chosen_hour(path: str) -> Slot | None:
    """The slot that the way back leads to, with its office; nothing if it leads elsewhere."""
    address = urlsplit(path)
    try:
        page = resolve(address.path).url_name
    except Resolver404:
        return None
    slot_id = parse_qs(address.query).get("slot", [""])[0]
    if page not in {"book", "move"} or not slot_id.isdecimal() or len(slot_id) > 18:
        return None
    return Slot.objects.select_related("office").filter(pk=int(slot_id)).first()
