"""Names as carriers send them: upper case, titles taken off, given and middle names with one blank between.

Titles that tell sex or age are kept apart; all others are dropped, the clerical ones because they tell a religion
(`sensitive`). Airline systems glue a title to the given name (`JOHNMR`); a name that itself ends like a title is kept
(`_LIKE_TITLES`). FNU and LNU are the field's words for *no given name* and *no surname*.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from torogoz.messages.sensitive_table import DEFAULT, SensitiveTable

#: What the contract names, the longer before what it ends in.
TITLES = ("MSTR", "MISS", "MRS", "MR", "MS", "INF", "CHD")
_KEPT = frozenset(TITLES)
#: No two of them end in the same two letters.
_BY_END = {title[-2:]: title for title in TITLES}
#: Titles that stand before a name or after it; those of a language in which they are names too are left alone.
_DROPPED = frozenset(("DR", "DRA", "DRS", "PROF", "ING", "LIC", "ARQ", "SR", "SRA", "SRTA", "ESQ", "CAPT", "SIR"))
#: Given names that end like a title without holding one.
_LIKE_TITLES = frozenset(
    word
    for line in (
        "AMR OMR UMR SAMR NIMR TAMR QAMR",
        "ADAMS WILLIAMS ABRAHAMS GRAHAMS SIMS TOMS THOMS HELMS JAMS RAMS HAMS SAMS ARTEMISS",
    )
    for word in line.split()
)
_NO_NAME = frozenset(("FNU", "LNU", "NFN", "XXX", "-", "."))


class _Titles(NamedTuple):
    """Titles before a name, after it, all words that are no names, and the titles that tell a religion."""

    first: frozenset[str]
    last: frozenset[str]
    telling: frozenset[str]
    clerical: frozenset[str]


@lru_cache(maxsize=4)
def _titles(table: SensitiveTable) -> _Titles:
    first = _KEPT | _DROPPED | table.titles
    last = first | table.titles_last
    dotted = frozenset(f"{title}." for title in last)
    return _Titles(first, last, last | _NO_NAME | dotted, table.titles | table.titles_last)


#: To look the table up costs as much as to read a name.
_DEFAULT_TITLES = _titles(DEFAULT)

#: A name taken apart: surname, given names, title, and the title that was dropped because it tells a religion.
SentName = tuple[str | None, str | None, str | None, str | None]


def read_name(surname: str, given: str, *, glued: bool = False, table: SensitiveTable = DEFAULT) -> SentName:
    """Take a name apart. With `glued`, the last given name may end in a title (PNRGOV)."""
    titles = _DEFAULT_TITLES if table is DEFAULT else _titles(table)
    family, first = surname.upper().split(), given.upper().split()
    title = None
    if glued and first:
        first[-1], title = _unglued(first[-1])
    plain = title is None or ("." not in given and title not in titles.clerical)
    if plain and family and first and titles.telling.isdisjoint(first) and _NO_NAME.isdisjoint(family):
        return " ".join(family), " ".join(first), title, None
    if title:
        first.append(title)
    # A name in one piece may end in its title too.
    first, title, clerical = _without_titles(first, titles)
    if not first and title is None:
        family, title, clerical = _without_titles(family, titles)
    family = [word for word in family if word not in _NO_NAME]
    first = [word for word in first if word not in _NO_NAME]
    if not family:
        family, first = first, []
    return " ".join(family) or None, " ".join(first) or None, title, clerical


def read_plain_name(surname: str, given: str, table: SensitiveTable) -> SentName:
    """The same with `glued` for names in upper case, without blanks around them: at half the cost for single words."""
    if given and " " not in surname and " " not in given:
        titles = _DEFAULT_TITLES if table is DEFAULT else _titles(table)
        first, title = _unglued(given)
        if surname not in _NO_NAME and first not in titles.telling and title not in titles.clerical:
            return surname, first, title, None
    return read_name(surname, given, glued=True, table=table)


def _without_titles(words: list[str], titles: _Titles) -> tuple[list[str], str | None, str | None]:
    """Titles stand first or last. The only name a person has is no title, unless it is one of those we keep."""
    title, clerical = None, None
    while len(words) > 1 or (words and words[0] in _KEPT):
        if words[-1].rstrip(".") in titles.last:
            word = words.pop().rstrip(".")
        elif words[0].rstrip(".") in titles.first:
            word = words.pop(0).rstrip(".")
        else:
            break
        clerical = word if word in titles.clerical else clerical
        title = title or (word if word in _KEPT else None)
    return words, title, clerical


def _unglued(word: str) -> tuple[str, str | None]:
    """A given name and the title glued to it. What is left must be a name: two letters at least."""
    title = _BY_END.get(word[-2:])
    if title and word.endswith(title) and len(word) > len(title) + 1 and word not in _LIKE_TITLES:
        return word.removesuffix(title), title
    return word, None
