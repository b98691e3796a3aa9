"""What a match finds, and what it leaves alone. All people are invented."""

from __future__ import annotations

import pickle
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal

import pytest
from msgspec import structs

from tests.unit.matching.people import ask, crowd, entry
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.traveller import Sex, Traveller, TravellerRole
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query, brute_force, build, match
from torogoz.matching.normalise import MAX_ALIASES
from torogoz.matching.retrieve import least_millibits, probability

#: Ten thousand others, three thousand of whom are called MARIA too.
OTHERS = crowd(3_000) + crowd(7_000, "JOSE")
LISTED = build([entry("W-1", ("MARIA GARCIA LOPEZ", "GARSIA MARI")), *OTHERS])


def found(query: Query, threshold: float = 0.5) -> list[str]:
    """The ids that match among ten thousand."""
    return [each.entry.id for each in match(query, LISTED, threshold)]


SAME_PERSON = {
    "exactly": ask(),
    "surname and given names exchanged": ask("MARIA", "GARCIA LOPEZ"),
    "the whole name in one field": ask("LOPEZ GARCIA MARIA", None),
    "the second surname dropped": ask("GARCIA"),
    "a middle name added": ask(given="MARIA ELENA"),
    "a married name added": ask("GARCIA LOPEZ DE MUESTRA"),
    "one letter wrong": ask("GARCIA LOPES"),
    "one letter missing": ask("GACIA LOPEZ"),
    "one letter too many": ask("GARCCIA LOPEZ"),
    "two letters exchanged": ask("GRACIA LOPEZ"),
    "the first letter wrong": ask("BARCIA LOPEZ"),
    "the last letter wrong": ask("GARCIO LOPEZ"),
    "heard": ask("GARZIA LOPES"),
    "the surname cut where the field ended": ask("GARCIA LOPE"),
    "the given name only an initial": ask(given="M"),
    "words glued": ask("GARCIALOPEZ"),
    "words glued and a title after them": ask("GARCIALOPEZ", "MARIA MRS"),
    "particles put in": ask("DE LA GARCIA Y LOPEZ"),
    "accents and small letters": ask("García-López", "María"),
    "day and month exchanged": ask(born="1988-11-02"),
    "one digit of the birth date wrong": ask(born="1988-02-12"),
    "the year of birth wrong": ask(born="1978-02-11"),
    "only the year of birth": ask(born="1988"),
    "year and month of birth": ask(born="1988-02"),
    "no birth date": ask(born=None),
    "another nationality": ask(nationality="GTM"),
    "another sex": ask(sex="M"),
    "nothing but the name": ask(born=None, nationality=None, sex=None),
}


@pytest.mark.parametrize("case", SAME_PERSON)
def test_what_carriers_do_to_a_name_or_a_date_does_not_hide_a_person(case: str) -> None:
    """One deviation of each kind is found at the urgent point, the only one of ten thousand."""
    assert found(SAME_PERSON[case]) == ["W-1"]


@pytest.mark.parametrize("threshold", [0.000001, 0.01, 0.5])
@pytest.mark.parametrize("born", ["1961-07-30", "1961-02-11", "1988-07-30"])
def test_a_namesake_with_clearly_another_birth_date_is_not_raised(threshold: float, born: str) -> None:
    """Same name, nationality and sex, and whole birth dates that no slip explains, the same birthday too: no match."""
    assert "W-1" not in found(ask(born=born), threshold)


def test_only_whole_birth_dates_rule_a_person_out() -> None:
    """Another year alone, on either side, speaks against but does not decide."""
    index = build([entry(born=("1961", "1990-07-30"))])
    (seen,) = match(ask(born="1988-02-11", document=None), index)
    assert seen.probability < match(ask(born="1961-02-11"), index)[0].probability
    assert match(ask(born="1961-02-11"), index)[0].probability > 0.9
    assert match(ask(born="1975"), build([entry()]), 0.3)


def test_the_nearest_of_several_listed_birth_dates_counts() -> None:
    """An entry with two birth dates is held to the one that fits."""
    index = build([entry(born=("1961-07-30", "1988-02-11"))])
    (seen,) = match(ask(), index)
    assert "birth_date_equal" in {each.code for each in seen.evidence}


def test_an_exact_document_always_matches_whatever_else_differs() -> None:
    """Another name and another birth date do not hide a listed document; the evidence shows what speaks against."""
    index = build([entry(document="A01234567"), *OTHERS])
    (seen,) = match(ask("MUESTRA", "LUIS", "1961-07-30", "GTM", "M", "A-0123 4567"), index, 0.99)
    assert seen.exact_document
    assert seen.probability < 0.01
    assert {"name_none", "birth_date_other", "sex_other", "document_same"} <= {each.code for each in seen.evidence}


