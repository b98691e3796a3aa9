"""The two lists of the synthetic state: persons of interest, and documents reported lost or stolen.

Every row is complete (LR-70), so that an import accepts it, and its reason says that nobody real is meant. Some rows
know a name only and must stay advisory (LR-72); a few ask for the protection of a minor. The people come from a
population of their own, so that a hit on the travelling public is an accident and a planted one is not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import Entry, ListAction, Terms, cells_of
from torogoz.synth.names import VARIANTS
from torogoz.synth.people import Person, Population, weighted
from torogoz.synth.states import STATES, number

PERSONS, DOCUMENTS = "persons", "documents"
_PERSONS_SIZE, _DOCUMENTS_SIZE, _PROTECTED_SIZE = 1_960, 3_000, 40

_ORIGINS = (
    ("SLV", 0.3), ("GTM", 0.12), ("HND", 0.12), ("MEX", 0.08), ("COL", 0.08), ("NIC", 0.04), ("VEN", 0.05),
    ("USA", 0.05), ("ECU", 0.03), ("BRA", 0.02), ("ESP", 0.02), ("RUS", 0.02), ("LBN", 0.015), ("JOR", 0.015),
    ("EGY", 0.01), ("CHN", 0.02), ("ITA", 0.01), ("FRA", 0.01), ("NGA", 0.01),
)  # fmt: skip
_REASONS = (
    "drug trafficking", "trafficking in persons", "smuggling of migrants", "money laundering", "fraud",
    "arms trafficking", "homicide", "extortion",
)  # fmt: skip
_ACTIONS = (
    (ListAction.ARREST, 0.25),
    (ListAction.REFER, 0.45),
    (ListAction.DISCREET, 0.2),
    (ListAction.INFORM, 0.1),
)
_GRADES = (("A1", 0.15), ("B2", 0.5), ("C3", 0.3), ("D4", 0.05))

#: one spelling → the others of the same name
_SPELLINGS = {word: tuple(other for other in row if other != word) for row in VARIANTS for word in row}

COLUMNS = (
    "id", "names", "birth_date", "nationality", "sex", "document_numbers", "owner", "legal_basis", "purpose",
    "reason", "grade", "handling", "action", "review_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with the invented person it speaks of."""

    entry: Entry
    person: Person


@dataclass(frozen=True, slots=True)
class Watchlists:
    """Both lists, in order of their ids."""

    persons: tuple[Listed, ...]
    documents: tuple[Entry, ...]


def make_watchlists(seed: int, year: int) -> Watchlists:
    """Make both lists; the same for every day of the year."""
    rng = Random(f"{seed}/watchlists")
    population = Population(seed, year, "listed")
    today = date(year, 1, 1)
    persons = [_person_entry(rng, population, place, today) for place in range(_PERSONS_SIZE)]
    persons += [_protected_entry(rng, population, place, today) for place in range(_PROTECTED_SIZE)]
    documents = [_document_entry(rng, place, today) for place in range(_DOCUMENTS_SIZE)]
    return Watchlists(tuple(persons), tuple(documents))


def to_csv(entries: Iterable[Entry]) -> str:
    """Write a list with all columns that an import reads."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for entry in entries:
        rows.writerow(cells_of(entry)[column] for column in COLUMNS)
    return text.getvalue()


def transliterations(person: Person) -> list[tuple[str, str | None]]:
    """Other spellings of a person's surname and given names, each with one word changed."""
    surname, given = person.surname, person.given_names
    found: list[tuple[str, str | None]] = []
    for word in surname.split():
        found += [(_exchange(surname, word, other), given) for other in _SPELLINGS.get(word, ())]
    for word in (given or "").split():
        found += [(surname, _exchange(given or "", word, other)) for other in _SPELLINGS.get(word, ())]
    return found


def _exchange(name: str, word: str, other: str) -> str:
    return " ".join(other if part == word else part for part in name.split())


def _written(surname: str, given: str | None) -> str:
    return f"{surname}, {given}" if given else surname


def _person_entry(rng: Random, population: Population, place: int, today: date) -> Listed:
    household = population.household(weighted(rng, _ORIGINS), place)
    person = household.members[0]
    names = [_written(person.surname, person.given_names)]
    others = transliterations(person)
    if others and rng.random() < 0.5:
        names.append(_written(*rng.choice(others)))
    elif rng.random() < 0.15 and person.given_names:
        names.append(_written(person.surname.split()[0], person.given_names.split()[0]))
    known = rng.random()
    born: tuple[PartialDate, ...] = (person.born,)
    documents: tuple[Document, ...] = (person.passport,) if rng.random() < 0.35 else ()
    if known < 0.07:
        born, documents = (), ()
    elif known < 0.15:
        born = (PartialDate(person.birth_date.year),)
    terms = Terms(
        "Policía Nacional Civil (sintética)",
        f"Orden sintética {today.year}/{place + 1:05d}",
        Purpose.SERIOUS_CRIME,
        f"Persona inventada / invented person: {rng.choice(_REASONS)}",
        weighted(rng, _GRADES),
        rng.choice(("1", "2", "3")),
        weighted(rng, _ACTIONS),
        today + timedelta(days=400 + rng.randrange(300)),
    )
    entry = Entry(f"P-{place + 1:05d}", tuple(names), born, (person.nationality,), person.sex.value, documents, terms)
    return Listed(entry, person)


def _protected_entry(rng: Random, population: Population, place: int, today: date) -> Listed:
    index = 100_000 + place * 100
    while True:
        minors = [one for one in population.household("SLV", index).members if 4 <= one.age_on(today) <= 15]
        if minors:
            break
        index += 1
    person = minors[0]
    terms = Terms(
        "Procuraduría General de la República (sintética)",
        f"Medida de protección sintética {today.year}/{place + 1:05d}",
        Purpose.PROTECTION,
        "Niña o niño inventado / invented child: leaves with nobody whom the court named",
        "A1",
        "1",
        ListAction.PROTECT,
        today + timedelta(days=400 + rng.randrange(300)),
    )
    entry = Entry(
        f"N-{place + 1:05d}",
        (_written(person.surname, person.given_names),),
        (person.born,),
        (person.nationality,),
        person.sex.value,
        (person.passport,),
        terms,
    )
    return Listed(entry, person)


def _document_entry(rng: Random, place: int, today: date) -> Entry:
    state = STATES[weighted(rng, _ORIGINS)]
    document = Document(number(state.passport, rng), "P", state.code)
    terms = Terms(
        "Dirección General de Migración (sintética)",
        f"Denuncia sintética {today.year}/{place + 1:05d}",
        Purpose.BORDER_CONTROL,
        f"Documento inventado / invented document: reported {rng.choice(('lost', 'stolen'))}",
        "A1",
        "2",
        ListAction.REFER,
        today + timedelta(days=400 + rng.randrange(300)),
    )
    return Entry(f"D-{place + 1:05d}", nationalities=(state.code,), documents=(document,), terms=terms)
