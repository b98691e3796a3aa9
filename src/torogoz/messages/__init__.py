"""Passenger information messages: bytes to the values of `domain`, and back to nothing that was not sent.

`read` is the one entry. It takes any bytes and never fails: what is no message is a message without a type, with the
findings that say why.
"""

from torogoz.messages.delivery import read

__all__ = ["read"]
