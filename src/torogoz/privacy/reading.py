"""Reading that the data-protection officer should look at: the policy as tables (LR-55; ICAO Annex 9, 9.26(a)).

A mark accuses nobody. It says, with its numbers, that a look differs from the work or from that person's own usual, and
an officer asks why. Whoever does more than others is measured by their own days, not by their colleagues'. Nothing here
knows a name: whether a look was at one's own is found where the look happens, and comes as a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from statistics import median_high

from torogoz.domain.name import fold


class Mark(StrEnum):
    """What is noticed about a look."""

    OWN_NAME = "own_name"
    MANY_DOSSIERS = "many_dossiers"
    WITHOUT_HIT = "without_hit"
    MANY_FLIGHTS = "many_flights"
    MANY_SEARCHES = "many_searches"
    UNUSUAL_HOUR = "unusual_hour"
    MANY_READERS = "many_readers"


class Kind(StrEnum):
    """At what somebody looked. `HIT`: a hit or a decision, which is the queue's own work."""

    DOSSIER = "dossier"
    HIT = "hit"
    FLIGHT = "flight"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Look:
    """One look of one person, its time in UTC. Looks at one row are one in every count; a search is its own row.

    `hits`: how many hits the dossier showed, None where that is not known. `own_name`: how many parts of the name
    looked at are the reader's own (1: the surname alone, 2: a given name too).
    """

    at: datetime
    kind: Kind
    row: int
    hits: int | None = None
    own_name: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """A row of the policy: so many looks of a kind within a time, and so many times that person's own usual."""

    mark: Mark
    kind: Kind
    within: timedelta
    at_least: int
    times_usual: int
    without_hit: bool = False


_HOUR, _SHIFT = timedelta(hours=1), timedelta(hours=8)

PACES = (
    Pace(Mark.MANY_DOSSIERS, Kind.DOSSIER, _HOUR, at_least=20, times_usual=3),
    Pace(Mark.WITHOUT_HIT, Kind.DOSSIER, _SHIFT, at_least=15, times_usual=3, without_hit=True),
    Pace(Mark.MANY_FLIGHTS, Kind.FLIGHT, _HOUR, at_least=30, times_usual=3),
    Pace(Mark.MANY_SEARCHES, Kind.SEARCH, _HOUR, at_least=30, times_usual=3),
)
#: A person's usual is taken from their looks of this long before.
REMEMBERED = timedelta(days=28)
#: It is known once they looked in so many different times of the length that counts; until then it counts as 0.
USUAL_AFTER = 5
#: Somebody's hours are known after so many days with looks; an hour is theirs if they looked in it, or in the one
#: before or after, on two of them. A new one is marked once a shift.
HOURS_AFTER, HOUR_ON = 10, 2
#: Many people read one traveller who has no hit: so many, within this time. Each further one is marked.
READERS, READERS_WITHIN = 4, timedelta(days=7)
#: A searched surname that begins one's own is one's own from this many letters on.
SHORTEST_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with its number; `beside` is what it is held against: the usual, or the days that are known."""

    mark: Mark
    number: int
    beside: int = 0


def judge(
    look: Look, before: Sequence[Look], marked: Mapping[Mark, tuple[datetime, int]], others: int, zone: tzinfo
) -> list[Marked]:
    """What is to be noticed about a look.

    `before` are the person's looks that went before, of the time that is remembered; `marked` when each mark was last
    made of them, with its number; `others` how many other people opened this traveller lately without a hit.
    """
    found = [Marked(Mark.OWN_NAME, look.own_name)] if look.own_name else []
    found += filter(None, (_pace(pace, look, before, marked.get(pace.mark)) for pace in PACES))
    found += filter(None, (_hour(look, before, marked.get(Mark.UNUSUAL_HOUR), zone), _readers(look, before, others)))
    return found


def _pace(pace: Pace, look: Look, before: Sequence[Look], last: tuple[datetime, int] | None) -> Marked | None:
    if not _counts(pace, look):
        return None
    windows: dict[int, set[int]] = defaultdict(set)
    for each in before:
        if _counts(pace, each):
            windows[(look.at - each.at) // pace.within].add(each.row)
    now = windows.pop(0, set())
    number = len(now | {look.row})
    usual = median_high(map(len, windows.values())) if len(windows) >= USUAL_AFTER else 0
    if look.row in now or number < max(pace.at_least, pace.times_usual * usual):
        return None
    if last and look.at - last[0] < pace.within and number < 2 * last[1]:  # said already; again when it has doubled
        return None
    return Marked(pace.mark, number, usual)


def _counts(pace: Pace, look: Look) -> bool:
    return look.kind is pace.kind and (not pace.without_hit or look.hits == 0)


def _hour(look: Look, before: Sequence[Look], last: tuple[datetime, int] | None, zone: tzinfo) -> Marked | None:
    local = look.at.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    days: dict[int, set[int]] = defaultdict(set)
    for each in before:
        then = each.at + offset
        if then.date() != local.date():
            days[then.hour].add(then.toordinal())
    known = len(set().union(*days.values()))
    near = days[(local.hour - 1) % 24] | days[local.hour] | days[(local.hour + 1) % 24]
    if known < HOURS_AFTER or len(near) >= HOUR_ON or (last and look.at - last[0] < _SHIFT):
        return None
    return Marked(Mark.UNUSUAL_HOUR, local.hour, known)


def _readers(look: Look, before: Sequence[Look], others: int) -> Marked | None:
    if look.kind is not Kind.DOSSIER or look.hits != 0 or others + 1 < READERS:
        return None
    recent = (each for each in before if each.kind is Kind.DOSSIER and look.at - each.at < READERS_WITHIN)
    return None if look.row in {each.row for each in recent} else Marked(Mark.MANY_READERS, others + 1)


def own_parts(own_surname: str, own_given: str, surname: str, given: str, *, searched: bool = False) -> int:
    """How many parts of a name are one's own: 0 none, 1 the surname where there is no given name, 2 both.

    Names are written in many ways: one surname of two, two as one word. A searched surname may be a beginning.
    """
    mine, theirs = fold(own_surname).split(), fold(surname).split()
    if not mine or not theirs:
        return 0
    begins = searched and len("".join(theirs)) >= SHORTEST_BEGINNING and "".join(mine).startswith("".join(theirs))
    if not (begins or _same(mine, theirs) or _same(theirs, mine)):
        return 0
    if not fold(given):
        return 1
    called, asked = fold(own_given).split(), fold(given).split()
    return 2 if called and (called[0] == asked[0] or _same(called, asked) or _same(asked, called)) else 0


def _same(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether some first words of one are the other, wherever the blanks stand."""
    whole = "".join(shorter)
    return any("".join(longer[:words]) == whole for words in range(1, len(longer) + 1))
