"""A bounded piece of work: what it changed, and where the next one goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

#: So many travellers are looked at in one transaction: it holds up nobody's writing for long (docs/operator).
SIZE = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction did. `more`: the next one goes on after `cursor`. `token` is the ledger's, to be settled."""

    counts: Counter[str] = field(default_factory=Counter)
    cursor: int = 0
    more: bool = False
    token: str | None = None
