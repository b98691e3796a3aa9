"""Free text: what people here write is held against the same table as what carriers send.

Takes: a note, a reason or a text that is safe to say, before it is stored.
Gives: whether it tells what this state withholds (settings `sensitive_add`, `sensitive_keep`).
Refuses: a reason that is missing, too long, or tells that; of other texts the step that asked refuses them.
Records: nothing
Legal ground: LR-23 (sensitive data go first), LR-24 (no rule or list rests on them).
"""

from __future__ import annotations

from django.conf import settings

from torogoz.domain.disposition import LONGEST_REASON
from torogoz.errors import AuthorError
from torogoz.messages.sensitive import contains_sensitive


def tells_sensitive(text: str) -> bool:
    """Whether a text tells what this state's table withholds."""
    return contains_sensitive(text, settings.SENSITIVE)


def must_be_sayable(text: str) -> None:
    """Refuse a reason that cannot stand, with AuthorError."""
    if not text.strip() or len(text) > LONGEST_REASON:
        raise AuthorError("a reason is missing or too long", remedy="write one, in at most 2000 signs")
    if tells_sensitive(text):
        raise AuthorError(
            "this text speaks of belief, origin, politics, health or sex life", remedy="write it without that"
        )
