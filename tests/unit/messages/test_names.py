"""Names are as sent, with titles taken off: those that tell sex or age are kept apart, all others are dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.messages.names import TITLES, read_name, read_plain_name
from torogoz.messages.sensitive_table import DEFAULT, SensitiveTable

#: Names that are no titles: they have neither M nor S, and not the few letters that the others need.
WORDS = st.text("ABCDEKOPQUVXYZ", min_size=3, max_size=8).filter(lambda word: word != "XXX")


@pytest.mark.parametrize(
    ("surname", "given", "read"),
    [
        ("Ejemplo Prueba", "Ana  Sintética", ("EJEMPLO PRUEBA", "ANA SINTÉTICA", None)),
        ("PEREZ", "ANA MRS", ("PEREZ", "ANA", "MRS")),
        ("PEREZ", "MRS ANA", ("PEREZ", "ANA", "MRS")),
        ("PEREZ", "DR LUIS MR", ("PEREZ", "LUIS", "MR")),
        ("PEREZ", "LUIS MR. DR.", ("PEREZ", "LUIS", "MR")),
        ("PEREZ", "REV. JUAN", ("PEREZ", "JUAN", None)),
        ("PEREZ", "SOL INF", ("PEREZ", "SOL", "INF")),
        ("PEREZ", "MR", ("PEREZ", None, "MR")),
        ("PEREZ MR", "", ("PEREZ", None, "MR")),
        ("PEREZ", "FNU", ("PEREZ", None, None)),
        ("LNU", "ANA", ("ANA", None, None)),
        ("", "ANA LUZ", ("ANA LUZ", None, None)),
        ("PEREZ", "", ("PEREZ", None, None)),
        ("", "", (None, None, None)),
        ("FNU", ".", (None, None, None)),
        # A name is not a title because it could be one.
        ("PASTOR", "DR", ("PASTOR", "DR", None)),
        ("PEREZ", "IMAM SANTOSO", ("PEREZ", "IMAM SANTOSO", None)),
        ("MS", "ANA", ("MS", "ANA", None)),
    ],
)
def test_a_name_is_taken_apart(surname: str, given: str, read: tuple[str | None, ...]) -> None:
    assert read_name(surname, given)[:3] == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("JOHNMR", ("JOHN", "MR")),
        ("LORELEIMRS", ("LORELEI", "MRS")),
        ("ANA LUZMS", ("ANA LUZ", "MS")),
        ("LUISMSTR", ("LUIS", "MSTR")),
        ("EVAMISS", ("EVA", "MISS")),
        ("SOLCHD", ("SOL", "CHD")),
        ("LIMR", ("LI", "MR")),
        ("DR LIMR", ("LI", "MR")),
        ("J. LIMR", ("J. LI", "MR")),
        ("KONG CHUN MRS", ("KONG CHUN", "MRS")),
        ("AMR", ("AMR", None)),
        ("WILLIAMS", ("WILLIAMS", None)),
        ("SAMIR", ("SAMIR", None)),
        ("XMR", ("XMR", None)),
        ("MR", (None, "MR")),
        ("", (None, None)),
    ],
)
def test_a_title_glued_to_a_given_name_comes_off_in_bookings(given: str, read: tuple[str | None, str | None]) -> None:
    assert read_name("PEREZ", given, glued=True)[1:3] == read


@given(
    st.sampled_from(["PEREZ", "DE LA CRUZ", "XXX", "LNU", "SAN-SALVADOR", "REV"]),
    st.lists(st.sampled_from([*TITLES, "ANA", "JOHNMR", "ANAMS", "REV", "FNU", "SAMIR", "-", "O"]), max_size=3),
    st.sampled_from([DEFAULT, DEFAULT.changed(["title:MR"], [])]),
)
def test_a_plain_name_is_read_as_any_other(surname: str, given_names: list[str], table: SensitiveTable) -> None:
    given_name = " ".join(given_names)
    assert read_plain_name(surname, given_name, table) == read_name(surname, given_name, glued=True, table=table)


def test_only_in_bookings() -> None:
    assert read_name("PEREZ", "JOHNMR")[1] == "JOHNMR"


@pytest.mark.parametrize("title", ["REV", "FR", "RABBI", "SISTER", "PADRE", "Sor", "imam"])
def test_a_clerical_title_is_dropped_and_told(title: str) -> None:
    assert read_name("PEREZ", f"JUAN {title}") == ("PEREZ", "JUAN", None, title.upper())


@given(WORDS, st.lists(WORDS, min_size=1, max_size=3), st.sampled_from(TITLES))
def test_a_title_never_takes_a_part_of_the_name_with_it(surname: str, given: list[str], title: str) -> None:
    plain = read_name(surname, " ".join(given))
    assert read_name(surname, f"{' '.join(given)} {title}") == (*plain[:2], title, None)
    assert read_name(surname, f"{' '.join(given)}{title}", glued=True) == (*plain[:2], title, None)
