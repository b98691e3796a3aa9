"""What a state answers when a carrier asks whether somebody may board: the policy, as tables that a lawyer can follow.

No hit is an argument of anything here. What a list or a rule found waits for a person, and changes no answer (LR-30).
Only a current written order, agreed by a second person, and confirmed by a named person for this traveller on this
flight, makes an answer other than *board* or *data missing*; and each line of `BARS` keeps even such an order from
acting. The two characters of a code are the vetting result and the travel authority; Z in the second place says that
this state has none (API guidelines, CUSRES guide; ICAO Annex 9, 9.28; LR-08, LR-30, LR-73).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from torogoz.domain.dates import age_on
from torogoz.domain.journey import Direction
from torogoz.domain.picture import ADULT_AGE
from torogoz.domain.traveller import Traveller

BOARD, NO_BOARD, ADVISORY, INSUFFICIENT = "0Z", "1Z", "2Z", "4Z"
#: Of all of a message: it was taken, or it was not.
TAKEN, NOT_TAKEN = "0", "1"
#: What the types of visas begin with (ICAO Doc 9303).
VISA = "V"
#: A request names at most so many travellers; more come as a list, which is not answered one by one.
MOST_TRAVELLERS = 10


class Asks(StrEnum):
    """What a request is (BGM 1004 of the PAXLST)."""

    CHECK = "check"
    CHANGE = "change"
    CANCEL = "cancel"
    CLOSE = "close"


#: BGM 1004 → what is asked; any other is a check. Those of the second group say something, and ask for nobody.
ASKS: dict[str | None, Asks] = {
    None: Asks.CHECK,
    "CP": Asks.CHANGE,
    "XR": Asks.CANCEL,
    "RP": Asks.CANCEL,
    "XF": Asks.CANCEL,
    "CF": Asks.CLOSE,
    "CL": Asks.CLOSE,
    "CLNB": Asks.CLOSE,
    "CLOB": Asks.CLOSE,
}
FOR_SOMEBODY = frozenset({Asks.CHECK, Asks.CHANGE})

#: What a request must say of a traveller (LR-10), and the words for it where it does not.
REQUIRED: tuple[tuple[str, Callable[[Traveller], bool]], ...] = (
    ("NAME", lambda who: bool(who.surname)),
    ("BIRTH DATE", lambda who: who.birth_date is not None),
    ("NATIONALITY", lambda who: bool(who.nationality)),
    ("DOCUMENT", lambda who: who.infant or any(each.number for each in who.documents)),
)


class Effect(StrEnum):
    """What an order asks of a carrier."""

    NO_BOARD = "no_board"
    ADVISORY = "advisory"


#: Effect → the code that is sent for it.
CODES: dict[Effect, str] = {Effect.NO_BOARD: NO_BOARD, Effect.ADVISORY: ADVISORY}

#: Code → the text for the carrier's staff, in the language of their trade.
TEXTS: dict[str, str] = {
    BOARD: "OK TO BOARD.",
    NO_BOARD: "DO NOT BOARD.",
    ADVISORY: "FURTHER CHECK.",
    INSUFFICIENT: "DATA MISSING:",
}


@dataclass(frozen=True, slots=True)
class Order:
    """A written order and its confirmation, as far as an answer depends on them.

    `entered_by` and `agreed_by` are the two persons who brought it in, `confirmed_by` who confirmed it for a traveller
    on a flight, under the number `confirmation`; None is nobody. The order holds on both days and between them.
    """

    authority: str
    legal_basis: str
    effect: Effect
    exit_ban: bool
    direction: Direction
    valid_from: date
    valid_until: date
    case_reference: str
    entered_by: int | None = None
    agreed_by: int | None = None
    confirmed_by: int | None = None
    withdrawn: bool = False
    confirmation: int | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who asks to board what, and when: nothing of it is the work of a list or a rule.

    `citizenships` are every nationality, and state of a document but a visa, that is known; `protected` is whether a
    person decided to protect them; `hotline` is the number that is answered day and night, empty where there is none.
    """

    direction: Direction
    today: date
    state: str
    citizenships: frozenset[str]
    minor: bool
    protected: bool
    hotline: str
    #: Whether they were born in this state, as any source tells: they may be its citizens beside what they travel on.
    born_here: bool = False


