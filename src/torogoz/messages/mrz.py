"""The machine-readable zone of travel documents (ICAO Doc 9303 parts 3 to 7): TD1, TD2, TD3, MRV-A and MRV-B.

A zone is two lines of 44 or 36 signs or three of 30, with or without line breaks. What is none is refused with a code;
everything else is read, and what is odd about it is a code beside the values. A check digit that does not hold takes
nothing away: it says that a sign was misread, and not which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from torogoz.domain.dates import PartialDate
from torogoz.domain.traveller import Sex
from torogoz.messages.countries import country
from torogoz.messages.moments import birth_date, near_date

_SIGNS = re.compile(r"[0-9A-Z<]*")
_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE, "X": Sex.OTHER, "<": Sex.UNSPECIFIED}
#: Doc 9303-3 §4.9: each sign has a value, and the weights repeat.
_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_WEIGHTS = (7, 3, 1)
#: check digit → the finding where it does not hold.
_CHECKS = {
    "number": "MRZ_NUMBER_CHECK",
    "birth": "MRZ_BIRTH_CHECK",
    "expiry": "MRZ_EXPIRY_CHECK",
    "optional": "MRZ_OPTIONAL_CHECK",
    "composite": "MRZ_COMPOSITE_CHECK",
}


class MrzFormat(StrEnum):
    """The five forms of a zone."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


class NotAZoneError(ValueError):
    """This is no machine-readable zone; `code` is a finding's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Odd:
    """What is odd about a zone: a finding's code, and the field it is about."""

    code: str
    field: str


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a zone says. `issuer` and `nationality` are codes of ISO 3166, and those that Doc 9303 has beside them.

    `checks` tells of each check digit of this form whether it holds. `names_cut` is that the names fill their field, so
    that there may be more of them. `optional` is what the issuer put into the rest, as it stands.
    """

    format: MrzFormat
    type: str
    issuer: str | None
    number: str | None
    surname: str | None
    given_names: str | None
    names_cut: bool
    nationality: str | None
    birth_date: PartialDate | None
    sex: Sex | None
    expiry: date | None
    optional: str
    checks: dict[str, bool]
    odd: tuple[Odd, ...]


class _Parts(NamedTuple):
    """A zone cut into its fields, each as it stands; `composite` is what the last check digit is over."""

    type: str
    issuer: str
    names: str
    number: str
    number_check: str
    nationality: str
    birth: str
    birth_check: str
    sex: str
    expiry: str
    expiry_check: str
    optional: str
    optional_check: str | None
    composite: str
    composite_check: str | None


def check_digit(text: str) -> str:
    """The check digit over a text of the zone's alphabet."""
    return str(sum(_VALUES[sign] * _WEIGHTS[place % 3] for place, sign in enumerate(text)) % 10)


def read_mrz(text: str, reference: date | None = None) -> Mrz:
    """Read a zone. Years of two digits are read against a reference day; without one, a birth is before the expiry.

    NotAZoneError where it is none: another length, or a sign that no zone has.
    """
    signs = "".join(text.split()).upper()
    if len(signs) not in (72, 88, 90):
        raise NotAZoneError("MRZ_LENGTH")
    if not _SIGNS.fullmatch(signs):
        raise NotAZoneError("MRZ_SIGNS")
    form = _form(signs)
    parts = _three_lines(signs) if form is MrzFormat.TD1 else _two_lines(signs, form)
    return _Reader(form, parts).read(reference)


def _form(signs: str) -> MrzFormat:
    if len(signs) == 90:
        return MrzFormat.TD1
    if len(signs) == 88:
        return MrzFormat.MRV_A if signs[0] == "V" else MrzFormat.TD3
    return MrzFormat.MRV_B if signs[0] == "V" else MrzFormat.TD2


def _three_lines(signs: str) -> _Parts:
    one, two, names = signs[:30], signs[30:60], signs[60:]
    composite = one[5:30] + two[0:7] + two[8:15] + two[18:29]
    return _Parts(
        one[0:2], one[2:5], names, one[5:14], one[14], two[15:18], two[0:6], two[6], two[7], two[8:14], two[14],
        one[15:30], None, composite, two[29],
    )  # fmt: skip