def test_a_document_alone_is_listed_and_found() -> None:
    """A stolen passport has no name: the number raises it."""
    index = build([Entry("D-1", documents=(Document("B7654321"),))])
    (seen,) = match(ask(document="B7654321"), index)
    assert (seen.entry.id, seen.name, seen.exact_document) == ("D-1", None, True)
    assert match(Query(documents=(Document("B7654321"),)), index)[0].millibits == seen.millibits


def test_a_document_of_another_issuer_raises_with_less_weight() -> None:
    """Two states may give out one number."""
    index = build([Entry("D-1", documents=(Document("B7654321", "P", "SLV"),))])
    same = match(Query(documents=(Document("B7654321", "P", "SLV"),)), index)[0]
    other = match(Query(documents=(Document("B7654321", "P", "GTM"), Document("C1"))), index)[0]
    assert other.exact_document
    assert other.millibits < same.millibits
    both = (Document("B7654321", "P", "GTM"), Document("B7654321", "P", "SLV"), Document("B7654321", "P", "HND"))
    assert match(Query(documents=both), index)[0].millibits == same.millibits


def test_a_dash_for_a_document_is_not_compared() -> None:
    """A number without a letter or digit is no other document."""
    (seen,) = match(ask(document="-"), build([entry(document="A01234567")]))
    assert "document_not_compared" in {each.code for each in seen.evidence}


@pytest.mark.parametrize(
    ("listed", "surname"),
    [
        ("MARIA GARCIALOPEZ", "GARCIA LOPEZ"),
        ("MARIA DELACRUZ", "DE LA CRUZ"),
        ("MARIA CRUZ", "DELACRUZ"),
        ("MARIA GARCIA LOPEZ", "GARCIALOPEZ"),
    ],
)
def test_parting_and_gluing_follow_what_the_list_knows(listed: str, surname: str) -> None:
    """Words that one side glues and the other parts are one name."""
    (seen,) = match(ask(surname), build([entry(names=listed), *crowd(100)]), 0.9)
    assert {each.code for each in seen.evidence if each.field == "name"} == {"name_same"}


def test_a_traveller_is_asked_about_as_a_message_tells_them() -> None:
    """Every field that is compared goes into the query, the sex as a letter."""
    traveller = Traveller(
        TravellerRole.PASSENGER,
        "GARCIA",
        "MARIA",
        sex=Sex.FEMALE,
        birth_date=PartialDate(1988),
        nationality="SLV",
        documents=(Document("A01234567"),),
    )
    expected = Query("GARCIA", "MARIA", PartialDate(1988), "SLV", "F", (Document("A01234567"),))
    assert Query.of(traveller) == expected
    assert Query.of(structs.replace(traveller, sex=None)) == replace(expected, sex=None)


def test_a_birth_date_that_one_source_does_not_tell_another_completes() -> None:
    """A booking without a birth date does not raise a namesake whom the passport's data rule out."""
    booking = Traveller(TravellerRole.PASSENGER, "GARCIA LOPEZ", "MARIA")
    passport = Traveller(TravellerRole.PASSENGER, "GARCIA LOPEZ", "MARIA", birth_date=PartialDate(1961, 7, 30))
    index = build([entry()])
    assert match(Query.of(booking), index)
    assert match(Query.of(booking, passport), index) == ()
    assert Query.of(passport, booking) == Query.of(passport)


def test_numbers_too_short_to_be_documents_find_nobody() -> None:
    """A `0` or a dash in a form is no document."""
    index = build([Entry("D-1", ("MARIA GARCIA",), documents=(Document("0"), Document("-")))])
    assert match(Query(documents=(Document("0"), Document("-"))), index, 0.000001) == ()


def test_rare_names_say_more_than_common_ones() -> None:
    """The list itself tells how common a word is: MARIA is borne by thousands of it, GARCIA by one."""
    (seen,) = match(ask(), LISTED, 0.5)
    bits = {dict(each.values)["listed"]: each.bits for each in seen.evidence if each.code == "name_same"}
    assert bits["MARIA"] < 2
    assert bits["GARCIA"] > 10
    assert dict(seen.evidence[2].values) == {"asked": "MARIA", "listed": "MARIA", "one_in": "3"}


def test_a_name_only_entry_matches_on_its_name() -> None:
    """Whether it is advisory is the screening's to say (LR-72)."""
    index = build([entry(born="", nationality="", sex=None), *OTHERS])
    (seen,) = match(ask(), index)
    assert seen.entry.advisory
    assert {each.code for each in seen.evidence} >= {"birth_date_not_compared", "document_not_compared"}


