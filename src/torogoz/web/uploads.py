"""What may be sent as files in one request: so much and no more, refused while it arrives and not after."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

#: Several times the largest list or schedule; what is larger comes by the terminal.
LARGEST = 64 * 1024 * 1024


class Limit(FileUploadHandler):
    """Counts the bytes of all files of a request, and ends it where they are too many."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.total = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        """Pass the bytes on to those who keep them."""
        self.total += len(raw_data)
        if self.total > LARGEST:
            raise RequestDataTooBig
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Others keep the file."""
