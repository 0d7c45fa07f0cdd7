"""Pages are sent compressed: a seventh more than Django sends, in a fraction of its time."""

from collections.abc import Mapping
from os import urandom
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from isal import isal_zlib

_LEVEL = 1  # of isal's three, all of which are quicker than zlib's
_WITHOUT_FRAME = -15  # the window of the format, and no more than what is compressed
_WORTH_IT = 200  # bytes
# The format, its one method, "a name follows", no moment, no remark on speed, any system.
_BEGINNING = bytes([0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 255])


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
        if accepts_gzip(request.META):
            response.content = compressed(response.content)
            response.headers["Content-Length"] = str(len(response.content))
            response.headers["Content-Encoding"] = "gzip"
        return response


def accepts_gzip(meta: Mapping[str, Any]) -> bool:
    return bool(re_accepts_gzip.search(meta.get("HTTP_ACCEPT_ENCODING", "")))


def compressed(content: bytes) -> bytes:
    """With a name of random length: who measures what is sent learns nothing of the token in it.

    As gzip.GzipFile writes it, which takes longer to get ready than a page takes to compress.
    """
    name = b"a" * (urandom(1)[0] * CompressMiddleware.max_random_bytes // 256)
    ending = isal_zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")
    deflated = isal_zlib.compress(content, _LEVEL, _WITHOUT_FRAME)
    return b"".join((_BEGINNING, name, b"\0", deflated, ending))