def test_a_nationality_of_nearly_everybody_says_nearly_nothing() -> None:
    """The weight of a nationality comes from its share of the list, within bounds."""
    others = [entry(f"O-{number}", f"JOSE OTRO{'ABCDEFGHIJ'[number % 10]}") for number in range(2_000)]
    index = build([entry(), *others])
    (seen,) = match(ask(), index, 0.5)
    (bits,) = [each.bits for each in seen.evidence if each.field == "nationality"]
    assert 0 < bits < 0.2


def test_matches_come_best_first_and_ties_by_id() -> None:
    """Equal entries are ordered by id, whatever their order on the list."""
    index = build([entry("W-3"), entry("W-1"), entry("W-2", "MARIA GARCIA LOPEZ MUESTRA")])
    assert [each.entry.id for each in match(ask(), index)] == ["W-1", "W-3", "W-2"]


def test_the_alias_that_matched_is_named() -> None:
    """An analyst sees the listed name that was nearest, as it is listed."""
    index = build([entry(names=("JUAN MUESTRA", "María García López", "MARIA GARCIA LOPEZ"))])
    assert match(ask(), index)[0].name == "María García López"


def test_an_index_can_be_sent_to_another_process() -> None:
    """Pickled and back, it gives the same answers, also to words that it remembered."""
    index = build([entry(), *crowd(50)])
    before = match(ask("GRACIA"), index)
    assert match(ask("GRACIA"), pickle.loads(pickle.dumps(index))) == before  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        ask("", ""),
        ask("محمد", "李"),
        ask("\u202e\x00\ud800", "'"),
        ask("A" * 10_000, "B " * 10_000),
        ask("MARIA " * 500, None),
    ],
    ids=["empty", "blank", "other scripts", "control signs", "ten thousand letters", "one word many times"],
)
def test_hostile_queries_neither_crash_nor_match(query: Query) -> None:
    """Whatever stands in a field, the answer comes, and it is brute force's."""
    index = build([entry(), *crowd(40)])
    assert match(query, index) == brute_force(query, index) == ()


def test_hostile_lists_neither_crash_nor_hide_their_other_entries() -> None:
    """Empty names, thousands of aliases and a name of ten thousand letters stand beside an entry that is found."""
    aliases = tuple(f"ALIAS {'AB' * (number % 9)}{'CD' * (number // 9 % 9)}" for number in range(5_000))
    index = build([entry("H-1", ("", "...", "'")), entry("H-2", aliases), entry("H-3", "A" * 10_000), entry()])
    assert [each.entry.id for each in match(ask(), index)] == ["W-1"]
    assert index.name_count <= MAX_ALIASES + 2


def test_an_empty_list_matches_nobody() -> None:
    """No entries, no matches, no error."""
    assert match(ask(document="A01234567"), build([])) == ()


@pytest.mark.parametrize("threshold", [0.0, 1.0, -1.0, 2.0])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    """What is not between 0 and 1 is refused."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        match(ask(), LISTED, threshold)


@pytest.mark.parametrize(("threshold", "least"), [(0.2, -2_000), (0.5, 0), (0.8, 2_000), (0.01, -6_629), (0.9, 3_170)])
def test_a_threshold_is_taken_as_it_is_written(threshold: float, least: int) -> None:
    """Odds of 4 are two bits, and no processor's rounding makes a thousandth more of them; others are rounded up."""
    assert least_millibits(threshold) == least


def test_bits_and_probabilities_are_two_writings_of_one_thing() -> None:
    """Even odds are a half; a threshold is reached by its own odds; nothing overflows."""
    assert probability(0) == 0.5
    assert least_millibits(0.5) == 0
    assert probability(least_millibits(0.01)) >= 0.01
    assert (probability(-10_000_000), probability(10_000_000)) == (0.000_001, 0.999_999)
    assert match(ask(), LISTED)[0].bits == match(ask(), LISTED)[0].millibits / 1000


def test_no_processor_could_round_a_probability_otherwise() -> None:
    """Every thousandth of a bit between the least and the most, computed with forty digits."""
    exact, million = Context(prec=40), Decimal(1_000_000)
    for millibits in range(-20_000, 20_001):
        odds = exact.power(2, exact.divide(Decimal(millibits), Decimal(1000)))
        millionths = exact.multiply(exact.divide(odds, exact.add(odds, Decimal(1))), million)
        rounded = millionths.to_integral_value(ROUND_HALF_EVEN)
        assert probability(millibits) == min(max(float(rounded / million), 0.000_001), 0.999_999)
        assert abs(abs(millionths - rounded) - Decimal("0.5")) > Decimal("0.000001")
