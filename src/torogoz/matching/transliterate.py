"""Names of any script as the machine-readable zone may write them: every legal Latin spelling, the usual one first.

A name meets its other writings in A–Z. Where Doc 9303-3 §6 allows several (Ü is UE, UXX or U) or states have tables of
their own (Cyrillic), each *system* gives one spelling of the whole name, since whoever writes one Ü as UE writes all
so; hence few spellings come of many letters. Never more than `MAX_SPELLINGS`. Scripts without a table here are read
letter by letter by `anyascii`, which knows the basic multilingual plane; Japanese kanji are read as Chinese, since
their reading is not written (docs/design/name-rules.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from anyascii import anyascii

from torogoz.domain.name import fold
from torogoz.matching import arabic, hebrew

#: Spellings of one name that are compared.
MAX_SPELLINGS = 8
#: Letters of one that are read: some signs stand for eighteen, and `normalise` compares no more.
_MOST_LETTERS = 1_000

# The library reads its tables when a letter is first met; they are read at import, so that nothing is read later.
for _block in range(1, 0x100):
    anyascii(chr(_block << 8))

#: Doc 9303-3 §6, table A, where it allows more than the letter without its mark: as two letters, with X, and, as
#: carriers' systems do, without any trace.
_TWO_LETTERS = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ñ": "NN", "Đ": "DJ", "Ő": "OE", "Ű": "UE"})
_WITH_X = str.maketrans({"Ü": "UXX", "Ñ": "NXX"})
_BARE = str.maketrans({"Ø": "O", "Æ": "A", "Œ": "O", "Þ": "T"})
SEVERAL_SPELLINGS = re.compile("[ÄÖÜÅÑĐŐŰØÆŒÞ]")

#: Doc 9303-3 §6, table B, then where states differ from it.
_CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z", "И": "I", "Й": "I",
    "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F",
    "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU",
    "Я": "IA", "І": "I", "Ї": "I", "Є": "IE", "Ґ": "G", "Ў": "U", "Ђ": "D", "Ѓ": "G", "Ѕ": "DZ", "Ј": "J", "Љ": "LJ",
    "Њ": "NJ", "Ќ": "K", "Ћ": "C", "Џ": "DZ", "Ѫ": "U", "Ѵ": "Y", "Һ": "C", "Ғ": "G",
}  # fmt: skip
_ICAO = str.maketrans(_CYRILLIC)
#: As English-speaking states and older Russian passports write it (BGN/PCGN 1947, simplified).
_ENGLISH = str.maketrans(
    _CYRILLIC | {"Ё": "YO", "Й": "Y", "Ъ": "", "Ю": "YU", "Я": "YA", "Є": "YE", "Ї": "YI", "Ғ": "GH"}
)
#: Ukraine's resolution 55 of 2010, whose letters are other at the beginning of a word; Doc 9303 has Г and И likewise.
_UKRAINIAN = str.maketrans(_CYRILLIC | {"Г": "H", "И": "Y", "Ё": "IO"})
_UKRAINIAN_FIRST = (("Є", "YE"), ("Ї", "YI"), ("Й", "Y"), ("Ю", "YU"), ("Я", "YA"))
#: Bulgaria's Transliteration Act of 2009.
_BULGARIAN = str.maketrans(
    _CYRILLIC | {"Й": "Y", "Х": "H", "Щ": "SHT", "Ъ": "A", "Ю": "YU", "Я": "YA"},
)
#: Serbia: the Latin letters of its own second alphabet without their marks; then with Ђ and Џ as two letters.
_SERBIAN_LETTERS = _CYRILLIC | {"Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"}
_SERBIAN = str.maketrans(_SERBIAN_LETTERS)
_SERBIAN_TWO = str.maketrans(_SERBIAN_LETTERS | {"Ђ": "DJ", "Џ": "DZ"})
_MACEDONIAN = str.maketrans(_CYRILLIC | {"Х": "H", "Ц": "C", "Ѓ": "GJ", "Ќ": "KJ", "Џ": "DJ"})

#: Greek by ELOT 743, where letters together are other than apart; the rest is read letter by letter.
_GREEK = (
    ("ΟΥ", "OU"),
    ("ΓΓ", "NG"),
    ("ΓΞ", "NX"),
    ("ΓΧ", "NCH"),
    (r"([ΑΕΗ])Υ(?=[ΑΒΓΔΕΖΗΙΛΜΝΟΡΥΩ])", r"\1V"),
    (r"([ΑΕΗ])Υ", r"\1F"),
    (r"\bΜΠ|ΜΠ\b", "B"),
    ("Χ", "CH"),
)
#: Korean family names as passports write them, where letter by letter gives another.
_KOREAN = {
    "김": "Kim", "강": "Kang", "고": "Ko", "곽": "Kwak",
    "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "조": "Cho", "윤": "Yoon", "임": "Lim", "신": "Shin",
    "유": "Yoo", "노": "Roh", "우": "Woo", "문": "Moon", "오": "Oh", "안": "Ahn", "구": "Koo", "권": "Kwon",
}  # fmt: skip
_SYLLABLE = re.compile("[A-Z][a-z]*")

#: What stands within words without parting them: apostrophes, the signs for ʿayn and hamza, the strokes by which
#: Hebrew tells J from G, the dots of initials.
_APOSTROPHES = frozenset("'‘’‛ʻʼʽʾʿˈ`´′׳״.")
#: L with a dot, which normalising would make a sign that parts words.
_DOTTED = str.maketrans("Ŀŀ", "Ll")
#: Composed letters of most of Europe, which need no looking at one by one.
_PLAIN = re.compile("[A-Za-zÀ-ňŊ-ž -]*")
#: Latin letters of Azerbaijani, Hausa and others that do not decompose (Ə, Ɓ, Ƙ).
_EXTENDED = re.compile("[\u0180-\u02af]")
#: Letters of other scripts than Latin; letters beyond the basic plane are not read.
_FOREIGN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff\u2e80-\ufaff\ufb07-\ufeff\uff66-\uffdf]")


def spellings(text: str) -> tuple[str, ...]:
    """The spellings of a name as A–Z words parted by one blank, the usual first; none where there is no letter."""
    if text.isascii():
        found = dict.fromkeys((fold(text),))
    else:
        found = dict.fromkeys(_by_words(text) if _PLAIN.fullmatch(text) else _by_script(_letters(text)))
    found.pop("", None)
    return tuple(found)[:MAX_SPELLINGS]


def _by_words(text: str) -> Iterator[str]:
    """The spellings of a name of which nothing needs to be read as a whole; most of its words were met before."""
    return _together([_word(word) for word in text.replace("-", " ").split()])


@lru_cache(maxsize=20_000)
def _word(word: str) -> tuple[str, ...]:
    return tuple(map(fold, _latin(word.upper())))


def _by_script(upper: str) -> Iterator[str]:
    return map(fold, _foreign(upper) if _FOREIGN.search(upper) else _latin(upper))


def _letters(text: str) -> str:
    """Letters and their marks in upper case and composed; format signs go, everything else parts words."""
    kept = []
    for sign in unicodedata.normalize("NFKC", text.translate(_DOTTED))[:_MOST_LETTERS]:
        kind = unicodedata.category(sign)
        if kind == "Cf" or sign in _APOSTROPHES:
            continue
        kept.append(sign if kind[0] in "LM" and sign <= "\uffff" else " ")
    return unicodedata.normalize("NFC", "".join(kept).upper())


def _latin(upper: str) -> Iterator[str]:
    upper = _EXTENDED.sub(lambda letter: anyascii(letter[0]), upper)
    yield upper
    if SEVERAL_SPELLINGS.search(upper):
        for system in (_TWO_LETTERS, _WITH_X, _BARE):
            yield upper.translate(system)


def _foreign(upper: str) -> Iterator[str]:
    """Each system's spelling of the whole name; the last of a word's spellings stands where it has no more."""
    return _together([_readings(word, upper) for word in upper.replace("عبد ال", "عبدال").split()])


def _together(words: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for place in range(max(map(len, words), default=0)):
        yield " ".join(filter(None, (found[min(place, len(found) - 1)] for found in words)))


def _readings(word: str, name: str) -> tuple[str, ...]:
    """A word's spellings in the script of its letters; `name` tells the language that they may be of."""
    for letters, read in _SCRIPTS:
        if letters.search(word):
            return tuple(map(anyascii, read(word, name)))
    return (anyascii(word),)


