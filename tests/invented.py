"""Messages and a list with one invented traveller, for tests that bring them in by the same ways as everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

COLUMNS = (
    *("id", "names", "birth_date", "nationality", "sex", "document_numbers"),
    *("owner", "legal_basis", "purpose", "reason", "grade", "handling", "action", "review_on"),
)
#: When invented entries are reviewed: later than today and than the day of the tests, and within five years.
REVIEW_ON = str(max(datetime.now(UTC).date(), date(2026, 11, 30)) + timedelta(days=365))


def manifest(number: str, surname: str, given_names: str, *documents: str, days: int = 0) -> bytes:
    """A passenger list of a flight that lands in three hours, or so many days after that.

    One traveller for each document, all of one name and born on one leap day.
    """
    leaves, lands = (datetime.now(UTC) + timedelta(days=days, hours=hours) for hours in (-2, 3))
    at_los_angeles, at_san_salvador = leaves - timedelta(hours=8), lands - timedelta(hours=6)
    travellers = [
        segment
        for document in documents
        for segment in (
            f"NAD+FL+++{surname}:{given_names}'",
            "ATT+2++F'",
            "DTM+329:880229'",
            "NAT+2+SLV'",
            f"DOC+P:110:111+{document}'",
            "DTM+36:300501'",
            "LOC+91+SLV'",
        )
    ]
    return "\n".join(
        [
            "UNA:+.? '",
            f"UNB+UNOA:4+XA+TOROGOZ+{leaves:%y%m%d:%H%M}+{number}++APIS'",
            f"UNH+{number}+PAXLST:D:05B:UN:IATA+{number}{documents[0]}+01:F'",
            "BGM+745'",
            "NAD+MS+++SERVICIO DE PRUEBA'",
            f"TDT+20+XA{number}+++XA'",
            "LOC+125+LAX'",
            f"DTM+189:{at_los_angeles:%y%m%d%H%M}:201'",
            "LOC+87+SAL'",
            f"DTM+232:{at_san_salvador:%y%m%d%H%M}:201'",
            *travellers,
            f"CNT+42:{len(documents)}'",
            f"UNT+{10 + len(travellers)}+{number}'",
            f"UNZ+1+{number}'",
        ]
    ).encode()


def watchlist(*entries: tuple[str, str, str]) -> str:
    """A list of invented people: for each entry its key, its name and its document; born on the same leap day."""
    lines = [",".join(COLUMNS)]
    lines += [
        f"{key},{name},1988-02-29,SLV,F,{document},CENTRO,Ley de ejemplo art. 1,serious_crime,"
        f"Persona inventada,B2,C,refer,{REVIEW_ON}"
        for key, name, document in entries
    ]
    return "\n".join(lines) + "\n"
