"""The same name by other habits of writing it in Latin letters.

Lightly: one habit at one place, as clerks of another country write. Heavily: every letter by another system, as
another country's passport office or press does. Tables are of common knowledge about each language and office; they
were typed for damage and know neither the matcher's tables nor those by which the list's other names are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Habit = tuple[str, str]


def _habits(text: str) -> tuple[Habit, ...]:
    """Read `PATTERN>OTHER|OTHER` words: a pattern, and what others write for it; `-` is nothing."""
    found = []
    for word in text.split():
        pattern, _, others = word.partition(">")
        found += [(pattern, "" if other == "-" else other) for other in others.split("|")]
    return tuple(found)


#: group → habits, each a pattern in capitals and what another office writes there. English has none.
LIGHT: dict[str, tuple[Habit, ...]] = {
    "es": _habits(
        "Ñ>NN|NXX|NI|NY Z>S S\\b>Z V>B B>V LL>Y Y>I I(?=[AO])>Y GE>JE GI>JI CE>SE CI>SI QU>K J>X X>J H>- RR>R"
    ),
    "pt": _habits("Ç>S|SS ÃO>AN|AM|AON ÕES>ONES NH>N|NI LH>LL|LI X>CH|SH EI>E OU>O Z\\b>S S\\b>Z I>Y W>V TH>T PH>F"),
    "fr": _habits("Ç>S OU>U|W PH>F CH>SH EAU>O Y>I I>Y X\\b>S TH>T QU>K C(?=[AO])>K AULT\\b>AUD OT\\b>AUT"),
    "ar": _habits(
        "OU>U|OO|O OO>OU|U U>OU|O EE>I|IE I>E|EE|Y Y>I|J E>I AA>A KH>H|J|CH GH>G|R SH>CH|S DH>D|Z TH>T|S"
        " J>DJ|G|Y Q>K|G|C W>OU|V K>C|Q AI>AY|EI AY>AI|EI AH\\b>A|EH A\\b>AH AL[-]>EL-|AL|UL- Z>S SS>S"
        " MM>M"
    ),
    "ru": _habits(
        "KH>H|X|CH YU>IU|JU YA>IA|JA IY\\b>Y|I|IJ EY\\b>EI|EJ Y>I|J ZH>J|Z SHCH>SCH|SHC TS>C|TZ CH>TCH|C"
        " SH>CH|S V\\b>FF|W V>W SKY\\b>SKI|SKIY|SKIJ KS>X IN\\b>INE YE>E YO>IO|E G>H \\bE>YE"
    ),
    "zh": _habits(
        "\\bZH>CH \\bX>HS|SH \\bQ>CH \\bJ>CH \\bZ>TS \\bC(?!H)>TS \\bR>J ONG\\b>UNG IAN\\b>IEN UO\\b>O E\\b>EH"
    ),
}

#: group → systems, each a row of patterns that are all replaced in one pass; the first that fits a place counts.
HEAVY: dict[str, tuple[tuple[Habit, ...], ...]] = {
    "ar": (
        # French, as in the Maghreb and Lebanon.
        _habits("\\bAL[-]>EL- SH>CH KH>KH DH>D TH>T OU>OU OO>OU U>OU W>OU J>DJ EE>I Y>I Q>K AA>A AH\\b>A AI>EI"),
        # By the English ear, as around the Gulf.
        _habits("\\bAL[-]>AL OU>OO U>OO I(?=[^AEIOU\\s-])>EE I\\b>Y Q>G DH>TH AI>AY A\\b>AH E>I"),
        # German.
        _habits("SH>SCH KH>CH J>DSCH Y>J Z>S Q>K OU>U OO>U EE>I TH>T DH>D AA>A AH\\b>A"),
        # Learned, its signs lost.
        _habits("KH>H SH>S GH>G DH>D TH>T J>G EE>I OO>U OU>U AA>A E>A O>U AH\\b>A"),
        # Turkish.
        _habits("\\bAL[-]>EL J>C KH>H SH>S Q>K W>V GH>G TH>S DH>Z OU>U OO>U EE>I AA>A AH\\b>E A\\b>E"),
    ),
    "ru": (
        # French.
        _habits(
            "SHCH>CHTCH SH>CH CH>TCH ZH>J KH>KH YU>IOU YA>IA U>OU OV\\b>OFF EV\\b>EFF IN\\b>INE SKY>SKI IY\\b>I Y>I"
        ),
        # German.
        _habits("SHCH>SCHTSCH SH>SCH CH>TSCH ZH>SCH KH>CH YU>JU YA>JA V>W Z>S TS>Z SKY>SKIJ IY\\b>IJ Y>J"),
        # Polish.
        _habits("SHCH>SZCZ SH>SZ CH>CZ ZH>Z KH>CH YU>JU YA>JA V>W TS>C SKY>SKI IY\\b>IJ Y>J"),
        # Learned, its signs lost.
        _habits("SHCH>SC SH>S CH>C ZH>Z KH>H YU>JU YA>JA TS>C SKY>SKIJ IY\\b>IJ Y>J"),
        # Doc 9303, and Ukrainian vowels and consonants.
        _habits("YU>IU YA>IA SKY>SKYI IY\\b>II G>H E>IE I>Y"),
    ),
    "zh": (
        # Wade and Giles, its signs lost.
        _habits(
            "\\bZHI\\b>CHIH \\bCHI\\b>CHIH \\bSHI\\b>SHIH \\bRI\\b>JIH \\bZI\\b>TZU \\bSI\\b>SZU \\bZH>CH"
            " \\bCH>CH \\bSH>SH \\bX>HS \\bQ>CH \\bJ>CH \\bZ>TS \\bC>TS \\bR>J \\bB>P \\bD>T \\bG>K \\bYI\\b>I"
            " \\bYOU\\b>YU \\bYAN\\b>YEN ONG\\b>UNG IAN\\b>IEN UI\\b>UEI IE\\b>IEH UE\\b>UEH UO\\b>O"
        ),
    ),
}
#: What families from Hong Kong and Macau, and many overseas, write for the commonest surnames.
CANTONESE = dict(
    _habits(
        "ZHANG>CHEUNG WANG>WONG LI>LEE CHEN>CHAN LIU>LAU HUANG>WONG ZHOU>CHOW WU>NG XU>TSUI LIN>LAM"
        " YANG>YEUNG ZHAO>CHIU ZHENG>CHENG HE>HO LIANG>LEUNG XIE>TSE GUO>KWOK LUO>LO ZHU>CHU HU>WOO GAO>KO"
        " FENG>FUNG CAI>CHOI DENG>TANG YE>YIP PAN>POON DU>TO SU>SO JIANG>KONG LU>LUK YUAN>YUEN WEI>NGAI"
        " CHENG>CHING DING>TING SHEN>SUM REN>YAM YAO>YIU ZHONG>CHUNG TAN>TAM LIAO>LIU FANG>FONG SHI>SHEK"
        " JIN>KAM BAI>PAK KONG>HUNG MAO>MO QIU>YAU HOU>HAU SHAO>SIU MENG>MANG LONG>LUNG WAN>MAN LEI>LUI"
        " QIAN>CHIN TANG>TONG YAN>YIM DAI>TAI XIAO>SIU SONG>SUNG TIAN>TIN SUN>SUEN MA>MAH"
    )
)
_CANTONESE = 0.3
_SYLLABLE = re.compile(r"(?:[ZCS]H|[BPMFDTNLGKHJQXRZCSYW])?[AEIOUÜ]+(?:NG?(?![AEIOUÜ]))?")


def lightly(part: str, group: str, rng: Random) -> str | None:
    """One habit at one place of a part; None where no habit of the group fits."""
    text = part.upper()
    fitting = [
        (found.start(), found.end(), other)
        for pattern, other in LIGHT.get(group, ())
        for found in re.finditer(pattern, text)
    ]
    if not fitting:
        return None
    start, end, other = rng.choice(fitting)
    return text[:start] + other + text[end:]


def system(group: str, rng: Random) -> Callable[[str], str] | None:
    """One of the group's other systems, to be applied to each part; None where names are Latin already."""
    systems = HEAVY.get(group)
    if systems is None:
        return None
    habits = rng.choice(systems)
    if group != "zh":
        return lambda part: _replaced(part.upper(), habits)
    families = CANTONESE if rng.random() < _CANTONESE else {}
    # Other systems write the syllables of a given name apart, or with a hyphen, or together.
    joint = rng.choice((" ", ""))

    def written(part: str) -> str:
        text = part.upper()
        return families.get(text) or joint.join(_replaced(one, habits) for one in syllables(text))

    return written


def syllables(name: str) -> list[str]:
    """A Chinese name's syllables; the name itself where it is not made of such."""
    found = _SYLLABLE.findall(name)
    return found if "".join(found) == name else [name]


def _replaced(text: str, habits: Sequence[Habit]) -> str:
    pattern = "|".join(f"({one})" for one, _ in habits)
    return re.sub(pattern, lambda found: habits[(found.lastindex or 1) - 1][1], text)
