"""Screening: a flight's picture held against lists and rules, as a pure function; and one hit computed again.

The same picture, lists, rules and history give the same hits, in the same order; the day is that of the picture's time,
on the clock in which it is given. A list entry or rule is compared with
those views only whose data class its purpose may read, so that a civil exit ban never sees what only a booking told;
exit bans act on departures only. Refuses nothing: what cannot be compared stands in the evidence as not compared.

Every hit brings its basis: what it was computed with beside its cause and what the sources say of the traveller. From
the three of them `replay` computes it again, when messages, list and rule have gone, by the same functions.

Sources: design §2 (screening is pure); LR-30 (a hit is inert), LR-32 (nothing learns), LR-72 (name-only is advisory).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from torogoz.domain.hit import Basis, Cause, CauseKind, RaisedHit, Source
from torogoz.domain.journey import Direction
from torogoz.domain.operating_points import DEFAULT_POINTS, OperatingPoints
from torogoz.domain.picture import FlightPicture, History, PicturedTraveller, View
from torogoz.domain.purpose import DataClass, Purpose, readable_classes
from torogoz.domain.rule import Rule
from torogoz.domain.watchlist import Entry
from torogoz.matching import ListIndex, Match, Query, match_all
from torogoz.matching.excerpt import excerpt, restore
from torogoz.matching.retrieve import LEAST
from torogoz.targeting.compile import CompiledRules, compile_rules, fired
from torogoz.targeting.explain import evidence as rule_evidence
from torogoz.targeting.facts import Facts, facts, thaw
from torogoz.targeting.facts import freeze as freeze_facts

#: What was raised is computed again whatever the points are now.
_WHATEVER_THE_POINT = OperatingPoints(review=2 * LEAST)
#: The fields of a traveller that a match compares, whose places in the message a hit names.
_COMPARED = frozenset({"surname", "given_names", "birth_date", "sex", "nationality", "documents"})
_BORN = frozenset({"birth_date"})


@dataclass(frozen=True, slots=True)
class ListInForce:
    """The entries of one list that share a purpose, indexed; `version` is the list's.

    `later` are those entries that a later version brought, with its number, where the list answers as it was before.
    """

    name: str
    version: int
    purpose: Purpose
    index: ListIndex
    later: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rules that share a purpose, compiled together."""

    purpose: Purpose
    compiled: CompiledRules


def in_force(rules: Sequence[Rule], day: date) -> tuple[RulesInForce, ...]:
    """Compile the rules by purpose. A rule past its review date sleeps (LR-33)."""
    awake = [rule for rule in rules if rule.review_on >= day]
    purposes = sorted({rule.purpose for rule in awake})
    return tuple(
        RulesInForce(purpose, compile_rules([rule for rule in awake if rule.purpose == purpose]))
        for purpose in purposes
    )


def screen(
    picture: FlightPicture,
    lists: Sequence[ListInForce],
    rules: Sequence[RulesInForce],
    history: Mapping[Purpose, Mapping[int, History]],
    points: OperatingPoints = DEFAULT_POINTS,
) -> tuple[RaisedHit, ...]:
    """Every hit of everybody who travels, ordered by traveller, then cause. `history` is what each purpose may know.

    A match is queued from the review point on, and an exact document whatever the rest says; an exact full name is
    shown in the dossier at least.
    """
    travelling = [traveller for traveller in picture.travellers if traveller.travelling]
    raised = [
        hit
        for one in lists
        if _applies(one.purpose, picture)
        for hit in _on_list(travelling, one, picture.known_at.date(), points)
    ]
    for some in rules:
        if _applies(some.purpose, picture):
            raised += _by_rule(picture, some, history.get(some.purpose, {}))
    return tuple(sorted(raised, key=lambda hit: (hit.traveller, hit.cause.kind, hit.cause.source, hit.cause.key)))


def replay(
    cause: Cause, purpose: Purpose, source: Entry | Rule, views: Sequence[View], basis: Basis, traveller: int = 0
) -> RaisedHit | None:
    """Compute a hit again from what it rested on: the entry or rule, the views of the traveller, and the basis.

    `views` are those that the purpose may read, in the picture's order. None where it does not come out as a hit.
    """
    if isinstance(source, Rule):
        (some,) = in_force([source], source.review_on)
        row = Facts(traveller, readable_classes(purpose), thaw(basis.facts), tuple(views))
        return next(iter(_fired(some, (row,))), None)
    if basis.excerpt is None or source.terms is None:
        return None
    one = ListInForce(cause.source, cause.version, purpose, restore(basis.excerpt, source))
    found = _on_list([PicturedTraveller(traveller, tuple(views))], one, source.terms.review_on, _WHATEVER_THE_POINT)
    return replace(found[0], basis=basis) if found else None


def _applies(purpose: Purpose, picture: FlightPicture) -> bool:
    return purpose is not Purpose.EXIT_BAN or picture.flight.direction is Direction.OUTBOUND


