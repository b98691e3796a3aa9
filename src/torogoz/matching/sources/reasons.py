"""What the reason of an entry may not say: what this state withholds, and protest or asylum as a suspicion.

A reason is free text that colleagues read beside a name. Belief, origin, health, opinion and sex life are refused in it
as in any text of ours (LR-23). That somebody protested or sought asylum makes nobody a suspect: such a reason is
refused unless the entry is there for their own sake (LR-73). The words are ours, in English and Spanish, and found
whole; a deed that needs one of them is told by another (*arson*, not *arson at a protest*).
"""

from __future__ import annotations

from torogoz.domain.watchlist import FOR_THEIR_SAKE, ListAction
from torogoz.matching.sources.rows import Fault
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.sensitive_table import SensitiveTable

_WORDS = (
    "PROTEST PROTESTS PROTESTER PROTESTERS PROTESTOR PROTESTORS PROTESTING DEMONSTRATOR DEMONSTRATORS DISSIDENT"
    " DISSIDENTS PROTESTA PROTESTAS MANIFESTANTE MANIFESTANTES DISIDENTE DISIDENTES HUELGA HUELGAS HUELGUISTA"
    " HUELGUISTAS ASYLUM REFUGEE REFUGEES ASILO ASILADO ASILADA ASILADOS ASILADAS"
    " REFUGIADO REFUGIADA REFUGIADOS REFUGIADAS"
)
_PHRASES = ("POLITICAL OPPONENT", "OPOSITOR POLITICO", "OPOSITORA POLITICA", "MANIFESTACION PUBLICA")
#: What makes nobody a suspect, as a table of its own: a message of an airline may tell it.
NO_SUSPICION = SensitiveTable(
    "reasons", frozenset(), frozenset(_WORDS.split()), frozenset(_PHRASES), frozenset(), frozenset()
)


def fault_of(reason: str, action: ListAction, withheld: SensitiveTable) -> Fault | None:
    """What is wrong with a reason, by the table of this state."""
    if contains_sensitive(reason, withheld):
        return Fault.SENSITIVE
    if action not in FOR_THEIR_SAKE and contains_sensitive(reason, NO_SUSPICION):
        return Fault.NO_SUSPICION
    return None
