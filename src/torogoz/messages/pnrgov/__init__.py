"""PNRGOV 10.1–21.1: the bookings of a flight (IATA PADIS PNRGOV guide).

One booking runs from SRC to the next. Inside it the current group decides what a segment means: the booking itself,
a traveller (TIF), a flight (TVL), the check-in of a traveller on it (DAT, TRI), a service that is no flight (MSG) and
history (ABI, SAC); a split (EQN) may stand among them. SSR may stand in any: `ssr` reads them, and who they are about
is decided when the booking is whole. The modules beside this one each read one of these groups.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from torogoz.domain.booking import Booking
from torogoz.domain.journey import FlightLeg
from torogoz.domain.traveller import Traveller
from torogoz.edifact.segments import RUN_TAG
from torogoz.messages.pnrgov import checkin, flights, head, history, money, people, services
from torogoz.messages.pnrgov.run import BookingRun
from torogoz.messages.pnrgov.ssr import Requests
from torogoz.messages.pnrgov.walk import Group, Reader, Walk, ignore
from torogoz.messages.reading import Reading


def _ssr(walk: Walk, elements: list[str], place: int) -> None:
    walk.requests.hear(elements, place, walk.party, walk.person)


#: Segments that say something in no group or in another one, where nothing of them is kept.
_TAGS = (
    "UNH UNT MSG ORG TVL EQN RCI SSR DAT IFT ADD EBD TIF FTI REF FAR TKT MON PTK TXD FOP TRA RPI APD TRI SSD TBD"
    " ABI SAC LTS"
)
_BEGIN = "SRC"
_ELSEWHERE: dict[str, Reader] = dict.fromkeys(_TAGS.split(), ignore)
_ANYWHERE = {
    **_ELSEWHERE, "SSR": _ssr,
    **head.ANYWHERE, **people.ANYWHERE, **money.ANYWHERE, **flights.ANYWHERE, **history.ANYWHERE, **services.BOOKING,
}  # fmt: skip
#: Segments of which a composite may be repeated, which PADIS writes as elements and UNA may give a sign of its own, and
#: the element from which on it may.
_REPEATED = {"RCI": 1, "DAT": 1, "FTI": 1, "REF": 1, "MON": 1, "FOP": 1, "SSR": 2, "TBD": 5}
_DONE, _KINDS = frozenset(history.ACTIONS.values()), frozenset(services.KINDS.values())
#: What reads a segment, by the group in which it stands and its tag.
READERS: dict[Group, dict[str, Reader]] = {
    Group.HEAD: {**_ELSEWHERE, "SSR": _ssr, **people.ANYWHERE, "LTS": history.ANYWHERE["LTS"], **head.HEAD},
    Group.BOOKING: {**_ANYWHERE, **head.BOOKING},
    Group.TRAVELLER: {**_ANYWHERE, **head.TRAVELLER, **people.TRAVELLER, **money.TRAVELLER},
    Group.FLIGHT: {**_ANYWHERE, **flights.FLIGHT, **checkin.FLIGHT},
    Group.CHECK_IN: {**_ANYWHERE, **checkin.FLIGHT, **checkin.CHECK_IN},
    Group.SERVICE: {**_ANYWHERE, **services.SERVICE},
    Group.HISTORY: {**_ELSEWHERE, **history.ANYWHERE, **history.HISTORY},
}


def read_segment(walk: Walk, text: str, place: int) -> bool:
    """Read one segment, and tell whether it begins a booking, which is left to the caller."""
    service = walk.reading.service
    elements = text.split(service.element)
    tag = elements[0]
    if tag not in _ELSEWHERE and tag != _BEGIN:
        tag = tag.strip()
        if tag not in _ELSEWHERE and tag != _BEGIN:
            walk.reading.note_unknown(place)
            return False
        walk.reading.note("BLANK_IN_TAG", place)
    if tag == _BEGIN:
        return True
    if service.repetition and service.repetition in text and tag in _REPEATED:
        elements = service.repeated(elements, _REPEATED[tag])
    READERS[walk.group][tag](walk, elements, place)
    return False


class Pnrgov:
    """One PNRGOV being read; after `read`, its public attributes hold what it said."""

    def __init__(self, reading: Reading, runs: Sequence[BookingRun] = ()) -> None:
        self._reading = reading
        self._runs = runs
        self._walk = Walk(reading, Requests(reading))
        self.travellers: list[Traveller] = []
        self.bookings: list[Booking] = []
        self.function: str | None = None
        self.qualifier: str | None = None
        self.expected: int | None = None

    def read(self) -> None:
        """Read every segment after UNH in order."""
        reading, walk = self._reading, self._walk
        runs = iter(self._runs)
        for place, text in enumerate(reading.segments.texts):
            if text == RUN_TAG:
                self._end_booking()
                self._take(next(runs))
            elif read_segment(walk, text, place):
                self._end_booking()
                head.begin(walk, place)
        self._end_booking()
        self.function, self.expected = walk.function, walk.expected
        self._count_codes()
        if self.function is None:
            reading.findings.note("BGM_MISSING", "MSG", reading.segments.starts[0])

    def flights(self) -> tuple[FlightLeg, ...]:
        """The leg whose bookings are pushed."""
        return (self._walk.pushed,) if self._walk.pushed else ()

    def _count_codes(self) -> None:
        """Count entries of history and services whose code the tables do not have; they are kept as sent."""
        changes = sum(each.action not in _DONE for one in self.bookings for each in one.changes)
        services = sum(each.kind not in _KINDS for one in self.bookings for each in one.services)
        self._reading.unknown |= {tag: number for tag, number in (("SAC", changes), ("MSG", services)) if number}

    def _end_booking(self) -> None:
        walk, segments = self._walk, self._reading.segments
        party = walk.party
        if party is None:
            return
        walk.requests.settle(party, walk.pushed)
        self.bookings.append(party.booking(len(self.travellers), segments))
        for person in party.people:
            person.record_locator = party.locator
            self.travellers.append(person.traveller(segments))
        if party.locator is None:
            self._reading.note("LOCATOR_MISSING", party.place)
        walk.party = None

    def _take(self, run: BookingRun) -> None:
        """Put bookings that were read already among the others."""
        first = len(self.travellers)
        for booking in run.bookings:
            places = tuple([first + place for place in booking.travellers])
            self.bookings.append(structs.replace(booking, travellers=places) if first else booking)
        self.travellers += run.travellers
        self._reading.ssr += run.ssr
        self._reading.sensitive += run.sensitive
