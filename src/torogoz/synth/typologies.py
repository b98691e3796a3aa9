"""People planted on purpose: those whom a good centre raises, and the innocents whom it must leave alone.

Suspects are listed people under their own or a disturbed identity, documents reported stolen, and the patterns that
open literature describes (the paying and booking habits in UNODC and WCO training material, unaccompanied minors in
the Palermo Protocol's commentaries). Innocents look like them: namesakes, a family on one card, a school trip. None
is garbled by chance: each typology is exactly what its name says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from torogoz.domain.booking import Payment
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.traveller import Bags, Traveller
from torogoz.domain.watchlist import ListAction
from torogoz.synth.commerce import AGENCIES, Desk, Passenger, Reservation, Sale, make_reservation
from torogoz.synth.flights import return_flight
from torogoz.synth.noise import swap_day_month, swap_names, typo
from torogoz.synth.people import Household, Person, Population
from torogoz.synth.statements import Load
from torogoz.synth.states import STATES, number
from torogoz.synth.truth import Expected, Planted
from torogoz.synth.watchlists import DOCUMENTS, PERSONS, Listed, Watchlists, transliterations


@dataclass(slots=True)
class Stage:
    """Where people are planted: the day's flights, the lists, and a supply of people whom nobody else met."""

    loads: Sequence[Load]
    watchlists: Watchlists
    population: Population
    desk: Desk
    rng: Random
    taken: int = 0
    used: int = 0

    def load(self) -> Load:
        """A flight that sends its lists, another one each time."""
        talking = [load for load in self.loads if not (load.flight.rotation.silent and load.flight.inbound)]
        self.taken += 1
        return talking[self.taken * 7 % len(talking)]

    def stranger(self, state: str, *, adult: bool = True) -> tuple[Household, Person]:
        """Somebody from beyond the part of the population that travels by chance."""
        while True:
            self.used += 1
            household = self.population.household(state, Population.TRAVELLING + self.used)
            day = self.loads[0].flight.departs_at.date()
            for person in household.members:
                if (person.age_on(day) >= 18) == adult and (adult or person.age_on(day) >= 4):
                    return household, person

    def listed(self, admits: Callable[[Listed], bool]) -> Listed:
        """A listed person of this kind, drawn by chance."""
        fitting = [one for one in self.watchlists.persons if admits(one)]
        return self.rng.choice(fitting)

    def book(
        self,
        load: Load,
        household: Household,
        people: Sequence[Person],
        *,
        hours: float = 20 * 24,
        one_way: bool = False,
        cash: bool = False,
    ) -> Reservation:
        """Book people on a flight; nothing about it is left to chance that a rule could read."""
        flight = load.flight
        legs = flight.legs if one_way else flight.legs + return_flight(flight, 9).legs
        agency = AGENCIES[self.taken % len(AGENCIES)]
        card = None if cash else household.payment_card
        sale = Sale(
            people=tuple(people),
            household=household,
            flight=flight,
            itinerary=legs,
            created_at=(flight.departs_at - timedelta(hours=hours)).replace(second=0, microsecond=0),
            agency=agency,
            payments=(Payment("CA" if cash else "CC", card, f"{self.rng.randint(180, 640)}.00", "USD"),),
            documents=tuple(person.passport for person in people),
        )
        return make_reservation(sale, self.desk, self.rng)


Change = Callable[[Traveller, Random], Traveller]


def plant(stage: Stage, cases: int) -> list[Planted]:
    """Plant every typology so many times; give the truth of each."""
    planted: list[Planted] = []
    for _ in range(cases):
        for typology in TYPOLOGIES:
            planted += typology(stage)
    return planted


def _seat(
    load: Load, reservation: Reservation, typology: str, expected: Expected, cause: str, note: str
) -> list[Planted]:
    load.reservations.append(reservation)
    return [
        Planted(
            typology,
            expected in (Expected.HIT, Expected.PROTECTION, Expected.ADVISORY),
            expected,
            cause,
            load.flight.label,
            reservation.locator,
            passenger.declared.reference or "",
            passenger.person.id,
            note,
        )
        for passenger in reservation.passengers
    ]


def _changed(reservation: Reservation, change: Change, rng: Random) -> Reservation:
    """The same change in both sources: that is how the traveller names themselves."""
    passengers = []
    for passenger in reservation.passengers:
        # One stream for both, so that one slip of the finger is the same in both.
        state = rng.getstate()
        booked = change(passenger.booked, rng)
        rng.setstate(state)
        passengers.append(replace(passenger, booked=booked, declared=change(passenger.declared, rng)))
    return replace(reservation, passengers=tuple(passengers))


