"""What is typed is read as UTF-8, whatever letters a request claims to be written in."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest


class Utf8Request(WSGIRequest):
    """Browsers send a form in the letters of its page, and our pages are UTF-8.

    Django believes other claims before any error page can answer: "charset=base64" is no
    text at all, and "charset=unicode_escape" brings letters that no database keeps.
    """

    @property
    def encoding(self) -> None:
        """None: Django's own word for settings.DEFAULT_CHARSET."""
        return None

    @encoding.setter
    def encoding(self, claimed: str | None) -> None:
        pass

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except (LookupError, ValueError):  # nobody can say what this would be
            self.content_type, self.content_params = "", {}
