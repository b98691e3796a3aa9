"""Every letter of the tables of Doc 9303-3 §6, and of our own tables beside them, one by one.

The expectations are written down a second time, by code points and in another form than the tables, so that a letter
that changes in one of the two is seen. A letter stands between others, since states write some otherwise at the
beginning; what is written otherwise there has rows of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from torogoz.domain.name import fold
from torogoz.matching.transliterate import spellings


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table: a letter, named by its code point or itself, and what stands behind it."""
    for line in table.strip().splitlines():
        letter, *told = line.split()
        yield chr(int(letter, 16)) if len(letter) == 4 else letter, told


def spread(table: str) -> Iterator[tuple[str, str]]:
    """A Latin spelling with all letters that are written so."""
    for line in table.strip().splitlines():
        latin, *points = line.split()
        yield from ((chr(int(point, 16)), latin) for point in points)


#: Table A: what is written in one way.
LATIN = """
A   00C0 00C1 00C2 00C3 0100 0102 0104
C   00C7 0106 0108 010A 010C
D   00D0 010E
E   00C8 00C9 00CA 00CB 0112 0114 0116 0118 011A
G   011C 011E 0120 0122
H   0124 0126
I   00CC 00CD 00CE 00CF 0128 012A 012C 012E 0130 0131
IJ  0132
J   0134
K   0136
L   0139 013B 013D 013F 0141
N   0143 0145 0147 014A
O   00D2 00D3 00D4 00D5 014C 014E
R   0154 0156 0158
S   015A 015C 015E 0160
SS  00DF 1E9E
T   0162 0164 0166
U   00D9 00DA 00DB 0168 016A 016C 016E 0172
W   0174
Y   00DD 0176 0178
Z   0179 017B 017D
"""
#: And what is written in several. Behind the bar stands what the table does not have: Å, Æ, Ø, Œ and Þ as carriers'
#: systems write them that know no other letter, Ñ as NN likewise, Đ as Serbia writes it in passports of its own, and Ő
#: and Ű as the German-speaking neighbours of Hungary do.
LATIN_SEVERAL = """
00C4 A AE
00C5 AA | A
00C6 AE | A
00D1 N NXX | NN
00D6 O OE
00D8 OE | O
00DC U UE UXX
00DE TH | T
0110 D | DJ
0150 O | OE
0152 OE | O
0170 U | UE
"""
WAYS = [(letter, {latin}) for letter, latin in spread(LATIN)]
WAYS += [(letter, set(told) - {"|"}) for letter, told in rows(LATIN_SEVERAL)]


@pytest.mark.parametrize(("letter", "ways"), WAYS, ids=lambda given: given if isinstance(given, str) else None)
def test_a_latin_letter_is_written_in_all_its_legal_ways_and_in_no_other(letter: str, ways: set[str]) -> None:
    """Also small, and beside a letter for which a name is read sign by sign; a name is sorted by the first way."""
    for written in {letter, letter.lower()}:
        assert fold(f"B{written}B") == spellings(f"B{written}B")[0]
        assert set(spellings(f"B{written}B")) == {f"B{way}B" for way in ways}
        assert set(spellings(f"Ș B{written}B")) == {f"S B{way}B" for way in ways}


