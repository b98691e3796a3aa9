"""Two of everything that stands under a key, each with a value of its own that must stand nowhere in clear.

`python -m tests.integration.keys.planted HOME` plants it in a home, prints the values, and ends when its standard input
is closed. Whoever adds a place to the table of sealed places adds it here too: its test asks for two rows of each.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import sys
import time
from base64 import b32decode
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.invented import watchlist

PASSWORD = "a long phrase of this test"
NAMES = ("EJEMPLO:ANA", "FICTICIO:BETO")


class Plant:
    """Makes values that are like no other, and remembers them by kind. What they are made of is the same each time."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = defaultdict(list)
        self._count = 0

    def new(self, kind: str, shape: str) -> str:
        """A value of a shape, in which `#` stands for a digit."""
        self._count += 1
        digits = iter(str(int(hashlib.sha256(str(self._count).encode()).hexdigest(), 16)))
        value = "".join(next(digits) if sign == "#" else sign for sign in shape)
        self.values[kind].append(value)
        return value


def plant(now: datetime) -> dict[str, list[str]]:
    """Plant it, in the database that Django names; give the values by kind."""
    from torogoz.domain.staff import StaffRole
    from torogoz.flow import accounts

    seed = Plant()
    accounts.first_administrator("administrator", PASSWORD, agency="CENTRO", now=now)
    for name in ("ana", "beto", "caro"):
        accounts.add(name, PASSWORD, role=StaffRole.SUPERVISOR, agency="CENTRO", now=now)
    _messages(seed, now)
    _written(seed, now)
    _looked_for(seed, now)
    _signing_in(seed)
    return dict(seed.values)


def _messages(seed: Plant, now: datetime) -> None:
    """What airlines say of two people on the flights of two days, what a list says, and what nobody can read."""
    from torogoz.flow.compose import Arrival, take_in
    from torogoz.flow.watchlists import Live, import_list

    for kind, shape in (("document", "P########"), ("listed document", "L########"), ("phone", "50322######")):
        for _ in range(2):
            seed.new(kind, shape)
    import_list(None, "Buscados", [watched_list(seed.values)], now)
    waits = [(f"W-{place}", "OCULTA NADIE", seed.new("waiting document", "H########")) for place in range(2)]
    import_list(None, "Que espera", [watchlist(*waits).encode()], now, live=Live.LOOK)
    pnr = "".join(_booking(seed, place, number) for place, number in enumerate(seed.values["document"]))
    arrivals = [Arrival(f"api-{day}.edi", manifest(seed.values, now, day)) for day in range(2)]
    arrivals += [Arrival(f"pnr-{day}.edi", _pnrgov(pnr, now, day)) for day in range(2)]
    arrivals += [Arrival("junk.edi", b"UNB+" + seed.new("unreadable", "JUNK########").encode()) for _ in range(2)]
    take_in(arrivals, source="test", now=now)


def watched_list(values: dict[str, list[str]]) -> bytes:
    """A list of which one entry has the document of somebody who travels."""
    known = ("W-1", "EJEMPLO ANA", values["document"][0])
    return watchlist(known, ("W-2", "OCULTA NADIE", values["listed document"][0])).encode()


def manifest(values: dict[str, list[str]], now: datetime, day: int) -> bytes:
    """The list of the flight of a day from now on, with a traveller for each document."""
    body = "".join(
        f"NAD+FL+++{NAMES[place % 2]}'ATT+2++F'DTM+329:8802{20 + place % 2}'COM+{phone}:TE'"
        f"NAT+2+SLV'DOC+P:110:111+{document}'DTM+36:300501'LOC+91+SLV'"
        for place, (document, phone) in enumerate(zip(values["document"], values["phone"], strict=False))
    )
    there, here = _times(now, day)
    head = (
        f"UNH+1+PAXLST:D:05B:UN:IATA+X1310'BGM+745'TDT+20+X1310+++X1'LOC+125+LAX'DTM+189:{there:%y%m%d%H%M}:201'"
        f"LOC+87+SAL'DTM+232:{here:%y%m%d%H%M}:201'"
    )
    return _envelope(head + body, now, day)


