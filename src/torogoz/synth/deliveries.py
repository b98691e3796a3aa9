"""How a day's statements reach the centre: rendered, sent on their carrier's schedule, and not always once or in order.

Every ninth message is sent again, byte for byte, or anew under another control reference; now and then a list is
corrected under the reference that it had, an older push arrives after a newer one, and a few deliveries are broken
(`broken`). Deliveries are named so that their names sort in
the order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from torogoz.domain.manifest import Message
from torogoz.synth.broken import broken_copies
from torogoz.synth.flights import HOME_AIRPORT
from torogoz.synth.render.envelope import Body, Stamp, interchange
from torogoz.synth.render.paxlst import paxlst_segments
from torogoz.synth.render.pnrgov import Colour, pnrgov_segments
from torogoz.synth.statements import Load, close_out, crew_list, late_additions, passenger_list, push, without_documents
from torogoz.synth.truth import Fault

#: First control reference; repeated and broken deliveries are numbered as many further on.
_FIRST = 10_000_000
_SECOND_THOUGHT = timedelta(minutes=12)
_CREW_AHEAD = timedelta(hours=3)
_RECIPIENTS = {"PAXLST": "SVAPIS", "PNRGOV": "SVPNRGOV"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file. `expected` is what its messages say, or would have said before something broke it.

    `serial` tells deliveries apart before they have names; `repeats` is the serial of the one it repeats.
    """

    name: str
    serial: int
    content: bytes
    arrives_at: datetime
    kind: str
    flight: str
    expected: tuple[Message, ...]
    repeats: int | None = None
    fault: Fault | None = None
    readable: bool = True


@dataclass(frozen=True, slots=True)
class _Sent:
    """A statement on its way: messages of one type, with the colours of bookings; `corrects` the one sent before it."""

    kind: str
    prepared_at: datetime
    messages: list[tuple[Message, list[Colour]]]
    delay: timedelta = timedelta()
    corrects: bool = False


def deliver(loads: Sequence[Load], day: int, rng: Random) -> tuple[Delivery, ...]:
    """Render and send everything; give it in order of arrival. `day` numbers the day, so that no reference repeats."""
    deliveries: list[Delivery] = []
    control = _FIRST + day % 1000 * 10_000
    for place, load in enumerate(loads):
        if load.silent:
            continue
        for sent in _statements(load, overtaken=place % 7 == 4, hasty=place % 13 == 2):
            for parcel in _parcels(load, sent):
                control += not sent.corrects
                delivery = _render(load, sent, parcel, control, rng)
                deliveries.append(delivery)
                if control % 9 == 0 and not sent.corrects:
                    deliveries.append(_again(load, sent, parcel, control, delivery))
    return named(deliveries + _broken(deliveries))


