"""What carriers' systems and the zones of documents do to a name: cut it, glue it, split it, add a title.

Lengths are those of the standards named beside them, and some assumed ones of forms; all shares are assumed.
Optimistic: a field is cut once, and always at its end; some systems shorten every part a little.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import NamedTuple

from torogoz.bench.watchlist import romanise, slips
from torogoz.bench.watchlist.written import PARTICLES, WORD, Place, Written, drawn_place, one_of, places_of, with_word


class Length(NamedTuple):
    """A field's room: letters of the surname, of the given names, of both with what parts them, and its share."""

    surname: int
    given: int
    whole: int
    parted_by: int
    share: float


#: Where names are cut, as far as a name is long enough: fields of one size never cut the others' short names.
LENGTHS = {
    # IATA Resolution 792: SURNAME/GIVEN on every boarding card, and what is scanned at the gate.
    "boarding card": Length(99, 99, 20, 1, 0.30),
    # ISO/IEC 7813: the name on a payment or frequent flyer's card, from which profiles are filled.
    "payment card": Length(99, 99, 26, 1, 0.15),
    # Doc 9303: the name field of a card (TD1), a small document or visa (TD2, MRV-B), a passport (TD3).
    "zone of a card": Length(99, 99, 30, 2, 0.15),
    "zone of a small document": Length(99, 99, 31, 2, 0.05),
    "zone of a passport": Length(99, 99, 39, 2, 0.15),
    # The name components of PAXLST.
    "manifest": Length(35, 35, 99, 0, 0.05),
    # Web forms and departure control: assumed sizes, of many that are in use.
    "booking form": Length(20, 15, 99, 0, 0.10),
    "ground handling": Length(12, 8, 99, 0, 0.05),
}
#: sex → title and share. English ones are what booking systems know; the rest is what people of the region type.
TITLES = {
    "F": {"MRS": 0.38, "MS": 0.30, "MISS": 0.12, "SRA": 0.08, "DR": 0.04, "DRA": 0.03, "SRTA": 0.02, "MME": 0.03},
    "M": {"MR": 0.72, "SR": 0.09, "DR": 0.08, "MSTR": 0.02, "ING": 0.03, "LIC": 0.02, "M": 0.02, "JR": 0.02},
}
#: A word of so many letters can be parted into two pieces that are more than initials.
_TWO_PIECES = 4
#: How often a blank that moves does so to the left; nothing is known that would favour a side.
_TO_THE_LEFT = 0.5
#: Beginnings of words that other offices write apart.
_SEAMS = ("ABDUL", "ABDEL", "ABD", "ABU", "BEN", "MAC", "MC", "FITZ", "DELA", "DEL", "DE", "SAN", "LE", "LA", "DU")


def truncated(written: Written, rng: Random) -> Written | None:
    """Cut the name to one of the fields that have no room for it."""
    one = written.plain()
    return one_of(written, rng, *((length.share, _cut(one, length)) for length in LENGTHS.values()))


def _cut(written: Written, length: Length) -> Written:
    """Cut to a field's room; of the given names one letter at least is kept (Doc 9303-3)."""
    query = written.query()
    surname, given = query.surname or "", query.given_names or ""
    kept = length.parted_by + 1 if given else 0
    surname = surname[: min(length.surname, length.whole - kept)].strip()
    room = max(length.whole - length.parted_by - len(surname), 0)
    return replace(written, surnames=(surname,), given=(given[: min(length.given, room)].strip(),))


def split_or_glued(written: Written, rng: Random) -> Written | None:
    """Lose, add or move a blank; the letters stay."""
    one = written.plain()
    surname, given = " ".join(one.surnames), " ".join(one.given)
    return one_of(
        written,
        rng,
        # Reservation systems keep no blank in given names: MARIAJOSE.
        (0.35, replace(one, given=(given.replace(" ", ""),))),
        (0.18, replace(one, surnames=(surname.replace(" ", ""),))),
        # DELACRUZ, ALMASRI: a particle is taken for the beginning of the word.
        (0.15, _particles_glued(one)),
        # XIAO MING, ABDUL RAHMAN, MC DONALD: another office writes it apart.
        (0.15, _at_a_seam(one, rng)),
        # The end of a line or a fold of paper: a blank anywhere.
        (0.08, _anywhere(one, rng)),
        # MUAMMA RQADHAFI: the blank a letter too early, and the like.
        (0.05, _blank_moved(one, rng)),
        # The slash is lost: all of it is one word to the receiver.
        (0.04, replace(one, surnames=(f"{surname}{given}".replace(" ", ""),), given=())),
    )


def _particles_glued(written: Written) -> Written:
    def glued(part: str) -> str:
        words = part.split()
        first = next((place for place, word in enumerate(words) if word not in PARTICLES), 0)
        return " ".join(("".join(words[: first + 1]), *words[first + 1 :]))

    return replace(written, surnames=tuple(map(glued, written.surnames)), given=tuple(map(glued, written.given)))


def _at_a_seam(written: Written, rng: Random) -> Written | None:
    seams: list[tuple[Place, str]] = []
    for where, word in places_of(written, _TWO_PIECES).items():
        pieces = romanise.syllables(word) if written.person.group == "zh" else ()
        begin = next((one for one in _SEAMS if word.startswith(one) and len(word) >= len(one) + WORD), None)
        if len(pieces) > 1:
            seams.append((where, " ".join(pieces)))
        elif begin and written.person.group != "zh":
            seams.append((where, f"{begin} {word[len(begin) :]}"))
    return with_word(written, *rng.choice(seams)) if seams else None


def _anywhere(written: Written, rng: Random) -> Written | None:
    places = places_of(written, _TWO_PIECES)
    if not places:
        return None
    where = drawn_place(places, rng)
    cut = rng.randrange(2, len(places[where]) - 1)
    return with_word(written, where, f"{places[where][:cut]} {places[where][cut:]}")


def _blank_moved(written: Written, rng: Random) -> Written | None:
    fields = [name for name in ("surnames", "given") if len(" ".join(getattr(written, name)).split()) > 1]
    if not fields:
        return None
    name = rng.choice(fields)
    words = " ".join(getattr(written, name)).split()
    place = rng.randrange(len(words) - 1)
    one, two = words[place], words[place + 1]
    if rng.random() < _TO_THE_LEFT and len(one) > 2:
        one, two = one[:-1], one[-1] + two
    elif len(two) > 2:
        one, two = one + two[0], two[1:]
    else:
        return None
    parts = (" ".join((*words[:place], one, two, *words[place + 2 :])),)
    return replace(written, surnames=parts) if name == "surnames" else replace(written, given=parts)


def title(written: Written, rng: Random) -> Written | None:
    """A title as reservation systems add it, in a field of the name."""
    one = written.plain()
    title = slips.drawn(TITLES[one.person.sex], rng)
    glued = (*one.given[:-1], one.given[-1] + title) if one.given else (title,)
    return one_of(
        written,
        rng,
        # GARCIA/MARIAMRS: how nearly all name elements of reservations end.
        (0.55, replace(one, given=glued)),
        (0.25, replace(one, given=(*one.given, title))),
        (0.12, replace(one, given=(title, *one.given))),
        (0.08, replace(one, surnames=(title, *one.surnames))),
    )
