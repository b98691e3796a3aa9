"""Chinese as Wade–Giles writes it, and as pinyin does: HSIAO and XIAO, CHOU and ZHOU, TSETUNG and ZEDONG.

Written as rules, initials by finals, without apostrophes, which carriers and lists drop: so CHU may be ZHU, CHU, JU and
QU. A reader can check them in the table of syllables of Giles, *A Chinese-English Dictionary* (1912), beside the scheme
of pinyin (ISO 7098:2015).
"""

from __future__ import annotations

import re
from collections import defaultdict

#: Initials → the finals that follow them in pinyin.
_SYLLABLES = {
    "B P M F": "A O AI EI AO OU AN EN ANG ENG I IAO IE IAN IN ING U",
    "D T N L": "A E AI EI AO OU AN EN ANG ENG ONG I IA IAO IE IU IAN IN IANG ING U UO UI UAN UN UE",
    "G K H": "A E AI EI AO OU AN EN ANG ENG ONG U UA UO UAI UI UAN UN UANG",
    "J Q X": "I IA IAO IE IU IAN IN IANG ING IONG U UE UAN UN",
    "ZH CH SH R": "I A E AI EI AO OU AN EN ANG ENG ONG U UA UO UAI UI UAN UN UANG",
    "Z C S": "I A E AI EI AO OU AN EN ANG ENG ONG U UO UI UAN UN",
}
#: Initials that Wade–Giles writes otherwise.
_INITIALS = {"B": "P", "D": "T", "G": "K", "J": "CH", "Q": "CH", "X": "HS", "ZH": "CH", "R": "J", "Z": "TS", "C": "TS"}
#: Finals that it writes otherwise, whatever is before them.
_FINALS = {"ONG": "UNG", "IONG": "IUNG", "IAN": "IEN", "IE": "IEH", "UE": "UEH"}
#: Syllables without an initial.
_BARE = {"YI": "I", "YE": "YEH", "YAN": "YEN", "YOU": "YU", "YONG": "YUNG", "YUE": "YUEH", "ER": "ERH"}
#: A given name of two syllables written as one word.
LEAST_LETTERS, MOST_LETTERS = 4, 12


def _wade_giles(initial: str, final: str) -> tuple[str, ...]:
    """How a syllable is written, the usual way first."""
    first = _INITIALS.get(initial, initial)
    if final == "I" and initial in {"ZH", "CH", "SH", "R"}:
        return (first + "IH",)
    if final == "I" and initial in {"Z", "C"}:
        return ("TZU", "TSU")
    if final == "I" and initial == "S":
        return ("SSU", "SZU")
    if (final == "E" and initial in {"G", "K", "H"}) or (final == "UO" and initial not in {"G", "K", "H", "SH"}):
        return (first + "O",)
    if final == "UI" and initial in {"G", "K"}:
        return (first + "UEI",)
    return (first + _FINALS.get(final, final),)


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    pairs = [
        (initial + final, other)
        for initials, finals in _SYLLABLES.items()
        for initial in initials.split()
        for final in finals.split()
        for other in _wade_giles(initial, final)
    ]
    for pinyin, other in (*pairs, *_BARE.items()):
        found[pinyin][other] = None
        found[other][pinyin] = None
    return {syllable: tuple(others) for syllable, others in found.items()}


_OTHERS = _table()
#: What the other system makes of a syllable that it does not write alike.
_OTHERWISE = {syllable: tuple(other for other in others if other != syllable) for syllable, others in _OTHERS.items()}
#: What any two syllables look like, as few names do.
_TWO_SYLLABLES = re.compile(r"(?:[^AEIOU]{0,2}[AEIOU]{1,3}(?:H|NG?|RH?)?){2}")
#: All syllables, in either system, and the letters of the longest one.
SYLLABLES = frozenset(_OTHERS)
LONGEST_SYLLABLE = max(map(len, SYLLABLES))


def syllable_of(word: str) -> tuple[str, ...]:
    """What the other of the two systems makes of a syllable; nothing of a word that is none."""
    return _OTHERWISE.get(word, ())


def given_name_of(word: str) -> tuple[str, ...]:
    """The same of two syllables in one word, wherever it can be parted into two."""
    if not LEAST_LETTERS <= len(word) <= MOST_LETTERS or not _TWO_SYLLABLES.fullmatch(word):
        return ()
    found: dict[str, None] = {}
    for place in range(max(1, len(word) - LONGEST_SYLLABLE), min(LONGEST_SYLLABLE, len(word) - 1) + 1):
        for first in _OTHERS.get(word[:place], ()):
            for second in _OTHERS.get(word[place:], ()):
                found[first + second] = None
    found.pop(word, None)
    return tuple(found)