def _booking(seed: Plant, place: int, document: str) -> str:
    """What a booking says of one of them."""
    name = NAMES[place].split(":")
    street, email = seed.new("address", "CALLE INVENTADA ########"), seed.new("email", "A########@CORREO.EXAMPLE")
    return (
        f"SRC'RCI+X1:AB12C{place}::011126:1022'IFT+4:28::X1+CTCM {seed.new('phone', '50377######')}'"
        f"IFT+4:28::X1+CTCE {email.replace('@', '//')}'ADD++700:{street}:SANTA ANA:::SV'"
        f"TIF+{name[0]}+{name[1]}:A:1'FTI+X1:{seed.new('frequent flyer', '99########')}'REF+:000{place}'"
        f"SSR+DOCS:HK:1:X1:::::/P/SLV/{document}/SLV/22FEB88/F/01MAY30/{name[0]}/{name[1]}/'"
        f"TKT+{seed.new('ticket', '202##########')}:1'FOP+CC:::VI:{seed.new('card', '4111##########05')}:1229'"
    )


def _pnrgov(body: str, now: datetime, day: int) -> bytes:
    there, here = _times(now, day)
    legs = f"{there:%d%m%y:%H%M}:{here:%d%m%y:%H%M}+LAX+SAL+X1+310"
    return _envelope(f"UNH+1+PNRGOV:13:1:IA+X1310'MSG+:22'ORG+X1:LAX'TVL+{legs}'EQN+2'" + body, now, day)


def _times(now: datetime, day: int) -> tuple[datetime, datetime]:
    """When the flight of a day leaves and lands, by the clocks of its airports."""
    return now + timedelta(days=day, hours=-2 - 8), now + timedelta(days=day, hours=3 - 6)


def _envelope(message: str, now: datetime, day: int) -> bytes:
    count = message.count("'") + 1
    sent = f"{now - timedelta(hours=2):%y%m%d:%H%M}"
    return f"UNB+UNOA:4+X1:ZZ+CENTRO:ZZ+{sent}+{day}'{message}UNT+{count}+1'UNZ+1+{day}'".encode()


def _written(seed: Plant, now: datetime) -> None:
    """What people write and decide; two rows of each."""
    from torogoz.domain.hit import Action, Ground, Identity
    from torogoz.domain.referral import Channel, Outcome
    from torogoz.flow import accounts
    from torogoz.storage.evidence import freeze
    from torogoz.storage.keys import keyring
    from torogoz.storage.masking import record_place
    from torogoz.storage.models import (
        ContestedFinding,
        Decision,
        Delivery,
        Hit,
        Hold,
        JourneyTraveller,
        MaskedRecord,
        Note,
        PersonLink,
        ReceivedMessage,
        Referral,
    )

    writer = accounts.known("ana")
    hits = list(Hit.objects.order_by("pk")[:2])
    assert len(hits) == 2, "the planted document raises a hit on each of the two flights"

    def text(kind: str) -> str:
        return f"Llamó al {seed.new(kind, '50366######')} y dijo que sí"

    for hit in hits:
        decision = Decision.objects.create(
            hit=hit,
            made_by=writer,
            made_at=now,
            identity=Identity.SAME,
            identity_reason=text("reason"),
            ground=Ground.YES,
            ground_reason=text("reason"),
            action=Action.REFER,
            action_reason=text("reason"),
            second_reason=text("reason"),
            review_reason=text("reason"),
        )
        owned = {"agency_id": hit.agency_id, "compartment": hit.compartment}
        freeze(decision, now, keyring())
        Referral.objects.create(
            decision=decision,
            hit=hit,
            recipient=writer,
            channel=Channel.SCREEN,
            safe_text=text("referral"),
            sent_by=writer,
            sent_at=now,
            outcome=Outcome.FOUND,
            outcome_note=text("referral"),
            **owned,
        )
        Note.objects.create(
            traveller=hit.traveller, written_by=writer, written_at=now, text=text("note"), agency_id=hit.agency_id
        )
        Hold.objects.create(
            traveller=hit.traveller,
            hit=hit,
            reason=text("hold"),
            placed_at=now,
            review_on=now.date(),
            expires_on=now.date(),
            **owned,
        )
        kept, own = keyring().seal_bytes(text("masked").encode(), record_place(hit.traveller_id))
        MaskedRecord.objects.create(traveller=hit.traveller, sealed=kept, wrapped_key=own, key_id=keyring().raw.id)
        _cleared(decision, writer, seed, now)
    for message in ReceivedMessage.objects.filter(type="PAXLST").order_by("pk")[:2]:
        ContestedFinding.objects.create(
            message=message,
            place=0,
            carrier="X1",
            code="LINE_WRAP",
            reason=text("contested"),
            made_by=writer,
            made_at=now,
            answer=text("contested"),
        )
    for link in PersonLink.objects.order_by("pk")[:2]:
        link.undone_reason = text("link")
        link.save(update_fields=["undone_reason"])
    assert JourneyTraveller.objects.count() == 4
    for hit in hits:
        _ordered(hit.traveller, writer, text, now)
    for number, delivery in enumerate(Delivery.objects.order_by("pk")[:2]):
        _answered(delivery, number, now)


