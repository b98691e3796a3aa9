"""Manifests as tables: one broken row costs only itself, nothing is executed, and nothing sensitive is kept."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.journey import Designator, Mode
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Contact, ContactKind, CrewRole, Sex, TravellerRole
from torogoz.edifact.limits import Limits
from torogoz.messages import read
from torogoz.messages.envelope import unpack
from torogoz.messages.sensitive import redact
from torogoz.messages.sensitive_table import DEFAULT
from torogoz.messages.streaming import read_stream
from torogoz.messages.tabular import template
from torogoz.messages.tabular.columns import COLUMNS

TRIP = {
    "mode": "land",
    "operator": "XTB",
    "number": "101",
    "departure_place": "GTGUA",
    "departure_local": "2026-11-28 05:30",
    "arrival_place": "SVSAL",
}
FLIGHT = {"mode": "air", "operator": "X1", "number": "77", "departure_place": "GUA", "arrival_place": "SAL"}
#: Columns that take any text, or take it together.
_ANY_TEXT = "surname given_names full_name rank birth_place address prepared_at mrz_2 mrz_3".split()  # noqa: SIM905
READ_COLUMNS = [key for key, column in COLUMNS.items() if column.kept and key not in _ANY_TEXT]


def table(*rows: dict[str, str], delimiter: str = ",", codec: str = "utf-8", line_end: str = "\r\n") -> bytes:
    """A table whose columns are all that its rows name."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(keys)
    writer.writerows([row.get(key, "") for key in keys] for row in rows)
    return text.getvalue().encode(codec)


def only(data: bytes, limits: Limits | None = None) -> Message:
    (message,) = read(data, limits) if limits else read(data)
    return message


def of_one(**cells: str) -> Message:
    return only(table(TRIP | {"surname": "Ejemplo"} | cells))


def codes(message: Message) -> list[tuple[str, str | None]]:
    return [(each.code, each.segment) for each in message.findings]


@given(
    st.sampled_from(",;\t"),
    st.sampled_from(("utf-8", "utf-8-sig", "cp1252")),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.lists(
        st.text("ABCÑÉÜ ñé',;", min_size=1, max_size=12).filter(lambda name: name.strip(" -,;'")),
        min_size=1,
        max_size=5,
    ),
)
def test_delimiters_quotes_alphabets_and_line_ends_change_nothing(
    delimiter: str, codec: str, line_end: str, names: list[str]
) -> None:
    rows = [TRIP | {"surname": name, "nationality": "SLV"} for name in names]
    message = only(table(*rows, delimiter=delimiter, codec=codec, line_end=line_end))
    assert [each.surname for each in message.travellers] == [" ".join(name.upper().split()) for name in names]
    assert {each.nationality for each in message.travellers} == {"SLV"}


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.sampled_from(('"', '"x" y', 'x,y,"z', "A,B,C", "A")))
def test_one_broken_row_costs_only_itself(broken: list[bool], how: str) -> None:
    head = ",".join((*TRIP, "surname", "given_names"))
    good = ",".join((*TRIP.values(), "EJEMPLO", "ANA"))
    rows = [f"{','.join(TRIP.values())},{how}" if each else good for each in broken]
    data = "\n".join((head, good, *rows)).encode()
    message = only(data)
    assert len(message.travellers) == 1 + broken.count(False)
    assert len(message.findings) == broken.count(True)
    places = {data.rfind(b"\n", 0, each.position) + 1 for each in message.findings}
    assert places == {each.position for each in message.findings}


@given(st.data())
def test_sensitive_words_are_found_in_every_cell_that_is_not_a_name_and_in_none_of_the_copy(
    data: st.DataObject,
) -> None:
    word = data.draw(st.sampled_from(("halal", "MOML", "silla de ruedas", "Sindicalista", "wheelchair", "diabética")))
    closed = ("sex", "role", "nationality", "birth_date", "document_type", "seat", "bags", "transit", "mode")
    free = ("rank", "remarks", "embarkation_place", "dietary wishes", "another", "reference", "address", "vehicle")
    place = data.draw(st.sampled_from((*closed, *free, "document_number", "record_locator", "number", "phone")))
    row = TRIP | {"surname": "EJEMPLO", "given_names": "ANA", place: word}
    sent = table(row, delimiter=data.draw(st.sampled_from(",;\t")))
    message = only(sent)
    assert message.withheld.free_text >= 1
    assert word.encode() not in redact(sent, message)
    assert word.upper() not in repr(message.travellers).upper()
    assert len(redact(sent, message)) == message.span.end - message.span.start


