"""Which travellers of a new message are the travellers already pictured on the same flight.

Takes what each known traveller's sources said and the travellers that arrive; gives one assignment for each arriving
traveller, with its evidence, or none: a new traveller. One to one and deterministic. By locator and reference, then
by document, then by name and birth date (design §7); the tables of rules are the whole policy.

Refuses to join two people whose documents *and* birth dates contradict each other, unless the carrier itself gives one
unique reference to one whole name: that is a traveller whose sources disagree. Where a rule that needs it finds more
than one candidate, nobody is joined: father and son with one name, twins, and an infant on the parent's document stay
apart, and a person may link them later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.domain.traveller import Sex, Traveller
from torogoz.links.clues import Clue, LinkEvidence, LinkKind
from torogoz.links.names import NameForm, NameRelation, given_agree, resemblance

#: A reference of at least so many signs is unique in the carrier's system; a shorter one may be a counter in a booking.
UNIQUE_SIGNS = 6
#: A key that more known travellers share than this tells nothing, and one arriving traveller is compared with at most
#: so many: ten thousand people of one name cost no more than ten thousand times these.
MAX_POSTING = 1_000
MAX_NEIGHBOURS = 64
_Key = tuple[str, str, str]
_COMMON = "common"
_BIRTH_ORDER = {relation: place for place, relation in enumerate((*DateRelation, None))}
_AGREE = frozenset({DateRelation.EQUAL, DateRelation.COMPATIBLE})


@dataclass(frozen=True, slots=True)
class Known:
    """A traveller already in the picture: the id, and what each source last said, in any order."""

    id: int
    views: tuple[Traveller, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where an arriving traveller belongs: `known_id` None is a new traveller."""

    arriving_index: int
    known_id: int | None = None
    evidence: LinkEvidence | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """One view, folded once."""

    name: NameForm
    birth: PartialDate | None
    sex: Sex | None
    documents: frozenset[tuple[str, str | None, str | None]]
    locator: str | None
    reference: str | None

    @classmethod
    def of(cls, traveller: Traveller) -> _Side:
        return cls(
            NameForm.of_traveller(traveller),
            traveller.birth_date,
            traveller.sex if traveller.sex in (Sex.FEMALE, Sex.MALE) else None,
            frozenset((held.key, held.type, held.issuer) for held in traveller.documents if held.key),
            (traveller.record_locator or "").strip().upper() or None,
            (traveller.reference or "").strip().upper() or None,
        )


@dataclass(frozen=True, slots=True)
class _Pair:
    """How an arriving traveller stands to a known one, over all the views of the latter.

    `loose` is what the names are to each other where only a reference or a document makes it credible.
    """

    name: NameRelation | None
    loose: NameRelation | None
    given: bool
    nameless: bool
    birth: DateRelation | None
    same_document: bool
    other_document: bool
    same_locator: bool
    other_locator: bool
    same_reference: bool
    unique_reference: bool
    other_sex: bool

    @property
    def alike(self) -> NameRelation | None:
        return self.name or self.loose

    @property
    def dates_agree(self) -> bool:
        return self.birth in _AGREE


@dataclass(frozen=True, slots=True)
class _Rule:
    """A kind of link, when it holds, and whether it needs that nobody else would do."""

    kind: LinkKind
    holds: Callable[[_Pair], bool]
    alone: bool = True


