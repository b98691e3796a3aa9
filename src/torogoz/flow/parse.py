"""Parse: a sealed delivery becomes messages, each loaded in one transaction of its own.

Takes: a worker that has time for the oldest delivery that is sealed and whose turn it is, and the time.
Gives: a count of what was loaded, what was a duplicate and what was refused.
Refuses: what is no message, names no flight, or a flight for which its sender may not deliver; and what the agreement
  with its carrier does not take: a class that it may not lawfully send, or an error where it is strict. Its bytes stay
  sealed for 72 hours (setting), for replay.
Records: message.loaded, message.duplicate, message.refused, message.replayed
Legal ground: LR-05 (a sparse message is accepted), LR-06 (a resend changes nothing), LR-23 (sensitive data go first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.finding import Finding, Severity
from torogoz.edifact.findings import CATALOGUE
from torogoz.errors import RefusedError
from torogoz.flow import assemble
from torogoz.flow.acknowledge import acknowledge
from torogoz.flow.senders import foreign, only_carrier
from torogoz.messages.announcement import Announcement, announcement
from torogoz.messages.delivery import read_unpacked
from torogoz.messages.envelope import Unpacked, unpack
from torogoz.messages.quality import quality
from torogoz.messages.sensitive import redact
from torogoz.privacy.schedule import Data, row_of
from torogoz.storage import queue, series, turns
from torogoz.storage.access.guard import admit, refuse
from torogoz.storage.access.messages import MAY as MAY_REPLAY
from torogoz.storage.agreements import agreement_of
from torogoz.storage.audit import record
from torogoz.storage.deliveries import destroy_original, open_delivery, seal_redacted
from torogoz.storage.flights import border_legs, lanes
from torogoz.storage.keys import keyring
from torogoz.storage.models import Delivery, ReceivedMessage
from torogoz.storage.outage import is_outage
from torogoz.storage.queue import Lease
from torogoz.storage.transactions import beginning_in_passing

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.manifest import Message
    from torogoz.domain.staff import Who

REPLAY_REMEDY = "its bytes were loaded, or are no longer sealed: ask the sender for a resend"
#: What failed where a delivery was in hand each time that a worker was killed.
KILLED = "WorkerKilled"
#: Types that say something of another message; and the one with which a state asks, which nobody sends to it.
SAID_BACK, QUESTION = frozenset({"CUSRES", "CONTRL", "ACKRES"}), "GOVREQ"
#: The messages of a delivery that is not larger are kept from telling its lanes to loading it; others are read twice.
_KEPT = 1024 * 1024

_Status = ReceivedMessage.Status


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of deliveries; `withheld` counts the sensitive elements that were dropped."""

    received: int = 0
    loaded: int = 0
    duplicates: int = 0
    refused: int = 0
    travellers: int = 0
    withheld: int = 0

    def __add__(self, other: LoadReport) -> LoadReport:
        """Add up two reports."""
        return LoadReport(
            self.received + other.received,
            self.loaded + other.loaded,
            self.duplicates + other.duplicates,
            self.refused + other.refused,
            self.travellers + other.travellers,
            self.withheld + other.withheld,
        )


class _Same(NamedTuple):
    """A message of the same content: the number of its journey, and when it was prepared."""

    journey: int | None
    prepared_at: datetime | None


def load(delivery_id: int, now: datetime) -> LoadReport:
    """Read one sealed delivery now. It stays for the workers where it is not its turn, or one of them has it.

    What was loaded before a crash is not loaded again. What it fails on is raised, and the delivery waits again.
    """
    with transaction.atomic():
        lease = queue.claim(uuid4().hex, only=delivery_id)
    if lease is None:
        return LoadReport()
    try:
        return _load(lease, now)
    except BaseException:
        with suppress(DatabaseError, queue.LeaseLostError), transaction.atomic():
            queue.put_back(lease, count=True)
        raise


