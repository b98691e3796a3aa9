"""The population is repeatable, plausible and nobody's."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.name import fold
from torogoz.synth.names import CULTURES, VARIANTS
from torogoz.synth.people import Household, Person, Population, border_document, weighted
from torogoz.synth.states import STATES, card_number, number, phone

YEAR = 2026
PEOPLE = Population(7, YEAR)
TODAY = date(YEAR, 1, 1)

states = st.sampled_from(sorted(STATES))
indices = st.integers(0, Population.ROOM - 1)


def crowd(state: str, count: int = 600) -> list[Household]:
    return [PEOPLE.household(state, index) for index in range(count)]


def people(state: str, count: int = 600) -> list[Person]:
    return [person for household in crowd(state, count) for person in household.members]


@given(states, indices)
def test_a_household_is_the_same_people_whenever_it_is_asked_for(state: str, index: int) -> None:
    assert Population(7, YEAR).household(state, index) == PEOPLE.household(state, index)


def test_another_seed_is_another_population() -> None:
    assert Population(8, YEAR).household("SLV", 1) != PEOPLE.household("SLV", 1)


@given(st.tuples(states, indices), st.tuples(states, indices))
def test_two_households_never_share_phone_card_or_mail_by_chance(one: tuple[str, int], two: tuple[str, int]) -> None:
    here, there = PEOPLE.household(*one), PEOPLE.household(*two)
    shared = {here.phone, here.payment_card, here.email} & {there.phone, there.payment_card, there.email}
    assert bool(shared) == (one == two)


@given(states, indices)
def test_phones_lie_where_no_plan_assigns_numbers(state: str, index: int) -> None:
    found = phone(STATES[state], index)
    assert found.startswith(f"+{STATES[state].calling}000") or found[5:10] == "55501", found


@given(st.integers(0, 10**7))
def test_cards_are_of_a_test_range_and_pass_their_check_digit(index: int) -> None:
    card = card_number(index)
    digits = [int(sign) for sign in card]
    doubled = [sum(divmod(2 * digit, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits)]
    assert card.startswith("4111")
    assert len(card) == 16
    assert sum(doubled) % 10 == 0


@given(states, indices)
def test_mail_goes_to_domains_that_are_reserved_for_examples(state: str, index: int) -> None:
    local, _, domain = PEOPLE.household(state, index).email.partition("@")
    assert domain in {"EXAMPLE.COM", "EXAMPLE.ORG", "EXAMPLE.NET"}
    assert local.isascii()


def test_names_are_as_unequally_spread_as_in_life() -> None:
    surnames = Counter(person.surnames[0] for person in people("SLV", 3_000))
    most = surnames.most_common(1)[0][1] / surnames.total()
    assert 0.02 < most < 0.12
    assert len(surnames) > 100


def test_a_childs_surnames_are_those_of_both_parents() -> None:
    checked = 0
    for household in crowd("SLV"):
        first, *others = household.members
        for child in others:
            if child.age_on(TODAY) < 18 and others[0].age_on(TODAY) >= 18:
                assert child.surnames == (first.surnames[0], others[0].surnames[0])
                checked += 1
    assert checked > 50


def test_most_couples_are_a_woman_and_a_man_and_not_all() -> None:
    couples = [one.members[:2] for one in crowd("SLV", 1_000) if len(one.members) > 1]
    couples = [(one, two) for one, two in couples if two.age_on(TODAY) >= 18]
    mixed = sum(one.sex != two.sex for one, two in couples) / len(couples)
    assert 0.9 < mixed < 1


def test_single_parents_hand_their_surnames_on() -> None:
    pairs = [one.members for one in crowd("GTM") if len(one.members) == 2 and one.members[1].age_on(TODAY) < 18]
    assert pairs
    assert all(parent.surnames == child.surnames for parent, child in pairs)


def test_somebody_has_one_name_only() -> None:
    assert any(person.given_names is None for person in people("IDN"))
    assert all(person.surname for person in people("IDN"))


def test_women_and_men_bear_other_forms_of_a_gendered_surname() -> None:
    women = [person for person in people("RUS") if person.sex == "F"]
    assert women
    assert all(person.surname.endswith("A") for person in women)


def test_documents_are_valid_and_numbered_in_their_states_style() -> None:
    for person in people("SLV"):
        assert person.passport.number[0].isalpha()
        assert person.passport.number[1:].isdigit()
        assert person.passport.expiry is not None
        assert person.passport.expiry > date(YEAR + 1, 1, 1)


def test_nobody_was_born_after_the_first_of_january() -> None:
    assert all(person.birth_date < TODAY for person in people("USA"))


def test_some_people_hold_two_nationalities_and_show_the_one_that_helps() -> None:
    rng = Random(1)
    dual = [person for person in people("COL", 2_000) if person.second_passport]
    assert 0.01 < len(dual) / len(people("COL", 2_000)) < 0.05
    for person in dual:
        other = person.second_passport
        assert other is not None
        assert border_document(person, frozenset({"SLV", other.issuer or ""}), rng) == other
        assert border_document(person, frozenset({"SLV", "PER"}), rng) == person.passport


def test_neighbours_often_cross_with_an_identity_card_and_others_never() -> None:
    rng = Random(1)
    region = frozenset({"SLV", "GTM"})
    shown = Counter(border_document(person, region, rng).type for person in people("SLV"))
    assert shown["I"] > shown["P"] * 0.5
    assert {border_document(person, region, rng).type for person in people("MEX")} == {"P"}
    assert {border_document(person, frozenset({"SLV", "USA"}), rng).type for person in people("HND")} == {"P"}


def test_every_state_draws_from_cultures_that_exist() -> None:
    assert all(culture in CULTURES for state in STATES.values() for culture, _ in state.cultures)


def test_variants_are_written_as_the_machine_readable_zone_writes() -> None:
    for row in VARIANTS:
        assert len(row) > 1
        assert all(word == fold(word) for word in row)


def test_a_pattern_draws_digits_and_letters_only_where_it_says_so() -> None:
    drawn = number("PA##@-", Random(3))
    assert drawn.startswith("PA")
    assert drawn[2:4].isdigit()
    assert drawn[4].isalpha()
    assert drawn[5] == "-"


def test_weights_decide_what_is_drawn() -> None:
    assert weighted(Random(1), (("never", 0.0), ("always", 1.0))) == "always"