def _cleared(decision: Any, writer: Any, seed: Plant, now: datetime) -> None:
    """Who was cleared, by a reviewer and by what they brought."""
    from torogoz.domain.clearance import ProofKind
    from torogoz.storage.clearances import document_hash
    from torogoz.storage.evidence import entry_row
    from torogoz.storage.keys import keyring
    from torogoz.storage.models import Clearance, ClearingProof

    entry = entry_row(decision.hit)
    assert entry
    for place in range(2):
        number = seed.new("cleared document", "C########")
        shared = {
            "agency_id": entry.agency_id,
            "entry": entry,
            "document": number,
            "keyed_hash": document_hash(number, keyring()),
            "index_version": keyring().index.number,
            "issuer": "SLV",
            "birth_date": "1988-02-20",
            "made_by": writer,
            "made_at": now,
        }
        if place:
            Clearance.objects.create(traveller=decision.hit.traveller, decision=decision, **shared)
        else:
            ClearingProof.objects.create(
                kind=ProofKind.REDRESS_NUMBER,
                watchlist_id=entry.watchlist_id,
                list_version=1,
                authority="Dirección Ficticia",
                number=seed.new("redress number", "R########"),
                valid_until=now.date(),
                **shared,
            )


def _ordered(traveller: Any, writer: Any, text: Callable[[str], str], now: datetime) -> None:
    """An order about somebody, and that a person said so."""
    from torogoz.domain.answer import Effect
    from torogoz.domain.journey import Direction
    from torogoz.storage.models import Order, OrderConfirmation

    order = Order.objects.create(
        authority="Juzgado Ficticio",
        file_number="12-2026",
        legal_basis="Ley, art. 1",
        effect=Effect.NO_BOARD,
        exit_ban=False,
        direction=Direction.INBOUND,
        valid_from=now.date(),
        valid_until=now.date(),
        subject=text("order"),
        case_reference=f"C{traveller.pk}",
        entered_by=writer,
        entered_at=now,
        agency_id=writer.agency_id,
    )
    OrderConfirmation.objects.create(
        order=order, traveller=traveller, confirmed_by=writer, confirmed_at=now, reason=text("confirmation")
    )


def _answered(delivery: Any, number: int, now: datetime) -> None:
    """Whom a carrier asked about, known by a digest alone."""
    from torogoz.domain.answer import Asks
    from torogoz.storage.keys import keyring
    from torogoz.storage.models import InteractiveAnswer, InteractiveRequest

    asked = InteractiveRequest.objects.create(
        delivery=delivery, number=number, asks=next(iter(Asks)), said_at=now, answered_at=now, taken=True
    )
    InteractiveAnswer.objects.create(
        request=asked,
        place=0,
        traveller_key=keyring().digest(f"asked {number}".encode()),
        index_version=keyring().index.number,
        code="0Z",
        because="cleared",
    )


def _looked_for(seed: Plant, now: datetime) -> None:
    from torogoz.domain.purpose import Purpose
    from torogoz.flow import accounts
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.access.search import By, search

    who = who_is(accounts.known("ana"), Purpose.SERIOUS_CRIME)
    for _ in range(2):
        search(who, By.DOCUMENT, seed.new("search", "S########"), now)
        search(who, By.NAME, seed.new("search", "Buscado########"), now)


def _signing_in(seed: Plant) -> None:
    """Two people with a second factor, and one who is setting it up: the secret stands in the session till then."""
    from django.core.cache import cache

    cache.clear()  # it counts sign-ins, those of other tests too
    for name in ("ana", "beto", "caro"):
        client, secret = _setting_up(name)
        seed.values["second factor"].append(secret)
        if name != "caro":
            code = {"code": _code(secret)}
            assert client.post("/account/second-factor/set-up", code).status_code == 302


def _setting_up(name: str) -> tuple[Any, str]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.post("/sign-in", {"login": name, "password": PASSWORD})
    client.get("/account/second-factor/set-up")
    return client, str(client.session["mfa.totp.secret"])


def _code(secret: str) -> str:
    """The code of RFC 6238 for this half minute."""
    key = b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


if __name__ == "__main__":
    from torogoz.cli.django import ready

    ready(Path(sys.argv[1]))
    print(json.dumps(plant(datetime.now(UTC))), flush=True)  # noqa: T201 - what the caller reads
    sys.stdin.read()  # the database stays open, as it is in service, until the caller has looked
