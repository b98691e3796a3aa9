"""Free text: what people here write is held against the same table as what carriers send.

Takes: a note, a reason or a text that is safe to say, before it is stored.
Gives: whether it tells what this state withholds (settings `sensitive_add`, `sensitive_keep`).
Refuses: nothing; the step that asked refuses the text.
Records: nothing
Legal ground: LR-23 (sensitive data go first), LR-24 (no rule or list rests on them).
"""

from __future__ import annotations

from django.conf import settings

from torogoz.messages.sensitive import contains_sensitive


def tells_sensitive(text: str) -> bool:
    """Whether a text tells what this state's table withholds."""
    return contains_sensitive(text, settings.SENSITIVE)
