"""The people of one journey as rows and views, and the writing of what a message adds to them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from torogoz.domain.dates import age_on
from torogoz.domain.document import document_key
from torogoz.domain.name import fold
from torogoz.domain.picture import ADULT_AGE, View
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.links.disagreements import disagreements
from torogoz.storage.convert import Said, identifier_place, open_said, seal_identifier, seal_said
from torogoz.storage.models import Identifier, JourneyTraveller, Observation
from torogoz.storage.write import insert, insert_objects, like, reserve, update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from torogoz.domain.booking import Booking
    from torogoz.domain.traveller import Traveller
    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import Journey, ReceivedMessage

#: The purpose under which each class is collected; lists and rules may read it for their own (domain.purpose).
COLLECTED_FOR: dict[DataClass, Purpose] = {
    DataClass.API: Purpose.BORDER_CONTROL,
    DataClass.PNR: Purpose.SERIOUS_CRIME,
}
#: The columns that `refresh` computes; the others are written once or by `links`.
_REFRESHED = (
    "booking",
    "role",
    "status",
    "status_at",
    "off_reason",
    "surname",
    "given_names",
    "surname_key",
    "sex",
    "birth_date",
    "nationality",
    "residence",
    "record_locator",
    "reference",
    "seat",
    "minor",
    "has_api",
    "has_pnr",
    "disagreements",
    "updated_at",
)
#: What a column holds of what a source told, and how much of it: the first source that tells it.
_TOLD = (
    ("surname", 120),
    ("given_names", 120),
    ("sex", 1),
    ("birth_date", 10),
    ("nationality", 3),
    ("residence", 3),
    ("record_locator", 16),
    ("reference", 40),
    ("seat", 8),
)
_refreshed = attrgetter(*("booking_id" if name == "booking" else name for name in _REFRESHED), "pk")
_NOT_DIGITS = re.compile(r"\D+")


#: What `observe` and `_identify` write of each row.
_OBSERVED = (
    *("traveller", "message", "ordinal", "known_at", "said_at", "data_class", "purpose", "source", "clock_from"),
    *("link_evidence", "sealed", "key_id"),
)
_IDENTIFIED = (
    *("traveller", "message", "kind", "issuer", "data_class", "known_at"),
    *("keyed_hash", "index_version", "sealed", "key_id"),
)


@dataclass(slots=True)
class Member:
    """A row and what each source last said of it. A new row has its id, and is written by `refresh`.

    `identifiers` are kind, keyed hash and issuer of what names somebody, for those of whom a message has spoken.
    """

    row: JourneyTraveller
    new: bool = False
    identifiers: set[tuple[str, str, str]] = field(default_factory=set)
    views: dict[DataClass, View] = field(default_factory=dict)
    said_at: dict[DataClass, datetime] = field(default_factory=dict)

    def hear(self, view: View, said_at: datetime) -> None:
        """Take a view, unless a later word of the same source is known."""
        if said_at >= self.said_at.get(view.data_class, said_at):
            self.views[view.data_class] = view
            self.said_at[view.data_class] = said_at


def read_party(journey: Journey, keys: Keyring, *, known_by: datetime | None = None) -> dict[int, Member]:
    """Everybody on a journey with the latest view of each source, as known at a time (default: all that is known).

    Masked records are nobody: no later message is joined to them, and no screening sees them.
    """
    rows = JourneyTraveller.objects.filter(journey=journey, merged_into=None, masked_at=None)
    party = {row.pk: Member(row) for row in rows.order_by("pk")}
    for observation in _latest(party, known_by):
        party[observation.traveller_id].hear(view_of(observation, keys), observation.said_at)
    return party


def view_of(observation: Observation, keys: Keyring) -> View:
    """An observation, opened."""
    said = open_said(observation, keys)
    return View(
        DataClass(observation.data_class), observation.message_id, observation.known_at, said.traveller, said.booking
    )


def _latest(party: dict[int, Member], known_by: datetime | None) -> Iterator[Observation]:
    """The observations that a picture needs, each opened once: the last of each traveller and class."""
    if not party:
        return
    observations = Observation.objects.filter(traveller__among=party)
    if known_by:
        observations = observations.filter(known_at__lte=known_by)
    last: dict[tuple[int, str], int] = {}
    for pk, traveller, data_class in observations.order_by("said_at", "pk").values_list(
        "pk", "traveller_id", "data_class"
    ):
        last[traveller, data_class] = pk
    yield from Observation.objects.filter(pk__among=last.values())


def add_rows(journey: Journey, roles: Sequence[str], said_at: datetime, now: datetime) -> list[Member]:
    """Make rows for travellers who are new on this journey; `refresh` writes them."""
    template = JourneyTraveller(journey=journey, status_at=said_at, first_received_at=now, updated_at=now)
    rows = like(template, reserve(JourneyTraveller, len(roles)))
    for row, role in zip(rows, roles, strict=True):
        row.role = role
    return [Member(row, new=True) for row in rows]


def observe(
    members: Sequence[tuple[Member, View, object]],
    received: ReceivedMessage,
    said_at: datetime,
    keys: Keyring,
    before: int = 0,
) -> None:
    """Append one observation for each member, in the order in which the message names them.

    `before` is how many observations of the message there are already, on journeys before this one.
    """
    observations = []
    for ordinal, (member, view, evidence) in enumerate(members, start=before):
        said = Said(view.traveller, view.booking)
        observations.append(
            (
                member.row.pk,
                received.pk,
                ordinal,
                view.known_at,
                said_at,
                view.data_class,
                COLLECTED_FOR[view.data_class],
                received.sender,
                member.row.first_received_at,
                evidence,
                seal_said(said, received.pk, ordinal, keys),
                keys.fields.id,
            )
        )
        member.hear(view, said_at)
    insert(Observation, _OBSERVED, observations)
    _identify(members, received, keys)


def refresh(members: Iterable[Member], journey: Journey, now: datetime) -> None:
    """Compute the searchable columns from the views and write them: API first, since it was read from the document."""
    new, stored = [], []
    for member in members:
        _columns(member, journey, now)
        if member.new:
            new.append(member.row)
            member.new = False
        else:
            stored.append(_refreshed(member.row))
    insert_objects(new)
    update(JourneyTraveller, _REFRESHED, stored)


def _columns(member: Member, journey: Journey, now: datetime) -> None:
    row, views = member.row, member.views
    said = [views[each].traveller for each in (DataClass.API, DataClass.PNR) if each in views]
    for name, longest in _TOLD:
        told = ""
        for each in said:
            value = getattr(each, name)
            if value is not None:
                told = str(value)[:longest]
                break
        setattr(row, name, told)
    row.role = said[0].role if said else row.role
    row.surname_key = fold(row.surname)[:120]
    ages = [age_on(each.birth_date, journey.departure_date) for each in said]
    row.minor = any(age is not None and age < ADULT_AGE for age in ages) or any(each.infant for each in said)
    row.has_api, row.has_pnr = DataClass.API in views, DataClass.PNR in views
    row.disagreements = len(disagreements(said)) if len(said) > 1 else 0
    row.updated_at = now


def _identify(members: Sequence[tuple[Member, View, object]], received: ReceivedMessage, keys: Keyring) -> None:
    """Append what names somebody and was not known of them from this source."""
    rows = []
    known = set()
    stored = {member.row.pk: member for member, _, _ in members if not member.new}
    for pk, kind, keyed, issuer, data_class in Identifier.objects.filter(traveller__among=stored).values_list(
        "traveller_id", "kind", "keyed_hash", "issuer", "data_class"
    ):
        known.add((pk, kind, keyed, data_class))
        stored[pk].identifiers.add((kind, keyed, issuer))
    for member, view, _ in members:
        pk = member.row.pk
        for kind, key, shown, issuer in identifying(view.traveller, view.booking):
            # While the index is rotated, the same value may stand under an older key.
            hashes = keys.blinds(kind, key)
            named, data_class = str(kind), str(view.data_class)
            places = {(pk, named, keyed, data_class) for keyed in hashes}
            if places & known:
                continue
            known |= places
            member.identifiers.add((named, hashes[0], issuer))
            sealed = seal_identifier(shown, identifier_place(pk, named, hashes[0], data_class), keys)
            row = (pk, received.pk, named, issuer, data_class, view.known_at)
            rows.append((*row, hashes[0], keys.index.number, sealed, keys.fields.id))
    insert(Identifier, _IDENTIFIED, rows)


def identifying(traveller: Traveller, booking: Booking | None) -> Iterator[tuple[Identifier.Kind, str, str, str]]:
    """Each identifier: its kind, the form in which it is compared, the form in which it is shown, and its issuer."""
    for document in traveller.documents:
        if document.key:
            yield Identifier.Kind.DOCUMENT, document.key, document.number, (document.issuer or "")[:3]
    for contact in (*traveller.contacts, *(booking.contacts if booking else ())):
        key = identifier_key(contact.kind, contact.value)
        if key:
            yield Identifier.Kind(contact.kind.value), key, contact.value, ""
    for account in traveller.frequent_flyer:
        shown = f"{account.carrier} {account.number}"
        yield Identifier.Kind.FREQUENT_FLYER, identifier_key("frequent_flyer", shown), shown, ""
    for payment in booking.payments if booking else ():
        card = document_key(payment.card or "")
        # A card sent with its middle masked is many cards: it may be shown, and makes nobody anybody's companion.
        if payment.card and card.isdigit():
            yield Identifier.Kind.CARD, card, payment.card, ""


def identifier_key(kind: str, value: str) -> str:
    """An identifier as it is compared: letters and digits only; digits of a phone; lower case of an e-mail."""
    match kind:
        case Identifier.Kind.PHONE:
            return _NOT_DIGITS.sub("", value).lstrip("0")
        case Identifier.Kind.EMAIL:
            return value.strip().lower()
        case Identifier.Kind.ADDRESS:
            return "".join(sign for sign in unicodedata.normalize("NFKD", value).upper() if sign.isalnum())
        case _:
            return document_key(value)
