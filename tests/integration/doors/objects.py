"""One of everything that an address can name: open at the centre, another agency's, and closed in a compartment."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.review import world
from tests.softkey import SoftKey
from torogoz.domain.answer import Effect
from torogoz.domain.audit import AuditEvent
from torogoz.domain.clearance import ProofKind, Repeat
from torogoz.domain.dates import PartialDate
from torogoz.domain.hit import Action, Ground, HitStatus, Identity
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import Purpose
from torogoz.domain.referral import Channel
from torogoz.domain.staff import StaffRole
from torogoz.domain.watchlist import Entry, ListAction, Terms
from torogoz.flow.list_versions import Change, Entered, make_version
from torogoz.flow.waiting import wait
from torogoz.storage.access.guard import who_is
from torogoz.storage.access.sign_in import seal_secret
from torogoz.storage.audit import record
from torogoz.storage.evidence import entry_row
from torogoz.storage.models import (
    Account,
    Agency,
    CarrierOutage,
    CarrierProfile,
    Clearance,
    ClearingProof,
    ContestedFinding,
    Decision,
    Delivery,
    Hit,
    Hold,
    JourneyTraveller,
    Order,
    OrderConfirmation,
    PersonLink,
    ReceivedMessage,
    Referral,
    RepeatedStop,
    RuleVersion,
    TargetingRule,
    Watchlist,
    WatchlistEntry,
)
from torogoz.targeting.examples import example_rules
from torogoz.web.permissions import PERMISSIONS, Kind

COMPARTMENT = "operation"
MISSING = 987_654_321


class Where(StrEnum):
    """Whose an object is."""

    OPEN = "the centre's, open"
    OTHER = "another agency's"
    CLOSED = "the centre's, in a compartment"
    MISSING = "nobody's: there is none"


#: Stands in what is so owned, and occurs nowhere else: a page that shows it to others is found out.
WORDS = {Where.OPEN: "ABIERTOFICTICIO", Where.OTHER: "AJENOFICTICIO", Where.CLOSED: "CERRADOFICTICIO"}


@dataclass(frozen=True, slots=True)
class Objects:
    """What each number of each address is, by whose it is."""

    ids: dict[Where, dict[Kind, int]]
    decisions: dict[Where, dict[str, int]]
    versions: dict[Where, dict[str, int]]

    def numbers(self, name: str, where: Where) -> dict[str, int]:
        """The arguments of an address."""
        return {argument: self._number(name, kind, where) for argument, kind in PERMISSIONS[name].numbers.items()}

    def _number(self, name: str, kind: Kind, where: Where) -> int:
        if where is Where.MISSING:
            return MISSING
        if kind is Kind.DECISION:
            return self.decisions[where][name]
        if kind is Kind.RULE_VERSION:
            return self.versions[where][name]
        return self.ids[where][kind]


def furnish(people: People, asker: Account) -> Objects:
    """Make all of it, so that `asker` may do what their role may: the hits are claimed by them."""
    shared = _shared()
    Authenticator.objects.create(
        user=asker, type=Authenticator.Type.TOTP, data={"secret": seal_secret("JBSWY3DPEHPK3PXP")}
    )
    RecoveryCodes.activate(asker)
    ids: dict[Where, dict[Kind, int]] = {}
    decisions: dict[Where, dict[str, int]] = {}
    versions: dict[Where, dict[str, int]] = {}
    partner = people.partner.agency
    assert partner
    for where, agency, compartment in (
        (Where.OPEN, world.centre(), ""),
        (Where.OTHER, partner, ""),
        (Where.CLOSED, world.centre(), COMPARTMENT),
    ):
        own = _Owned(asker, agency, compartment, WORDS[where])
        decisions[where] = own.decisions()
        rule, versions[where] = own.rule()
        ids[where] = shared | {
            Kind.HIT: own.hit(HitStatus.OPEN).pk,
            Kind.HOLD: own.hold().pk,
            Kind.KEPT_HIT: own.kept_hit().pk,
            **own.watchlist(),
            Kind.RULE: rule.pk,
            Kind.REFERRAL: own.referral(people).pk,
            Kind.PASSKEY: own.passkey(where).pk,
            Kind.OWN_MESSAGE: own.message(where).pk,
            Kind.OWN_OUTAGE: own.outage(where).pk,
            Kind.ORDER: own.order().pk,
            Kind.CLEARANCE: own.clearance().pk,
            Kind.PROOF: own.proof().pk,
            Kind.REPEATED: own.repeated().pk,
            Kind.CONFIRMATION: own.confirmation().pk,
        }
    return Objects(ids, decisions, versions)


def _shared() -> dict[Kind, int]:
    """What no agency owns."""
    now = timezone.now()
    case = world.case()
    world.keep_lines(case)
    link = world.linked()[2]
    reader = world.account(StaffRole.ANALYST)
    entry = record(AuditEvent.SEARCHED, now, who=who_is(reader), text="name: EJEMPLO")
    mark = record(
        AuditEvent.READING_MARKED,
        now,
        object_type="audit_entry",
        object_id=entry.pk,
        counts={"account": reader.pk, "own_name": 1},
    )
    delivery = Delivery.objects.create(
        received_at=now, source="spool", size=1, digest="", index_version=1, key_id="raw-1", status="failed"
    )
    profile, _ = CarrierProfile.objects.get_or_create(
        carrier="XA", defaults={"may_send": ["api", "pnr"], "changed_at": now}
    )
    outage = CarrierOutage.objects.create(
        profile=profile, starts_at=now, reason="No line", declared_by=reader, declared_at=now
    )
    case.api.findings = [{"code": "X", "severity": "note", "segment": None, "position": None}]
    case.api.save(update_fields=["findings"])
    contested = ContestedFinding.objects.create(
        message=case.api, place=0, carrier="XA", code="X", reason="No reason", made_by=reader, made_at=now
    )
    return {
        Kind.CONTESTED: contested.pk,
        Kind.CARRIER: profile.pk,
        Kind.OUTAGE: outage.pk,
        Kind.TRAVELLER: case.traveller.pk,
        Kind.FLIGHT: case.journey.pk,
        Kind.MESSAGE: case.api.pk,
        Kind.LINK: PersonLink.objects.get(pk=link.pk).pk,
        Kind.DELIVERY: delivery.pk,
        Kind.AUDIT_ENTRY: entry.pk,
        Kind.MARK: mark.pk,
    }


@dataclass(frozen=True, slots=True)
class _Owned:
    """What one agency owns, in one compartment."""

    asker: Account
    agency: Agency
    compartment: str
    word: str

    def hit(self, status: HitStatus, **columns: Any) -> Hit:
        """A hit that the asker has claimed."""
        hit: Hit = world.case(
            agency=self.agency,
            compartment=self.compartment,
            title_es=self.word,
            title_en=self.word,
            cause_source=f"{self.word} {self.agency.code}",
            status=status,
            claimed_by=self.asker,
            claimed_until=timezone.now() + timedelta(hours=1),
            **columns,
        ).hit
        world.entry(hit, agency=self.agency, compartment=self.compartment, reason=self.word)
        Watchlist.objects.filter(name=hit.cause_source).update(agency=self.agency, compartment=self.compartment)
        return hit

    def hold(self) -> Hold:
        """What keeps a record past its clock."""
        today = timezone.localdate()
        return Hold.objects.create(
            agency=self.agency,
            compartment=self.compartment,
            traveller=world.case().traveller,
            reason=self.word,
            placed_by=self.asker,
            placed_at=timezone.now(),
            review_on=today + timedelta(days=30),
            expires_on=today + timedelta(days=60),
        )

    def kept_hit(self) -> Hit:
        """A hit that nobody decided before its record was masked."""
        hit = self.hit(HitStatus.OPEN)
        JourneyTraveller.objects.filter(pk=hit.traveller_id).update(masked_at=timezone.now())
        return hit

    def decisions(self) -> dict[str, int]:
        """Decisions by the address that is made for them."""
        due = timezone.now() + timedelta(hours=1)
        return {
            "answer_second": self.decision(HitStatus.AWAITING_SECOND, needs_second=True).pk,
            "answer_review": self.decision(HitStatus.DECIDED, urgent=True, review_due_at=due, effective_at=due).pk,
            "refer": self.decision(HitStatus.DECIDED, effective_at=timezone.now()).pk,
        }

    def decision(self, status: HitStatus, **columns: Any) -> Decision:
        """A decision of somebody else, which refers."""
        return Decision.objects.create(
            hit=self.hit(status, gravity=1 if status is HitStatus.AWAITING_SECOND else 2),
            made_by=world.account(StaffRole.ANALYST),
            made_at=timezone.now(),
            identity=Identity.SAME,
            identity_reason=self.word,
            ground=Ground.YES,
            ground_reason=self.word,
            action=Action.REFER,
            action_reason=self.word,
            **columns,
        )

    def referral(self, people: People) -> Referral:
        """A referral to the border officer, but to another one where it is another agency's."""
        decision = self.decision(HitStatus.DECIDED, effective_at=timezone.now())
        to = people.border_officer if self.agency.centre else world.account(StaffRole.BORDER_OFFICER)
        assert to.agency
        return Referral.objects.create(
            decision=decision,
            hit=decision.hit,
            agency=to.agency,
            compartment=self.compartment,
            recipient=to,
            channel=Channel.SCREEN,
            safe_text=f"Check the document. {self.word}",
            sent_by=world.account(StaffRole.ANALYST),
            sent_at=timezone.now(),
        )

    def watchlist(self) -> dict[Kind, int]:
        """A list with a version, an entry of it, and a change of it that somebody else has brought."""
        now = timezone.now()
        watchlist = Watchlist.objects.create(
            name=f"{self.word} {self.agency.code} {self.compartment}",
            agency=self.agency,
            compartment=self.compartment,
            made_at=timezone.now(),
        )
        listed, coming = (
            Entered.of(
                Entry(key, (self.word,), (PartialDate(1980, 1, 1),), terms=self._terms()),
            )
            for key in ("W-1", "W-2")
        )
        make_version(watchlist, Change([listed], added=1), now, by=None)
        waits = wait(
            watchlist,
            Change([coming], added=1, unchanged=1),
            who_is(world.account(StaffRole.SUPERVISOR)),
            now,
            needs_second=True,
        )
        return {
            Kind.WATCHLIST: watchlist.pk,
            Kind.WATCHLIST_ENTRY: watchlist.entries.get().pk,
            Kind.WAITING: waits,
        }

    def _terms(self) -> Terms:
        return Terms(
            self.word,
            self.word,
            Purpose.BORDER_CONTROL,
            self.word,
            "B2",
            "C",
            ListAction.REFER,
            date(2999, 1, 1),
        )

    def rule(self) -> tuple[TargetingRule, dict[str, int]]:
        """A rule with versions for each act."""
        key = f"{self.word}-{self.agency.code}-{self.compartment}".lower()
        rule = TargetingRule.objects.create(
            key=key, agency=self.agency, compartment=self.compartment, made_at=timezone.now()
        )
        proposed, active, asked = (
            self._version(rule, number, state)
            for number, state in enumerate((RuleVersion.State.PROPOSED, *[RuleVersion.State.ACTIVE] * 2), 1)
        )
        asked.stop_requested_by, asked.stop_reason = world.account(StaffRole.ANALYST), self.word
        asked.save()
        return rule, {
            "rule_approve": proposed.pk,
            "rule_refuse": proposed.pk,
            "rule_request_stop": active.pk,
            "rule_stop": asked.pk,
            "rule_keep": asked.pk,
        }

    def _version(self, rule: TargetingRule, number: int, state: RuleVersion.State) -> RuleVersion:
        document = {
            **example_rules(date(2999, 1, 1))[0],
            "key": rule.key,
            "title_es": self.word,
            "title_en": self.word,
            "reason_es": self.word,
            "reason_en": self.word,
        }
        return RuleVersion.objects.create(
            rule=rule,
            number=number,
            state=state,
            document=document,
            title_es=self.word,
            title_en=self.word,
            purpose=Purpose.SERIOUS_CRIME,
            gravity=2,
            review_on=date(2999, 1, 1),
            author=world.account(StaffRole.ANALYST),
            proposed_at=timezone.now(),
        )

    def message(self, where: Where) -> ReceivedMessage:
        """A message with a finding: of the carrier whose person everybody is, and of another elsewhere."""
        row = world.message(world.journey(), "PAXLST")
        row.carrier = "XA" if where is Where.OPEN else "YB"
        row.received_at = timezone.now()
        code = "NAME_MISSING" if where is Where.OPEN else self.word
        row.findings = [{"code": code, "severity": "note", "segment": None, "position": None}]
        row.save()
        return row

    def outage(self, where: Where) -> CarrierOutage:
        """An outage of that carrier, and of another elsewhere."""
        profile, _ = CarrierProfile.objects.get_or_create(
            carrier="XA" if where is Where.OPEN else "YB", defaults={"changed_at": timezone.now(), "may_send": ["api"]}
        )
        return CarrierOutage.objects.create(
            profile=profile,
            starts_at=timezone.now(),
            reason=self.word if where is not Where.OPEN else "No line",
            declared_by=self.asker,
            declared_at=timezone.now(),
        )

    def order(self) -> Order:
        """An order that waits for a second person."""
        today = timezone.localdate()
        return Order.objects.create(
            agency=self.agency,
            compartment=self.compartment,
            authority=self.word,
            file_number=self.word,
            legal_basis=self.word,
            effect=Effect.NO_BOARD,
            exit_ban=True,
            direction=Direction.OUTBOUND,
            valid_from=today,
            valid_until=today + timedelta(days=9),
            subject=self.word,
            case_reference=secrets.token_hex(4),
            entered_by=world.account(StaffRole.ANALYST),
            entered_at=timezone.now(),
        )

    def confirmation(self) -> OrderConfirmation:
        """Its application to a traveller."""
        return OrderConfirmation.objects.create(
            order=self.order(),
            traveller=world.case().traveller,
            confirmed_by=self.asker,
            confirmed_at=timezone.now(),
            reason=self.word,
        )

    def cleared(self, entry: WatchlistEntry) -> dict[str, Any]:
        """The columns that say whom something clears."""
        return {
            "agency": self.agency,
            "compartment": self.compartment,
            "entry": entry,
            "document": self.word,
            "keyed_hash": "",
            "index_version": 1,
            "issuer": "SLV",
            "birth_date": "1988-02-29",
            "made_by": world.account(StaffRole.ANALYST),
            "made_at": timezone.now(),
        }

    def clearance(self) -> Clearance:
        """A clearance that a decision has made."""
        decision = self.decision(HitStatus.DECIDED, effective_at=timezone.now())
        entry = entry_row(decision.hit)
        assert entry
        return Clearance.objects.create(traveller=decision.hit.traveller, decision=decision, **self.cleared(entry))

    def proof(self) -> ClearingProof:
        """A proof that waits to be verified."""
        entry = entry_row(self.hit(HitStatus.OPEN))
        assert entry
        return ClearingProof.objects.create(
            kind=ProofKind.REDRESS_NUMBER,
            watchlist=entry.watchlist,
            list_version=1,
            authority=self.word,
            number=self.word,
            valid_until=timezone.localdate() + timedelta(days=9),
            **self.cleared(entry),
        )

    def repeated(self) -> RepeatedStop:
        """A stop of somebody who was cleared."""
        return RepeatedStop.objects.create(hit=self.hit(HitStatus.DECIDED), kind=Repeat.SAME, at=timezone.now())

    def passkey(self, where: Where) -> Authenticator:
        """A passkey: the asker's own among what is open, and somebody else's elsewhere."""
        owner = self.asker if where is Where.OPEN else world.account(StaffRole.ANALYST)
        made = SoftKey().create({"publicKey": {"user": {"id": "1"}, "challenge": "AAAA"}})
        return Authenticator.objects.create(
            user=owner,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Own" if where is Where.OPEN else self.word, "credential": made},
        )