def _two_lines(signs: str, form: MrzFormat) -> _Parts:
    width = len(signs) // 2
    one, two = signs[:width], signs[width:]
    optional, optional_check, composite_check = two[28:], None, None
    if form is MrzFormat.TD2:
        optional, composite_check = two[28:35], two[35]
    elif form is MrzFormat.TD3:
        optional, optional_check, composite_check = two[28:42], two[42], two[43]
    return _Parts(
        one[0:2], one[2:5], one[5:], two[0:9], two[9], two[10:13], two[13:19], two[19], two[20], two[21:27], two[27],
        optional, optional_check, two[0:10] + two[13:20] + two[21 : width - 1], composite_check,
    )  # fmt: skip


class _Reader:
    """Reads the fields of one zone, and collects what is odd."""

    def __init__(self, form: MrzFormat, parts: _Parts) -> None:
        self._form = form
        self._parts = parts
        self._checks: dict[str, bool] = {}
        self._odd: list[Odd] = []

    def read(self, reference: date | None) -> Mrz:
        """The zone as a value."""
        parts = self._parts
        number, optional = self._number()
        self._check("birth", parts.birth, parts.birth_check, "birth_date")
        self._check("expiry", parts.expiry, parts.expiry_check, "documents")
        if parts.optional_check is not None:
            empty = not parts.optional.strip("<") and parts.optional_check == "<"
            self._check("optional", parts.optional, "0" if empty else parts.optional_check, "mrz")
        if parts.composite_check is not None:
            self._check("composite", parts.composite, parts.composite_check, "mrz")
        expiry = self._expiry(reference)
        surname, given, cut = self._names()
        sex = _SEXES.get(parts.sex)
        if sex is None:
            self._note("VALUE_UNKNOWN", "sex")
        return Mrz(
            self._form,
            parts.type.rstrip("<"),
            self._country(parts.issuer, "documents"),
            number or None,
            surname,
            given,
            cut,
            self._country(parts.nationality, "nationality"),
            self._birth(reference, expiry),
            sex,
            expiry,
            optional,
            self._checks,
            tuple(self._odd),
        )

    def _note(self, code: str, field: str) -> None:
        self._odd.append(Odd(code, field))

    def _check(self, name: str, text: str, digit: str, field: str) -> None:
        holds = self._checks[name] = digit == check_digit(text)
        if not holds:
            self._note(_CHECKS[name], field)

    def _number(self) -> tuple[str, str]:
        """The number and the rest. One of more than nine signs goes on in the optional field, its check digit last.

        Cards only (Doc 9303-5 and -6): a filler stands where the check digit would be.
        """
        parts = self._parts
        number, digit, optional = parts.number, parts.number_check, parts.optional
        long_forms = (MrzFormat.TD1, MrzFormat.TD2)
        if digit == "<" and self._form in long_forms and (rest := optional.partition("<")[0]):
            number, digit, optional = number + rest[:-1], rest[-1], optional[len(rest) :]
        self._check("number", number, digit, "documents")
        return number.replace("<", ""), optional.strip("<")

    def _names(self) -> tuple[str | None, str | None, bool]:
        """Primary and secondary identifier: parted by two fillers, their own parts by one."""
        field = self._parts.names
        if re.search("[0-9]", field):
            self._note("MRZ_NAME_SIGNS", "surname")
        cut = field[-1] != "<"
        if cut:
            self._note("MRZ_NAMES_CUT", "surname")
        primary, _, secondary = field.strip("<").partition("<<")
        surname, given = (" ".join(filter(None, each.split("<"))) or None for each in (primary, secondary))
        if surname is None:
            self._note("NAME_MISSING", "surname")
        return surname, given, cut

    def _country(self, field: str, name: str) -> str | None:
        code = field.strip("<")
        found = country(code)
        if code and found is None:
            self._note("COUNTRY_UNKNOWN", name)
        return found or code or None

    def _expiry(self, reference: date | None) -> date | None:
        field = self._parts.expiry
        if field.strip("<"):
            try:
                return near_date(field, reference)
            except ValueError:
                self._note("DATE_UNREADABLE", "documents")
        return None

    def _birth(self, reference: date | None, expiry: date | None) -> PartialDate | None:
        """A birth date. Fillers are parts that nobody knows; without its year nothing is known."""
        field = self._parts.birth
        if not field[:2].strip("<"):
            return None
        try:
            born = birth_date(field.replace("<<", "00"), reference or expiry)
        except ValueError:
            self._note("DATE_UNREADABLE", "birth_date")
            return None
        # Before the expiry is no clue where the same two digits fit into its century too.
        if born and (reference or (expiry and born.year // 100 < expiry.year // 100)):
            return born
        self._note("BIRTH_CENTURY_UNKNOWN", "birth_date")
        return None
