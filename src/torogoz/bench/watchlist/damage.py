"""What carriers, clerks and systems do to a traveller's data on its way, class by class.

**Written after the matcher's rules were frozen**, without reading its tables: from the field lengths and habits of
carriers, the keyboard, the shapes of letters, what Doc 9303 and national offices make of a name, and the classes under
which name matchers are measured in the literature. A class changes what it says and nothing else, and is refused
(None) for whom it has nothing to change. Names on the way are parts, not text: a second surname is known as such.

Optimistic all the same. It was written in the same house as the matcher, from the same knowledge of how names vary,
and its shares of slips are assumed, not counted from messages. A listed person may already stand on the list under
the damaged name: the benchmark tells how often. Damages come one at a time, save in `combined`; real ones pile up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from torogoz.bench.watchlist import romanise, slips
from torogoz.domain.dates import PartialDate
from torogoz.domain.name import fold
from torogoz.matching import Query
from torogoz.synth.nation.people import STATES_OF, Compatriot

Parts = tuple[str, ...]

#: Characters that systems keep of `SURNAME GIVEN NAMES`: old hosts, booking systems, and the three kinds of zone.
LENGTHS = (20, 25, 28, 30, 31, 39)
TITLES = {"F": ("MRS", "MS", "MISS", "SRA"), "M": ("MR", "MR", "DR", "SR")}
#: Of 100 travellers so many have a nationality, or a sex, that is wrong or missing (half and half).
NATIONALITY_WRONG, SEX_WRONG = 0.12, 0.04
_STATES = tuple(sorted({state for states in STATES_OF.values() for state in states}))


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody as they are being written: parts of both name fields (a part may be of several words), birth date."""

    surnames: Parts
    given: Parts
    birth: PartialDate | None
    group: str
    sex: str

    @property
    def query(self) -> tuple[str, str, PartialDate | None]:
        """What arrives, in the alphabet of the machine-readable zone."""
        return fold(" ".join(self.surnames)), fold(" ".join(self.given)), self.birth


Change = Callable[[Written, Random], Written | None]


def query_of(person: Compatriot) -> Query:
    """Somebody as the machine-readable zone of their passport has them, without its number."""
    return _query(person, _written(person))


def damaged(person: Compatriot, damage: str, rng: Random) -> Query | None:
    """Write somebody with one damage of `CLASSES`; None where it has nothing to change in them."""
    clean = _written(person)
    changed = CLASSES[damage](clean, rng)
    if changed is None or (changed.query == clean.query) is not (damage == "exact"):
        return None
    return _query(person, changed)


def misdeclared(query: Query, rng: Random) -> Query:
    """The same with nationality and sex as manifests have them: some wrong, some missing."""
    nationality, sex = query.nationality, query.sex
    if rng.random() < NATIONALITY_WRONG:
        others = [state for state in _STATES if state != nationality]
        nationality = rng.choice(others) if rng.random() < 0.5 else None
    if rng.random() < SEX_WRONG:
        sex = {"F": "M", "M": "F"}.get(sex or "") if rng.random() < 0.5 else None
    return replace(query, nationality=nationality, sex=sex)


def _written(person: Compatriot) -> Written:
    return Written(person.named.surnames, person.named.given, person.born, person.group, person.sex)


def _query(person: Compatriot, written: Written) -> Query:
    surname, given, birth = written.query
    return Query(surname or None, given or None, birth, person.nationality, person.sex)


def _exact(one: Written, _rng: Random) -> Written:
    return one


def _order(one: Written, rng: Random) -> Written:
    """The same words in another order: within a field, or all in one field, the other names first."""
    forms = [Written((*one.given, *one.surnames), (), one.birth, one.group, one.sex)]
    if len(one.surnames) > 1:
        forms.append(replace(one, surnames=one.surnames[::-1]))
    if len(one.given) > 1:
        forms.append(replace(one, given=one.given[::-1]))
    return rng.choice(forms)


def _fields_exchanged(one: Written, _rng: Random) -> Written:
    return replace(one, surnames=one.given, given=one.surnames)