#: Table B, then where a system differs: *en* is how English-speaking states write, *bg* Bulgaria, *uk* Ukraine and
#: Belarus, *sr* Serbia. The table itself has Г as H, Щ as SHT, Х, Ц, Ж, Ч and Ш as H, C, Z, C and S for these states.
#: It has Г as H for Serbia too; Serbian passports have G, their second alphabet's letter, and so have we.
CYRILLIC = """
0410 A
0411 B
0412 V
0413 G uk=H
0414 D
0415 E
0416 ZH sr=Z
0417 Z
0418 I uk=Y
0419 I en=Y bg=Y
041A K
041B L
041C M
041D N
041E O
041F P
0420 R
0421 S
0422 T
0423 U
0424 F
0425 KH bg=H sr=H
0426 TS sr=C
0427 CH sr=C
0428 SH sr=S
0429 SHCH bg=SHT
042A IE en= bg=A
042C
042E IU en=YU bg=YU
042F IA en=YA bg=YA
046A U
0474 Y
0492 G en=GH
04BA C
"""
#: What only Russian and Belarusian have, so that neither Bulgaria's table nor Serbia's is tried.
RUSSIAN = """
0401 E en=YO
042B Y
042D E
"""
#: What only Ukrainian and Belarusian have, so that table B is tried as they write it, and as in English.
EASTERN = """
0404 IE en=YE
0406 I
0407 I en=YI
040E U
0490 G
"""
#: Before a letter, in each system, so that each shows: ГЮЩЖ.
BEFORE = {"": "GIUSHCHZH", "en": "GYUSHCHZH", "bg": "GYUSHTZH", "uk": "HIUSHCHZH", "sr": "GIUSHCHZ"}


