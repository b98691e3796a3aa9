"""OFAC's list of specially designated nationals as comma-separated files: `sdn.csv`, with `alt.csv` beside it.

No header: twelve columns by place, `-0-` for nothing, a control sign (0x1A) behind the last line. Individuals only.
Birth dates, nationalities, sex and documents stand in the remarks as English sentences between semicolons, of which
those in the table are read; the other ones say nothing that is compared. Weak aliases stand there in quotes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from torogoz.matching.sources.birth_dates import english
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.listed import Listed
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow, Row, cells_of, numbered_lines

_COLUMNS = 12
#: Names of the other file that are held for their entries.
MOST_ALIASES = 200_000
#: How a document begins → its code of DOC 1001. Tax, licence and register numbers are shown at no border, nor are those
#: of a person that no document bears as its own (C.U.R.P., CNP).
DOCUMENTS: dict[str, str] = {
    "passport": "P",
    "diplomatic passport": "P",
    "british national overseas passport": "P",
    "stateless person passport": "P",
    "national id no.": "I",
    "national foreign id number": "I",
    "identification number": "I",
    "personal id card": "I",
    "cedula no.": "I",
    "numero de identidad": "I",
    "c.u.i.": "I",
    "d.n.i.": "I",
    "dni": "I",
    "citizen's card number": "I",
    "federal id card": "I",
    "kenyan id no.": "I",
    "moroccan personal id no.": "I",
    "tazkira national id card": "I",
    "turkish identification number": "I",
    "uae identification": "I",
    "n.i.e.": "",
    "refugee id card": "",
    "residency number": "",
    "seafarer's identification document": "",
    "stateless person id card": "",
    "travel document number": "",
}
_BEGINNINGS = "|".join(re.escape(word) for word in sorted(DOCUMENTS, key=len, reverse=True))
_DOCUMENT = re.compile(
    rf"({_BEGINNINGS})\s+#?(.*?)(?:\s+\(([^()]*(?:\([^()]*\))?)\))?(?:\s+(?:issued|expires)\b.*)?\Z",
    re.IGNORECASE | re.ASCII,
)
#: A word for the number within it: `CNIC: 35202-…`. The number of a booklet is not the passport's.
_LABEL = re.compile(r"(?!booklet\b)[A-Za-z]{1,10}:\s*", re.IGNORECASE)
#: As many signs the remarks may have (OFAC's description of the file); what is longer is cut, within a number too.
_MOST_SIGNS, _STRIPPED = 1000, 10
_NUMBER = re.compile(r"[0-9]{1,12}")
_QUOTED = re.compile(r"'((?:[^']|'(?=\w))*)'")
_END = "\x1a"


def read_ofac_csv(
    chunks: Iterable[bytes], aliases: Mapping[str, Sequence[str]], left: Counter[Left]
) -> Iterator[Row | RefusedRow]:
    """Rows of the individuals; `aliases` as `aliases_by_entry` gives them."""
    for number, cells in _lines(chunks):
        if isinstance(cells, Fault):
            yield RefusedRow(number, (CellFault(cells),))
        elif len(cells) != _COLUMNS:
            yield RefusedRow(number, (CellFault(Fault.RECORD),))
        elif cells[2].lower() != "individual":
            left[Left.KIND] += 1
        elif not _NUMBER.fullmatch(cells[0]):
            yield RefusedRow(number, (CellFault(Fault.UNREADABLE, "id"),))
        else:
            person = Listed(number, cells[0], left)
            person.name(cells[1])
            for name in aliases.get(cells[0], ()):
                person.name(name)
            _remarks(person, _whole(cells[11], left))
            yield person.row()


def aliases_by_entry(chunks: Iterable[bytes], left: Counter[Left]) -> Mapping[str, Sequence[str]]:
    """The names of `alt.csv` by the number of their entry; a line that is none is counted."""
    found: dict[str, list[str]] = defaultdict(list)
    held = 0
    for _, cells in _lines(chunks):
        if isinstance(cells, Fault) or len(cells) < 4 or not _NUMBER.fullmatch(cells[0]) or held >= MOST_ALIASES:
            left[Left.BESIDE] += 1
        else:
            found[cells[0]].append(cells[3])
            held += 1
    return found


def read_id(person: Listed, kind: str, number: str, issuer: str) -> None:
    """A document by OFAC's word for it; what is no document of identity is passed over."""
    word = kind.strip().lower()
    if word in DOCUMENTS:
        label = _LABEL.match(number)
        person.document(number[label.end() :] if label else number, DOCUMENTS[word], issuer)


def _lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, list[str] | Fault]]:
    """The cells of each line that is not empty, without blanks around them, `-0-` as nothing."""
    for number, line in numbered_lines(chunks):
        if line is not None and not line.strip(b"\x1a \t\r"):
            continue
        cells = cells_of(line)
        if isinstance(cells, Fault):
            yield number, cells
        else:
            yield number, ["" if cell.strip() == "-0-" else cell.strip().rstrip(_END) for cell in cells]


def _whole(remarks: str, left: Counter[Left]) -> str:
    """The remarks without a last sentence that the file cut off: half a number would be another document's."""
    if remarks.endswith(".") or len(remarks) < _MOST_SIGNS - _STRIPPED:
        return remarks
    left[Left.CUT] += 1
    return remarks.rpartition(";")[0]


def _remarks(person: Listed, remarks: str) -> None:
    """What the remarks say, sentence by sentence."""
    for part in remarks.split(";"):
        said = part.strip().removesuffix(".").removeprefix("alt. ")
        word, _, rest = said.partition(" ")
        match word.lower():
            case "dob":
                person.born(english(rest))
            case "nationality" | "citizen":
                person.state(rest)
            case "gender":
                person.sex(rest)
            case "a.k.a.":
                for name in _QUOTED.findall(rest):
                    person.name(name, weak=True)
            case _:
                if found := _DOCUMENT.match(said):
                    read_id(person, found[1], found[2], found[3] or "")
