"""What the reason of an entry may not say: what this state withholds, and protest or asylum as a suspicion.

A reason is free text that colleagues read beside a name. Belief, origin, health, opinion and sex life are refused in it
as in any text of ours (LR-23). That somebody protested or sought asylum makes nobody a suspect: such a reason is
refused unless the entry is there to protect them, by its action or its purpose (LR-73). The words are ours, in English
and Spanish, and found whole; a deed that needs one of them is told by another (*arson*, not *arson at a protest*).
"""

from __future__ import annotations

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import ListAction, Terms
from torogoz.matching.sources.rows import Fault
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.sensitive_table import SensitiveTable

_WORDS = (
    "PROTEST PROTESTS PROTESTED PROTESTER PROTESTERS PROTESTOR PROTESTORS PROTESTING DEMONSTRATOR DEMONSTRATORS"
    " DISSIDENT DISSIDENTS PROTESTA PROTESTAS PROTESTAR PROTESTO PROTESTARON PROTESTANDO MANIFESTANTE"
    " MANIFESTANTES DISIDENTE DISIDENTES HUELGA HUELGAS HUELGUISTA HUELGUISTAS ASYLUM REFUGEE REFUGEES ASILO"
    " ASILADO ASILADA ASILADOS ASILADAS REFUGIO REFUGIADO REFUGIADA REFUGIADOS REFUGIADAS"
)
_PHRASES = (
    *("POLITICAL OPPONENT", "POLITICAL OPPONENTS", "OPOSITOR POLITICO", "OPOSITORA POLITICA", "OPOSITORES POLITICOS"),
    *("MANIFESTACION PUBLICA", "MANIFESTACIONES PUBLICAS"),
)
#: What makes nobody a suspect, as a table of its own: a message of an airline may tell it.
NO_SUSPICION = SensitiveTable(
    "reasons", frozenset(), frozenset(_WORDS.split()), frozenset(_PHRASES), frozenset(), frozenset()
)


def fault_of(terms: Terms, withheld: SensitiveTable) -> Fault | None:
    """What is wrong with the reason among some terms, by the table of this state."""
    if contains_sensitive(terms.reason, withheld):
        return Fault.SENSITIVE
    protects = terms.action is ListAction.PROTECT or terms.purpose is Purpose.PROTECTION
    if not protects and contains_sensitive(terms.reason, NO_SUSPICION):
        return Fault.NO_SUSPICION
    return None
