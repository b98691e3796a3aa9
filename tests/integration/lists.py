"""The invented list of the tests about what waits: lines of a file, terms, and steps."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.invented import REVIEW_ON
from torogoz.domain.staff import Who
from torogoz.flow.watchlists import ListReport, Live, import_list
from torogoz.storage.models import WaitingVersion, WatchlistEntry
from torogoz.storage.snapshots import live_entries

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
HEADER = "id,names,birth_date,nationality,sex,document_numbers"
ANA = "W-1,EJEMPLO PRUEBA ANA;ANITA EJEMPLO,1988-02-29,SLV,F,SLV:P:A01234567"
BETO = "W-2,MUESTRA BETO,1970,,M,"
CARO = "W-3,FICTICIA CARO,1975-05-05,,,"
GIVEN = {
    "owner": "CENTRO",
    "legal_basis": "Ley de prueba, art. 1",
    "purpose": "border_control",
    "reason": "inventado",
    "grade": "B2",
    "handling": "C",
    "review_on": REVIEW_ON,
}
#: What a form sends.
CELLS = {
    **GIVEN,
    "id": "W-9",
    "names": "NUEVA EJEMPLO",
    "birth_date": "1990-05",
    "nationality": "SLV",
    "sex": "F",
    "document_numbers": "SLV:P:B7654321",
    "action": "refer",
}


def load(
    *lines: str, who: Who | None = None, live: Live = Live.ACCEPT, name: str = "prueba", **given: str
) -> ListReport:
    """Import lines into a list."""
    return import_list(who, name, ["\n".join([HEADER, *lines]).encode()], NOW, given=GIVEN | given, live=live)


def wait(*lines: str, who: Who | None = None, **given: str) -> int:
    """Import lines so that they wait; give the number of what waits."""
    waiting = load(*lines, who=who, live=Live.LOOK, **given).waiting
    assert waiting is not None
    return waiting


def names() -> dict[str, tuple[str, ...]]:
    """Who is in force, by key."""
    return {entry.id: entry.names for one in live_entries(NOW.date()) for entry in one.entries}


def row(key: str) -> int:
    """The row of an entry that is in force."""
    return WatchlistEntry.objects.get(key=key, version_to=None).pk


def nothing_waits() -> bool:
    """Whether nothing waits, and nothing that waited has left a row."""
    return not WaitingVersion.objects.exists()