def by_systems(table: str, systems: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Each letter of a table with its spellings by some systems."""
    found = []
    for letter, told in rows(table):
        usual = told[0] if told and "=" not in told[0] else ""
        other = dict(each.split("=") for each in told if "=" in each)
        found.append((letter, tuple(f"B{BEFORE[system]}{other.get(system, usual)}B" for system in systems)))
    return found


CYRILLIC_WAYS = by_systems(CYRILLIC, ("", "en", "bg", "uk", "sr"))
CYRILLIC_WAYS += by_systems(RUSSIAN, ("", "en")) + by_systems(EASTERN, ("uk", "en"))


@pytest.mark.parametrize(("letter", "ways"), CYRILLIC_WAYS, ids=lambda given: given if isinstance(given, str) else None)
def test_a_cyrillic_letter_is_written_by_the_table_of_each_state(letter: str, ways: tuple[str, ...]) -> None:
    """Doc 9303-3 §6, table B, and where English-speaking states, Bulgaria, Ukraine and Serbia differ from it."""
    assert spellings(f"БГЮЩЖ{letter}Б") == ways
    assert spellings(f"бгющж{letter.lower()}б") == ways


#: Ё is IO in Belarusian, whose І tells it from Russian. What stands at the beginning is another in Ukrainian
#: (resolution 55 of 2010, and table B), and ЗГ is wherever it stands.
@pytest.mark.parametrize(
    ("written", "way"),
    [
        ("БІЁ", "BIIO"),
        ("БІЫ", "BIY"),
        ("БІЭ", "BIE"),
        ("ЄБІ", "YEBI"),
        ("ЇБІ", "YIBI"),
        ("ЙБІ", "YBI"),
        ("ЮБІ", "YUBI"),
        ("ЯБІ", "YABI"),
        ("ЗГІ", "ZGHI"),
        ("БЗГІ", "BZGHI"),
    ],
)
def test_ukrainian_and_belarusian_letters_that_are_other_by_where_they_stand(written: str, way: str) -> None:
    """The first spelling is the state's own."""
    assert spellings(written)[0] == way


#: Serbia, the same with two letters, and North Macedonia. Table B has them likewise; copies of it have Ғ and Һ, which
#: are other letters, where Ѓ and Ћ are meant: so each of the four is read.
SERBIAN = """
0402 D DJ D
0403 G G GJ
0405 DZ DZ DZ
0408 J J J
0409 LJ LJ LJ
040A NJ NJ NJ
040B C C C
040C K K KJ
040F DZ DZ DJ
0410 A A A
0411 B B B
0412 V V V
0413 G G G
0414 D D D
0415 E E E
0416 Z Z ZH
0417 Z Z Z
0418 I I I
041A K K K
041B L L L
041C M M M
041D N N N
041E O O O
041F P P P
0420 R R R
0421 S S S
0422 T T T
0423 U U U
0424 F F F
0425 H H H
0426 C C C
0427 C C CH
0428 S S SH
"""


@pytest.mark.parametrize(("letter", "ways"), list(rows(SERBIAN)))
def test_a_letter_beside_serbian_ones_is_written_as_serbia_and_north_macedonia_do(letter: str, ways: list[str]) -> None:
    """Serbia writes Ђ as D or DJ, North Macedonia Ќ as KJ and Ш as SH: so each system shows."""
    before = ("BDKS", "BDJKS", "BDKJSH")
    assert spellings(f"БЂЌШ{letter}Б") == tuple(f"{first}{way}B" for first, way in zip(before, ways, strict=True))


#: Table C, and how newspapers and passports of most states write the same letter.
ARABIC = """
0621 XE
0622 XAA A
0623 XAE A
0624 U U
0625 I I
0626 XI I
0627 A A
0628 B B
0629 XTA A
062A T T
062B XTH TH
062C J J
062D XH H
062E XKH KH
062F D D
0630 XDH DH
0631 R R
0632 Z Z
0633 S S
0634 XSH SH
0635 XSS S
0636 XDZ D
0637 XTT T
0638 XZZ Z
0639 E A
063A G GH
0641 F F
0642 Q Q
0643 K K
0644 L L
0645 M M
0646 N N
0647 H H
0648 W U
0649 XAY A
064A Y I
0671 XXA A
0679 XXT T
067C XRT T
067E P P
0681 XKE Z
0685 XXH TS
0686 XC CH
0688 XXD D
0689 XDR D
0691 XXR R
0693 XRR R
0696 XRX ZH
0698 XJ ZH
069A XXS SH
06A9 XKK K
06AB XXK G
06AD XNG NG
06AF XGG G
06BA XNN N
06BC XXN N
06BE XDO H
06C0 XYH H
06C1 XXG H
06C2 XGE H
06C3 XTG T
06CC XYA I
06CD XXY I
06D0 Y E
06D2 XYB E
06D3 XBE E
"""
#: What the table does not encode, for which a zone has nothing at all: it is read as newspapers do, since a letter that
#: is left out would make another name of it.
NOT_ENCODED = """
069C CH CH
06A2 F F
06A4 V V
06A7 Q Q
06A8 G G
"""


@pytest.mark.parametrize(("letter", "ways"), list(rows(ARABIC + NOT_ENCODED.lstrip())))
def test_an_arabic_letter_is_written_by_icao_and_as_usual(letter: str, ways: list[str]) -> None:
    """Doc 9303-3 §6, table C, and what most passports have in its place."""
    icao, usual = ways[0], ways[1] if len(ways) > 1 else ""
    assert spellings(f"ب{letter}ب") == tuple(dict.fromkeys((f"B{usual}B", f"B{icao}B")))


@pytest.mark.parametrize("point", [0x0640, *range(0x064B, 0x0651), 0x0652, 0x0670])
def test_arabic_marks_and_the_stroke_that_lengthens_are_not_written(point: int) -> None:
    """Nor are they in the zone."""
    assert spellings(f"ب{chr(point)}د") == ("BD",)


@pytest.mark.parametrize(
    ("written", "icao"),
    [
        ("فضة", "FXDZXAH"),
        ("فضة بدر", "FXDZXAH BDR"),
        ("فضّة", "FXDZXDZXAH"),
        ("بدّر", "BDDR"),
        ("بدَّر", "BDDR"),
        ("ّبدر", "BDR"),
    ],
)
def test_arabic_marks_and_endings_that_the_zone_writes(written: str, icao: str) -> None:
    """Teh marbuta at the end of a part of the name is XAH, and shadda says its letter once more, with X and all."""
    assert spellings(written)[-1] == icao


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("ٱحمد", "AHMAD"),
        ("إحمد", "AHMAD"),
        ("آحمد", "AHMAD"),
        ("احمد", "AHMAD"),
        ("أحمد", "AHMAD"),
        ("حسین", "HUSSEIN"),
        ("مصطفي", "MUSTAFA"),
        ("کريم", "KARIM"),
        ("فاطمه", "FATIMA"),
    ],
)
def test_letters_that_are_written_for_each_other_tell_the_same_arabic_name(written: str, known: str) -> None:
    """Hamza is left out, Persian has its own ی and ک, and ه stands for ة."""
    assert spellings(written)[0] == known


