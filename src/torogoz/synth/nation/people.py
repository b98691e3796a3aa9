"""The people of the nation: who they are, group by group in the shares of an international list.

A stream of people, without end, the same for the same seed; the first ten thousand of a million are the ten thousand of
a shorter list. A group decides names (`customs`), and for nine of ten the nationality. Ages are those of adults who
travel. Where births were registered late the first of January is common.
"""

from __future__ import annotations

from bisect import bisect
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.synth.nation.customs import CUSTOMS, Named

#: group → its share of the nation.
GROUPS = {"es": 0.22, "ar": 0.20, "ru": 0.15, "pt": 0.13, "en": 0.12, "zh": 0.10, "fr": 0.08}
_STATES = {
    "es": "MEX COL SLV ESP GTM HND VEN PER ARG ECU NIC CUB DOM CHL USA BOL CRI PAN PRY URY",
    "ar": "EGY IRQ SYR DZA MAR SAU SDN YEM LBN JOR LBY TUN PSE KWT ARE SOM",
    "ru": "RUS UKR BLR KAZ KGZ MDA UZB GEO LVA",
    "pt": "BRA PRT AGO MOZ CPV GNB",
    "en": "USA GBR CAN NGA AUS IRL ZAF JAM NZL KEN",
    "zh": "CHN TWN HKG SGP MYS",
    "fr": "FRA CAN BEL COD CIV SEN CMR HTI CHE",
}
#: group → where its people come from, the commonest first; the share falls as 1 / place.
STATES_OF = {group: tuple(states.split()) for group, states in _STATES.items()}
_ELSEWHERE = 0.1
_STEPS = tuple(accumulate(GROUPS.values()))
_NAMES = tuple(GROUPS)
_STATE_STEPS = {
    group: tuple(accumulate(1 / place for place in range(1, len(states) + 1))) for group, states in STATES_OF.items()
}
_FIRST_OF_JANUARY = {"ar": 0.04}
_YOUNGEST, _COMMONEST_AGE, _OLDEST = 16, 36, 90
#: Every day of a common year: nobody here was born on a leap day.
_CALENDAR = tuple((month, day + 1) for month in range(1, 13) for day in range(monthrange(2001, month)[1]))


@dataclass(frozen=True, slots=True)
class Compatriot:
    """One invented person: names as documents in mixed case have them, and what else a list could know."""

    group: str
    named: Named
    sex: str
    born: PartialDate
    nationality: str
    document: Document


def nation(seed: int, label: str, year: int = 2026) -> Iterator[Compatriot]:
    """Everybody, one after the other; people of different labels are different draws from the same nation."""
    rng = Random(f"{seed}/nation/{label}")
    random = rng.random
    while True:
        group = _NAMES[min(bisect(_STEPS, random()), len(_NAMES) - 1)]
        sex = "F" if random() < 0.5 else "M"
        nationality = _state(group if random() >= _ELSEWHERE else _NAMES[int(random() * len(_NAMES))], random())
        yield Compatriot(
            group,
            CUSTOMS[group].name(rng, sex),
            sex,
            _born(rng, group, year),
            nationality,
            Document(f"{chr(65 + int(random() * 26))}{int(random() * 1e8):08d}", "P", nationality),
        )


def _state(group: str, chance: float) -> str:
    steps = _STATE_STEPS[group]
    return STATES_OF[group][bisect(steps, chance * steps[-1])]


def _born(rng: Random, group: str, year: int) -> PartialDate:
    born = year - 1 - int(rng.triangular(_YOUNGEST, _OLDEST, _COMMONEST_AGE))
    if rng.random() < _FIRST_OF_JANUARY.get(group, 0):
        return PartialDate(born, 1, 1)
    return PartialDate(born, *_CALENDAR[int(rng.random() * len(_CALENDAR))])
