"""What a reviewer may decide about a hit, and when a second person must agree: the policy, as tables.

Three separate answers, each with a reason (LR-30, LR-31): is it this person, is there a ground today, what is done.
`ACTIONS` says which actions a pair of answers carries; a pair that is not there contradicts itself. `SECOND_PERSON`
says where nothing happens until another person agrees. Refuses nothing by itself: it names the faults.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from torogoz.domain.hit import Action, Ground, Identity
from torogoz.domain.staff import StaffRole

#: Who reviews hits.
REVIEWERS = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: Within this time a supervisor looks at what one person decided alone.
URGENT_REVIEW_WITHIN = timedelta(hours=24)
#: A confirmed hit keeps the traveller's record: somebody looks again after the first time, it ends with the second.
HOLD_REVIEW_AFTER = timedelta(days=90)
HOLD_ENDS_AFTER = timedelta(days=365)
#: A reason longer than this is a report, and has its place elsewhere.
LONGEST_REASON = 2000

#: identity, ground → the actions they carry. Nothing is done to somebody else, nor without a ground.
ACTIONS: dict[tuple[Identity, Ground], frozenset[Action]] = {
    (Identity.SAME, Ground.YES): frozenset(Action),
    (Identity.SAME, Ground.NO): frozenset({Action.NONE}),
    (Identity.UNCLEAR, Ground.YES): frozenset(Action),
    (Identity.UNCLEAR, Ground.NO): frozenset({Action.NONE}),
    (Identity.NOT_SAME, Ground.NO): frozenset({Action.NONE}),
}
#: The actions of which an officer is told.
TOLD = frozenset({Action.REFER, Action.PROTECTION})


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reviewer answers. `urgent` asks to act before the second person has agreed.

    `forget` asks that nothing be remembered of a person who is cleared (domain.clearance).
    """

    identity: Identity
    identity_reason: str
    ground: Ground
    ground_reason: str
    action: Action
    action_reason: str
    urgent: bool = False
    forget: bool = False

    @property
    def clears(self) -> bool:
        """Whether they say that the traveller is another person: the only answer that is remembered."""
        return self.identity is Identity.NOT_SAME

    @property
    def confirms(self) -> bool:
        """Whether they make it a confirmed hit."""
        return self.identity is Identity.SAME and self.ground is Ground.YES

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Each reason under the name of its field."""
        return (
            ("identity_reason", self.identity_reason),
            ("ground_reason", self.ground_reason),
            ("action_reason", self.action_reason),
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the answers: the field it stands beside, and the code of its sentence."""

    field: str
    code: str


def faults(answers: Answers) -> tuple[Fault, ...]:
    """Everything wrong with the answers, in the order of their fields; none where they may stand."""
    found = []
    for field, reason in answers.reasons:
        if not reason.strip():
            found.append(Fault(field, "reason_missing"))
        elif reason.rstrip().endswith(":"):  # a template that nobody finished
            found.append(Fault(field, "reason_unfinished"))
        elif len(reason) > LONGEST_REASON:
            found.append(Fault(field, "reason_too_long"))
    carried = ACTIONS.get((answers.identity, answers.ground))
    if carried is None:
        found.append(Fault("ground", "ground_without_identity"))
    elif answers.action not in carried:
        found.append(Fault("action", "action_without_ground"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """One row of the policy: where all of its columns hold, another person must agree before anything happens.

    None in a column means any. `by` says whose agreement counts; `urgent` the actions that may go ahead alone and are
    reviewed within 24 hours.
    """

    code: str
    by: frozenset[StaffRole]
    urgent: frozenset[Action]
    minor: bool | None = None
    gravities: frozenset[int] | None = None
    identities: frozenset[Identity] | None = None
    actions: frozenset[Action] | None = None

    def holds(self, answers: Answers, *, gravity: int, minor: bool) -> bool:
        """Whether the row holds for these answers about this hit."""
        return (
            self.minor in (None, minor)
            and (self.gravities is None or gravity in self.gravities)
            and (self.identities is None or answers.identity in self.identities)
            and (self.actions is None or answers.action in self.actions)
        )


SECOND_PERSON: tuple[SecondPerson, ...] = (
    # Whatever is decided about a child, also that nothing is done (CRC art. 3); only protection goes ahead alone.
    SecondPerson(
        "minor",
        by=frozenset({StaffRole.SUPERVISOR}),
        urgent=frozenset({Action.PROTECTION}),
        minor=True,
    ),
    # The gravest hits end in the gravest encounters.
    SecondPerson(
        "gravest",
        by=REVIEWERS,
        urgent=frozenset({Action.REFER}),
        gravities=frozenset({1}),
        actions=frozenset({Action.REFER}),
    ),
    # Somebody is stopped who may be another.
    SecondPerson(
        "identity_unclear",
        by=REVIEWERS,
        urgent=TOLD,
        identities=frozenset({Identity.UNCLEAR}),
        actions=TOLD,
    ),
)


def second_person(answers: Answers, *, gravity: int, minor: bool) -> tuple[SecondPerson, ...]:
    """The rows that ask for a second person; none where one person may decide."""
    return tuple(row for row in SECOND_PERSON if row.holds(answers, gravity=gravity, minor=minor))


def may_second(rows: tuple[SecondPerson, ...]) -> frozenset[StaffRole]:
    """The roles whose agreement satisfies every row."""
    return REVIEWERS.intersection(*(row.by for row in rows))


def may_hurry(answers: Answers, rows: tuple[SecondPerson, ...]) -> bool:
    """Whether every row lets this action go ahead alone."""
    return all(answers.action in row.urgent for row in rows)
