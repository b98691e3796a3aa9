"""What a field of the vocabulary is: its type, the data it reads, what it tells about, and its words in both languages.

A field tells *about* one of four things, and this is the policy on which the linter stands (LR-24, LR-33, LR-34):

- `CONDUCT`: an objective fact of this journey, booking, party, payment, baggage or document. Only such a fact may carry
  a rule.
- `ORIGIN`: nationality and everything that stands in for it (residence, issuer, route, currency, agency's country). It
  may narrow a rule that conduct carries, never be its ground.
- `PERSON`: what somebody is (age, kind of traveller, kind of document). The same holds.
- `CIRCUMSTANCE`: what is true of everybody on the flight, or of the data. The same holds.

Never a field at all: religion, health, politics, union, ethnicity, sex life and their proxies (meals, special services,
remarks and their language), names, sex and birthplace. What has no field cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from torogoz.domain.purpose import DataClass
from torogoz.targeting.subject import Subject

#: What a field can hold; None beside it is *unknown*.
Value = str | int | float | bool | date | frozenset[str]

API = frozenset({DataClass.API})
PNR = frozenset({DataClass.PNR})
API_PNR = API | PNR


class Language(StrEnum):
    """The two languages of everything a user reads."""

    ES = "es"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Spanish and English."""

    es: str
    en: str

    def of(self, language: Language) -> str:
        """Give the words in one language."""
        return self.es if language is Language.ES else self.en


class Kind(StrEnum):
    """The type of a field. There is no free text: remarks, names and their language cannot be asked."""

    CODE = "code"
    CODES = "codes"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"


class About(StrEnum):
    """What a field tells about; see the policy above."""

    CONDUCT = "conduct"
    ORIGIN = "origin"
    PERSON = "person"
    CIRCUMSTANCE = "circumstance"


class Memory(StrEnum):
    """How much of the past a field that looks back can tell, where what is older than its retention has gone.

    `LEAST`: a number that may have been larger, so that only *at least* may be asked of it. `LAST`: the latest of
    several, which is right if it is known. Of neither may a rule ask whether it is unknown: that is not *first* (design
    §7).
    """

    LEAST = "least"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Form:
    """How a code is written, as a pattern and in words."""

    pattern: str
    words: Text


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, both included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the vocabulary.

    `reads` are the data classes that can give it: one suffices, unless `every` asks for all. `read_from` names the
    attributes of traveller or booking whose positions in the message are its origin. `form` or `choices` (each code
    with its words) bind the codes, `possible` the numbers. `ordinary` is what most travellers show, so that a condition
    which is true of everybody cannot pass as a ground; for codes it is the set of ordinary codes. `memory` is for what
    earlier journeys tell, which is no more than what is still kept of them.
    """

    name: str
    kind: Kind
    about: About
    label: Text
    help: Text
    derive: Callable[[Subject], Value | None]
    reads: frozenset[DataClass] = API_PNR
    every: bool = False
    read_from: tuple[str, ...] = ()
    form: Form | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    possible: Range | None = None
    ordinary: Range | frozenset[bool] | frozenset[str] | None = None
    memory: Memory | None = None

    def readable(self, classes: frozenset[DataClass]) -> bool:
        """Whether these classes of data suffice for it."""
        return self.reads <= classes if self.every else bool(self.reads & classes)


COUNTRY = Form(r"[A-Z]{3}|D", Text("tres letras mayúsculas, como SLV", "three capital letters, such as SLV"))
AIRPORT = Form(r"[A-Z]{3}", Text("tres letras mayúsculas, como SAL", "three capital letters, such as SAL"))
CARRIER = Form(
    r"[A-Z0-9]{2,3}", Text("dos o tres letras o cifras, como TA", "two or three letters or digits, such as TA")
)
CODE = Form(
    r"[A-Z0-9]{1,12}",
    Text("de una a doce letras mayúsculas o cifras", "one to twelve capital letters or digits"),
)
CURRENCY = Form(r"[A-Z]{3}", Text("tres letras mayúsculas, como USD", "three capital letters, such as USD"))