#: ELOT 743, of which ISO 843 has the same transcription.
GREEK = """
0391 A
0392 V
0393 G
0394 D
0395 E
0396 Z
0397 I
0398 TH
0399 I
039A K
039B L
039C M
039D N
039E X
039F O
03A0 P
03A1 R
03A3 S
03A4 T
03A5 Y
03A6 F
03A7 CH
03A8 PS
03A9 O
"""
GREEK_WAYS = [(letter, way) for letter, (way,) in rows(GREEK)]
#: Before these Υ is heard soft: vowels, and consonants of voice.
SOFT = frozenset("ΑΒΓΔΕΖΗΙΛΜΝΟΡΥΩ")


@pytest.mark.parametrize(("letter", "way"), GREEK_WAYS)
def test_a_greek_letter_is_written_by_elot(letter: str, way: str) -> None:
    """Alone, small, and behind the two letters that are V before some and F before others."""
    assert spellings(f"Σ{letter}Σ")[0] == spellings(f"σ{letter.lower()}ς")[0] == f"S{way}S"
    for first, latin in (("Α", "A"), ("Ε", "E"), ("Η", "I")):
        assert spellings(f"Σ{first}Υ{letter}Α")[0] == f"S{latin}{'V' if letter in SOFT else 'F'}{way}A"


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("ΣΟΥΣ", ("SOUS",)),
        ("ΣΟΎΣ", ("SOUS",)),
        ("ΑΓΓΑ", ("ANGA",)),
        ("ΑΓΞΑ", ("ANXA",)),
        ("ΑΓΧΑ", ("ANCHA", "ANHA")),
        ("ΣΑΧΑ", ("SACHA", "SAHA")),
        ("ΜΠΑΜΠΑΜΠ", ("BAMPAB",)),
        ("ΣΑΥ", ("SAF",)),
    ],
)
def test_greek_letters_that_are_other_together(written: str, ways: tuple[str, ...]) -> None:
    """ELOT 743; Χ is also written H."""
    assert spellings(written) == ways


#: Hard and soft, where there is another: as many passports write the letter between vowels, or as it is said now.
HEBREW = """
05D0 A
05D1 B V
05D2 G
05D3 D
05D4 H
05D5 U V
05D6 Z
05D7 H CH
05D8 T
05D9 I
05DA K CH
05DB K CH
05DC L
05DD M
05DE M
05DF N
05E0 N
05E1 S
05E2 A -
05E3 P F
05E4 P F
05E5 S TZ
05E6 S TZ
05E7 K
05E8 R
05E9 S SH
05EA T
"""


@pytest.mark.parametrize(("letter", "ways"), list(rows(HEBREW)))
def test_a_hebrew_letter_is_written_hard_and_soft(letter: str, ways: list[str]) -> None:
    """Without vowels, which are not written."""
    assert spellings(f"ל{letter}ל") == tuple(f"L{way.strip('-')}L" for way in ways)


#: Family names as passports of the Republic of Korea write them.
KOREAN = """
김 KIM
강 KANG
고 KO
곽 KWAK
이 LEE
박 PARK
최 CHOI
정 JUNG
조 CHO
윤 YOON
임 LIM
신 SHIN
유 YOO
노 ROH
우 WOO
문 MOON
오 OH
안 AHN
구 KOO
권 KWON
"""


@pytest.mark.parametrize(("family", "latin"), [(family, latin) for family, (latin,) in rows(KOREAN)])
def test_a_korean_family_name_is_written_as_passports_do(family: str, latin: str) -> None:
    """Where letter by letter gives another."""
    assert spellings(f"{family}민준")[0] == f"{latin} MIN JUN"
