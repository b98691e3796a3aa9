"""Nothing sensitive is in what is read of a table or of XML, nor in the copy, wherever it stood (LR-23)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.planted import MARK, Plant
from tests.unit.messages.test_pnrgov_xml import ANA, FLIGHT, LEG, NAME, document
from tests.unit.messages.test_sensitive_places import survives
from tests.unit.messages.test_tabular import TRIP, table
from torogoz.messages.sensitive_table import DEFAULT

#: Columns in which a text can stand that is no name and no number.
COLUMNS = (
    *("remarks", "rank", "embarkation_place", "address", "reference", "document_number", "record_locator", "sex"),
    *("nationality", "birth_date", "phone", "seat", "role", "transit", "prepared_at", "arrival_place", "wishes"),
)
#: Where a text can stand in a push; `{}` is the text, `{code}` a code.
TEXTS = {
    "SSR text": "<SSR SSR_Code='OTHS'><Text>{}</Text></SSR>",
    "SSR attribute": "<SSR SSR_Code='OTHS' Text='{}'/>",
    "SSR status": "<SSR SSR_Code='OTHS' Status='{}'/>",
    "OSI": "<OSI><Text>{}</Text></OSI>",
    "remark": "<Remark>{}</Remark>",
    "history": "<History><Change Action='A'><Remark>{}</Remark></Change></History>",
    "line of history": "<HistoryLine>{}</HistoryLine>",
    "service": "<NonAirService Code='8' Name='{}'/>",
    "stranger": "<Stranger><Within>{}</Within></Stranger>",
    "attribute of a stranger": "<Stranger Within='{}'/>",
    "comment": "<!-- {} -->",
    "instruction": "<?note {} ?>",
    "text between elements": "{}",
}
CODES = ("<SSR SSR_Code='{}'><Text>{mark}</Text></SSR>", "<SSR SSR_Code='{}' Text='{mark}'/>")
TITLED = "<Passenger RPH='1'><GivenName>{}</GivenName><Surname>EJEMPLO</Surname></Passenger>"


def told() -> Iterator[tuple[str, str]]:
    """Each word, phrase and code of the table, and a text that holds it beside the mark."""
    for word in sorted((*DEFAULT.words, *DEFAULT.phrases, *(f"SSR {code} X1 HK1" for code in DEFAULT.codes))):
        yield word, f"{MARK} {word.lower()} /{MARK}"


def titled() -> Iterator[tuple[str, str]]:
    """Each title that tells a religion, behind a name and, where it may stand there, before it."""
    for title in sorted(DEFAULT.titles | DEFAULT.titles_last):
        yield title, f"BENITO {title}"
        if title in DEFAULT.titles:
            yield title, f"{title} BENITO"


def in_tables() -> Iterator[Plant]:
    for word, text in told():
        for column in COLUMNS:
            yield Plant(column, word, table(TRIP | {"surname": "EJEMPLO", column: text}))
    for title, name in titled():
        yield Plant("given_names", title, table(TRIP | {"surname": "EJEMPLO", "given_names": name}))


def in_xml() -> Iterator[Plant]:
    for word, text in told():
        for where, place in TEXTS.items():
            planted = place.format(text)
            yield Plant(f"{where} in a booking", word, document(NAME + ANA + FLIGHT + planted))
            yield Plant(f"{where} in a passenger", word, document(NAME + ANA.replace("</P", f"{planted}</P")))
            yield Plant(f"{where} in the flight", word, document(NAME + ANA, leg=LEG.replace("</F", f"{planted}</F")))
    for code in sorted(DEFAULT.codes):
        for place in CODES:
            planted = place.format(code, mark=MARK)
            yield Plant("SSR in a booking", code, document(NAME + ANA + planted))
            yield Plant("SSR in a passenger", code, document(NAME + ANA.replace("</P", f"{planted}</P")))
            yield Plant("SSR in a flight", code, document(NAME + ANA + FLIGHT.replace("</F", f"{planted}</F")))
    for title, name in titled():
        yield Plant("GivenName", title, document(NAME + TITLED.format(name)))


@pytest.mark.parametrize("planted", [in_tables, in_xml])
def test_each_row_of_the_table_is_found_in_each_place_of_other_forms(planted: Callable[[], Iterator[Plant]]) -> None:
    kept = [f"{each.word} as {each.where}" for each in planted() if survives(each)]
    assert kept == []
