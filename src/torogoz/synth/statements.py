"""What a carrier says at a moment, as the domain's messages: passenger lists, crew lists, close-outs, PNR pushes.

These are also the expectation of every reader's test: what is rendered from a `Message` must be read as that message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from msgspec import structs

from torogoz.domain.booking import Booking, Payment
from torogoz.domain.manifest import Message, Part, Withheld
from torogoz.domain.traveller import Traveller
from torogoz.synth.commerce import Fate, Passenger, Reservation, tickets_of
from torogoz.synth.dialects import CARRIERS, Carrier
from torogoz.synth.flights import SyntheticFlight
from torogoz.synth.render.pnrgov import Colour

#: From here on a push says who checked in, with seat and bags.
_CHECK_IN_CLOSES = timedelta(hours=2)


@dataclass(slots=True)
class Load:
    """A flight with the bookings on it, its seats by passenger reference, and its crew."""

    flight: SyntheticFlight
    reservations: list[Reservation]
    seats: dict[str, str]
    crew: tuple[Traveller, ...] = ()

    @property
    def carrier(self) -> Carrier:
        """Who flies it."""
        return CARRIERS[self.flight.designator.carrier]

    @property
    def silent(self) -> bool:
        """Whether it flies without a word."""
        return self.flight.rotation.silent and self.flight.inbound


def booked_at(load: Load, moment: datetime) -> list[tuple[Reservation, Passenger]]:
    """Everybody who holds a booking at a moment."""
    held = (reservation.at(moment) for reservation in load.reservations)
    return [(booking, passenger) for booking in held if booking for passenger in booking.passengers]


def passenger_list(load: Load, moment: datetime) -> Message:
    """PAXLST 745: all who are expected, with bags once check-in has closed (then without those who stayed away)."""
    closed = load.flight.departs_at - moment <= _CHECK_IN_CLOSES
    people = [
        _declared(load, passenger, with_bags=closed)
        for _, passenger in booked_at(load, moment)
        if not (closed and passenger.fate is Fate.NO_SHOW)
    ]
    return _api(load, moment, people)


def without_documents(message: Message, nth: int) -> Message:
    """The same list in which every so many-th traveller shows no document yet."""
    people = [
        structs.replace(one, documents=()) if place % nth == nth - 1 else one
        for place, one in enumerate(message.travellers)
    ]
    return replace(message, travellers=tuple(people))


def late_additions(load: Load, since: datetime, moment: datetime) -> Message | None:
    """PAXLST 745 CP: those who came after the list was sent; None where there are none."""
    before = {passenger.declared.reference for _, passenger in booked_at(load, since)}
    people = [
        _declared(load, passenger, with_bags=True)
        for _, passenger in booked_at(load, moment)
        if passenger.declared.reference not in before and passenger.fate is Fate.BOARDS
    ]
    return replace(_api(load, moment, people), qualifier="CP") if people else None


def close_out(load: Load, listed_at: datetime, moment: datetime) -> Message:
    """The last API message: who is on board (CLOB), who is not (CLNB), or only that the flight has closed (CL)."""
    on_board = {
        passenger.declared.reference: passenger
        for _, passenger in booked_at(load, moment)
        if passenger.fate is Fate.BOARDS
    }
    qualifier = load.carrier.close_out
    people: Iterable[Passenger] = ()
    if qualifier == "CLOB":
        people = on_board.values()
    elif qualifier == "CLNB":
        people = [
            passenger for _, passenger in booked_at(load, listed_at) if passenger.declared.reference not in on_board
        ]
    message = _api(load, moment, [_declared(load, passenger, with_bags=True) for passenger in people])
    return replace(message, qualifier=qualifier, expected_travellers=len(on_board))


def crew_list(load: Load, moment: datetime) -> Message:
    """PAXLST 250."""
    return replace(_api(load, moment, list(load.crew)), function="250")


def push(load: Load, moment: datetime, since: datetime | None) -> list[tuple[Message, list[Colour]]]:
    """PNRGOV: all bookings held (22), or those that changed `since` an earlier push (141), in one or more parts."""
    if since is None:
        held = [booking for reservation in load.reservations if (booking := reservation.at(moment))]
        gone: list[Reservation] = []
    else:
        touched = [one for one in load.reservations if one.changed_between(since, moment)]
        held = [booking for reservation in touched if (booking := reservation.at(moment))]
        gone = [one for one in touched if one.created_at <= since and one.cancelled_by(moment)]
    total = len(held) + len(gone)
    size = load.carrier.part_size or max(total, 1)
    everything = held + gone
    slices = [everything[start : start + size] for start in range(0, len(everything), size)] or [[]]
    messages = []
    for place, some in enumerate(slices):
        part = Part(place + 1, last=place + 1 == len(slices)) if load.carrier.part_size else None
        message, colours = _pnr_message(load, moment, some, cancelled=gone)
        messages.append(
            (
                replace(message, function="22" if since is None else "141", part=part, expected_bookings=total),
                colours,
            )
        )
    return messages


def _api(load: Load, moment: datetime, people: list[Traveller]) -> Message:
    dialect = load.carrier.dialect
    return Message(
        number=1,
        type="PAXLST",
        version=dialect.paxlst,
        function="745",
        sender=load.flight.designator.carrier,
        flights=load.flight.legs,
        expected_travellers=len(people),
        travellers=tuple(people),
        prepared_at=moment,
    )


def _declared(load: Load, passenger: Passenger, *, with_bags: bool) -> Traveller:
    seat = load.seats.get(passenger.declared.reference or "")
    return structs.replace(passenger.declared, seat=seat, bags=passenger.declared.bags if with_bags else None)


def _pnr_message(
    load: Load, moment: datetime, reservations: Sequence[Reservation], cancelled: Sequence[Reservation]
) -> tuple[Message, list[Colour]]:
    checked_in = load.flight.departs_at - moment <= _CHECK_IN_CLOSES
    dialect = load.carrier.dialect
    travellers: list[Traveller] = []
    bookings = []
    colours = []
    ssr = free_text = 0
    for one in reservations:
        if any(one is other for other in cancelled):
            bookings.append(Booking(one.locator, one.carrier, one.created_at, cancelled=True))
            colours.append(Colour(()))
            continue
        places = tuple(range(len(travellers), len(travellers) + len(one.passengers)))
        travellers += [_booked(load, passenger, checked_in=checked_in) for passenger in one.passengers]
        bookings.append(
            Booking(
                one.locator,
                one.carrier,
                one.created_at,
                travellers=places,
                itinerary=one.itinerary,
                agency=one.agency,
                contacts=one.contacts,
                payments=tuple(_shown(payment, whole=dialect.whole_card) for payment in one.payments),
                tickets=tickets_of(one),
                split_from=one.split_from,
            )
        )
        colours.append(_colour(one, moment if checked_in else None))
        ssr += sum(request.sensitive for passenger in one.passengers for request in passenger.requests)
        free_text += sum("WHEELCHAIR" in remark for remark in one.remarks) + len(colours[-1].history)
    message = Message(
        number=1,
        type="PNRGOV",
        version=dialect.pnrgov,
        sender=load.flight.designator.carrier,
        flights=(load.flight.border_leg,),
        travellers=tuple(travellers),
        bookings=tuple(bookings),
        withheld=Withheld(ssr, free_text),
        prepared_at=moment,
    )
    return message, colours


def _booked(load: Load, passenger: Passenger, *, checked_in: bool) -> Traveller:
    if not checked_in or passenger.fate is Fate.NO_SHOW:
        return structs.replace(passenger.booked, bags=None)
    bags = passenger.booked.bags if passenger.booked.bags and passenger.booked.bags.count else None
    seat = load.seats.get(passenger.booked.reference or "")
    return structs.replace(passenger.booked, seat=seat, bags=bags, checked_in=True)


def _shown(payment: Payment, *, whole: bool) -> Payment:
    if payment.card is None or whole:
        return payment
    return structs.replace(payment, card=payment.card[:6] + "XXXXXX" + payment.card[-4:])


def _colour(reservation: Reservation, checked_in_at: datetime | None) -> Colour:
    history = tuple(
        f"0/O/SR/SSR {request.code}{reservation.carrier}HK1/{passenger.booked.surname}"
        for passenger in reservation.passengers
        for request in passenger.requests
        # Carriers that keep history repeat every request in it; here those with a text do.
        if request.sensitive and request.text
    )
    return Colour(
        tuple(passenger.requests for passenger in reservation.passengers),
        reservation.remarks,
        history,
        checked_in_at,
    )