#: Best first: a traveller taken by one rule is not asked again by those below.
DIRECT_RULES: tuple[_Rule, ...] = (
    # The carrier's own number for this person in this booking. References are sometimes mere counters, so that the
    # rest must fit too: name, or birth date and given name (a married woman's), or nothing to compare. A birth date
    # that is corrected wholly keeps its person when the document stays.
    _Rule(
        LinkKind.LOCATOR_REFERENCE,
        lambda pair: (
            pair.same_locator
            and pair.same_reference
            and (pair.birth is not DateRelation.OTHER or (pair.same_document and _strong(pair)))
            and (pair.alike is not None or pair.nameless or (pair.given and pair.dates_agree))
        ),
        alone=False,
    ),
    # A document, unless it is the parent's on which an infant travels: another name, or clearly another birth date.
    _Rule(
        LinkKind.DOCUMENT,
        lambda pair: (
            pair.same_document
            and pair.birth is not DateRelation.OTHER
            and (pair.name is not None or ((pair.given or pair.alike is not None) and pair.dates_agree))
        ),
        alone=False,
    ),
    # The carrier's unique reference for one whole name, though the birth date, or even the document too, is another:
    # one traveller of whom the sources disagree, which is what somebody must see. A mere counter cannot say so.
    _Rule(LinkKind.LOCATOR_REFERENCE, lambda pair: pair.same_locator and pair.unique_reference and _strong(pair)),
)
#: For those whom neither reference nor document has found.
NAME_RULES: tuple[_Rule, ...] = (
    _Rule(
        LinkKind.NAME_BIRTH,
        lambda pair: _strong(pair) and pair.dates_agree and not pair.other_document,
        alone=False,
    ),
    # Two passports, one person: dual nationals book with one and fly with the other.
    _Rule(LinkKind.NAME_BIRTH, lambda pair: _strong(pair) and pair.dates_agree),
    _Rule(LinkKind.NAME_BIRTH, lambda pair: pair.name is NameRelation.PARTS and pair.dates_agree and _free(pair)),
    _Rule(LinkKind.NAME_BIRTH, lambda pair: pair.name is not None and pair.dates_agree and _free(pair)),
    _Rule(LinkKind.NAME_BIRTH, lambda pair: _strong(pair) and pair.birth is DateRelation.SWAPPED and _free(pair)),
    # Bookings seldom hold birth dates: the same booking and a name that only one person bears.
    _Rule(LinkKind.NAME_LOCATOR, lambda pair: _undated(pair) and pair.same_locator and _strong(pair)),
    _Rule(LinkKind.NAME_LOCATOR, lambda pair: _undated(pair) and pair.same_locator and pair.name is not None),
    _Rule(LinkKind.NAME_ALONE, lambda pair: _undated(pair) and not pair.other_locator and _strong(pair)),
    _Rule(
        LinkKind.NAME_ALONE,
        lambda pair: _undated(pair) and not pair.other_locator and pair.name is NameRelation.PARTS,
    ),
)


def assign(known: Sequence[Known], arriving: Sequence[Traveller]) -> tuple[Assignment, ...]:
    """Say for each arriving traveller which known one it is, in the order of `arriving`."""
    if not known:
        return tuple(Assignment(place) for place in range(len(arriving)))
    views = {someone.id: tuple(_Side.of(view) for view in someone.views) for someone in known}
    sides = [_Side.of(traveller) for traveller in arriving]
    taken: dict[int, Assignment] = {}
    for rules, keys in ((DIRECT_RULES, _direct_keys), (NAME_RULES, _name_keys)):
        if len(taken) == len(sides):
            break
        used = {assignment.known_id for assignment in taken.values()}
        index = _Index({known_id: views[known_id] for known_id in views if known_id not in used}, keys)
        pairs = [
            (place, known_id, _relate(side, views[known_id]))
            for place, side in enumerate(sides)
            if place not in taken
            for known_id in index.neighbours(side)
        ]
        _settle(pairs, rules, taken)
    return tuple(taken.get(place, Assignment(place)) for place in range(len(arriving)))


def _settle(pairs: Sequence[tuple[int, int, _Pair]], rules: Sequence[_Rule], taken: dict[int, Assignment]) -> None:
    """Apply the rules one after another to whoever is still free."""
    used: set[int] = set()
    for rule in rules:
        fits = [item for item in pairs if item[0] not in taken and item[1] not in used and rule.holds(item[2])]
        wanting = Counter(place for place, _, _ in fits)
        wanted = Counter(known_id for _, known_id, _ in fits)
        for place, known_id, pair in sorted(fits, key=_nearness):
            if rule.alone and (wanting[place] > 1 or wanted[known_id] > 1):
                # More than one would do: apart, and no weaker rule may guess.
                taken[place] = Assignment(place)
            elif place not in taken and known_id not in used:
                taken[place] = Assignment(place, known_id, LinkEvidence(rule.kind, tuple(_clues(pair))))
                used.add(known_id)


def _nearness(item: tuple[int, int, _Pair]) -> tuple[int, int, int, int]:
    """Within one rule the nearer name goes first, then the nearer birth date, then the order of arrival and of ids."""
    place, known_id, pair = item
    return pair.alike or len(NameRelation) + 1, _BIRTH_ORDER[pair.birth], place, known_id


class _Index:
    """The known travellers by the keys under which an arriving one may find them."""

    def __init__(self, views: dict[int, tuple[_Side, ...]], keys: Callable[[_Side], Iterator[_Key]]) -> None:
        self._keys = keys
        self._postings: dict[_Key, set[int]] = defaultdict(set)
        for known_id, sides in views.items():
            for side in sides:
                for key in keys(side):
                    self._postings[key].add(known_id)

    def neighbours(self, side: _Side) -> list[int]:
        """Known ids under one telling key or two common ones, the first of them only where too many are."""
        found: set[int] = set()
        seen: set[int] = set()
        for key in self._keys(side):
            posting = self._postings.get(key, set())
            if len(posting) <= MAX_POSTING:
                found |= posting if key[0] != _COMMON else posting & seen
                seen |= posting
        return sorted(found)[:MAX_NEIGHBOURS]


