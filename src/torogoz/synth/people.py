"""The population: households of invented people, each made afresh from its index whenever somebody asks for it.

Nothing is stored: household 123 of a state is the same people every time, so that a person who flew yesterday flies
again tomorrow with the same document. Ages follow the first day of `year`. A family shares address, phone and card;
children bear both parents' surnames where that is the custom, documents of two of them may be numbered one after the
other, and a few people hold two nationalities.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.name import fold
from torogoz.domain.traveller import Sex
from torogoz.synth.names import CULTURES, Culture
from torogoz.synth.states import CA4, STATES, State, card_number, number, phone

T = TypeVar("T")

_STREETS = (
    "CALLE LOS ALMENDROS", "AVENIDA DEL VOLCAN", "PASAJE LAS FLORES", "CALLE DEL MANGLE", "AVENIDA LOS CONACASTES",
    "MAPLE STREET", "RIVER ROAD", "CHURCH LANE", "SECOND AVENUE", "OAK DRIVE",
)  # fmt: skip
_MAIL_DOMAINS = ("EXAMPLE.COM", "EXAMPLE.ORG", "EXAMPLE.NET")

_SEXES = (Sex.FEMALE, Sex.MALE)
#: The share of couples of a woman and a man.
_MIXED = 0.95

#: household shape → weight: adults, children.
_SHAPES = (((1, 0), 0.42), ((2, 0), 0.2), ((2, 1), 0.13), ((2, 2), 0.12), ((1, 1), 0.08), ((2, 3), 0.05))


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person. `id` appears in the truth only, never in a message."""

    id: str
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    sex: Sex
    birth_date: date
    nationality: str
    residence: str
    birth_place: str
    passport: Document
    card: Document | None = None
    second_passport: Document | None = None

    @property
    def surname(self) -> str:
        """The surnames as the machine-readable zone writes them."""
        return fold(" ".join(self.surnames))

    @property
    def given_names(self) -> str | None:
        """The given names likewise; None for people of one name."""
        return fold(" ".join(self.given)) or None

    @property
    def born(self) -> PartialDate:
        """The birth date as messages and lists hold it."""
        return PartialDate.of(self.birth_date)

    def age_on(self, day: date) -> int:
        """Whole years of age."""
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


