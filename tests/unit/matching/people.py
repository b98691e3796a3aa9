"""Invented entries and queries for the tests of matching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query


def entry(
    key: str = "W-1",
    names: str | Sequence[str] = ("MARIA GARCIA LOPEZ",),
    born: str | Sequence[str] = "1988-02-11",
    nationality: str = "SLV",
    sex: str | None = "F",
    document: str | None = None,
) -> Entry:
    """An entry; a single name or date may stand alone."""
    names = (names,) if isinstance(names, str) else tuple(names)
    dates = (born,) if isinstance(born, str) else tuple(born)
    return Entry(
        key,
        names,
        tuple(PartialDate.parse(each) for each in dates if each),
        (nationality,) if nationality else (),
        sex,
        (Document(document),) if document else (),
    )


def ask(
    surname: str | None = "GARCIA LOPEZ",
    given: str | None = "MARIA",
    born: str | None = "1988-02-11",
    nationality: str | None = "SLV",
    sex: str | None = "F",
    document: str | None = None,
) -> Query:
    """A query for somebody."""
    return Query(
        surname,
        given,
        PartialDate.parse(born) if born else None,
        nationality,
        sex,
        (Document(document),) if document else (),
    )


def crowd(size: int, shared: str = "MARIA") -> list[Entry]:
    """People who share a name and otherwise have names of their own, born on other days than anybody in the tests."""
    letters = "BCDFGHJKLMNPRSTV"
    return [
        entry(
            f"C-{number}",
            f"{shared} {''.join(letters[number // 16**place % 16] + 'AEIO'[number % 4] for place in range(4))}",
            f"19{40 + number % 50}-{1 + number % 12:02d}-{20 + number % 8:02d}",
            nationality=("GTM", "HND", "MEX")[number % 3],
        )
        for number in range(size)
    ]


#: Few words, near to each other, so that random people collide: typing slips, cuts, initials, particles, glued words,
#: slipped blanks, other forms and other spellings of a name.
WORDS = [
    *("MARIA", "MARIO", "MARIANA", "GARCIA", "GARSIA", "GRACIA", "GARCIALOPEZ", "LOPEZ", "LOPES", "M", "G", "MR", "O"),
    *(
        "DE",
        "LA",
        "DELACRUZ",
        "CRUZ",
        "AL",
        "MASRI",
        "ALMASRI",
        "MUHAMMAD",
        "MOHAMED",
        "EJEMPLO",
        "EJENPLO",
        "XI",
        "ÑANDÚ",
    ),
    *("MARUJA", "MA", "PEPE", "JOSE", "MUXXOZ", "Müoz", "Мария", "محمد", "王小明", "XIAOMING", "WANG", "XIAO", "MING"),
    *("GARCIALOPEZMARIA", "MARIADELACRUZLOPEZMR", "GARCIALOPZEMARIA", "WANGXIAOMING", "MG", "B", "E"),
    *("ABDULKARIM", "ABDUL", "KARIM", "GARCI", "ALOPEZ", "KRUZMRS"),
    *(
        "GA",
        "MA",
        "EJEMPLODR",
        "EJENPOL",
        "RNARIA",
        "GARLIA",
        "LIU",
        "LI",
        "LUI",
        "TSCHEMASRI",
        "CHEMASRY",
        "HSIAO",
        "HSIAOMING",
    ),
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=0, max_size=4).map(" ".join)
DATES = st.sampled_from(
    [
        *(
            "1988-02-11",
            "1988-11-02",
            "1988-02-12",
            "1988-02-02",
            "1988-03-11",
            "1978-02-11",
            "1898-02-11",
            "1960-07-30",
        ),
        *("1988", "1988-02", "1988-11", "1960"),
    ]
)
STATES = st.sampled_from(["SLV", "GTM", "HND"])
NUMBERS = st.sampled_from(
    ["A01234567", "A-0123 4567", "A01234576", "A0123456", "B7654321", "B12345", "X1", "X123", "-"]
)
DOCUMENTS = st.builds(Document, NUMBERS, st.sampled_from([None, "P"]), st.sampled_from([None, "SLV", "GTM"]))
ENTRIES = st.builds(
    Entry,
    st.uuids().map(str),
    st.lists(NAMES, max_size=3).map(tuple),
    st.lists(DATES.map(PartialDate.parse), max_size=2).map(tuple),
    st.lists(STATES, max_size=2).map(tuple),
    st.sampled_from([None, "F", "M", "X"]),
    st.lists(DOCUMENTS, max_size=2).map(tuple),
)
QUERIES = st.builds(
    Query,
    st.none() | NAMES,
    st.none() | NAMES,
    st.none() | DATES.map(PartialDate.parse),
    st.none() | STATES,
    st.sampled_from([None, "F", "M", "U"]),
    st.lists(DOCUMENTS, max_size=2).map(tuple),
    st.booleans(),
)
#: As carriers write who has one name only.
QUERIES |= st.builds(replace, QUERIES, given_names=st.none()) | QUERIES.map(
    lambda query: replace(query, given_names=query.surname)
)
THRESHOLDS = st.sampled_from([0.000001, 0.0001, 0.01, 0.3, 0.5, 0.91, 0.99])
