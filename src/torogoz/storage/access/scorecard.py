"""How a carrier sends: what came, what came late or not at all, what was wrong with it, and how complete it was.

Computed whenever somebody looks, from messages, flights and the stages at which these were looked at; nothing is
counted beside them, so that nothing can disagree (design §7). A carrier's own person sees their own carrier's, and
nothing else. Figures about travellers are shares of many: below `LEAST` they are not shown, nor is a smaller number of
those who differ from the rest, so that nobody can be singled out (LR-25).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.carrier import SENT, Verdict
from torogoz.domain.coverage import State
from torogoz.domain.finding import Severity
from torogoz.domain.purpose import DataClass
from torogoz.domain.staff import StaffRole, Who
from torogoz.messages.quality import ELEMENTS
from torogoz.storage.access.carriers import MAY
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.audit import record
from torogoz.storage.coverage import Stood, stood
from torogoz.storage.models import CarrierProfile, ContestedFinding, JourneyTraveller, ReceivedMessage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Over so many days figures are asked for, and so many weeks are compared.
DAYS = (7, 28, 84)
WEEKS = 12
#: No more messages and flights than this are gone through, the latest first; the page says where that cut something.
MOST = 5000
#: So many flights that lacked something are named.
MOST_LACKED = 100
#: Figures of fewer travellers are not shown.
LEAST = 10

_Status = ReceivedMessage.Status


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one type."""

    type: str
    received: int
    loaded: int
    duplicates: int
    refused: int


@dataclass(frozen=True, slots=True)
class Flights:
    """The scheduled flights that left, by how a class of them came. `short` ones are among those that came."""

    data_class: DataClass
    flights: int = 0
    in_time: int = 0
    late: int = 0
    short: int = 0
    missing: int = 0
    outage: int = 0
    not_due: int = 0


@dataclass(frozen=True, slots=True)
class Lacked:
    """A flight of which a class came late or too few, or is missing. `came_at` is when the first of it came, if any."""

    departure_at: datetime
    designator: str
    departure_airport: str
    arrival_airport: str
    data_class: DataClass
    how: str
    due_at: datetime | None
    came_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """How often a code was found, with its gravest severity, in how many messages."""

    code: str
    severity: Severity
    times: int
    messages: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share of travellers in percent, rounded down; None where there are too few.

    `others` are those outside it: None where they are some, and fewer than may be shown.
    """

    of: int
    percent: int | None
    others: int | None

    @classmethod
    def of_many(cls, part: int, whole: int) -> Share:
        """The share of a part; too few of either side are not told."""
        if whole < LEAST:
            return cls(0, None, None)
        others = whole - part
        few = 0 < others < LEAST or 0 < part < LEAST
        return cls(whole, 100 * part // whole if part >= LEAST or not part else None, None if few else others)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of one type: how many travellers have it, and how many of these one that can be right."""

    name: str
    present: Share
    valid: Share


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of the messages of one type."""

    type: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week that begins on its day; API and PNR that were due and did not come, and came late."""

    day: datetime
    received: int
    refused: int
    late: int
    missing: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The figures of a carrier. `scanned` are documents read by a machine, of those of which it is told."""

    carrier: str
    name: str
    days: int
    since: datetime
    until: datetime
    sent: tuple[Sent, ...]
    flights: tuple[Flights, ...]
    found: tuple[Found, ...]
    elements: tuple[Elements, ...]
    scanned: Share
    untold: Share
    agreement: Share
    weeks: tuple[Week, ...]
    cut: bool
    profile: int | None = None
    lacked: tuple[Lacked, ...] = ()


def scorecard(who: Who, now: datetime, *, profile: int | None = None, days: int = DAYS[1]) -> Scorecard:
    """The figures of the carrier of a profile, for the centre; or of their own one, for a carrier's person."""
    if profile is None:
        admit(who, {StaffRole.CARRIER}, now)
        row = CarrierProfile.objects.filter(carrier=who.carrier).first()
        code = who.carrier
    else:
        admit(who, MAY, now)
        row = CarrierProfile.objects.filter(pk=profile).first()
        if row is None:
            refuse(who, now)
        code = row.carrier
    days = days if days in DAYS else DAYS[1]
    since = now - timedelta(days=days)
    messages = ReceivedMessage.objects.filter(carrier=code, received_at__gt=since, received_at__lte=now)
    rows = list(messages.order_by("-pk").values("pk", "type", "findings", "quality", "status")[: MOST + 1])
    flights = stood(code, now - timedelta(weeks=WEEKS), now, MOST)
    record(
        AuditEvent.VIEWED_CARRIERS,
        now,
        who=who,
        object_type="carrier" if row else "",
        object_id=row.pk if row else None,
        counts={"messages": len(rows[:MOST])},
    )
    added = _Added.up(rows[:MOST])
    return Scorecard(
        carrier=code,
        name=row.name if row else "",
        days=days,
        since=since,
        until=now,
        sent=_sent(code, since, now),
        flights=tuple(_in_all(each, flights, since) for each in SENT),
        found=_found(code, rows[:MOST]),
        elements=tuple(added.elements(kind) for kind in sorted(added.of)),
        scanned=Share.of_many(added.scanned, added.scanned + added.typed),
        untold=Share.of_many(max(added.documents - added.scanned - added.typed, 0), added.documents),
        agreement=_agreement(code, since, now),
        weeks=_weeks(code, flights, now),
        cut=len(rows) > MOST or len(flights) >= MOST,
        profile=row.pk if row and profile else None,
        lacked=_lacked(flights, since),
    )


