"""What happens to a name between a passport and a watchlist: carriers, clerks, scanners, other countries' offices.

Each class does one thing to a listed traveller and leaves the rest alone. Written from general knowledge of the field
by somebody who had not read the matcher's rules, after they were frozen (decision 0022), and without a look at recall.

Where it is optimistic: parts of a name are known as parts, so that nobody drops half of a surname by taking it for a
given name unless a class says so; one class at a time (but `combined`) where life mixes them; shares within a class
are assumed, each with its reason, and nobody counted them; nicknames, married names, and fillers of the zone that are
read as letters are no class. `naming`, `carriers`, `slips` and `romanise` say more of their own.
Where it is pessimistic: every class is as common as any other, though most real travellers are `exact`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from rapidfuzz.distance import OSA

from torogoz.bench.watchlist import carriers, naming, romanise, slips
from torogoz.bench.watchlist.written import WORD, Written, drawn_place, places_of, with_word
from torogoz.domain.dates import PartialDate
from torogoz.matching import Query
from torogoz.synth.nation.people import STATES_OF, Compatriot

Change = Callable[[Written, Random], Written | None]
_TRIES = 30
#: Of two slips, so many are in two words: a typist who is careless is so all along.
_TWO_WORDS = 0.65
#: Of 100 travellers: no nationality 4, another 8; no sex 2, the other 2.
MISSING_STATE, WRONG_STATE, MISSING_SEX, WRONG_SEX = 0.04, 0.08, 0.02, 0.02
#: Where a wrong nationality comes from: another passport or birthplace among the same peoples, the country of residence
#: (where most migrants of the region and of all peoples live), or any line of a form's list.
_WRONG_FROM = {"kin": 0.5, "residence": 0.3, "list": 0.2}
_RESIDENCE = ("USA", "ESP", "FRA", "GBR", "CAN", "MEX", "DEU", "ITA", "ARE")


def query_of(person: Compatriot) -> Query:
    """The person as the machine-readable zone of their passport has them, without its number."""
    return _clean(person).query()


def damaged(person: Compatriot, damage: str, rng: Random) -> Query | None:
    """The person after one damage of `CLASSES`; None where it has nothing to change in them. KeyError for another."""
    clean = _clean(person)
    changed = CLASSES[damage](clean, rng)
    if changed is None or (damage != "exact" and changed.query() == clean.query()):
        return None
    return changed.query()


def misdeclared(query: Query, rng: Random) -> Query:
    """The query with nationality and sex as travellers arrive: of 100, 12 and 4 have them wrong or missing."""
    state, sex = rng.random(), rng.random()
    if state < MISSING_STATE:
        query = replace(query, nationality=None)
    elif state < MISSING_STATE + WRONG_STATE:
        query = replace(query, nationality=_another_state(query.nationality, rng))
    if sex < MISSING_SEX:
        query = replace(query, sex=None)
    elif sex < MISSING_SEX + WRONG_SEX:
        query = replace(query, sex="M" if query.sex == "F" else "F")
    return query


def _clean(person: Compatriot) -> Written:
    return Written(person.named.surnames, person.named.given, person.born, person)


def _another_state(state: str | None, rng: Random) -> str:
    all_states = {each for states in STATES_OF.values() for each in states}
    kin = {each for states in STATES_OF.values() if state in states for each in states}
    sources = {"kin": kin, "residence": set(_RESIDENCE), "list": all_states}
    others = sorted(sources[slips.drawn(_WRONG_FROM, rng)] - {state})
    return rng.choice(others or sorted(all_states - {state}))


def _exact(written: Written, _rng: Random) -> Written:
    return written


def _one_typo(written: Written, rng: Random) -> Written | None:
    one = written.plain()
    places = places_of(one, WORD) or places_of(one, 2)
    if not places:
        return None
    where = drawn_place(places, rng)
    return with_word(one, where, slips.slip(places[where], rng))


def _two_typos(written: Written, rng: Random) -> Written | None:
    """Two slips that do not undo each other, in two words or one."""
    one = written.plain()
    places = places_of(one, WORD)
    for _ in range(_TRIES if places else 0):
        where = drawn_place(places, rng)
        first = slips.slip(places[where], rng)
        others = {place: word for place, word in places.items() if place != where}
        if others and rng.random() < _TWO_WORDS:
            second = drawn_place(others, rng)
            return with_word(with_word(one, where, first), second, slips.slip(others[second], rng))
        if len(places[where]) > WORD:
            both = slips.slip(first, rng)
            if OSA.distance(places[where], both) == 2:
                return with_word(one, where, both)
    return None


def _light_transliteration(written: Written, rng: Random) -> Written | None:
    return _parted(written, romanise.lightly((*written.surnames, *written.given), written.person.group, rng))


def _heavy_transliteration(written: Written, rng: Random) -> Written | None:
    return _parted(written, romanise.heavily((*written.surnames, *written.given), written.person.group, rng))


def _parted(written: Written, parts: tuple[str, ...] | None) -> Written | None:
    """Put respelled parts back into their fields."""
    if parts is None:
        return None
    count = len(written.surnames)
    return replace(written, surnames=parts[:count], given=parts[count:])


def _misread(written: Written, rng: Random) -> Written | None:
    one = written.plain()
    places = places_of(one, 2)
    while places:
        where = drawn_place(places, rng)
        read = slips.misread(places.pop(where), rng)
        if read is not None:
            return with_word(one, where, read)
    return None


def _day_and_month(written: Written, _rng: Random) -> Written | None:
    born = written.born
    if born is None or born.day is None or born.month is None or born.day > 12 or born.day == born.month:
        return None
    return replace(written, born=PartialDate(born.year, born.day, born.month))


def _no_birth_date(written: Written, _rng: Random) -> Written | None:
    return replace(written, born=None) if written.born else None


def _combined(written: Written, rng: Random) -> Written | None:
    """Two different damages in the order in which they happen on the way; neither hides the other."""
    for _ in range(_TRIES):
        first, second = sorted(rng.sample(range(len(_ON_THE_WAY)), 2))
        seed = rng.getrandbits(64)
        once = CLASSES[_ON_THE_WAY[first]](written, rng)
        twice = CLASSES[_ON_THE_WAY[second]](once, Random(seed)) if once else None
        if once is None or twice is None:
            continue
        alone = CLASSES[_ON_THE_WAY[second]](written, Random(seed))
        unlike = [written.query(), once.query()] + ([alone.query()] if alone else [])
        if twice.query() not in unlike:
            return twice
    return None


#: The classes in the order in which they are told, and what each does.
CLASSES: dict[str, Change] = {
    "exact": _exact,
    "order": naming.order,
    "fields exchanged": naming.fields_exchanged,
    "truncated": carriers.truncated,
    "second surname dropped": naming.second_surname_dropped,
    "second given name dropped": naming.second_given_dropped,
    "one typo": _one_typo,
    "two typos": _two_typos,
    "initials": naming.initials,
    "light transliteration": _light_transliteration,
    "heavy transliteration": _heavy_transliteration,
    "split or glued": carriers.split_or_glued,
    "title": carriers.title,
    "misread letter": _misread,
    "day and month exchanged": _day_and_month,
    "birth date missing": _no_birth_date,
    "combined": _combined,
}
#: The same in the order of the way: the office that romanises, the traveller, the document, who types, the carrier.
_ON_THE_WAY = (
    "light transliteration", "heavy transliteration", "second surname dropped", "second given name dropped", "initials",
    "truncated", "order", "fields exchanged", "one typo", "two typos", "misread letter", "split or glued", "title",
    "day and month exchanged", "birth date missing",
)  # fmt: skip
