"""Sessions, sealed: what a page remembers between two requests may be a second factor that is being set up.

Each is bound to its own key in the table. One that does not open is nobody's, and its owner signs in again.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from torogoz.storage.keyring import DoesNotOpenError, MissingKeyError
from torogoz.storage.keys import keyring


def place(session_key: str | None) -> str:
    """What the content of a session is bound to."""
    return f"django_session.session_data|{session_key}"


class SessionStore(DatabaseStore):
    """Django's store in the database, with another way of writing what it holds."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal what the session holds; its key is known by now."""
        return keyring().seal_text(json.dumps(session_dict), place(self.session_key))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open it, or give an empty session."""
        try:
            return dict(json.loads(keyring().open_text(str(session_data), place(self.session_key))))
        except (DoesNotOpenError, MissingKeyError):
            logging.getLogger("torogoz.sessions").warning("session.unreadable")
            return {}
