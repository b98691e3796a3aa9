"""What an officer is told aloud at the booth: it says what to do and never why (LR-66, design §5 *referral*).

The traveller and those in the queue may hear or read it. So it names no list, entry, grade or reason, nor any word
that betrays that there is one. `TEXTS` are the drafts, which the reviewer may change; `betrayals` says what a changed
text may not hold. It refuses more than it must: a plain instruction needs none of these words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from torogoz.domain.hit import Action

#: A safe text is an instruction, not a report.
LONGEST_TEXT = 600

#: action → language → the draft.
TEXTS: dict[Action, dict[str, str]] = {
    Action.REFER: {
        "es": (
            "Compare el documento con los datos de esta página. Si coinciden, acompañe a la persona con calma a la "
            "segunda revisión y llame a la Unidad de Información de Pasajeros. Dígale que se revisan sus documentos."
        ),
        "en": (
            "Compare the document with the details on this page. If they agree, take the person calmly to the second "
            "inspection and call the Passenger Information Unit. Tell them that it is a document inspection."
        ),
    },
    Action.PROTECTION: {
        "es": (
            "Reciba a la persona con calma y en privado, aparte de quienes la acompañan. No le pregunte por su viaje. "
            "Llame a la Unidad de Información de Pasajeros y quédese con ella hasta que llegue quien la atenderá."
        ),
        "en": (
            "Receive the person calmly and in private, apart from those who travel with them. Ask nothing about the "
            "journey. Call the Passenger Information Unit and stay with them until their support arrives."
        ),
    },
}

#: Words, in Spanish and English and without accents, that betray that somebody is looked for, and by what.
BETRAYING = re.compile(
    r"""\b(?: (?: ALERT | COINCIDENCIA | LISTAD | MATCH | PERFIL | PROFIL | RIESGO | RISK | WATCHLIST   # a list or rule
              | ARREST | BUSCAD | CAPTUR | DETEN | EXTRADI | FUGITIV | INTERPOL | WANTED | WARRANT     # a search
              | CRIM | DELINC | DELITO | GANG | NARCO | OFFEN | PANDILL | SOSPECH | SUSPECT | TERROR   # a deed
              | TRAFFICK | TRAFICANT ) \w*
          | HITS? | LISTAS? | LISTED | LISTS? | TRATA )\b""",
    re.VERBOSE,
)


def betrayals(text: str, secrets: Iterable[str]) -> tuple[str, ...]:
    """The words of a text that betray something, and the secrets (names, grades, keys, reasons) that it repeats."""
    plain = _plain(text)
    found = BETRAYING.findall(plain)
    found += [secret for secret in secrets if _plain(secret) and f" {_plain(secret)} " in f" {plain} "]
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    """Write a text as words of letters and digits, without accents, so that `B-2` and `b 2` are one."""
    letters = unicodedata.normalize("NFKD", text.upper())
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in kept).split())
