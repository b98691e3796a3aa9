"""A fact as segments and as elements, and the invented values of which facts are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

DEPARTS = datetime(2026, 11, 22, 9, 45)  # noqa: DTZ001 - an airport's wall clock
# No letters at random: some of them make a word that is withheld.
LETTERS = st.sampled_from(("ALFA", "BRAVO", "CHARLIE", "SANTA TECLA"))
DIGITS = st.text("0123456789", min_size=8, max_size=8)
AIRPORTS = st.sampled_from(("MIA", "SAL", "GUA", "LAX", "MAD", "PTY"))
STATES = st.sampled_from(("SLV", "GTM", "USA", "ESP"))
CARRIERS = st.sampled_from(("X1", "X2", "X3"))
LOCATORS = st.text("BCDFGHJKLMNPQRSTVWXZ23456789", min_size=6, max_size=6)
SURNAMES = st.sampled_from(("EJEMPLO PRUEBA", "MUESTRA", "INVENTADO", "D'ORO", "FICTICIA-PAZ"))
GIVEN = st.sampled_from(("ANA", "BENITO", "CARLA EVA", "LUZ"))
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
BIRTHS = st.dates(date(1940, 1, 1), date(2020, 1, 1))
LATER = st.dates(date(2027, 1, 1), date(2035, 1, 1))
MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2026, 11, 20)).map(lambda each: each.replace(second=0))  # noqa: DTZ001
REMARKS = st.sampled_from(("VIP GUEST", "PAX IS A FRIEND OF THE HOUSE", "NEEDS A WHEELCHAIR", "CALL BEFORE"))
REQUESTS = st.sampled_from(("OTHS", "MOML", "WCHR", "BBML", "UMNR", "PETC"))


@dataclass(frozen=True, slots=True)
class Both:
    """The same fact as segments, and as elements."""

    segments: str
    elements: str


def escaped(text: str) -> str:
    """A value in a segment."""
    return text.translate({ord(sign): f"?{sign}" for sign in "?+:'"})


def element(name: str, *inner: str, **attributes: str) -> str:
    """An element with its attributes and what is in it."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inner)}</{name}>"


def day(moment: datetime) -> str:
    return f"{moment:%d%m%y}:{moment:%H%M}"


def clock(moment: datetime, offset: str = "") -> str:
    return f"{moment:%Y-%m-%dT%H:%M:00}{offset}"


def spoken(when: date) -> str:
    return f"{when:%d}{MONTHS[when.month - 1]}{when:%y}"


def joined(parts: Iterable[Both]) -> Both:
    parts = list(parts)
    return Both("".join(each.segments for each in parts), "".join(each.elements for each in parts))


def some(of: st.SearchStrategy[Both], most: int = 2) -> st.SearchStrategy[Both]:
    """None, one or several of a kind."""
    return st.lists(of, max_size=most).map(joined)