def load_next(worker: str, now: datetime, *, told: Callable[[], bool] = bool) -> LoadReport | None:
    """Load the oldest delivery that may be read; None where there is none.

    One that we fail on waits again, and after `queue.TRIES` for a person; the others go on. An outage is raised, and is
    nobody's try. `told` is asked between two messages whether the worker was told to stop.
    """
    with beginning_in_passing(), transaction.atomic():
        lease = queue.claim(worker)
    if lease is None:
        return None
    try:
        return _load(lease, now, told)
    except queue.LeaseLostError:
        return LoadReport()
    except Exception as problem:
        if is_outage(problem):
            with suppress(DatabaseError, queue.LeaseLostError), transaction.atomic():
                queue.put_back(lease, count=False)
            raise
        with transaction.atomic():
            return _failed(lease, type(problem).__name__[:64], now)


def _load(lease: Lease, now: datetime, told: Callable[[], bool] = bool) -> LoadReport:
    """Load what is not loaded yet of a delivery, if it is its turn; the last message's transaction ends it."""
    delivery = Delivery.objects.select_related("sender").get(pk=lease.delivery)
    if lease.tries > queue.KILLS:
        with transaction.atomic():
            return _failed(lease, KILLED, now)
    unpacked = unpack(open_delivery(delivery, keyring()))
    messages: Iterable[Message] = list(_read(unpacked)) if len(unpacked.data) <= _KEPT else ()
    if queue.shared() and not _in_turn(lease, messages or _read(unpacked)):
        return LoadReport()
    # The only message of a delivery ends it: where one waits, nothing of it was loaded.
    alone = isinstance(messages, list) and len(messages) == 1
    done = set() if alone else set(delivery.messages.values_list("number", flat=True))
    report = LoadReport()
    for message, last in _ending(each for each in messages or _read(unpacked) if each.number not in done):
        if told():
            with transaction.atomic():
                queue.put_back(lease, count=False)
            return report
        turns.give_way()
        with transaction.atomic():
            queue.hold(lease)
            if message:
                report += _load_one(delivery, message, unpacked.data, now)
            if last:
                acknowledge(delivery, unpacked.data, now)
                _finish(delivery, now, failed=bool(report.refused) or bool(done and _some_failed(delivery)))
                queue.leave(lease)
    return report


def _read(unpacked: Unpacked) -> Iterator[Message]:
    """The messages of a delivery, without what this state's table withholds."""
    return read_unpacked(unpacked, table=settings.SENSITIVE)


def _ending(messages: Iterator[Message]) -> Iterator[tuple[Message | None, bool]]:
    """Each message, and whether it is the last; nothing, and that it is the end, where there is none."""
    before = next(messages, None)
    for message in messages:
        yield before, False
        before = message
    yield before, True


def _in_turn(lease: Lease, messages: Iterable[Message]) -> bool:
    """Stand in the lanes of the flights that a delivery speaks of; where others go first, give it back."""
    legs = [each.flights[place] for each in messages for place in border_legs(each.flights)]
    with transaction.atomic():
        first = queue.is_first(lease)
        flights = lanes(legs)
        ours = queue.enter(lease, flights, first=first)
        # Once nobody is ahead, every name that earlier deliveries gave these flights is known: look for them again.
        if ours and not first and (named := lanes(legs)) != flights:
            ours = queue.enter(lease, named)
        if not ours:
            queue.put_back(lease, count=False)
    return ours


def _replay_until(now: datetime) -> datetime:
    """How long bytes that could not be read stay sealed (design §2)."""
    return row_of(settings.RETENTION, Data.UNPARSED).purged.end(now, UTC)


def _failed(lease: Lease, failure: str, now: datetime) -> LoadReport:
    """Note which failure it was, by its class and never its text, which may hold what the delivery held."""
    delivery = Delivery.objects.filter(pk=lease.delivery)
    tries = queue.tries(lease)
    if tries < queue.TRIES:
        queue.put_back(lease, count=True)
        delivery.update(failure=failure)
        return LoadReport()
    queue.leave(lease)
    delivery.update(failure=failure, tries=tries, status=Delivery.Status.FAILED, sealed_until=_replay_until(now))
    return LoadReport(received=1, refused=1)