_Bar = Callable[[Order, Circumstances], bool]
#: Why an order does not act, each with the code of its sentence. One that holds is enough.
BARS: tuple[tuple[str, _Bar], ...] = (
    ("not_written", lambda order, _: not (order.authority.strip() and order.legal_basis.strip())),
    ("no_second_person", lambda order, _: len({order.entered_by, order.agreed_by} - {None}) < 2),
    ("not_confirmed", lambda order, _: order.confirmed_by is None),
    ("withdrawn", lambda order, _: order.withdrawn),
    ("not_current", lambda order, case: not order.valid_from <= case.today <= order.valid_until),
    ("other_direction", lambda order, case: order.direction is not case.direction),
    # A flight that does not cross this state's border is not this state's to stop.
    ("crosses_no_border", lambda _, case: case.direction is Direction.OTHER),
    ("exit_ban_elsewhere", lambda order, case: order.exit_ban and case.direction is not Direction.OUTBOUND),
    # Children and suspected victims are protected where they are found, and not turned away (CRC art. 3; LR-73).
    ("minor", lambda _, case: case.minor),
    ("protected", lambda _, case: case.protected),
    # Nobody is kept out of their own country (ICCPR art. 12(4)); of whom no citizenship is known, it may be this one,
    # and whoever was born in it may have kept it (in El Salvador by right: Constitution, arts. 90 and 91).
    (
        "coming_home",
        lambda order, case: (
            order.effect is Effect.NO_BOARD
            and case.direction is Direction.INBOUND
            and (case.state in case.citizenships or not case.citizenships or case.born_here)
        ),
    ),
    # Whoever is turned away, and the staff who must do it, can ask somebody at once.
    ("nobody_to_call", lambda order, case: not (case.hotline.strip() and order.case_reference.strip())),
)


def bars(order: Order, case: Circumstances) -> tuple[str, ...]:
    """Everything that keeps an order from acting, in the order of the table; none where it acts."""
    return tuple(code for code, holds in BARS if holds(order, case))


@dataclass(frozen=True, slots=True)
class Answer:
    """A code with its text for staff. `because` is the line of the policy: the effect of an order, or its own name."""

    code: str
    because: str
    text: str
    confirmation: int | None = None


def missing(traveller: Traveller) -> tuple[str, ...]:
    """What a request does not say of a traveller, and must."""
    return tuple(word for word, told in REQUIRED if not told(traveller))


def is_minor(traveller: Traveller, on: date) -> bool:
    """Whether somebody is under age on a day, or may be by the year that is all that is told. No age is no child's."""
    born = traveller.birth_date
    if born is None:
        return traveller.infant
    age = age_on(born, on)
    return traveller.infant or (on.year - born.year - 1 if age is None else age) < ADULT_AGE


def citizenships(traveller: Traveller) -> frozenset[str]:
    """Every nationality and issuing state that is told. Who issued a visa says nothing of its holder's state."""
    own = (each.issuer for each in traveller.documents if not (each.type or "").startswith(VISA))
    told = (traveller.nationality, *traveller.other_nationalities, *own)
    return frozenset(each for each in told if each)


def answer(lacks: tuple[str, ...], orders: Iterable[Order], case: Circumstances) -> Answer:
    """The answer about one traveller. An order that acts comes first, the gravest first; then what is missing."""
    acting = [each for each in orders if not bars(each, case)]
    for effect in Effect:
        for order in acting:
            if order.effect is effect:
                text = told(effect, case.hotline, order.case_reference)
                return Answer(CODES[effect], effect.value, text, order.confirmation)
    if lacks:
        return Answer(INSUFFICIENT, "data_missing", f"{TEXTS[INSUFFICIENT]} {', '.join(lacks)}.")
    return Answer(BOARD, "clear", TEXTS[BOARD])


def told(effect: Effect, hotline: str, case_reference: str) -> str:
    """The text of an order's answer: what to do, whom to call at any hour, and the case to name."""
    return f"{TEXTS[CODES[effect]]} CALL {hotline} 24H. CASE {case_reference}."


#: Why a message was not taken, and what is said of it.
REJECTIONS: dict[str, str] = {
    "not_read": "MESSAGE NOT READ.",
    "not_a_list": "NOT A PAXLST.",
    "no_flight": "FLIGHT NOT TOLD.",
    "not_of_sender": "CARRIER NOT OF THIS SENDER.",
    "nobody": "NO TRAVELLER.",
    "too_many": f"MORE THAN {MOST_TRAVELLERS} TRAVELLERS.",
    "superseded": "A LATER REQUEST WAS ANSWERED.",
}

#: What is said where we could not decide in time: never that somebody may not board (LR-08).
FALL_BACK = Answer(BOARD, "fall_back", "OK TO BOARD. NOT CHECKED.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about a traveller, as the rule of the latest sees it: its transaction, and when it was said."""

    transaction: str
    said_at: float


def superseded(asked: Asked, earlier: Iterable[Asked]) -> bool:
    """Whether a later request about the traveller was answered: then an answer to this one must release nobody.

    `earlier` are the requests that arrived before, in their order. One is older that was said before one of them, or
    that is sent again after another one.
    """
    known = list(earlier)
    if any(each.said_at > asked.said_at for each in known):
        return True
    again = any(each.transaction == asked.transaction for each in known)
    return bool(asked.transaction) and again and known[-1].transaction != asked.transaction