class _Relative(NamedTuple):
    """A place in a family, before it has a name."""

    years: int
    sex: Sex
    surnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together. `code` is different for every household of the population."""

    code: int
    members: tuple[Person, ...]
    phone: str
    email: str
    address: str
    payment_card: str
    loyalty: str | None


class Population:
    """All people of all states, by state and household index. `label` keeps apart populations that must not meet."""

    #: Households a state has room for: codes of different states do not overlap below it.
    ROOM = 30_000
    #: The first of them travel by chance; the rest are a supply for planted cases.
    TRAVELLING = 24_000

    def __init__(self, seed: int, year: int, label: str = "public") -> None:
        self._stream = f"{seed}/{label}"
        self._label = label
        self._first = 0 if label == "public" else len(STATES) * self.ROOM
        self._today = date(year, 1, 1)

    def household(self, state_code: str, index: int) -> Household:
        """The household of this index, always the same."""
        rng = Random(f"{self._stream}/{state_code}/{index}")
        state = STATES[state_code]
        code = self._first + list(STATES).index(state_code) * self.ROOM + index % self.ROOM
        culture = CULTURES[weighted(rng, state.cultures)]
        adults, children = weighted(rng, _SHAPES)
        members = tuple(
            self._person(rng, state, culture, f"{index}-{place}", relative)
            for place, relative in enumerate(_relatives(rng, culture, adults, children), 1)
        )
        first = members[0]
        local = f"{fold((first.given or first.surnames)[0])}.{fold(first.surnames[0])}.{code}".replace(" ", "")
        city = rng.choice(state.cities)
        return Household(
            code,
            members,
            phone(state, code),
            f"{local}@{rng.choice(_MAIL_DOMAINS)}",
            f"{rng.randint(1, 980)} {rng.choice(_STREETS)}, {city}, {state.alpha2}",
            card_number(code),
            f"{code:09d}" if rng.random() < 0.22 else None,
        )

    def _person(self, rng: Random, state: State, culture: Culture, label: str, relative: _Relative) -> Person:
        years, sex, surnames = relative
        born = self._today - timedelta(days=round(years * 365.25) + rng.randint(1, 364))
        surnames, given = _name(rng, culture, sex, surnames)
        second = rng.choice(("USA", "ESP", "CAN", "ITA")) if rng.random() < 0.03 else None
        card = None
        if state.card and rng.random() < 0.8:
            card = Document(number(state.card, rng), "I", state.code, self._expiry(rng, 8))
        return Person(
            f"{self._label}/{state.code}/{label}",
            surnames,
            given,
            sex,
            born,
            state.code,
            state.code if rng.random() < 0.93 else rng.choice(("USA", "SLV", "ESP")),
            rng.choice(state.cities),
            Document(number(state.passport, rng), "P", state.code, self._expiry(rng, 5 if years < 18 else 10)),
            card,
            self._second_passport(rng, second, state.code),
        )

    def _second_passport(self, rng: Random, second: str | None, first: str) -> Document | None:
        if second is None or second == first:
            return None
        return Document(number(STATES[second].passport, rng), "P", second, self._expiry(rng, 10))

    def _expiry(self, rng: Random, years: int) -> date:
        # Counted from the end of the year, so that a document is valid unless noise says otherwise.
        return self._today + timedelta(days=540 + rng.randint(0, years * 365 - 540))


def border_document(person: Person, issuers: frozenset[str], rng: Random) -> Document:
    """The document somebody shows on a route between these states: inside the CA-4 often an identity card."""
    if person.card and person.nationality in CA4 and issuers <= CA4 and rng.random() < 0.6:
        return person.card
    if person.second_passport and person.second_passport.issuer in issuers:
        return person.second_passport
    return person.passport


def weighted(rng: Random, table: tuple[tuple[T, float], ...]) -> T:
    """Draw a value from (value, weight) pairs."""
    return rng.choices([value for value, _ in table], [weight for _, weight in table])[0]


def _relatives(rng: Random, culture: Culture, adults: int, children: int) -> list[_Relative]:
    """The adults of a household, then its children."""
    own = [_surnames(rng, culture) for _ in range(adults)]
    # Where one surname is borne, couples mostly share it.
    if adults == 2 and culture.surnames_each == 1 and rng.random() < 0.7:
        own[1] = own[0]
    eldest = rng.randint(19, 45) if children else round(rng.triangular(19, 82, 33))
    first = _Relative(eldest + rng.randint(0, 6), rng.choice(_SEXES), own[0])
    found = [first]
    if adults == 2:
        other = _SEXES[_SEXES.index(first.sex) - 1] if rng.random() < _MIXED else first.sex
        found.append(_Relative(max(19, eldest + rng.randint(-4, 4)), other, own[1]))
    for _ in range(children):
        years = rng.randint(0, min(17, eldest - 17))
        found.append(_Relative(years, rng.choice(_SEXES), _child_surnames(own, culture)))
    return found


def _surnames(rng: Random, culture: Culture) -> tuple[str, ...]:
    return tuple(culture.surnames.draw(rng) for _ in range(culture.surnames_each))


def _child_surnames(parents: list[tuple[str, ...]], culture: Culture) -> tuple[str, ...]:
    if culture.surnames_each == 1 or len(parents) == 1:
        return parents[0]
    return parents[0][0], parents[1][0]


def _name(
    rng: Random, culture: Culture, sex: Sex, surnames: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pool = culture.female if sex is Sex.FEMALE else culture.male
    if rng.random() < culture.single:
        return (pool.draw(rng),), ()
    given = [pool.draw(rng)]
    if rng.random() < culture.second_given:
        second = (culture.male if culture.patronymic else pool).draw(rng)
        if second != given[0]:
            given.append(second)
    if culture.gendered and sex is Sex.FEMALE:
        surnames = tuple(surname + "a" for surname in surnames)
    return surnames, tuple(given)
