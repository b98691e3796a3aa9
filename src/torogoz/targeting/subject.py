"""What the fields look at: one traveller, seen only through the allowed data classes, among the others on the flight.

Refuses to look further: a view of another class is not here to be read, and who is known only through such a view does
not exist. Who is not travelling is in nobody's party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from torogoz.domain.picture import FlightPicture, History, PicturedFlight
from torogoz.domain.purpose import DataClass
from torogoz.targeting.party import Party, party_of
from torogoz.targeting.person import Person, person_of

#: Of an identifier that more bookings have than this, it is not told how many more: it is a call centre's.
MAX_HOLDERS = 1000

#: kind and comparable form of an identifier → the locators of the bookings that have it.
Holders = Mapping[tuple[str, str], set[str]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person on a flight: `party` are those of the same locator, None where no locator is known."""

    flight: PicturedFlight
    person: Person
    party: Party | None
    holders: Holders
    history: History

    def other_bookings(self, kind: str) -> int | None:
        """How many other bookings on the flight share one of these identifiers; None where none can be compared."""
        own = self.person.identifiers.get(kind, ())
        if not own or self.person.locator is None:
            return None
        return len(set[str]().union(*(self.holders[kind, value] for value in own)) - {self.person.locator})


def subjects(
    picture: FlightPicture, classes: frozenset[DataClass], history: Mapping[int, History]
) -> Iterator[Subject]:
    """Everybody who travels and whom an allowed class of data knows, in the picture's order."""
    people = [
        person_of(traveller.id, views, picture.flight)
        for traveller in picture.travellers
        if traveller.travelling and (views := traveller.seen_as(classes))
    ]
    members: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.locator is not None:
            members[person.locator].append(person)
    parties = {locator: party_of(party) for locator, party in members.items()}
    holders = _holders(members)
    unknown = History()
    for person in people:
        party = None if person.locator is None else parties[person.locator]
        yield Subject(picture.flight, person, party, holders, history.get(person.id, unknown))


def _holders(members: Mapping[str, list[Person]]) -> Holders:
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for locator, party in members.items():
        for person in party:
            for kind, values in person.identifiers.items():
                for value in values:
                    if len(holders[kind, value]) <= MAX_HOLDERS:
                        holders[kind, value].add(locator)
    return holders
