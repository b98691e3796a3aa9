"""Service characters (UNA, ISO 9735-1 §7) and the release character.

`UNA:+.? '` is component, element, decimal mark, release, repetition (syntax 4; blank: none) and terminator. Senders use
others: `UNA:*.? #`, `UNA:(.? )`, a backslash as release. So they are read, never assumed. Letters, digits and the same
character twice are refused, because nothing could be told apart. `*` repeats only where UNA says so: it occurs in
sender names and values of those who send no UNA.

Shielding. A released character becomes two stand-ins of control bytes, which no levelled text has
(`charset.level`). Lengths stay, so places stay, and splitting needs no look at the release character any more.
A release character before anything else protects nothing and is kept as a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

#: Text is divided at what releases where that is no more than one sign in so many.
_RARE = 16
#: What begins each pair of stand-ins.
SHIELD = "\x1a"
STAND_INS = "\x01\x02\x03\x04\x05"


@dataclass(frozen=True, slots=True)
class ServiceCharacters:
    """The characters that divide an interchange; those of the standard where nothing else is said."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str | None = "?"
    repetition: str | None = None
    terminator: str = "'"
    #: Those that can be released, the release character first.
    used: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Know which characters can be released."""
        used = (self.release or "") + self.terminator + self.element + self.component + (self.repetition or "")
        object.__setattr__(self, "used", used)

    @classmethod
    def of(cls, una: str) -> ServiceCharacters | None:
        """Read the six characters after `UNA`; None where they cannot divide anything."""
        component, element, decimal, release, repetition, terminator = tuple(una)
        found = cls(
            component,
            element,
            decimal,
            None if release == " " else release,
            None if repetition == " " else repetition,
            terminator,
        )
        return found if found.usable else None

    @property
    def una(self) -> str:
        """The six, as UNA writes them."""
        release, repetition = self.release or " ", self.repetition or " "
        return f"{self.component}{self.element}{self.decimal}{release}{repetition}{self.terminator}"

    @property
    def usable(self) -> bool:
        """Whether they differ, and none is a letter, a digit or (the separators) a blank."""
        used = self.used
        return len(set(used)) == len(used) and not any(sign.isalnum() or sign == " " for sign in used)

    def shield(self, text: str) -> str:
        """Give text of the same length in which released characters are stand-ins."""
        release = self.release
        if release is None or release not in text:
            return text
        if "\n" in text and release + "\n" in text:
            # A hard wrap fell between the release character and what it protects: it moves before the two.
            text = re.sub(re.escape(release) + r"(\n*)([^\n])", rf"\1{_escaped(release)}\2", text)
        # To divide at one character is ten times faster than to look for pairs.
        shielded, *pieces = text.split(release, len(text) // _RARE)
        if not pieces or release in pieces[-1]:
            return self._shield_pairs(text, release)
        whole = [shielded]
        rest = iter(pieces)
        for piece in rest:
            # Nothing between two: the first protects the second, and what follows belongs to neither.
            sign, behind = (piece[0], piece[1:]) if piece else (release, next(rest, None))
            if behind is None:
                whole.append(release)
            elif sign in self.used:
                whole += SHIELD, STAND_INS[self.used.index(sign)], behind
            else:
                whole += release, piece
        return "".join(whole)

    def _shield_pairs(self, text: str, release: str) -> str:
        """The same where there are so many that what stands between them would fill many times the memory."""
        for sign, stand_in in zip(self.used, STAND_INS, strict=False):
            text = text.replace(release + sign, SHIELD + stand_in)
        return text

    def reveal(self, value: str) -> str:
        """Put the released characters back into a value that was divided off."""
        while SHIELD in value:
            stand_in = value[value.index(SHIELD) + 1]
            value = value.replace(SHIELD + stand_in, self.used[STAND_INS.index(stand_in)])
        return value

    def components(self, element: str) -> list[str]:
        """Divide a composite element and reveal its values."""
        parts = element.split(self.component)
        return [self.reveal(part) for part in parts] if SHIELD in element else parts

    def repeated(self, elements: list[str], first: int = 1) -> list[str]:
        """The elements of a segment, each composite that is repeated an element of its own; those before one stay.

        Senders declare `*` and still write it as a value (a card's hidden digits, a remark): it repeats only where it
        stands alone between two composites.
        """
        sign = self.repetition
        if sign is None:
            return elements
        found = elements[:first]
        for element in elements[first:]:
            piece, *more = _again(sign, self.component).split(element)
            for other in more:
                if self.component in piece:
                    found.append(piece)
                    piece = other
                else:
                    piece = f"{piece}{sign}{other}"
            found.append(piece)
        return found


@lru_cache(maxsize=32)
def _again(repetition: str, component: str) -> re.Pattern[str]:
    """Finds what repeats a composite."""
    sign = re.escape(repetition)
    return re.compile(rf"(?<!{sign}){sign}(?=[^{sign}]*{re.escape(component)})")


def _escaped(sign: str) -> str:
    """A character as the replacement of a pattern takes it."""
    return sign.replace("\\", r"\\")


STANDARD = ServiceCharacters()


def count(text: str) -> int | None:
    """A whole number of at most nine digits, which is more than the standard has; None for anything else."""
    text = text.strip()
    return int(text) if len(text) <= 9 and text.isascii() and text.isdecimal() else None