def _cyrillic(word: str, name: str) -> Iterator[str]:
    """The systems of the languages that a name may be of, by the letters that only some of them have."""
    own = set(name)
    if not own.isdisjoint("ЂЉЊЋЏЈЌЃЅ"):
        for system in (_SERBIAN, _SERBIAN_TWO, _MACEDONIAN):
            yield word.translate(system)
        return
    east = not own.isdisjoint("ІЇЄҐЎ")
    if not east:
        yield word.translate(_ICAO)
    yield from (_ukrainian(word), word.translate(_UKRAINIAN)) if east else ()
    yield re.sub(r"[ИІЫ]Й$", "Y", word).translate(_ENGLISH)
    if not east and own.isdisjoint("ЫЭЁ"):
        yield word.replace("ЬО", "ЙО").translate(_BULGARIAN)
        yield from (_ukrainian(word), word.translate(_SERBIAN))


def _ukrainian(word: str) -> str:
    for letters, latin in _UKRAINIAN_FIRST:
        if word.startswith(letters):
            word = latin + word[len(letters) :]
    # Wherever it stands, so that it is not read as Ж.
    return word.replace("ЗГ", "ZGH").translate(_UKRAINIAN)


def _arabic(word: str, _: str) -> Iterator[str]:
    yield from arabic.readings(word)


def _greek(word: str, _: str) -> Iterator[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    for pattern, latin in _GREEK:
        plain = re.sub(pattern, latin, plain)
    yield from (plain, plain.replace("CH", "H"))


def _hebrew(word: str, _: str) -> Iterator[str]:
    yield from hebrew.readings(word)


def _syllables(word: str, _: str) -> Iterator[str]:
    """Chinese and Korean: every syllable apart, and the given name as one word after a family name of one or two."""
    family = _KOREAN.get(word[0]) if len(word) > 1 else None
    parts = _SYLLABLE.findall((family or anyascii(word[0])) + anyascii(word[1:]))
    yield " ".join(parts)
    for place in (1, 2) if len(parts) > 2 else (0,):
        yield f"{''.join(parts[:place])} {''.join(parts[place:])}"


def _kana(word: str, _: str) -> Iterator[str]:
    """Japanese syllables: passports leave long vowels out, other writers do not."""
    plain = anyascii(word).replace("-", "").upper()
    yield from (re.sub(r"O[OU]", "O", plain).replace("UU", "U"), plain)


def _marked(word: str, _: str) -> Iterator[str]:
    """A Latin word beside words of other scripts."""
    yield from _latin(word)


#: Letters → how a word that holds one is spelled; the rest is read letter by letter.
_SCRIPTS = (
    (re.compile("[\u0400-\u052f]"), _cyrillic),
    (re.compile("[\u0600-\u06ff\u0750-\u077f]"), _arabic),
    (re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), _greek),
    (re.compile("[\u0590-\u05ff]"), _hebrew),
    (re.compile("[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"), _syllables),
    (re.compile("[\u3040-\u30ff]"), _kana),
    (SEVERAL_SPELLINGS, _marked),
)