def _truncated(one: Written, rng: Random) -> Written | None:
    """Cut `SURNAME GIVEN NAMES` at a length that is shorter; in one of four, each field at its own half."""
    surname, given, _ = one.query
    lengths = [length for length in LENGTHS if length < len(surname) + 1 + len(given)]
    if not lengths:
        return None
    length = rng.choice(lengths)
    if rng.random() < 0.25:
        return replace(one, surnames=(surname[: length // 2],), given=(given[: length // 2],))
    # A zone keeps at least the first letter of the second field.
    kept = surname[: length - 2]
    return replace(one, surnames=(kept,), given=(given[: length - 1 - len(kept)],))


def _second_surname_dropped(one: Written, _rng: Random) -> Written | None:
    return replace(one, surnames=one.surnames[:1]) if len(one.surnames) > 1 else None


def _second_given_name_dropped(one: Written, _rng: Random) -> Written | None:
    return replace(one, given=one.given[:1]) if len(one.given) > 1 else None


def _initials(one: Written, rng: Random) -> Written | None:
    """The second of the given names by its initial, more seldom the first or all of them."""
    form = rng.random()
    first = form >= 0.6 or len(one.given) == 1
    rest = form < 0.6 or form >= 0.8
    given = [
        fold(part)[:1] if (first if place == 0 else rest) and len(fold(part)) > 1 else part
        for place, part in enumerate(one.given)
    ]
    return replace(one, given=tuple(given))


def _split_or_glued(one: Written, rng: Random) -> Written | None:
    """Words glued, a word in two, a part in the wrong field."""
    forms: list[Written] = []
    for field, written in (("surnames", one.surnames), ("given", one.given)):
        parts = [word for part in written for word in fold(part).split()]
        if len(parts) > 1:
            place = rng.randrange(len(parts) - 1)
            forms.append(_with(one, field, (*parts[:place], parts[place] + parts[place + 1], *parts[place + 2 :])))
        longest = max(range(len(parts)), key=lambda place: len(parts[place]), default=0)
        if parts and len(parts[longest]) >= 6:
            cut = rng.randrange(2, len(parts[longest]) - 2)
            halves = (parts[longest][:cut], parts[longest][cut:])
            forms.append(_with(one, field, (*parts[:longest], *halves, *parts[longest + 1 :])))
    if len(one.surnames) > 1:
        forms.append(replace(one, surnames=one.surnames[:1], given=(*one.given, *one.surnames[1:])))
    if len(one.given) > 1:
        forms.append(replace(one, surnames=(*one.surnames, one.given[-1]), given=one.given[:-1]))
    return rng.choice(forms) if forms else None


def _title(one: Written, rng: Random) -> Written | None:
    """A title behind the given names, mostly glued to the last of them as booking systems do."""
    if not one.given:
        return None
    title = rng.choice(TITLES[one.sex])
    if rng.random() < 0.7:
        return replace(one, given=(*one.given[:-1], fold(one.given[-1]) + title))
    return replace(one, given=(*one.given, title))


def _day_and_month_exchanged(one: Written, _rng: Random) -> Written | None:
    born = one.birth
    if born is None or born.month is None or born.day is None or born.day > 12:
        return None
    return replace(one, birth=PartialDate(born.year, born.day, born.month))


def _birth_date_missing(one: Written, _rng: Random) -> Written:
    return replace(one, birth=None)


def _slipped(slip: slips.Slip, times: int) -> Change:
    """So many slips of a kind, each in any letter of the name."""

    def change(one: Written, rng: Random) -> Written | None:
        surname, given, _ = one.query
        for _ in range(times):
            text = slip(f"{surname}/{given}", rng)
            if text is None:
                return None
            surname, _, given = text.partition("/")
        return replace(one, surnames=(surname,), given=(given,))

    return change


def _misread(one: Written, rng: Random) -> Written | None:
    """One letter taken for another by a reading machine; in one of four, two."""
    return _slipped(slips.misread, 1 if rng.random() < 0.75 else 2)(one, rng)


def _light(one: Written, rng: Random) -> Written | None:
    """One national habit for another, at one place of the name."""
    parts = [*one.surnames, *one.given]
    order = rng.sample(range(len(parts)), len(parts))
    for place in order:
        changed = romanise.lightly(parts[place], one.group, rng)
        if changed is not None and fold(changed) != fold(parts[place]):
            parts[place] = changed
            break
    return _parts(one, parts)


def _heavy(one: Written, rng: Random) -> Written | None:
    """The whole name as another system romanises it, at least two letters off."""
    system = romanise.system(one.group, rng)
    if system is None:
        return None
    changed = _parts(one, [system(part) for part in (*one.surnames, *one.given)])
    before, after = (" ".join(written.query[:2]) for written in (one, changed))
    return changed if slips.edits(before, after) >= 2 else None


def _combined(one: Written, rng: Random) -> Written | None:
    """Two different of the classes before, the second done to what the first left; each must change something."""
    names, before = rng.sample(_SINGLE, 2), one
    if _ABOUT_BIRTH_DATES.issuperset(names):
        return None
    for name in names:
        changed = CLASSES[name](before, rng)
        if changed is None or changed.query == before.query:
            return None
        before = changed
    return before


def _with(one: Written, field: str, parts: Parts) -> Written:
    return replace(one, surnames=parts) if field == "surnames" else replace(one, given=parts)


def _parts(one: Written, parts: list[str]) -> Written:
    count = len(one.surnames)
    return replace(one, surnames=tuple(parts[:count]), given=tuple(parts[count:]))


#: class → what it does. The order is that in which the benchmark tells them.
CLASSES: dict[str, Change] = {
    "exact": _exact,
    "order": _order,
    "fields exchanged": _fields_exchanged,
    "truncated": _truncated,
    "second surname dropped": _second_surname_dropped,
    "second given name dropped": _second_given_name_dropped,
    "one typo": _slipped(slips.typo, 1),
    "two typos": _slipped(slips.typo, 2),
    "initials": _initials,
    "light transliteration": _light,
    "heavy transliteration": _heavy,
    "split or glued": _split_or_glued,
    "title": _title,
    "misread letter": _misread,
    "day and month exchanged": _day_and_month_exchanged,
    "birth date missing": _birth_date_missing,
    "combined": _combined,
}
_SINGLE = [name for name in CLASSES if name not in {"exact", "combined"}]
_ABOUT_BIRTH_DATES = {"day and month exchanged", "birth date missing"}