def _declare(reservation: Reservation, change: Callable[[Passenger], Passenger]) -> Reservation:
    return replace(reservation, passengers=tuple(change(passenger) for passenger in reservation.passengers))


def _new_passport(person: Person, rng: Random) -> Person:
    """The same person with a document that no list knows."""
    passport = replace(person.passport, number=number(STATES[person.nationality].passport, rng))
    return replace(person, passport=passport)


def _fully_known(one: Listed) -> bool:
    entry = one.entry
    return (
        one.person is not None
        and len(entry.birth_dates) == 1
        and entry.birth_dates[0].is_full
        and entry.terms is not None
        and entry.terms.action is not ListAction.PROTECT
        and one.person.given_names is not None
    )


def _listed_person(
    stage: Stage, typology: str, change: Change | None, admits: Callable[[Listed], bool] = _fully_known
) -> list[Planted]:
    one = stage.listed(admits)
    if one.person is None:
        raise ValueError("a listed person is drawn from the list of persons")
    load = stage.load()
    household, _ = stage.stranger(one.person.nationality)
    person = _new_passport(one.person, stage.rng)
    reservation = stage.book(load, household, (person,))
    if change:
        reservation = _changed(reservation, change, stage.rng)
    return _seat(load, reservation, typology, Expected.HIT, f"{PERSONS}:{one.entry.id}", "listed person, new document")


def listed_exactly(stage: Stage) -> list[Planted]:
    """A listed person under their own name and birth date, with a new document."""
    return _listed_person(stage, "listed_exactly", None)


def listed_with_typo(stage: Stage) -> list[Planted]:
    """… with one slip of the finger in the surname."""

    def slip(traveller: Traveller, rng: Random) -> Traveller:
        return replace(traveller, surname=typo(traveller.surname or "", rng))

    return _listed_person(stage, "listed_with_typo", slip)


def listed_transliterated(stage: Stage) -> list[Planted]:
    """… in another spelling of the same name."""

    def respell(traveller: Traveller, rng: Random) -> Traveller:
        surname, given = rng.choice(spellings[traveller.surname or "", traveller.given_names])
        return replace(traveller, surname=surname, given_names=given)

    def admits(one: Listed) -> bool:
        return _fully_known(one) and one.person is not None and bool(transliterations(one.person))

    people = [one.person for one in stage.watchlists.persons if admits(one) and one.person]
    spellings = {(person.surname, person.given_names): transliterations(person) for person in people}
    return _listed_person(stage, "listed_transliterated", respell, admits)


def listed_with_names_swapped(stage: Stage) -> list[Planted]:
    """… with the given names in the place of the surname."""
    return _listed_person(stage, "listed_with_names_swapped", swap_names)


def listed_with_day_and_month_swapped(stage: Stage) -> list[Planted]:
    """… with day and month of birth exchanged."""

    def admits(one: Listed) -> bool:
        born = one.person.birth_date if one.person else None
        return _fully_known(one) and born is not None and born.day <= 12 and born.day != born.month

    return _listed_person(stage, "listed_with_day_and_month_swapped", swap_day_month, admits)


def listed_under_one_surname(stage: Stage) -> list[Planted]:
    """… who leaves the second surname out."""

    def shorten(traveller: Traveller, _rng: Random) -> Traveller:
        return replace(traveller, surname=(traveller.surname or "").split(" ")[0])

    def admits(one: Listed) -> bool:
        return _fully_known(one) and one.person is not None and len(one.person.surnames) == 2

    return _listed_person(stage, "listed_under_one_surname", shorten, admits)


def listed_by_document(stage: Stage) -> list[Planted]:
    """Somebody of no interest by name, with a document that was reported lost or stolen."""
    one = stage.rng.choice(stage.watchlists.documents)
    document = replace(one.entry.documents[0], expiry=stage.loads[0].flight.departs_at.date() + timedelta(days=900))
    load = stage.load()
    household, person = stage.stranger(document.issuer or "SLV")
    reservation = stage.book(load, household, (replace(person, passport=document),))
    return _seat(load, reservation, "listed_by_document", Expected.HIT, f"{DOCUMENTS}:{one.entry.id}",
        "bears a listed document",
    )  # fmt: skip