def replay(who: Who, delivery_id: int, now: datetime) -> LoadReport:
    """Read a failed delivery again, as it was sent. RefusedError where its bytes are no longer sealed.

    Whoever keeps the links with carriers up replays it too: nothing of what it holds is shown to them (rights.md §5).
    """
    admit(who, MAY_REPLAY, now)
    if not Delivery.objects.filter(pk=delivery_id).exists():
        refuse(who, now)
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(pk=delivery_id, status=Delivery.Status.FAILED).first()
        if delivery is None or delivery.sealed is None:
            raise RefusedError("this delivery cannot be replayed", remedy=REPLAY_REMEDY)
        delivery.messages.filter(status=_Status.REFUSED).delete()
        Delivery.objects.filter(pk=delivery_id).update(status=Delivery.Status.SEALED)
        queue.enqueue(delivery)
        record(AuditEvent.MESSAGE_REPLAYED, now, who=who, object_type="delivery", object_id=delivery_id)
    return load(delivery_id, now)


def _load_one(delivery: Delivery, message: Message, data: bytes, now: datetime) -> LoadReport:
    """Store one message of the unpacked bytes and its effects, in the caller's transaction."""
    received = _row(delivery, message)
    if not message.readable:
        return _refused(received, message, now)
    message, barred = _judged(delivery, received, message)
    if barred:
        return _refused(received, replace(message, findings=(*message.findings, barred)), now)
    received.findings = _findings(message)
    earlier = _same_before(received, message.content)
    if earlier:
        received.status, received.journey_id = _Status.DUPLICATE, earlier.journey
        received.save()
        record(AuditEvent.MESSAGE_DUPLICATE, now, object_type="message", object_id=received.pk)
        return LoadReport(received=1, duplicates=1)
    received.save()
    if message.type in SAID_BACK:  # it speaks of another message, and brings nobody
        return _loaded(received, message, data, 0, now)
    travellers = 0
    # A list that is of no flight is kept as it is, and nobody of it is screened as if they travelled.
    if announcement(message) is not Announcement.NOT_OF_A_FLIGHT:
        assembled = assemble.assemble(received, message, now)
        if assembled is None:
            return _refused(received, _with(message, "FLIGHT_UNKNOWN"), now)
        travellers = assembled.travellers
        if travellers < len(message.travellers):
            _add(received, Finding("ON_OTHER_LEGS", CATALOGUE["ON_OTHER_LEGS"].severity))
    if series.join(received, message.part):
        _add(received, Finding(series.LATE, CATALOGUE[series.LATE].severity, "UNH", message.span.start))
    return _loaded(received, message, data, travellers, now)


def _judged(delivery: Delivery, received: ReceivedMessage, message: Message) -> tuple[Message, Finding | None]:
    """A message with its findings weighed as agreed with its carrier, and why it is refused although it can be read."""
    if foreign(delivery.sender, message.flights):
        received.carrier = only_carrier(delivery.sender_id)  # not that of the carrier in whose name it came
        return message, Finding("CARRIER_NOT_OF_SENDER", Severity.ERROR)
    if message.type == QUESTION:
        return message, Finding("TYPE_UNSUPPORTED", Severity.ERROR, "UNH", message.span.start)
    agreement = agreement_of(received.carrier)
    message = replace(message, findings=agreement.weighed(message.findings))
    code = agreement.refusal(message.type, message.findings)
    return message, Finding(code, Severity.ERROR) if code else None


def _loaded(received: ReceivedMessage, message: Message, data: bytes, travellers: int, now: datetime) -> LoadReport:
    """Keep the redacted copy of a message whose effects are stored."""
    seal_redacted(received, redact(data, message), keyring())
    received.save(update_fields=["journey", "bookings", "findings", "waits_until", "redacted", "wrapped_key", "key_id"])
    withheld = message.withheld.total
    counts = {"travellers": travellers, "withheld": withheld}
    record(AuditEvent.MESSAGE_LOADED, now, object_type="message", object_id=received.pk, counts=counts)
    return LoadReport(received=1, loaded=1, travellers=travellers, withheld=withheld)