def test_a_column_whose_name_tells_gives_nothing_away_by_a_yes() -> None:
    sent = table(TRIP | {"surname": "EJEMPLO", "Religión": "si", "WCHR": "yes"})
    message = only(sent)
    copy = redact(sent, message).decode()
    assert message.withheld.free_text == 2
    assert "Religi" not in copy
    assert "WCHR" not in copy
    assert copy.splitlines()[1].endswith(",XX,XXX")


def test_clerical_titles_go_from_names_and_from_the_copy() -> None:
    sent = table(TRIP | {"surname": "EJEMPLO", "given_names": "Padre Juan"}, TRIP | {"surname": '"REV" ÑU'})
    message = only(sent)
    assert message.travellers[0].given_names == "JUAN"
    assert b"Padre" not in redact(sent, message)
    plain = table(TRIP | {"full_name": "EJEMPLO, MONSEÑOR ÓSCAR"})
    assert "MONSE" in redact(plain, only(plain)).decode()


def test_a_clerical_title_beside_letters_beyond_ascii_takes_the_whole_cell_with_it() -> None:
    sent = table(TRIP | {"surname": "PEÑA", "given_names": "PADRE ÓSCAR"})
    message = only(sent)
    assert "PADRE" not in redact(sent, message).decode()
    assert message.travellers[0].given_names == "ÓSCAR"


def test_a_broken_row_with_sensitive_words_is_overwritten_and_an_overlong_one_always() -> None:
    head, good = ",".join((*TRIP, "surname")), ",".join((*TRIP.values(), "EJEMPLO"))
    sent = "\n".join((head, good, 'a,"kosher', "x" * 300, good)).encode()
    message = only(sent, Limits(segment_length=200))
    assert [each.code for each in message.findings] == ["ROW_QUOTES", "ROW_TOO_LONG"]
    assert len(message.travellers) == 2
    copy = redact(sent, message)
    assert b"kosher" not in copy
    assert b"x" not in copy


def test_every_value_knows_its_bytes() -> None:
    sent = table(TRIP | {"surname": "EJEMPLO", "birth_date": "1980-12-31", "email": "a@b.example"}, codec="utf-8-sig")
    (traveller,) = only(sent).travellers
    assert {(each.field, sent[each.start : each.end]) for each in traveller.origins} == {
        ("surname", b"EJEMPLO"),
        ("birth_date", b"1980-12-31"),
        ("contacts", b"a@b.example"),
    }


@pytest.mark.parametrize(
    ("text", "read_as", "code"),
    [
        ("31/12/1980", PartialDate(1980, 12, 31), None),
        ("12/31/1980", PartialDate(1980, 12, 31), None),
        ("04/04/1980", PartialDate(1980, 4, 4), None),
        ("03/04/1980", PartialDate(1980, 4, 3), "DATE_AMBIGUOUS"),
        ("1980-12-31", PartialDate(1980, 12, 31), None),
        ("1980-12-31 00:00:00", PartialDate(1980, 12, 31), None),
        ("31.12.80", PartialDate(1980, 12, 31), None),
        ("31-dic-1980", PartialDate(1980, 12, 31), None),
        ("31 de diciembre de 1980", PartialDate(1980, 12, 31), None),
        ("19801231", PartialDate(1980, 12, 31), None),
        ("1980", PartialDate(1980), None),
        ("1980-12", PartialDate(1980, 12), None),
        ("27/11/26", PartialDate(2026, 11, 27), None),
        ("29/11/26", PartialDate(1926, 11, 29), None),
        ("31/02/1980", None, "DATE_UNREADABLE"),
        ("29587", None, "DATE_UNREADABLE"),
        ("never", None, "DATE_UNREADABLE"),
    ],
)
def test_dates_are_read_as_spreadsheets_write_them(text: str, read_as: PartialDate | None, code: str | None) -> None:
    message = of_one(birth_date=text)
    assert message.travellers[0].birth_date == read_as
    assert codes(message) == ([(code, "birth_date")] if code else [])


