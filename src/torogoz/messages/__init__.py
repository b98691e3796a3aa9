"""Passenger information messages: bytes to the values of `domain`, and back to nothing that was not sent.

`read` is the one entry, and `read_stream` the same for bytes that are still coming. They take any bytes and never fail:
what is no message is a message without a type, with the findings that say why.
"""

from torogoz.messages.delivery import read
from torogoz.messages.streaming import read_stream

__all__ = ["read", "read_stream"]