def _same_before(received: ReceivedMessage, content: bytes) -> _Same | None:
    """The last loaded message that this one repeats, or None.

    Equal content is a duplicate (design §2), unless the carrier said something else of the flight in between and now
    takes it back: the content of A, B, A is not a resend (docs/decisions).
    """
    loaded = ReceivedMessage.objects.filter(status=_Status.LOADED)
    same = loaded.filter(content_digest__in=keyring().digests(content)).order_by("-pk")
    row = same.values_list("journey_id", "prepared_at").first()
    earlier = _Same(*row) if row else None
    if earlier is None or received.prepared_at is None or earlier.prepared_at is None:
        return earlier
    between = loaded.filter(
        journey=earlier.journey,
        type=received.type,
        sender=received.sender,
        prepared_at__gt=earlier.prepared_at,
        prepared_at__lt=received.prepared_at,
    )
    return None if between.exists() else earlier


def _row(delivery: Delivery, message: Message) -> ReceivedMessage:
    keys = keyring()
    carrier = message.flights[0].designator.carrier if message.flights else only_carrier(delivery.sender_id)
    prepared = message.prepared_at.replace(tzinfo=UTC) if message.prepared_at else None
    return ReceivedMessage(
        delivery=delivery,
        number=message.number,
        received_at=delivery.received_at,
        prepared_at=prepared,
        status=_Status.LOADED,
        type=message.type or "",
        version=(message.version or "")[:16],
        function=message.function or "",
        qualifier=message.qualifier or "",
        sender=(message.sender or "")[:40],
        carrier=carrier[:3],
        reference=(message.reference or "")[:40],
        common_reference=(message.common_reference or "")[:40],
        part_number=message.part.number if message.part else None,
        part_last=message.part.last if message.part else None,
        content_digest=keys.digest(message.content) if message.content else "",
        index_version=keys.index.number if message.content else None,
        travellers=len(message.travellers),
        findings=_findings(message),
        withheld={"SSR": message.withheld.ssr, "free_text": message.withheld.free_text},
        withheld_by=settings.SENSITIVE.version,
        span_start=message.span.start,
        separators=message.separators,
        quality=asdict(quality(message)) if message.travellers else {},
    )


def _refused(received: ReceivedMessage, message: Message, now: datetime) -> LoadReport:
    received.status = _Status.REFUSED
    received.findings = _findings(message)
    received.save()
    record(AuditEvent.MESSAGE_REFUSED, now, object_type="message", object_id=received.pk)
    return LoadReport(received=1, refused=1)


def _add(received: ReceivedMessage, finding: Finding) -> None:
    """Add what the flow found beside the reader, weighed as agreed with the carrier."""
    received.findings = [*received.findings, *map(_told, agreement_of(received.carrier).weighed((finding,)))]


def _with(message: Message, code: str) -> Message:
    """The message with one more finding: why it is refused."""
    return replace(message, findings=(*message.findings, Finding(code, Severity.ERROR)))


def _findings(message: Message) -> list[dict[str, object]]:
    return list(map(_told, message.findings))


def _told(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "segment": finding.segment,
        "position": finding.position,
    }


def _some_failed(delivery: Delivery) -> bool:
    """Whether a message was refused, of those that were read before."""
    return delivery.messages.filter(status=_Status.REFUSED).exists()


def _finish(delivery: Delivery, now: datetime, *, failed: bool) -> None:
    """Destroy the original with its last message, or keep it sealed where something could not be read."""
    if failed:
        delivery.status = Delivery.Status.FAILED
        delivery.sealed_until = _replay_until(now)
    else:
        delivery.status = Delivery.Status.READ
        destroy_original(delivery)
    delivery.save(update_fields=["status", "sealed_until", "sealed", "wrapped_key"])