@pytest.mark.parametrize(
    ("head", "text", "read_as"),
    [
        ("birth_date (DD/MM/YYYY)", "03/04/1980", PartialDate(1980, 4, 3)),
        ("fecha de nacimiento (DD/MM/AAAA)", "03/04/1980", PartialDate(1980, 4, 3)),
        ("birth_date (MM/DD/YYYY)", "03/04/1980", PartialDate(1980, 3, 4)),
        ("birth_date (YY/MM/DD)", "80/04/03", PartialDate(1980, 4, 3)),
        ("birth_date (YYYY-MM-DD)", "03/04/1980", None),
        ("birth_date (DD/MM/YYYY)", "12/31/1980", None),
    ],
)
def test_the_header_takes_the_doubt_from_a_date(head: str, text: str, read_as: PartialDate | None) -> None:
    message = of_one(**{head: text})
    assert message.travellers[0].birth_date == read_as
    assert codes(message) == ([] if read_as else [("DATE_UNREADABLE", "birth_date")])


def test_formulas_are_texts_and_rounded_numbers_are_not_numbers() -> None:
    message = of_one(document_number='="00123"', given_names="=CMD()", phone="@SUM(A1)", visa_number="1.2E+12")
    (traveller,) = message.travellers
    assert [each.number for each in traveller.documents] == ["00123"]
    assert (traveller.given_names, traveller.contacts) == ("=CMD()", ())
    assert codes(message) == [
        ("CELL_FORMULA", "document_number"),
        ("CELL_FORMULA", "given_names"),
        ("CELL_FORMULA", "phone"),
        ("VALUE_UNKNOWN", "phone"),
        ("NUMBER_ROUNDED", "visa_number"),
    ]
    assert not of_one(document_number='=""').travellers[0].documents


def test_where_a_table_writes_h_for_a_man_its_m_is_a_woman() -> None:
    rows = [TRIP | {"surname": "A", "sexo": each} for each in ("H", "M", "mujer", "X", "U")]
    spanish = only(table(*rows))
    assert [each.sex for each in spanish.travellers] == [Sex.MALE, Sex.FEMALE, Sex.FEMALE, Sex.OTHER, Sex.UNSPECIFIED]
    english = only(table(TRIP | {"surname": "A", "sex": "M", "role": "h"}))
    assert english.travellers[0].sex is Sex.MALE


def test_everything_of_a_traveller_is_read() -> None:
    message = of_one(
        given_names="Ana Mr", role="in transit", birth_place="Ciego de Ávila", residence="Estados Unidos",
        nationality="salvador, el", document_type="DUI", document_number="01234567-8", document_issuer="SV",
        document_expiry="2030-05-01", visa_number="V 123", reference="7", record_locator="x7k2pq", seat="014B",
        bags="2", phone="2222-3333", email="ana@correo.example", address="Calle 1", transit="no",
    )  # fmt: skip
    (one,) = message.travellers
    assert (one.surname, one.given_names, one.title, one.role) == ("EJEMPLO", "ANA", "MR", TravellerRole.TRANSIT)
    assert (one.birth_place, one.residence, one.record_locator) == ("CIEGO DE ÁVILA", "USA", "X7K2PQ")
    assert [(each.type, each.number, each.issuer, each.expiry) for each in one.documents] == [
        ("I", "01234567-8", "SLV", date(2030, 5, 1)),
        ("V", "V123", None, None),
    ]
    assert (one.seat, one.bags.count if one.bags else None, one.reference) == ("14B", 2, "7")
    assert one.contacts == (
        Contact(ContactKind.PHONE, "22223333"),
        Contact(ContactKind.EMAIL, "ANA@CORREO.EXAMPLE"),
        Contact(ContactKind.ADDRESS, "CALLE 1"),
    )
    assert codes(message) == [("COUNTRY_UNKNOWN", "nationality")]


