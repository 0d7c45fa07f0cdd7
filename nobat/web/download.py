"""Answering with a file to keep instead of a page to read."""

from django.http import HttpResponse


def download(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    """`name` holds ASCII alone: what we have checked, and an ending."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )
