"""The rules and their versions: what each says, who proposed, approved or stopped it, and what it has brought.

Reviewers and the data-protection officer read all of it (LR-36, LR-52); administrators see which rules and versions
there are, and nothing of what they say. What the asker may do next is said with each version, so that a page offers
nothing that the flow would refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import CauseKind
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.yields import Yield, yields
from torogoz.storage.audit import record
from torogoz.storage.models import RuleVersion, TargetingRule

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from torogoz.storage.models import Account

READERS = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR, StaffRole.DATA_PROTECTION})
MAY = READERS | {StaffRole.ADMINISTRATOR}
#: Who writes rules and asks to stop them; who may be the second person.
AUTHORS = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
SECOND = frozenset({StaffRole.SUPERVISOR})
#: A review date this near is marked.
REVIEW_SOON = timedelta(days=30)


class RuleState(StrEnum):
    """A version's state, and `asleep`: in force, but its review date has passed, so that it screens nobody."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    ASLEEP = "asleep"
    REFUSED = "refused"
    STOPPED = "stopped"


class Review(StrEnum):
    """How far a review date is."""

    PAST = "past"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Answered:
    """Who did something, when, and the reason they gave."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version. What it says is None for who sees structure only; `may_…` say what the asker may do with it."""

    id: int
    number: int
    state: RuleState
    review_on: date
    review: Review
    gravity: int
    purpose: Purpose
    title_es: str
    title_en: str
    document: dict[str, Any] | None
    proposed: Answered
    answered: Answered | None
    stop_requested: str | None
    stop_reason: str
    stopped: Answered | None
    may_answer: bool
    may_request_stop: bool
    may_answer_stop: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule: `shown` is the version in force, or the latest one; `waits` that something asks for a second person."""

    id: int
    key: str
    agency: str
    compartment: str
    shown: Version
    versions: tuple[Version, ...]
    brought: Yield
    may_propose: bool

    @property
    def waits(self) -> bool:
        """Whether a proposal or a request to stop waits for a second person."""
        return any(
            version.state is RuleState.PROPOSED or (version.stop_requested and version.stopped is None)
            for version in self.versions
        )


def rules(who: Who, now: datetime) -> tuple[RuleView, ...]:
    """Every rule that the asker may see, by key."""
    admit(who, MAY, now)
    found = _views(who, TargetingRule.objects.order_by("key"), now)
    record(AuditEvent.VIEWED_RULES, now, who=who, counts={"rules": len(found)})
    return found


def rule(who: Who, rule_id: int, now: datetime) -> RuleView:
    """One rule with all of its versions."""
    admit(who, MAY, now)
    found = _views(who, TargetingRule.objects.filter(pk=rule_id), now)
    if not found:
        refuse(who, now)
    record(AuditEvent.VIEWED_RULES, now, who=who, object_type="rule", object_id=rule_id)
    return found[0]


def rule_of(version: int) -> int:
    """The rule of a version."""
    return RuleVersion.objects.values_list("rule_id", flat=True).get(pk=version)


def admit_author(who: Who, now: datetime) -> None:
    """Let pass who may propose a rule."""
    admit(who, AUTHORS, now)


def may_propose(who: Who) -> bool:
    """Whether the asker may propose a rule."""
    return who.role in AUTHORS


def review_of(day: date, today: date) -> Review:
    """How far a review date is on a day."""
    if day < today:
        return Review.PAST
    return Review.SOON if day <= today + REVIEW_SOON else Review.LATER


def _views(who: Who, found: QuerySet[TargetingRule], now: datetime) -> tuple[RuleView, ...]:
    brought = yields(who, CauseKind.RULE)
    rows = (
        visible(found, who)
        .select_related("agency")
        .prefetch_related(
            Prefetch(
                "versions",
                RuleVersion.objects.order_by("-number").select_related(
                    "author", "approver", "stop_requested_by", "stopped_by"
                ),
            )
        )
    )
    return tuple(
        _view(
            row, who, tuple(_version(version, who, timezone.localdate(now)) for version in row.versions.all()), brought
        )
        for row in rows
    )


def _view(row: TargetingRule, who: Who, versions: tuple[Version, ...], brought: dict[str, Yield]) -> RuleView:
    in_force = (version for version in versions if version.state in {RuleState.ACTIVE, RuleState.ASLEEP})
    return RuleView(
        id=row.pk,
        key=row.key,
        agency=row.agency.code,
        compartment=row.compartment,
        shown=next(in_force, versions[0]),
        versions=versions,
        brought=brought.get(row.key, Yield()),
        may_propose=may_propose(who),
    )


def _version(row: RuleVersion, who: Who, today: date) -> Version:
    reads = who.role in READERS
    review = review_of(row.review_on, today)
    state = RuleState(row.state)
    if state is RuleState.ACTIVE and review is Review.PAST:
        state = RuleState.ASLEEP
    in_force = row.state == RuleVersion.State.ACTIVE
    asked = row.stop_requested_by
    return Version(
        id=row.pk,
        number=row.number,
        state=state,
        review_on=row.review_on,
        review=review,
        gravity=row.gravity,
        purpose=Purpose(row.purpose),
        title_es=row.title_es if reads else "",
        title_en=row.title_en if reads else "",
        document=row.document if reads else None,
        proposed=Answered(row.author.username, row.proposed_at),
        answered=_answered(row.approver, row.approved_at, row.approver_reason if reads else ""),
        stop_requested=asked.username if asked else None,
        stop_reason=row.stop_reason if reads else "",
        stopped=_answered(row.stopped_by, row.stopped_at),
        may_answer=row.state == RuleVersion.State.PROPOSED and _is_second(who, row.author),
        may_request_stop=in_force and asked is None and who.role in AUTHORS,
        may_answer_stop=in_force and asked is not None and _is_second(who, asked),
    )


def _answered(by: Account | None, at: datetime | None, reason: str = "") -> Answered | None:
    return Answered(by.username, at, reason) if by and at else None


def _is_second(who: Who, first: Account) -> bool:
    return who.role in SECOND and who.account != first.pk