@pytest.mark.parametrize("text", ["¿?" * 110, "Z9" * 30])
@pytest.mark.parametrize("column", READ_COLUMNS)
def test_a_cell_that_cannot_be_read_costs_only_itself(column: str, text: str) -> None:
    message = of_one(given_names="ANA", **{column: text})
    assert [each.given_names for each in message.travellers] == ["ANA"]
    assert message.findings[0].segment == column


@pytest.mark.parametrize(
    ("cells", "mode", "name", "places"),
    [
        ({}, Mode.LAND, Designator("XTB", "101"), ("GTGUA", "SVSAL")),
        ({"operator": "", "vehicle": "P 123-456"}, Mode.LAND, Designator("", "P123456"), ("GTGUA", "SVSAL")),
        (
            {"mode": "buque", "vehicle": "IMO 9321483", "number": "", "departure_place": "PAONX"},
            Mode.SEA,
            Designator("XTB", "9321483"),
            ("PAONX", "SVSAL"),
        ),
        (
            {"mode": "avión", "operator": "X1", "number": "X1077", "departure_place": "MGGT", "arrival_place": "ILS"},
            Mode.AIR,
            Designator("X1", "77"),
            ("MGGT", "ILS"),
        ),
    ],
)
def test_a_journey_is_named_by_operator_and_number_else_by_its_vehicle(
    cells: dict[str, str], mode: Mode, name: Designator, places: tuple[str, str]
) -> None:
    (leg,) = of_one(**cells).flights
    assert (leg.mode, leg.designator, (leg.departure_airport, leg.arrival_airport)) == (mode, name, places)
    assert leg.departure_local == datetime.fromisoformat("2026-11-28T05:30")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("28/11/2026 17:05", "2026-11-28T17:05"),
        ("11/28/2026 5:05 PM", "2026-11-28T17:05"),
        ("28/11/2026 12:05 a. m.", "2026-11-28T00:05"),
        ("2026-11-28T17:05:59", "2026-11-28T17:05"),
        ("2026-11-28", "2026-11-28T00:00"),
    ],
)
def test_times_of_departure_are_wall_clocks(text: str, moment: str) -> None:
    (leg,) = of_one(departure_local=text).flights
    assert leg.departure_local == datetime.fromisoformat(moment)


def test_a_doubtful_or_impossible_departure_is_said() -> None:
    assert codes(of_one(departure_local="03/04/2026 10:00")) == [("DATE_AMBIGUOUS", "departure_local")]
    late = of_one(departure_local="28/11/2026 25:00")
    assert codes(late) == [("DATE_UNREADABLE", "departure_local"), ("JOURNEY_INCOMPLETE", None)]
    assert late.flights == ()


def test_a_mode_that_is_missing_or_unknown_is_by_air() -> None:
    assert codes(of_one(mode=""))[0] == ("MODE_MISSING", "mode")
    assert of_one(mode="submarine", departure_place="GUA").flights[0].mode is Mode.AIR


def test_when_the_list_was_made_is_told_in_utc() -> None:
    assert of_one(prepared_at="2026-11-28 01:02Z").prepared_at == datetime(2026, 11, 28, 1, 2, tzinfo=UTC)


def test_rows_go_on_with_the_journey_above_until_one_names_another() -> None:
    again = {"mode": "land", "surname": "B"}
    other = TRIP | {"number": "102", "surname": "C"}
    first, second = read(table(TRIP | {"surname": "A"}, again, {"surname": "B2"}, other, {"surname": "D"}))
    assert [each.surname for each in first.travellers] == ["A", "B", "B2"]
    assert [each.surname for each in second.travellers] == ["C", "D"]
    assert first.span.end == second.span.start
    assert first.content != second.content


def test_a_list_of_crew_only_is_not_the_passengers_list() -> None:
    assert of_one(rank="MASTER").function == "250"
    assert of_one(role="passenger").function == "745"


