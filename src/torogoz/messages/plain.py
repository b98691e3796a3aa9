"""Plain travellers of a PAXLST, each read by one pattern (`shape`).

A manifest is thousands of segments that look alike. To divide each and to ask what it says costs several times more
than to match a whole traveller at once. Whoever is not plain in every segment, whose date or state cannot be read or
whose title would be withheld is left to `paxlst`, which reads anything. What both read they read alike, and nothing
about a plain traveller is a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.origins import Origins
from torogoz.domain.traveller import Bags, Contact, FrequentFlyer, Traveller
from torogoz.edifact.interchange import RawMessage
from torogoz.edifact.limits import Limits
from torogoz.edifact.segments import Run
from torogoz.edifact.tokens import SHIELD, STANDARD
from torogoz.messages.codes import CONTACTS, CREW_ROLES, IN_TRANSIT, ROLES, SEXES, VERIFIED
from torogoz.messages.countries import COUNTRIES
from torogoz.messages.moments import birth_date, near_date, short_dates
from torogoz.messages.names import read_name
from torogoz.messages.sensitive_table import DEFAULT as SHIPPED
from torogoz.messages.sensitive_table import SensitiveTable
from torogoz.messages.shape import LONGEST, MOST_ELEMENTS, ROWS, Shape, shape
from torogoz.messages.values import consecutive_tags

_STANDARD = STANDARD.component, STANDARD.element, STANDARD.terminator
#: To make the patterns of uncommon service characters costs as much as to read so much text without them.
_WORTH_IT = 20_000


@dataclass(frozen=True, slots=True)
class PlainRun(Run):
    """Plain travellers who follow each other."""

    travellers: list[Traveller]


def plain_runs(raw: RawMessage, day: date, limits: Limits, table: SensitiveTable = SHIPPED) -> list[PlainRun]:
    """The plain travellers of a message of a day; none where it is no PAXLST or may exceed a limit."""
    text, service = raw.text, raw.service
    signs = service.component, service.element, service.terminator
    if signs != _STANDARD and len(text) < _WORTH_IT:
        return []
    if limits.segment_length < LONGEST or limits.elements < MOST_ELEMENTS:
        return []
    if len(text) > limits.segments and text.count(service.terminator) > limits.segments:
        return []
    patterns = shape(*signs, lines="\n" in text)
    return _Reader(raw, patterns, day, table).runs() if patterns.header.match(text) else []


class _Reader:
    """Reads the plain travellers of one message."""

    def __init__(self, raw: RawMessage, patterns: Shape, day: date, table: SensitiveTable) -> None:
        self._text = raw.text
        self._component, self._element = raw.service.component, raw.service.element
        self._terminator = raw.service.terminator
        self._reveal = raw.service.reveal
        self._before = patterns.before.search
        self._match = patterns.traveller.match
        self._dates = short_dates(day)
        self._start = raw.start
        self._table = table

    def runs(self) -> list[PlainRun]:
        """Those who follow each other, wherever they begin."""
        runs: list[PlainRun] = []
        text, match, end = self._text, self._match, 0
        while before := self._before(text, end):
            start = end = before.end()
            travellers: list[Traveller] = []
            while (found := match(text, end)) and (traveller := self._traveller(found)):
                travellers.append(traveller)
                end = found.end()
            if travellers:
                runs.append(PlainRun(start, end, text.count(self._terminator, start, end), travellers))
        return runs

    def _traveller(self, found: re.Match[str]) -> Traveller | None:
        """A traveller as a value; None where their segments are plain and what these say is not."""
        (
            role, names, locator, reference, seat, account, government, ticket, residence, birth_place, start, end,
            cleared, issuer, second_issuer, nationality, sex, born, expiry, issued, second_expiry, second_issued,
            pieces, weight, bag, other_bag, contact, other_contact, duty, verified, paper, second_paper,
        ) = found.groups()  # fmt: skip
        component = self._component
        surname, _, given = names.partition(component)
        given = given.replace(component, " ")
        if SHIELD in names:
            surname, given = self._reveal(surname), self._reveal(given)
        surname, given, title, clerical = read_name(surname, given, table=self._table)
        if surname is None or clerical:
            return None
        contacts: tuple[Contact, ...] = ()
        documents: tuple[Document, ...] = ()
        try:
            if contact:
                contacts = (self._contact(contact),)
                if other_contact:
                    contacts += (self._contact(other_contact),)
            if paper:
                documents = (self._document(paper, expiry, issuer, issued),)
                if second_paper:
                    documents += (self._document(second_paper, second_expiry, second_issuer, second_issued),)
            state, _, town = birth_place.partition(component * 3) if birth_place else ("", "", "")
            return Traveller(
                ROLES[role],
                surname,
                given,
                title,
                SEXES[sex] if sex else None,
                (self._dates.birth(born) if len(born) == 6 else self._birth(born)) if born else None,
                COUNTRIES[nationality] if nationality else None,
                COUNTRIES[residence] if residence else None,
                town.strip().upper() or None,
                documents,
                locator,
                reference,
                seat.lstrip("0") if seat else None,
                None,
                self._bags(pieces, weight, bag, other_bag) if pieces or weight or bag else None,
                contacts,
                (_account(account),) if account else (),
                False,
                False,
                _Origins(found, self._start, given is not None),
                None,
                None,
                None,
                False,
                CREW_ROLES[duty[:3]] if duty else None,
                role in IN_TRANSIT,
                VERIFIED[verified] if verified else None,
                start,
                end,
                cleared,
                (),
                COUNTRIES.get(state),
                government,
                ticket,
            )
        except (KeyError, ValueError):
            return None

    def _contact(self, sent: str) -> Contact:
        value = sent[:-3]
        return Contact(CONTACTS[sent[-2:]], (self._reveal(value) if SHIELD in value else value).strip())

    def _birth(self, sent: str) -> PartialDate | None:
        """A birth date, of six digits or of eight with their format code behind them."""
        if len(sent) > 6 and sent[6] != self._component:
            return birth_date(sent[:8], None)
        return self._dates.birth(sent[:6])

    def _near(self, sent: str) -> date:
        if len(sent) > 6 and sent[6] != self._component:
            return near_date(sent[:8], None)
        return self._dates.near(sent[:6])

    def _document(self, paper: str, expiry: str | None, issuer: str | None, issued: str | None) -> Document:
        """A document. KeyError or ValueError where its dates or its issuer are none."""
        kind, _, number = paper.partition(self._element)
        return Document(
            number,
            kind.partition(self._component)[0],
            COUNTRIES[issuer] if issuer else None,
            (self._dates.near(expiry) if len(expiry) == 6 else self._near(expiry)) if expiry else None,
            self._near(issued) if issued else None,
        )

    def _bags(self, pieces: str | None, weight: str | None, bag: str | None, other_bag: str | None) -> Bags:
        tags = self._tags(bag) + self._tags(other_bag) if other_bag else self._tags(bag)
        return Bags(int(pieces) if pieces else None, float(weight) if weight else None, tags)

    def _tags(self, bag: str | None) -> tuple[str, ...]:
        if not bag:
            return ()
        tag, _, count = bag.partition(self._component)
        return consecutive_tags(tag, count) if count else (tag,)


def _account(sent: str) -> FrequentFlyer:
    carrier = "" if sent[:2].isdecimal() else sent[:2]
    return FrequentFlyer(carrier, sent.removeprefix(carrier))


class _Origins(Origins):
    """The origins of a plain traveller in a message that begins at a byte."""

    __slots__ = ("_found", "_given", "_start")

    def __init__(self, found: re.Match[str], start: int, given: bool) -> None:  # noqa: FBT001 - made by the thousand
        self._found = found
        self._start = start
        self._given = given

    def work_out(self) -> tuple[Origin, ...]:
        """A value ends where its segment ends, behind what the segment begins with."""
        base = self._start
        (start, _), _, (_, end), *values = self._found.regs
        named = ("surname", "given_names") if self._given else ("surname",)
        found = [Origin(field, base + start, base + end) for field in named]
        for (begins, field, _), (start, end) in zip(ROWS, values, strict=True):
            if start >= 0:
                found.append(Origin(field, base + start - len(begins), base + end))
        return tuple(sorted(found, key=attrgetter("start")))