def _direct_keys(side: _Side) -> Iterator[_Key]:
    """The carrier's reference and the documents."""
    if side.locator and side.reference:
        yield "reference", side.locator, side.reference
    for number, _, _ in sorted(side.documents, key=str):
        yield "document", number, ""


def _name_keys(side: _Side) -> Iterator[_Key]:
    """All letters of the name in any order, and the beginnings of its words beside locator and birth year.

    Names alone, without a birth date on one of the sides, meet when they share two beginnings.
    """
    yield "letters", "".join(sorted("".join(side.name.all))), ""
    for beginning in sorted({word[:4] for word in side.name.all}):
        if side.locator:
            yield "locator", side.locator, beginning
        if side.birth is not None:
            yield "birth", str(side.birth.year), beginning
        yield _COMMON, beginning, ""


def _relate(side: _Side, views: Sequence[_Side]) -> _Pair:
    """Compare with every view of a known traveller: the best of names and dates, and documents over all of them."""
    same_document = any(_same(one, two) for view in views for one in side.documents for two in view.documents)
    same_reference = side.reference is not None and any(
        (view.locator, view.reference) == (side.locator, side.reference) for view in views
    )
    told = same_document or same_reference
    name = _best_name(side, views)
    loose = _best_name(side, views, loose=True) if told and name is None else None
    births = [relate_dates(side.birth, view.birth) for view in views]
    documents = frozenset(document for view in views for document in view.documents)
    locators = {view.locator for view in views if view.locator}
    sexes = {view.sex for view in views if view.sex}
    return _Pair(
        name=name,
        loose=loose,
        given=told and name is None and any(given_agree(side.name, view.name) for view in views),
        nameless=not side.name.all or not any(view.name.all for view in views),
        birth=min(births, key=_BIRTH_ORDER.__getitem__, default=None),
        same_document=same_document,
        other_document=_other(side.documents, documents),
        same_locator=side.locator in locators,
        other_locator=bool(side.locator and locators) and side.locator not in locators,
        same_reference=same_reference,
        unique_reference=same_reference and len(side.reference or "") >= UNIQUE_SIGNS,
        other_sex=bool(side.sex and sexes) and side.sex not in sexes,
    )


def _best_name(side: _Side, views: Sequence[_Side], *, loose: bool = False) -> NameRelation | None:
    relations = (resemblance(side.name, view.name, loose=loose) for view in views)
    return min((relation for relation in relations if relation is not None), default=None)


def _same(one: tuple[str, str | None, str | None], two: tuple[str, str | None, str | None]) -> bool:
    """One document: the same number, and the same issuer where both tell it."""
    return one[0] == two[0] and (one[2] is None or two[2] is None or one[2] == two[2])


def _other(
    one: Iterable[tuple[str, str | None, str | None]], two: Iterable[tuple[str, str | None, str | None]]
) -> bool:
    """Whether documents contradict: both hold one of a kind, and no two are the same but for a single wrong sign."""
    kin = [(a, b) for a in one for b in two if (a[1] or "P") == (b[1] or "P")]
    return bool(kin) and all(OSA.distance(a[0], b[0], score_cutoff=1) > 1 for a, b in kin)


def _strong(pair: _Pair) -> bool:
    return pair.name is not None and pair.name.strong


def _free(pair: _Pair) -> bool:
    """Whether nothing that both tell speaks against: not the document, not the sex."""
    return not pair.other_document and not pair.other_sex


def _undated(pair: _Pair) -> bool:
    return pair.birth is None and _free(pair)


def _clues(pair: _Pair) -> Iterator[Clue]:
    """Everything that was compared, as codes."""
    if pair.same_locator:
        yield Clue("locator", "same")
    elif pair.other_locator:
        yield Clue("locator", "other")
    if pair.same_reference:
        yield Clue("reference", "same")
    if pair.same_document:
        yield Clue("document", "same")
    elif pair.other_document:
        yield Clue("document", "other")
    yield Clue("name", pair.alike.name.lower() if pair.alike else "other")
    yield Clue("birth_date", pair.birth.value if pair.birth else "not_compared")
    if pair.other_sex:
        yield Clue("sex", "other")