@pytest.mark.parametrize(
    ("rank", "duty"),
    [
        ("Capitán", CrewRole.COCKPIT),
        ("First officer", CrewRole.COCKPIT),
        ("piloto", CrewRole.COCKPIT),
        ("CR1", CrewRole.COCKPIT),
        ("Tripulante de cabina", CrewRole.CABIN),
        ("PURSER", CrewRole.CABIN),
        ("CR3", CrewRole.OPERATIONS_MANAGER),
        ("Loadmaster", CrewRole.CARGO_NON_COCKPIT),
        ("Piloto fuera de servicio", CrewRole.OFF_DUTY_PILOT),
    ],
)
def test_a_rank_on_board_an_aircraft_is_the_function_that_a_passenger_list_has_a_code_for(
    rank: str, duty: CrewRole
) -> None:
    message = of_one(**FLIGHT, rank=rank)
    (traveller,) = message.travellers
    assert (traveller.role, traveller.crew_role) == (TravellerRole.CREW, duty)
    assert {each.field for each in traveller.origins} >= {"role", "crew_role"}
    assert codes(message) == []


def test_an_unknown_rank_on_board_an_aircraft_makes_crew_and_is_told() -> None:
    message = of_one(**FLIGHT, rank="Cocinero")
    assert [(each.role, each.crew_role) for each in message.travellers] == [(TravellerRole.CREW, None)]
    assert codes(message) == [("CREW_ROLE_UNKNOWN", "rank")]


@pytest.mark.parametrize("trip", [{}, {"mode": "sea", "vehicle": "9321483", "departure_place": "PAONX"}])
@pytest.mark.parametrize("rank", ["Captain", "Jefe de máquinas", "CR1"])
def test_the_rank_of_a_ships_or_a_buss_crew_is_no_function_on_board_an_aircraft(
    trip: dict[str, str], rank: str
) -> None:
    message = of_one(**trip, rank=rank)
    assert [(each.role, each.crew_role) for each in message.travellers] == [(TravellerRole.CREW, None)]
    assert codes(message) == []


def test_the_rank_of_one_row_is_not_the_next_ones() -> None:
    rows = ({"surname": "A", "rank": "pilot"}, {"surname": "B", "rank": ""})
    message = only(table(*(TRIP | FLIGHT | each for each in rows)))
    assert [each.crew_role for each in message.travellers] == [CrewRole.COCKPIT, None]


def test_a_zone_fills_what_is_not_typed_and_a_second_document_is_kept() -> None:
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    scanned = only(table(TRIP | {"nationality": "", "mrz": zone}))
    (one,) = scanned.travellers
    assert (one.surname, one.given_names, one.nationality, one.sex) == ("ERIKSSON", "ANNA MARIA", "UTO", Sex.FEMALE)
    assert codes(scanned) == []
    typed = of_one(document_number="A1", document_type="V", sex="M", mrz=zone)
    assert [each.number for each in typed.travellers[0].documents] == ["A1", "L898902C3"]
    assert codes(typed) == [("MRZ_DISAGREES", "sex"), ("MRZ_DISAGREES", "document_number")]
    same = of_one(document_number="L898902C3", document_issuer="SLV", document_expiry="2012-04-15", mrz=zone)
    assert codes(same) == [("MRZ_DISAGREES", "document_issuer")]
    assert codes(of_one(mrz="P<UTO")) == [("MRZ_LENGTH", "mrz")]
    german = zone.replace("P<UTO", "P<D<<").replace("36UTO", "36D<<")
    assert codes(of_one(nationality="Germany", sex="F", birth_date="1974-08-12", mrz=german)) == []


def test_columns_that_are_unknown_or_stand_twice_are_counted_once() -> None:
    head = ",".join((*TRIP, "surname", "surname", "", "shoe size"))
    row = ",".join((*TRIP.values(), "EJEMPLO", "OTRA", "", "42"))
    message = only(f"{head}\n{row}\n{row},,\n".encode())
    assert [each.surname for each in message.travellers] == ["EJEMPLO", "EJEMPLO"]
    assert codes(message) == [("COLUMN_TWICE", "surname"), ("COLUMN_UNKNOWN", None)]


def test_control_signs_and_bytes_of_no_alphabet_are_blanks() -> None:
    sent = (
        table(TRIP | {"surname": "EJEM\x00PLO"})
        + table(TRIP | {"surname": "SE\x81OR"}, codec="latin-1").splitlines()[1]
    )
    message = only(sent)
    assert [each.surname for each in message.travellers] == ["EJEM PLO", "SE OR"]
    assert codes(message) == [("CELL_CONTROL", None), ("CELL_CONTROL", None)]