def _on_list(
    travellers: Sequence[PicturedTraveller], one: ListInForce, day: date, points: OperatingPoints
) -> list[RaisedHit]:
    """The hits of a list on everybody of a flight, who are asked about at once."""
    asked = [_asked(traveller, one.purpose) for traveller in travellers]
    queries = tuple(dict.fromkeys(query for each in asked for query in each))
    found = dict(zip(queries, match_all(queries, one.index, points.advisory), strict=True))
    return [
        hit
        for traveller, each in zip(travellers, asked, strict=True)
        for hit in _best(
            traveller, one, day, points, {query: (found[query], sources) for query, sources in each.items()}
        )
    ]


def _asked(traveller: PicturedTraveller, purpose: Purpose) -> dict[Query, tuple[Source, ...]]:
    """What is asked about a traveller, each question with the sources that it comes from."""
    asked: dict[Query, tuple[Source, ...]] = {}
    views = traveller.seen_as(readable_classes(purpose))
    for view in views:
        # What this source does not tell another may: a booking without a birth date does not raise a namesake.
        others = [other for other in views if other is not view]
        booked = view.data_class is DataClass.PNR
        query = Query.of(view.traveller, *(other.traveller for other in others), booked=booked)
        if query not in asked:
            asked[query] = _compared(view, others)
    return asked


def _best(
    traveller: PicturedTraveller,
    one: ListInForce,
    day: date,
    points: OperatingPoints,
    answers: Mapping[Query, tuple[tuple[Match, ...], tuple[Source, ...]]],
) -> list[RaisedHit]:
    """The best match of each entry over the views of a traveller; an entry past its review date sleeps (LR-71)."""
    best: dict[str, tuple[Match, tuple[Source, ...]]] = {}
    for matches, sources in answers.values():
        for found in matches:
            rival = best.get(found.entry.id)
            if raises(found, points) and (rival is None or _rank(found, points) > _rank(rival[0], points)):
                best[found.entry.id] = (found, sources)
    return [
        _list_hit(traveller, one, found, sources, answers, queued=queues(found, points))
        for found, sources in best.values()
        if found.entry.terms and found.entry.terms.review_on >= day
    ]


def raises(found: Match, points: OperatingPoints) -> bool:
    """Whether a match that reaches the advisory point, or must be shown whatever it weighs, makes a hit."""
    return queues(found, points) or found.entry.advisory or found.exact_name


def queues(found: Match, points: OperatingPoints) -> bool:
    """Whether somebody must look: the name alone never asks for it (LR-72)."""
    return not found.entry.advisory and (found.probability >= points.review or found.exact_document)


def _rank(found: Match, points: OperatingPoints) -> tuple[bool, int]:
    return queues(found, points), found.millibits


def _list_hit(
    traveller: PicturedTraveller,
    one: ListInForce,
    found: Match,
    sources: tuple[Source, ...],
    asked: Iterable[Query],
    *,
    queued: bool,
) -> RaisedHit:
    terms = found.entry.terms
    return RaisedHit(
        traveller=traveller.id,
        cause=Cause(CauseKind.WATCHLIST, one.name, found.entry.id, one.later.get(found.entry.id, one.version)),
        gravity=terms.gravity if terms else 4,
        queued=queued,
        purpose=one.purpose,
        millibits=found.millibits,
        probability=found.probability,
        evidence=found.evidence,
        sources=sources,
        matched_name=found.name,
        basis=Basis(excerpt(one.index, asked, found.entry)),
        births=found.entry.birth_dates,
    )


def _compared(view: View, others: Sequence[View]) -> tuple[Source, ...]:
    """The source that was compared, and the other one where that told no birth date (`Query.of`)."""
    sources = [_source(view, _COMPARED)]
    if view.traveller.birth_date is None:
        sources += [_source(other, _BORN) for other in others if other.traveller.birth_date][:1]
    return tuple(sorted(sources, key=lambda each: each.message))


def _source(view: View, fields: frozenset[str]) -> Source:
    return Source(
        view.message,
        tuple(sorted({(each.start, each.end) for each in view.traveller.origins if each.field in fields})),
    )


def _by_rule(picture: FlightPicture, some: RulesInForce, history: Mapping[int, History]) -> list[RaisedHit]:
    return _fired(some, facts(picture, readable_classes(some.purpose), history))


def _fired(some: RulesInForce, rows: Sequence[Facts]) -> list[RaisedHit]:
    raised = []
    for one, places in zip(some.compiled.rules, fired(some.compiled, rows), strict=True):
        for place in places:
            row = rows[place]
            raised.append(
                RaisedHit(
                    traveller=row.traveller,
                    cause=Cause(CauseKind.RULE, "", one.rule.key, one.rule.version),
                    gravity=one.rule.gravity,
                    queued=True,
                    purpose=some.purpose,
                    millibits=0,
                    probability=None,
                    evidence=rule_evidence(one.condition, one.unless, row.values),
                    sources=row.sources(one.fields) or (Source(row.views[0].message),),
                    basis=Basis(facts=freeze_facts(row, one.fields)),
                )
            )
    return raised
