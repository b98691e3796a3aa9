"""What is known of each traveller on a flight, field by field, from the allowed classes of data only.

Takes a picture, the classes that may be read and what history knows; gives one row per person who travels and whom
those classes know. Pure: the same inputs give the same facts. Refuses to read a view of another class: a civil rule
cannot see what only the booking told, not even that somebody is on the flight (design §2). A row also answers from
which message and bytes a field was read, so that a hit can name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from torogoz.domain.finding import Origin
from torogoz.domain.hit import Fact, Source
from torogoz.domain.picture import FlightPicture, History, View
from torogoz.domain.purpose import DataClass
from torogoz.targeting.field import Field, Kind, Value
from torogoz.targeting.subject import subjects
from torogoz.targeting.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Facts:
    """One traveller's row: every field, None where unknown or not to be read, and the views read."""

    traveller: int
    classes: frozenset[DataClass]
    values: Mapping[str, Value | None]
    views: tuple[View, ...] = ()

    def sources(self, names: Iterable[str]) -> tuple[Source, ...]:
        """The messages and positions from which these fields were read, in the order of the messages."""
        found: dict[int, set[tuple[int, int]]] = {}
        for name in names:
            for view, origins in _read(VOCABULARY[name], self.views):
                found.setdefault(view.message, set()).update((origin.start, origin.end) for origin in origins)
        return tuple(Source(message, tuple(sorted(found[message]))) for message in sorted(found))


def facts(picture: FlightPicture, classes: frozenset[DataClass], history: Mapping[int, History]) -> tuple[Facts, ...]:
    """Compute everybody's facts, in the picture's order."""
    unknown = dict.fromkeys(VOCABULARY)
    fields = [field for field in VOCABULARY.values() if field.readable(classes)]
    return tuple(
        Facts(
            subject.person.id,
            classes,
            unknown | {field.name: field.derive(subject) for field in fields},
            subject.person.views,
        )
        for subject in subjects(picture, classes, history)
    )


def freeze(row: Facts, names: Iterable[str]) -> tuple[tuple[str, Fact], ...]:
    """The values of some fields, written so that they can be kept: dates in ISO form, sets of codes in order."""
    return tuple((name, _written(row.values[name])) for name in names)


def thaw(frozen: Iterable[tuple[str, Fact]]) -> dict[str, Value | None]:
    """The values that were kept, beside which every other field is unknown."""
    return dict.fromkeys(VOCABULARY) | {name: _value(fact, VOCABULARY[name].kind) for name, fact in frozen}


def _written(value: Value | None) -> Fact:
    match value:
        case frozenset():
            return tuple(sorted(value))
        case date():
            return value.isoformat()
        case _:
            return value


def _value(fact: Fact, kind: Kind) -> Value | None:
    match fact:
        case tuple():
            return frozenset(fact)
        case str() if kind is Kind.DATE:
            return date.fromisoformat(fact)
        case int() if kind is Kind.DECIMAL:
            return float(fact)
        case _:
            return fact


def _read(field: Field, views: tuple[View, ...]) -> Iterator[tuple[View, list[Origin]]]:
    """The views that a field was read from: the first one that knows, or every one where it compares them."""
    for view in views:
        if view.data_class in field.reads and _knows(field, view):
            places = (*view.traveller.origins, *(view.booking.origins if view.booking else ()))
            yield view, [origin for origin in places if origin.field in field.read_from]
            if not field.every:
                return


def _knows(field: Field, view: View) -> bool:
    """Whether a view says anything of what the field is read from."""
    holders = (view.traveller, view.booking)
    return any(
        getattr(holder, attribute, None) not in (None, (), "") for holder in holders for attribute in field.read_from
    )