def listed_minor(stage: Stage) -> list[Planted]:
    """A child whom a court protects, with an adult who is not named in the order."""
    one = stage.listed(lambda item: item.entry.terms is not None and item.entry.terms.action is ListAction.PROTECT)
    if one.person is None:
        raise ValueError("a protected child is a person")
    load = stage.load()
    household, adult = stage.stranger("SLV")
    reservation = stage.book(load, household, (adult, one.person))
    planted = _seat(
        load, reservation, "listed_minor", Expected.PROTECTION, f"{PERSONS}:{one.entry.id}", "protected child"
    )
    return [record for record in planted if record.person == one.person.id]


def listed_by_name_only(stage: Stage) -> list[Planted]:
    """Somebody who bears the name of an entry that knows nothing else: never more than advisory (LR-72)."""
    one = stage.listed(lambda item: item.entry.advisory and item.person is not None and bool(item.person.given_names))
    if one.person is None:
        raise ValueError("a listed person is drawn from the list of persons")
    load = stage.load()
    household, _ = stage.stranger(one.person.nationality)
    reservation = stage.book(load, household, (_new_passport(one.person, stage.rng),))
    return _seat(load, reservation, "listed_by_name_only", Expected.ADVISORY, f"{PERSONS}:{one.entry.id}", "same name")


def last_minute_cash(stage: Stage) -> list[Planted]:
    """One adult, one way, paid in cash hours before departure, without a bag."""
    load = stage.load()
    household, person = stage.stranger("COL")
    reservation = stage.book(load, household, (person,), hours=9, one_way=True, cash=True)
    reservation = _declare(
        reservation,
        lambda one: replace(
            one, booked=replace(one.booked, bags=Bags(0)), declared=replace(one.declared, bags=Bags(0))
        ),
    )
    return _seat(load, reservation, "last_minute_cash", Expected.HIT, "rule:last_minute_cash", "no bag, one way, cash")


def shared_phone(stage: Stage) -> list[Planted]:
    """Three bookings of people who seem strangers to each other, with one telephone."""
    load = stage.load()
    planted: list[Planted] = []
    first, _ = stage.stranger("HND")
    for _ in range(3):
        household, person = stage.stranger("HND")
        reservation = stage.book(load, household, (person,), hours=30)
        reservation = replace(reservation, contacts=tuple(
            replace(contact, value=first.phone) if contact.value == household.phone else contact
            for contact in reservation.contacts
        ))  # fmt: skip
        planted += _seat(
            load, reservation, "shared_phone", Expected.HIT, "rule:shared_phone", "one phone, three bookings"
        )
    return planted


def shared_card(stage: Stage) -> list[Planted]:
    """Three bookings of people who seem strangers to each other, paid with one card."""
    load = stage.load()
    planted: list[Planted] = []
    payer, _ = stage.stranger("GTM")
    for _ in range(3):
        household, person = stage.stranger("ECU")
        reservation = stage.book(load, replace(household, payment_card=payer.payment_card), (person,), hours=40)
        planted += _seat(load, reservation, "shared_card", Expected.HIT, "rule:shared_card", "one card, three bookings")
    return planted


def adult_with_unrelated_minors(stage: Stage) -> list[Planted]:
    """One adult with two children of two other surnames, in one booking."""
    load = stage.load()
    household, adult = stage.stranger("SLV")
    children = tuple(stage.stranger("SLV", adult=False)[1] for _ in range(2))
    reservation = stage.book(load, household, (adult, *children), hours=60, one_way=True)
    return _seat(load, reservation, "adult_with_unrelated_minors", Expected.HIT, "rule:adult_with_unrelated_minors",
        "the hit may stand on the adult or on the children",
    )  # fmt: skip


def document_swapped(stage: Stage) -> list[Planted]:
    """Booked with one state's passport, checked in with another's."""
    load = stage.load()
    household, person = stage.stranger("VEN")
    reservation = stage.book(load, household, (person,))
    other = Document(number(STATES["ITA"].passport, stage.rng), "P", "ITA", person.passport.expiry)

    def swap(one: Passenger) -> Passenger:
        booked = replace(
            one.booked, documents=(person.passport,), birth_date=person.born, sex=person.sex, nationality="VEN"
        )
        return replace(one, booked=booked, declared=replace(one.declared, documents=(other,), nationality="ITA"))

    return _seat(load, _declare(reservation, swap), "document_swapped", Expected.HIT, "rule:document_mismatch",
        "booking and check-in name different documents",
    )  # fmt: skip


