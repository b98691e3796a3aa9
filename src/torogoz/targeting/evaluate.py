"""Which rules fire on whom, with evidence and origin: what screening asks of this package.

Takes compiled rules and the facts of one flight; gives one firing per rule and traveller, rules in the order given and
travellers in the picture's. Refuses facts of data classes that a rule's purpose may not read: facts are computed per
set of classes, and whoever mixes them up gets an error, not a hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from torogoz.domain.hit import Evidence
from torogoz.domain.purpose import readable_classes
from torogoz.domain.rule import Rule
from torogoz.errors import OurError
from torogoz.targeting.compile import CompiledRules, fired
from torogoz.targeting.explain import evidence
from torogoz.targeting.facts import Facts, Source


class Firing(NamedTuple):
    """A rule that fired on a traveller: why, and from which messages and positions its facts were read."""

    rule: Rule
    traveller: int
    evidence: tuple[Evidence, ...]
    origins: tuple[Source, ...]


def evaluate(compiled: CompiledRules, rows: Sequence[Facts]) -> Iterator[Firing]:
    """Evaluate every rule on every row."""
    for one in compiled.rules:
        if any(not row.classes <= readable_classes(one.rule.purpose) for row in rows):
            raise OurError(f"rule {one.rule.key} was given facts that its purpose may not read")
    for one, places in zip(compiled.rules, fired(compiled, rows), strict=True):
        for place in places:
            row = rows[place]
            reasons = evidence(one.condition, one.unless, row.values)
            yield Firing(one.rule, row.traveller, reasons, row.sources(one.fields))
