"""The machine-readable zone: written from values it is read back, and its check digits find what they can find.

The writer here knows Doc 9303 by itself: it shares nothing with the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.traveller import Sex
from torogoz.edifact.findings import CATALOGUE
from torogoz.edifact.limits import Limits
from torogoz.messages import read
from torogoz.messages.mrz import MrzFormat, NotAZoneError, read_mrz

TODAY = date(2026, 11, 28)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
ERIKSSON = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
_LONG = (MrzFormat.TD1, MrzFormat.TD2)
#: form → signs of a line, and where in the lines joined the digits and the fields under them stand.
WIDTHS = {MrzFormat.TD1: 30, MrzFormat.TD2: 36, MrzFormat.TD3: 44, MrzFormat.MRV_A: 44, MrzFormat.MRV_B: 36}
CHECKED = {
    MrzFormat.TD1: [*range(5, 30), *range(30, 37), *range(38, 45), *range(48, 60)],
    MrzFormat.TD2: [*range(36, 46), *range(49, 56), *range(57, 72)],
    MrzFormat.TD3: [*range(44, 54), *range(57, 64), *range(65, 88)],
    MrzFormat.MRV_A: [*range(44, 54), *range(57, 64), *range(65, 72)],
    MrzFormat.MRV_B: [*range(36, 46), *range(49, 56), *range(57, 64)],
}


def value(sign: str) -> int:
    return 0 if sign == "<" else int(sign, 36)


def digit(text: str) -> str:
    return str(sum(value(sign) * (7, 3, 1)[place % 3] for place, sign in enumerate(text)) % 10)


@dataclass(frozen=True)
class Paper:
    form: MrzFormat
    issuer: str = "SLV"
    surname: str = "EJEMPLO PRUEBA"
    given: str | None = "ANA LUZ"
    number: str = "A01234567"
    nationality: str = "SLV"
    birth: str = "880229"
    sex: str = "F"
    expiry: str = "300501"
    optional: str = ""

    def written(self) -> str:
        """The zone in one piece."""
        kind = {"TD3": "P<", "MRV-A": "V<", "MRV-B": "V<"}.get(self.form.value, "I<")
        names = self.surname.replace(" ", "<") + ("<<" + self.given.replace(" ", "<") if self.given else "")
        width = WIDTHS[self.form]
        issuer, nation = self.issuer.ljust(3, "<"), self.nationality.ljust(3, "<")
        births, expiry = self.birth + digit(self.birth), self.expiry + digit(self.expiry)
        number, rest = self.number.ljust(9, "<"), self.optional
        if len(number) > 9:
            number, rest = number[:9] + "<", number[9:] + digit(number) + "<" + rest
        else:
            number += digit(number)
        if self.form is MrzFormat.TD1:
            one = f"{kind}{issuer}{number}{rest}".ljust(30, "<")
            two = f"{births}{self.sex}{expiry}{nation}".ljust(29, "<")
            two += digit(one[5:] + two[:7] + two[8:15] + two[18:29])
            return one + two + names[:30].ljust(30, "<")
        one = f"{kind}{issuer}{names}"[:width].ljust(width, "<")
        two = f"{number}{nation}{births}{self.sex}{expiry}{rest}"
        if self.form is MrzFormat.TD3:
            two = two.ljust(42, "<")
            two += digit(two[28:42]) if self.optional else "<"
        if self.form in (MrzFormat.TD3, MrzFormat.TD2):
            two = two.ljust(width - 1, "<")
            two += digit(two[:10] + two[13:20] + two[21:])
        return one + two.ljust(width, "<")


def names(most: int) -> st.SearchStrategy[str]:
    word = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6)
    return st.lists(word, min_size=1, max_size=most).map(" ".join)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    form = draw(st.sampled_from(MrzFormat))
    number = st.text(ALPHABET[:-1], min_size=1, max_size=13 if form in _LONG else 9)
    room = {MrzFormat.TD1: 9, MrzFormat.TD2: 2, MrzFormat.TD3: 14}.get(form, 8)
    return Paper(
        form,
        issuer=draw(st.sampled_from(("SLV", "D", "UTO", "XXA", "UNO", "EUE"))),
        surname=draw(names(2)),
        given=draw(st.none() | names(2)),
        number=draw(number),
        nationality=draw(st.sampled_from(("SLV", "D", "UTO", "XXA", "XXB", "XXC", "XXX", "XOM"))),
        birth=draw(st.dates(date(1930, 1, 1), TODAY)).strftime("%y%m%d"),
        sex=draw(st.sampled_from("FM<")),
        expiry=draw(st.dates(date(2000, 1, 1), date(2060, 1, 1))).strftime("%y%m%d"),
        optional=draw(st.text(ALPHABET[:-1], max_size=room if form is not MrzFormat.TD2 else 0)),
    )


@given(papers(), st.sampled_from(("", "\n", "\r\n", " \n ")))
def test_what_is_written_into_a_zone_is_read_back_from_it(paper: Paper, line_end: str) -> None:
    signs, width = paper.written(), WIDTHS[paper.form]
    text = line_end.join(signs[start : start + width] for start in range(0, len(signs), width))
    zone = read_mrz(text, TODAY)
    assert (zone.format, zone.surname, zone.given_names) == (paper.form, paper.surname, paper.given)
    germany = {"D": "DEU"}
    states = germany.get(paper.issuer, paper.issuer), germany.get(paper.nationality, paper.nationality)
    assert (zone.issuer, zone.nationality, zone.number) == (*states, paper.number)
    assert zone.birth_date
    assert str(zone.birth_date)[2:].replace("-", "") == paper.birth
    assert zone.birth_date.whole() <= TODAY  # type: ignore[operator]
    assert zone.expiry
    assert zone.expiry.strftime("%y%m%d") == paper.expiry
    assert zone.sex is {"F": Sex.FEMALE, "M": Sex.MALE, "<": Sex.UNSPECIFIED}[paper.sex]
    assert zone.optional == paper.optional
    assert all(zone.checks.values())
    assert not [odd for odd in zone.odd if odd.code != "MRZ_NAMES_CUT"]


@given(papers(), st.data())
def test_one_sign_misread_is_found_wherever_a_check_digit_covers_it(paper: Paper, data: st.DataObject) -> None:
    signs = paper.written()
    place = data.draw(st.sampled_from(CHECKED[paper.form]))
    # Signs whose values are a multiple of ten apart (A and 0, K and U) no check digit tells apart.
    others = [sign for sign in ALPHABET if value(sign) % 10 != value(signs[place]) % 10]
    flipped = signs[:place] + data.draw(st.sampled_from(others)) + signs[place + 1 :]
    assert not all(read_mrz(flipped, TODAY).checks.values())


@given(st.text() | st.text(ALPHABET, min_size=72, max_size=90))
def test_any_text_is_a_zone_or_refused_with_a_code_of_the_catalogue(text: str) -> None:
    try:
        codes = [odd.code for odd in read_mrz(text, TODAY).odd]
    except NotAZoneError as refused:
        codes = [refused.code]
    assert CATALOGUE.keys() >= set(codes)


def test_a_number_of_more_than_nine_signs_goes_on_in_the_optional_field_with_its_check_digit() -> None:
    for text in (
        "I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<",
        "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<D23145890<UTO3407127M95071227349<<<8",
    ):
        zone = read_mrz(text, date(1990, 1, 1))
        assert (zone.number, zone.checks["number"], zone.checks["composite"]) == ("D23145890734", True, True)


def test_a_filler_for_the_check_digit_of_an_empty_optional_field_holds_and_a_wrong_digit_does_not() -> None:
    empty = Paper(MrzFormat.TD3).written()
    assert read_mrz(empty, TODAY).checks["optional"]
    assert read_mrz(empty[:-2] + "0" + empty[-1], TODAY).checks["optional"]
    assert not read_mrz(empty[:-2] + "7" + empty[-1], TODAY).checks["optional"]


@pytest.mark.parametrize(
    ("birth", "known"),
    [("64<<<<", PartialDate(1964)), ("6408<<", PartialDate(1964, 8)), ("<<<<<<", None), ("<<0812", None)],
)
def test_parts_of_a_birth_date_that_nobody_knows_stay_unknown(birth: str, known: PartialDate | None) -> None:
    zone = read_mrz(Paper(MrzFormat.TD3, birth=birth).written(), TODAY)
    assert (zone.birth_date, zone.odd) == (known, ())


def test_names_that_fill_their_field_may_be_cut_off_and_it_is_said() -> None:
    cut = read_mrz(Paper(MrzFormat.TD1, surname="A" * 20, given="B" * 20).written(), TODAY)
    assert (cut.names_cut, cut.given_names) == (True, "B" * 8)
    assert not read_mrz(Paper(MrzFormat.TD1).written(), TODAY).names_cut


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "MRZ_LENGTH"), ("P<UTO", "MRZ_LENGTH"), ("É" * 88, "MRZ_SIGNS"), (ERIKSSON.replace("<", "-"), "MRZ_SIGNS")],
)
def test_what_is_no_zone_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(NotAZoneError) as refused:
        read_mrz(text)
    assert refused.value.code == code


def test_what_no_zone_should_say_is_read_and_is_odd() -> None:
    paper = Paper(MrzFormat.TD3, surname="EJEMPL0", issuer="QQQ", birth="990231", sex="Q", expiry="301301")
    odd = [(each.code, each.field) for each in read_mrz(paper.written(), TODAY).odd]
    assert odd == [
        ("DATE_UNREADABLE", "documents"),
        ("MRZ_NAME_SIGNS", "surname"),
        ("VALUE_UNKNOWN", "sex"),
        ("COUNTRY_UNKNOWN", "documents"),
        ("DATE_UNREADABLE", "birth_date"),
    ]
    nobody = read_mrz("P<SLV" + "<" * 39 + Paper(MrzFormat.TD3).written()[44:], TODAY)
    assert [each.code for each in nobody.odd] == ["NAME_MISSING"]
    assert (nobody.surname, nobody.given_names) == (None, None)


def test_the_century_of_a_birth_is_told_by_the_day_else_by_the_expiry_else_not_at_all() -> None:
    young = Paper(MrzFormat.TD3, birth="200101", expiry="300501").written()
    assert read_mrz(young, TODAY).birth_date == PartialDate(2020, 1, 1)
    assert read_mrz(young).birth_date is None
    assert read_mrz(ERIKSSON).birth_date == PartialDate(1974, 8, 12)


def test_a_file_of_zones_says_where_something_else_stands_between_them() -> None:
    one, two = Paper(MrzFormat.TD3).written(), Paper(MrzFormat.TD1).written()
    text = f"{one[:44]}\n{one[44:]}\nP<UTOCUT\n{two}\nEND\n"
    (message,) = read(text.encode())
    assert (message.type, len(message.travellers), message.flights) == ("MRZ", 2, ())
    assert [each.code for each in message.findings] == ["MRZ_LENGTH", "MRZ_LENGTH"]


def test_no_more_zones_are_read_than_the_limit() -> None:
    (message,) = read(f"{ERIKSSON}\n".encode() * 4, Limits(segments=3))
    assert len(message.travellers) == 3
    assert message.findings[-1].code == "TOO_MANY_SEGMENTS"
    nobody = Paper(MrzFormat.TD3, number="", expiry="<<<<<<").written()
    assert read_mrz(nobody, TODAY).expiry is None
    assert next(read(nobody.encode())).travellers[0].documents == ()