def test_a_row_without_anybody_is_nobody_and_one_without_a_name_is_somebody() -> None:
    message = only(table(TRIP | {"surname": ""}, {"nationality": "SLV"}, {"surname": "A"}))
    assert [each.surname for each in message.travellers] == [None, "A"]
    assert codes(message) == [("NAME_MISSING", "surname")]


def test_a_table_without_rows_says_so() -> None:
    message = only(table(TRIP | {"surname": "A"}).splitlines()[0])
    assert (message.type, codes(message)) == (None, [("TABLE_EMPTY", None)])


@pytest.mark.parametrize("text", ["", "a,b,c", "mode,operator,number", "x" * 70_000, "surname;nationality", '"surname'])
def test_what_has_no_header_of_ours_is_no_table(text: str) -> None:
    assert only(text.encode()).type is None


def test_limits_bound_rows_columns_and_journeys() -> None:
    rows = [TRIP | {"number": str(number), "surname": "A"} for number in range(5)]
    found = list(read(table(*rows), Limits(messages=3)))
    assert [each.type for each in found] == ["TABULAR", "TABULAR", "TABULAR", None]
    assert found[-1].findings[-1].code == "TOO_MANY_MESSAGES"
    few = only(table(*[rows[0]] * 5), Limits(segments=3))
    assert (len(few.travellers), codes(few)) == (3, [("ROWS_TOO_MANY", None)])
    wide = only(table(rows[0]) + b"," * 50 + b"\n", Limits(elements=30))
    assert codes(wide) == [("TOO_MANY_ELEMENTS", None)]


@given(st.binary(max_size=300))
def test_any_bytes_behind_a_header_are_read_without_failing(junk: bytes) -> None:
    head = "modo;apellidos;nombres;fecha_nacimiento;sexo;numero_documento;zona_mrz"
    for message in read(head.encode() + b"\n" + junk):
        assert len(redact(head.encode() + b"\n" + junk, message)) == message.span.end - message.span.start


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_template_is_a_header_that_is_known_to_the_last_column(mode: Mode, language: str) -> None:
    head = template(mode, "es" if language == "es" else "en")
    width = head.count(b";")
    (message,) = read(head + b";" * 8 + b"Ejemplo" + b";" * (width - 8) + b"\r\n")
    assert "COLUMN_UNKNOWN" not in {each.code for each in message.findings}
    assert head.startswith(b"\xef\xbb\xbf")


def test_no_word_stands_for_two_columns() -> None:
    words = [word.strip() for each in COLUMNS.values() for word in (*each.others.split(","), each.es, each.key)]
    assert len(words) - words.count("") == len(set(words) - {""})


def test_without_its_journey_a_table_is_read_and_a_birth_of_two_digits_has_no_century() -> None:
    message = only(table({"surname": "EJEMPLO", "nationality": "SLV", "birth_date": "1/1/80", "number": "7"}))
    assert (message.flights, message.travellers[0].birth_date) == ((), None)
    assert ("BIRTH_CENTURY_UNKNOWN", "birth_date") in codes(message)
    assert ("JOURNEY_INCOMPLETE", None) in codes(message)


def test_blank_lines_and_blanks_before_quotes_are_passed_over() -> None:
    sent = table(TRIP | {"surname": "A"}).replace(b",A", b', "A" ') + b"   \n"
    assert [each.surname for each in only(sent).travellers] == ["A"]


def test_what_a_zone_alone_has_odd_about_it_is_said_beside_its_cell() -> None:
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<11"
    assert codes(of_one(mrz=zone)) == [("MRZ_COMPOSITE_CHECK", "mrz")]


def test_an_expiry_in_doubt_is_said() -> None:
    message = of_one(document_number="A1", document_expiry="03/04/2030")
    assert codes(message) == [("DATE_AMBIGUOUS", "document_expiry")]
    assert message.travellers[0].documents[0].expiry == date(2030, 4, 3)


def test_the_document_names_every_column_in_both_languages() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/messages/tabular.md").read_text(encoding="utf-8")
    assert [key for key, column in COLUMNS.items() if f"| `{key}` | `{column.es}` |" not in page] == []