def _sent(code: str, since: datetime, until: datetime) -> tuple[Sent, ...]:
    counted = (
        ReceivedMessage.objects.filter(carrier=code, received_at__gt=since, received_at__lte=until)
        .values("type")
        .annotate(
            received=Count("pk"),
            loaded=Count("pk", filter=Q(status=_Status.LOADED)),
            duplicates=Count("pk", filter=Q(status=_Status.DUPLICATE)),
            refused=Count("pk", filter=Q(status=_Status.REFUSED)),
        )
        .order_by("type")
    )
    return tuple(Sent(**row) for row in counted)


def _in_all(data_class: DataClass, flights: list[Stood], since: datetime) -> Flights:
    some = [each for each in flights if each.departure_at > since]
    by_state = Counter(each.states[data_class] for each in some)
    late = sum(data_class in each.late for each in some)
    return Flights(
        data_class,
        flights=len(some),
        in_time=by_state[State.THERE] - late,
        late=late,
        short=sum(data_class in each.short for each in some),
        missing=by_state[State.MISSING],
        outage=by_state[State.OUTAGE],
        not_due=by_state[State.NOT_DUE],
    )


def _lacked(flights: list[Stood], since: datetime) -> tuple[Lacked, ...]:
    """The flights behind the figures, the latest first, a class each; no more than `MOST_LACKED`."""
    found = (
        Lacked(
            each.departure_at,
            each.designator,
            each.departure_airport,
            each.arrival_airport,
            data_class,
            how,
            each.due.get(data_class),
            each.came.get(data_class),
        )
        for each in flights
        if each.departure_at > since
        for data_class in SENT
        for how, holds in (
            ("late", data_class in each.late),
            ("short", data_class in each.short),
            ("missing", each.states[data_class] is State.MISSING),
        )
        if holds
    )
    return tuple(islice(found, MOST_LACKED))


def _found(code: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Found, ...]:
    """What was found, without what the centre found the carrier right about."""
    right = set(ContestedFinding.objects.filter(carrier=code, verdict=Verdict.RIGHT).values_list("message", "place"))
    times, messages, gravest = Counter[str](), Counter[str](), dict[str, Severity]()
    order = list(Severity)
    for row in rows:
        counted = [each for place, each in enumerate(row["findings"]) if (row["pk"], place) not in right]
        times.update(each["code"] for each in counted)
        messages.update({each["code"] for each in counted})
        for each in counted:
            severity = Severity(each["severity"])
            gravest[each["code"]] = max(severity, gravest.get(each["code"], severity), key=order.index)
    return tuple(
        Found(code, gravest[code], times[code], messages[code])
        for code in sorted(times, key=lambda code: (-order.index(gravest[code]), -times[code], code))
    )


@dataclass(slots=True)
class _Added:
    """What messages counted of their travellers, added up by type."""

    of: Counter[str] = field(default_factory=Counter)
    present: Counter[tuple[str, str]] = field(default_factory=Counter)
    valid: Counter[tuple[str, str]] = field(default_factory=Counter)
    documents: int = 0
    scanned: int = 0
    typed: int = 0

    @classmethod
    def up(cls, rows: Sequence[Mapping[str, Any]]) -> _Added:
        added = cls()
        for row in rows:
            if row["quality"] and row["status"] != _Status.DUPLICATE:
                added.add(row["type"], row["quality"])
        return added

    def add(self, kind: str, quality: Mapping[str, Any]) -> None:
        self.of[kind] += quality["travellers"]
        for name, (present, valid) in quality["elements"].items():
            self.present[kind, name] += present
            self.valid[kind, name] += valid
        self.documents += quality["elements"]["document_number"][0]
        self.scanned += quality["scanned"]
        self.typed += quality["typed"]

    def elements(self, kind: str) -> Elements:
        return Elements(
            kind,
            tuple(
                Element(
                    name,
                    Share.of_many(self.present[kind, name], self.of[kind]),
                    Share.of_many(self.valid[kind, name], self.present[kind, name]),
                )
                for name in ELEMENTS
            ),
        )


def _agreement(code: str, since: datetime, until: datetime) -> Share:
    """Of the travellers whom both API and PNR named, those of whom they say the same."""
    counted = JourneyTraveller.objects.filter(
        journey__carrier=code,
        journey__departure_at__gt=since,
        journey__departure_at__lte=until,
        has_api=True,
        has_pnr=True,
        merged_into=None,
        masked_at=None,
    ).aggregate(both=Count("pk"), same=Count("pk", filter=Q(disagreements=0)))
    return Share.of_many(counted["same"], counted["both"])


def _weeks(code: str, flights: list[Stood], now: datetime) -> tuple[Week, ...]:
    """The last weeks, each of seven days of the state's clock that end today, the oldest first."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    ends = [midnight - timedelta(weeks=back) for back in range(WEEKS, -1, -1)]
    spans = list(pairwise(ends))
    counted = ReceivedMessage.objects.filter(carrier=code, received_at__gte=ends[0]).aggregate(
        **{
            f"{what}{place}": Count("pk", filter=Q(received_at__gte=begin, received_at__lt=end) & narrowed)
            for place, (begin, end) in enumerate(spans)
            for what, narrowed in (("received", Q()), ("refused", Q(status=_Status.REFUSED)))
        }
    )
    return tuple(
        Week(
            begin,
            counted[f"received{place}"],
            counted[f"refused{place}"],
            sum(len(each.late) for each in flights if begin <= each.departure_at < end),
            sum(
                state is State.MISSING
                for each in flights
                if begin <= each.departure_at < end
                for state in each.states.values()
            ),
        )
        for place, (begin, end) in enumerate(spans)
    )