def namesake(stage: Stage) -> list[Planted]:
    """An innocent who bears a listed person's name and was born in another decade."""
    one = stage.listed(_fully_known)
    if one.person is None:
        raise ValueError("a listed person is drawn from the list of persons")
    load = stage.load()
    household, stranger = stage.stranger(one.person.nationality)
    born = one.person.birth_date
    # Every part of the date differs, so that nobody can take it for a slip.
    year = born.year - 13 if one.person.age_on(load.flight.departs_at.date()) < 40 else born.year + 13
    other = PartialDate(year, born.month % 12 + 1, (born.day + 10) % 28 + 1)
    whole = other.whole() or born
    person = replace(_new_passport(one.person, stage.rng), birth_date=whole, id=stranger.id)
    return _seat(load, stage.book(load, household, (person,)), "namesake", Expected.NO_HIT, f"{PERSONS}:{one.entry.id}",
        "same name, clearly another birth date",
    )  # fmt: skip


def namesake_close_in_age(stage: Stage) -> list[Planted]:
    """An innocent with a listed person's name, born a year later: only a person can tell them apart."""
    one = stage.listed(lambda item: _fully_known(item) and bool(item.entry.documents))
    if one.person is None:
        raise ValueError("a listed person is drawn from the list of persons")
    load = stage.load()
    household, stranger = stage.stranger(one.person.nationality)
    born = one.person.birth_date
    later = PartialDate(born.year + 1, born.month, min(born.day, 28)).whole() or born
    person = replace(_new_passport(one.person, stage.rng), birth_date=later, id=stranger.id)
    return _seat(load, stage.book(load, household, (person,)), "namesake_close_in_age", Expected.EITHER,
        f"{PERSONS}:{one.entry.id}", "same name, born a year later, another document",
    )  # fmt: skip


def family_on_one_card(stage: Stage) -> list[Planted]:
    """A couple of one household in two bookings, on the card and the phone they share."""
    load = stage.load()
    while True:
        household, person = stage.stranger("SLV")
        adults = [one for one in household.members if one.age_on(load.flight.departs_at.date()) >= 18]
        if len(adults) == 2 and person is adults[0]:
            break
    planted: list[Planted] = []
    for one in adults:
        planted += _seat(load, stage.book(load, household, (one,)), "family_on_one_card", Expected.EITHER,
            "rule:shared_card", "two of one household, one card",
        )  # fmt: skip
    return planted


def school_trip(stage: Stage) -> list[Planted]:
    """Two teachers with twelve pupils of as many surnames: a group booking of an agency, months ahead."""
    load = stage.load()
    household, teacher = stage.stranger("SLV")
    _, second = stage.stranger("SLV")
    pupils = tuple(stage.stranger("SLV", adult=False)[1] for _ in range(12))
    reservation = stage.book(load, household, (teacher, second, *pupils), hours=90 * 24)
    return _seat(load, reservation, "school_trip", Expected.NO_HIT, "rule:adult_with_unrelated_minors", "a group")


def relief_worker(stage: Stage) -> list[Planted]:
    """Somebody who pays cash for a single way at short notice, with two heavy bags and nothing to hide."""
    load = stage.load()
    household, person = stage.stranger("ESP")
    reservation = stage.book(load, household, (person,), hours=30, one_way=True, cash=True)

    def pack(one: Passenger) -> Passenger:
        carrier = load.flight.designator.carrier
        bags = Bags(2, 44.0, (f"{carrier}900001", f"{carrier}900002"))
        return replace(one, booked=replace(one.booked, bags=bags), declared=replace(one.declared, bags=bags))

    return _seat(load, _declare(reservation, pack), "relief_worker", Expected.NO_HIT, "rule:last_minute_cash",
        "cash and one way, but with bags",
    )  # fmt: skip


#: Every typology, in the order in which it is planted.
TYPOLOGIES: tuple[Callable[[Stage], list[Planted]], ...] = (
    listed_exactly,
    listed_by_document,
    listed_with_typo,
    listed_transliterated,
    listed_with_names_swapped,
    listed_with_day_and_month_swapped,
    listed_under_one_surname,
    listed_minor,
    listed_by_name_only,
    last_minute_cash,
    shared_phone,
    shared_card,
    adult_with_unrelated_minors,
    document_swapped,
    namesake,
    namesake_close_in_age,
    family_on_one_card,
    school_trip,
    relief_worker,
)
