"""The key that signs sessions and forms follows the home's: a rotation needs no restart, and signs nobody out.

What an older key signed is taken for as long as that key is held.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from torogoz.storage.keys import keyring


class SigningKey:
    """Looks at the ring before each request; it is the same object for as long as no key has come or gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._seen: object = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take up the current key."""
        keys = keyring()
        if keys is not self._seen:
            signing = [key.secret.hex() for key in keys.held["django"]]
            settings.SECRET_KEY_FALLBACKS = signing  # first: what either key signed is taken at every moment
            settings.SECRET_KEY = signing[0]
            self._seen = keys
        return self.get_response(request)