def named(deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Put deliveries (also of several days) in order of arrival, and name them so that their names sort likewise."""
    ordered = sorted(deliveries, key=lambda delivery: (delivery.arrives_at, delivery.serial))
    return tuple(
        replace(
            delivery,
            name=f"{place:06d}-{delivery.arrives_at:%Y%m%dT%H%MZ}-{delivery.flight.partition('/')[0]}"
            f"-{delivery.kind.lower()}.edi",
        )
        for place, delivery in enumerate(ordered, 1)
    )


def _broken(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """A broken copy of some passenger lists, a minute before the good one (which the sender sent when it noticed)."""
    originals = [
        one for one in deliveries if one.kind == "PAXLST" and one.repeats is None and one.content.count(b"NAD+FL") > 10
    ]
    return [
        replace(
            originals[place],
            serial=2 * _FIRST + originals[place].serial,
            content=content,
            arrives_at=originals[place].arrives_at - timedelta(minutes=1),
            fault=breakage.fault,
            readable=breakage.readable,
        )
        for place, breakage, content in broken_copies([original.content for original in originals])
    ]


def _statements(load: Load, *, overtaken: bool, hasty: bool) -> Iterator[_Sent]:
    """All that is said of a flight.

    Where a push is `overtaken`, the first arrives after the last. A `hasty` list lacks the documents of some, and is
    corrected under its own reference.
    """
    carrier, departure = load.carrier, load.flight.departs_at
    before: datetime | None = None
    delay = timedelta(hours=carrier.pushes[0] - carrier.pushes[-1], minutes=10) if overtaken else timedelta()
    for hours in carrier.pushes:
        moment = departure - timedelta(hours=hours)
        since = before if carrier.updates else None
        messages = push(load, moment, since)
        before = moment
        if since is None or messages[0][0].bookings:
            yield _Sent("PNRGOV", moment, messages, delay)
        delay = timedelta()
    listed = departure - timedelta(hours=carrier.api_hours)
    whole = passenger_list(load, listed)
    yield _Sent("PAXLST", listed, [(without_documents(whole, 9) if hasty else whole, [])])
    if hasty:
        again = listed + _SECOND_THOUGHT
        yield _Sent("PAXLST", again, [(replace(whole, prepared_at=again), [])], corrects=True)
    if load.flight.designator.carrier in ("X1", "X2", "X7"):
        yield _Sent("PAXLST", departure - _CREW_AHEAD, [(crew_list(load, departure - _CREW_AHEAD), [])])
    late = late_additions(load, listed, departure - timedelta(minutes=50))
    if late and carrier.api_hours > 1:
        yield _Sent("PAXLST", departure - timedelta(minutes=50), [(late, [])])
    if carrier.close_out:
        yield _Sent("PAXLST", departure, [(close_out(load, listed, departure), [])])


def _parcels(load: Load, sent: _Sent) -> list[list[tuple[Message, list[Colour]]]]:
    """A file a message, or all parts of a push in one interchange."""
    return [sent.messages] if load.carrier.parts_together else [[one] for one in sent.messages]


def _render(
    load: Load,
    sent: _Sent,
    parcel: list[tuple[Message, list[Colour]]],
    control: int,
    rng: Random,
) -> Delivery:
    numbered = [
        replace(message, number=place + 1, reference=f"{control}{place:02d}", common_reference=_common(load, sent))
        for place, (message, _) in enumerate(parcel)
    ]
    content = _write(load, sent, list(zip(numbered, (colours for _, colours in parcel), strict=True)), control)
    arrives = sent.prepared_at + timedelta(seconds=rng.randint(5, 100)) + sent.delay
    serial = control + 3 * _FIRST * sent.corrects
    return Delivery("", serial, content, arrives, sent.kind, load.flight.label, tuple(numbered))


def _again(
    load: Load, sent: _Sent, parcel: list[tuple[Message, list[Colour]]], control: int, first: Delivery
) -> Delivery:
    """The same once more: byte for byte, or prepared anew with other references; its content is a duplicate."""
    arrives = first.arrives_at + timedelta(minutes=7)
    if control % 2:
        return replace(first, serial=control + _FIRST, arrives_at=arrives, repeats=control)
    numbered = [replace(message, reference=f"9{control}{place:02d}") for place, message in enumerate(first.expected)]
    content = _write(load, sent, list(zip(numbered, (colours for _, colours in parcel), strict=True)), control + _FIRST)
    return replace(
        first,
        serial=control + _FIRST,
        content=content,
        arrives_at=arrives,
        expected=tuple(numbered),
        repeats=control,
    )


def _write(load: Load, sent: _Sent, parcel: list[tuple[Message, list[Colour]]], control: int) -> bytes:
    dialect = load.carrier.dialect
    bodies = [
        Body(
            sent.kind,
            message.reference or "",
            message.common_reference or "",
            paxlst_segments(message, dialect, HOME_AIRPORT)
            if sent.kind == "PAXLST"
            else pnrgov_segments(message, colours),
            message.part.number if message.part else None,
            message.part.last if message.part else True,
        )
        for message, colours in parcel
    ]
    stamp = Stamp(load.flight.designator.carrier, _RECIPIENTS[sent.kind], sent.prepared_at, str(control))
    return interchange(bodies, stamp, dialect)


def _common(load: Load, sent: _Sent) -> str:
    leg = load.flight.border_leg
    local = f"{leg.departure_local:%y%m%d}" if leg.departure_local else ""
    return f"{load.flight.designator}/{local}/{sent.prepared_at:%d%H%M}"