def test_what_a_state_adds_to_the_table_of_sensitive_words_is_withheld_here_too() -> None:
    sent = table(TRIP | {"surname": "EJEMPLO", "given_names": "GURU ANA", "remarks": "a druid"})
    (shipped,) = read(sent)
    (changed,) = read(sent, table=DEFAULT.changed(["word: druid", "title: guru"], []))
    assert (shipped.withheld.free_text, changed.withheld.free_text) == (0, 2)
    assert changed.travellers[0].given_names == "ANA"
    assert b"druid" not in redact(sent, changed)


def test_a_table_in_an_archive_or_in_utf_16_is_read_at_its_place() -> None:
    sent = table(TRIP | {"surname": "EJEMPLO", "remarks": "kosher"})
    archive = io.BytesIO()
    with ZipFile(archive, "w") as file:
        file.writestr("one.csv", sent)
        file.writestr("two.csv", sent.replace(b"EJEMPLO", b"OTRA"))
    first, second = read(archive.getvalue())
    unpacked = unpack(archive.getvalue()).data
    assert [first.number, second.number] == [1, 2]
    assert [each.travellers[0].surname for each in (first, second)] == ["EJEMPLO", "OTRA"]
    for message in (first, second):
        assert b"kosher" not in redact(unpacked, message)
        (surname,) = [each for each in message.travellers[0].origins if each.field == "surname"]
        assert unpacked[surname.start : surname.end] in (b"EJEMPLO", b"OTRA")
    assert [each.surname for each in only(sent.decode().encode("utf-16")).travellers] == ["EJEMPLO"]


@given(st.integers(1, 500))
def test_a_table_that_comes_in_pieces_is_the_same(size: int) -> None:
    sent = table(TRIP | {"surname": "EJEMPLO", "remarks": "kosher"})
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert list(read_stream(pieces)) == list(read(sent))


@pytest.mark.parametrize("titles", [0, 1, 12, 13])
def test_titles_may_stand_above_a_header_as_spreadsheets_export_them(titles: int) -> None:
    plain = table(TRIP | {"surname": "Ejemplo"})
    sent = b"MANIFIESTO, por bus;\r\n  \r\n" * titles + plain
    message = only(sent)
    if titles > 12:
        assert message.type is None
    else:
        assert (message.travellers[0].surname, codes(message)) == ("EJEMPLO", codes(only(plain)))
        assert message.content == only(plain).content
        assert sent[message.span.start : message.span.end] == plain
    assert list(read_stream(sent[start : start + 7] for start in range(0, len(sent), 7))) == [message]


def test_a_header_far_from_the_beginning_is_none_and_a_broken_line_above_it_is_passed_over() -> None:
    plain = table(TRIP | {"surname": "Ejemplo"})
    assert only(b"x" * 2_048 + b"\r\n" + plain).type is None
    assert only(b'"not closed\r\n' + plain).type == "TABULAR"


@pytest.mark.parametrize(
    ("cells", "start", "end", "found"),
    [
        ({"Port of embarkation": "PA ONX", "Puerto de desembarque": "mxaca"}, "PAONX", "MXACA", []),
        ({"embarkation_place": "SAL", "disembarkation_place": "MSLP"}, "SAL", "MSLP", []),
        (
            {"embarkation_place": "Colón, Panamá", "disembarkation_place": ""},
            None,
            None,
            [("VALUE_UNKNOWN", "embarkation_place")],
        ),
    ],
)
def test_where_somebody_embarks_and_disembarks_is_kept_as_fal_form_6_asks(
    cells: dict[str, str], start: str | None, end: str | None, found: list[tuple[str, str]]
) -> None:
    message = of_one(**cells)
    (traveller,) = message.travellers
    assert (traveller.journey_start, traveller.journey_end) == (start, end)
    assert {each.field for each in traveller.origins} >= ({"journey_start", "journey_end"} if start else set())
    assert codes(message) == found


@pytest.mark.parametrize("cells", [{"transit": "sí"}, {"transit": "yes", "rank": "MASTER"}])
def test_who_is_in_transit_is_told_whether_crew_or_not(cells: dict[str, str]) -> None:
    (traveller,) = of_one(**cells).travellers
    assert traveller.in_transit
    assert traveller.role is (TravellerRole.CREW if "rank" in cells else TravellerRole.TRANSIT)
