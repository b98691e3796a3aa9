"""Ask: a reviewer asks a carrier for the bookings of a flight beyond its regular pushes (GOVREQ).

Takes: a reviewer whose purpose reads bookings, a flight, and why; and the time.
Gives: the message, to be sent as was agreed with the carrier; a centre connects to nobody.
Refuses: a purpose that reads no bookings, a carrier with which nothing was agreed, and a question without a reason.
Records: bookings.asked
Legal ground: LR-04 (carriers push), LR-06 (repeats are few, and counted), LR-20; ICAO Annex 9, 9.34(d).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.disposition import LONGEST_REASON, REVIEWERS
from torogoz.domain.purpose import DataClass
from torogoz.errors import AuthorError, RefusedError
from torogoz.messages.bilateral import Ask, govreq_segments
from torogoz.messages.outgoing import GOVREQ, Stamp, interchange
from torogoz.messages.sensitive import contains_sensitive
from torogoz.storage.access.guard import admit, classes_for, refuse
from torogoz.storage.audit import record
from torogoz.storage.flights import leg_of
from torogoz.storage.models import CarrierProfile, Journey

if TYPE_CHECKING:
    from torogoz.domain.staff import Who


def ask_bookings(who: Who, journey: int, reason: str, now: datetime) -> bytes:
    """Compose the question and record who asked, for which purpose, and why."""
    admit(who, REVIEWERS, now, purpose=True)
    row = Journey.objects.filter(pk=journey).first()
    if row is None:
        refuse(who, now)
    if DataClass.PNR not in classes_for(who):
        raise RefusedError("your purpose reads no bookings", remedy="choose the purpose for which you need them")
    if not _agreed(row.carrier):
        raise RefusedError(
            "nothing is agreed with this carrier about asking for bookings",
            remedy="ask a supervisor to write the agreement down on the carrier's page",
        )
    if not reason.strip() or len(reason) > LONGEST_REASON or contains_sensitive(reason):
        raise AuthorError("a reason is missing, too long or sensitive", remedy="write why the regular pushes do not do")
    with transaction.atomic():
        entry = record(
            AuditEvent.BOOKINGS_ASKED, now, who=who, object_type="journey", object_id=journey, text=reason.strip()
        )
    body = govreq_segments(Ask(settings.OFFICE, leg_of(row)))
    return interchange(GOVREQ, [body], Stamp(settings.OFFICE, row.carrier, now, str(entry.pk)))


def _agreed(carrier: str) -> bool:
    """Whether a carrier agreed to be asked."""
    return CarrierProfile.objects.filter(carrier=carrier, asked=True).exists()
