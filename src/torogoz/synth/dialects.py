"""How the invented carriers send: which signs, envelopes and versions, and when.

Every row copies a habit that public samples or guides show: other service characters than the standard's, a backslash
as release, lines broken for telex, functional groups left out, trailers that count wrong, Latin-1 letters, whole card
numbers. Readers must live with all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.edifact.tokens import ServiceCharacters

_STANDARD = ServiceCharacters()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a carrier's host writes its messages."""

    signs: ServiceCharacters = _STANDARD
    una: bool = True
    syntax: str = "UNOA:4"
    paxlst: str = "D:05B"
    pnrgov: str = "13:1"
    line_end: str = ""
    group: bool = True
    wrong_count: bool = False
    telex: bool = False
    whole_card: bool = False
    split_given: bool = False
    century: bool = False

    @property
    def accents(self) -> bool:
        """Whether names keep their accents: UNOC is ISO 8859-1 (UNTDID, data element 0001)."""
        return self.syntax.startswith("UNOC")

    @property
    def charset(self) -> str:
        """The encoding of its bytes."""
        return "latin-1" if self.accents else "ascii"


@dataclass(frozen=True, slots=True)
class Carrier:
    """An invented carrier: its name, how it writes, and when it sends what.

    `pushes` are hours before departure at which it sends PNRGOV; from the second on only what changed (MSG 141) where
    `updates`. `api_hours` is when the passenger list goes out: 20 is the opening of check-in, 1 its close. `close_out`
    is the qualifier of the last message (CL, CLNB, CLOB), None for a carrier that sends none. `part_size` splits a
    push into messages of so many bookings.
    """

    name: str
    dialect: Dialect
    pushes: tuple[int, ...]
    api_hours: int
    close_out: str | None
    updates: bool = False
    part_size: int | None = None
    parts_together: bool = False


_STAR = ServiceCharacters(element="*", terminator="$")
_HASH = ServiceCharacters(element="*", terminator="#")
_BACKSLASH = ServiceCharacters(release="\\")
_BRACKETS = ServiceCharacters(element="(", terminator=")")

CARRIERS: dict[str, Carrier] = {
    "X1": Carrier("Aerovía del Izalco", Dialect(), (24, 2), 20, "CLNB", updates=True),
    "X2": Carrier(
        "Alas del Nevado", Dialect(_STAR, paxlst="D:12B", pnrgov="11:1", line_end="\r\n"), (72, 24, 0), 20, "CLOB"
    ),
    "X3": Carrier(
        "Istmo Airways",
        Dialect(_BACKSLASH, paxlst="D:15B", pnrgov="15:1", group=False, split_given=True),
        (24, 2),
        20,
        "CL",
        part_size=30,
    ),
    "X4": Carrier("Lone Prairie Air", Dialect(_HASH, paxlst="D:02B", pnrgov="12:1", telex=True), (24, 2), 1, None),
    "X5": Carrier(
        "Meridian Southern",
        Dialect(una=False, pnrgov="14:1", line_end="\n", wrong_count=True),
        (72, 24, 2),
        20,
        "CLNB",
        updates=True,
    ),
    "X6": Carrier(
        "Blue Ridge Airlines", Dialect(pnrgov="13:1"), (24, 0), 20, "CLOB", part_size=25, parts_together=True
    ),
    "X7": Carrier(
        "Líneas del Poniente",
        Dialect(syntax="UNOC:3", paxlst="D:15B", pnrgov="15:1", line_end="\r\n", split_given=True, century=True),
        (72, 24, 2),
        20,
        "CLNB",
        updates=True,
    ),
    "X8": Carrier(
        "Pelican Express", Dialect(_BRACKETS, paxlst="D:12B", pnrgov="11:1", whole_card=True), (24, 0), 20, "CLNB"
    ),
    "X9": Carrier("Vuelos Ceibeños", Dialect(pnrgov="10:1", line_end="\n", group=False), (24,), 1, None),
}
