"""The closed lists of a table: words that operators write in either language → what they stand for."""

from __future__ import annotations

import gettext

import pycountry

from torogoz.domain.journey import Mode
from torogoz.domain.traveller import CrewRole, Sex, TravellerRole
from torogoz.messages.countries import country
from torogoz.messages.tabular.columns import plain


def _table(rows: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in rows.items() for word in words.split()}


_MODES = _table(
    {
        "air": "air aereo aerea avion aircraft plane flight vuelo charter",
        "sea": "sea mar maritimo maritima buque barco ship vessel ferry crucero cruise",
        "land": "land tierra terrestre bus autobus coach road carretera",
    }
)
_ROLES = _table(
    {
        "passenger": "passenger pasajero pasajera pax p",
        "crew": "crew tripulante tripulacion c conductor driver piloto pilot",
        "transit": "transit transito en_transito in_transit",
    }
)
#: A rank on board an aircraft → what EMP of PAXLST calls it. A ship's ranks and a bus's have no code there.
_DUTIES = _table(
    {
        "cockpit": "cr1 captain capitan capitana comandante commander pilot piloto pilot_in_command pic piloto_al_mando"
        " copilot co_pilot copiloto first_officer primer_oficial primera_oficial second_officer segundo_oficial"
        " flight_engineer ingeniero_de_vuelo mecanico_de_vuelo",
        "cabin": "cr2 cabin_crew cabin_attendant flight_attendant steward stewardess purser tripulante_de_cabina"
        " auxiliar_de_vuelo auxiliar_de_cabina sobrecargo azafata aeromoza aeromozo jefe_de_cabina jefa_de_cabina",
        "operations_manager": "cr3",
        "cargo_non_cockpit": "cr4 loadmaster load_master jefe_de_carga maestre_de_carga",
        "off_duty_pilot": "cr5 off_duty_pilot pilot_off_duty piloto_fuera_de_servicio",
    }
)
_SEXES = _table(
    {
        "F": "f female femenino femenina mujer woman",
        "M": "m male masculino hombre varon man h",
        "X": "x other otro",
        "U": "u unspecified no_especificado",
    }
)
#: A document's kind → its code of PAXLST (DOC 1001).
_DOCUMENTS = _table(
    {
        "P": "passport pasaporte",
        "V": "visa",
        "I": "identity_card id id_card dui dpi dni cedula documento_de_identidad documento_unico_de_identidad identity",
        "AC": "seafarers seafarers_identity_document seamans_book libreta_de_embarque crew_certificate"
        " documento_de_identidad_de_la_gente_de_mar",
    }
)
_YES = frozenset(["yes", "si", "y", "s", "true", "1", "x"])
_NO = frozenset(["no", "n", "false", "0"])

_SPANISH = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["es"])
_COUNTRIES: dict[str, str] = {
    "estados_unidos_de_america": "USA",
    "eeuu": "USA",
    "ee_uu": "USA",
    "inglaterra": "GBR",
    "rusia": "RUS",
    "russia": "RUS",
}
for _each in pycountry.countries:
    for _name in (_each.name, getattr(_each, "common_name", "")):
        for _said in (_name, _SPANISH.gettext(_name) if _name else ""):
            if _said:
                _COUNTRIES.setdefault(plain(_said), _each.alpha_3)
                _COUNTRIES.setdefault(plain(_said.partition(",")[0]), _each.alpha_3)


def mode_of(text: str) -> Mode | None:
    """How people travel."""
    found = _MODES.get(plain(text))
    return Mode(found) if found else None


def role_of(text: str) -> TravellerRole | None:
    """What somebody is on the journey."""
    found = _ROLES.get(plain(text))
    return TravellerRole(found) if found else None


def duty_of(text: str) -> CrewRole | None:
    """What a member of an aircraft's crew does, by the rank or by the code."""
    found = _DUTIES.get(plain(text))
    return CrewRole(found) if found else None


def sex_of(text: str, *, spanish_letters: bool) -> Sex | None:
    """A sex. Where a table writes H for *hombre*, its M is *mujer*."""
    word = plain(text)
    found = "F" if word == "m" and spanish_letters else _SEXES.get(word)
    return Sex(found) if found else None


def document_kind(text: str) -> str | None:
    """The code of a document's kind; a code is taken as it is."""
    code = text.strip().upper()
    return _DOCUMENTS.get(plain(text)) or (code if 0 < len(code) <= 3 and code.isascii() and code.isalpha() else None)


def country_of(text: str) -> str | None:
    """A country by its code, or by its name in either language."""
    return country(text) or _COUNTRIES.get(plain(text))


def answer_of(text: str) -> bool | None:
    """A yes or a no."""
    word = plain(text)
    return True if word in _YES else False if word in _NO else None
