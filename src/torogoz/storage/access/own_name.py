"""Whether what somebody looks at carries their own name: a number for the audit, found where the look happens (LR-55).

The name of an account is entered with it (`torogoz users`); who has none has no own, and the audit page says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torogoz.privacy.reading import own_parts
from torogoz.storage.models import Account

if TYPE_CHECKING:
    from torogoz.domain.staff import Who


def own_name(who: Who, surname: str, given_names: str, *, searched: bool = False) -> dict[str, int]:
    """The number for the entry of a look, where parts of the name are the asker's own; else nothing."""
    surnames, given = Account.objects.values_list("last_name", "first_name").get(pk=who.account)
    parts = own_parts(surnames, given, surname, given_names, searched=searched)
    return {"own_name": parts} if parts else {}
