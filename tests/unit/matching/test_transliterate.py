"""Every script meets in A to Z, in each of its legal spellings. All people are invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.matching import arabic, hebrew
from torogoz.matching.transliterate import MAX_SPELLINGS, spellings

#: Letters of every script, marks, signs, format and control characters.
ANY = st.text(max_size=40) | st.text(st.characters(categories=("L", "M", "Cf", "P", "Z")), max_size=40)


@given(ANY)
def test_spellings_are_few_and_all_of_a_to_z(text: str) -> None:
    """Whatever stands in a name: at most eight spellings, each words parted by one blank, none twice, none empty."""
    found = spellings(text)
    assert len(found) == len(set(found)) <= MAX_SPELLINGS
    assert all(re.fullmatch(r"[A-Z]+(?: [A-Z]+)*", each) for each in found)


@given(ANY)
def test_what_was_spelled_stays_as_it_is(text: str) -> None:
    """A spelling has one spelling: itself."""
    for each in spellings(text):
        assert spellings(each) == (each,)


@pytest.mark.parametrize(
    "text",
    [
        "م" * 10_000,
        "字" * 10_000,
        "\u202e\u200f" * 5_000,
        "a" + "\u0301" * 10_000,
        "\x00\x1b\ud800" * 3_000,
        "🙂" * 9_999,
    ],
    ids=["one word of Arabic", "one word of Chinese", "right-to-left marks", "accents", "control signs", "pictures"],
)
def test_hostile_text_is_read_or_is_nothing(text: str) -> None:
    """Ten thousand signs neither crash nor grow beyond what eight spellings of them need."""
    assert sum(map(len, spellings(text))) <= MAX_SPELLINGS * 8 * len(text)


def test_signs_that_stand_for_many_letters_are_read_as_far_as_names_are_compared() -> None:
    """A thousand letters, of which ICAO writes each with four at most."""
    assert all(len(each) <= 4 * 1_000 for each in spellings("ﷺ" * 999))


@pytest.mark.parametrize(
    ("written", "legal"),
    [
        ("Jürgen Müller", {"JURGEN MULLER", "JUERGEN MUELLER", "JUXXRGEN MUXXLLER"}),
        ("Núñez", {"NUNEZ", "NUNXXEZ", "NUNNEZ"}),
        ("Åse Ødegård", {"ASE OEDEGARD", "AASE OEDEGAARD", "ASE ODEGARD"}),
        ("Großmann", {"GROSSMANN"}),
        ("Þór Ðuríksson", {"THOR DURIKSSON"}),
        ("Łukasz Wałęsa", {"LUKASZ WALESA"}),
        ("Đoković", {"DOKOVIC", "DJOKOVIC"}),
        ("Işık Çağlar", {"ISIK CAGLAR"}),
        ("Nguyễn Văn Đạt", {"NGUYEN VAN DAT"}),
        ("Mu\u0308ller", {"MULLER", "MUELLER", "MUXXLLER"}),
        ("M\u200fARIA\u202e", {"MARIA"}),
        ("Məmmədov Ɓala", {"MEMMEDOV BALA"}),
        ("Ștefan Țepeș", {"STEFAN TEPES"}),
        ("ʿAbd al-Raḥmān Saʿīd Sa‘id", {"ABD AL RAHMAN SAID SAID"}),
        ("Mª José", {"MA JOSE"}),
    ],
)
def test_latin_letters_have_every_legal_spelling(written: str, legal: set[str]) -> None:
    """Doc 9303-3 §6, table A; composed and decomposed letters are one, format signs are nothing."""
    assert legal <= set(spellings(written))


@pytest.mark.parametrize(
    ("written", "legal"),
    [
        ("Сергей Щукин", {"SERGEI SHCHUKIN", "SERGEY SHCHUKIN", "SERGEY SHTUKIN"}),
        ("Юрий Быков", {"IURII BYKOV", "YURY BYKOV"}),
        ("Хрыстина Цыбина", {"KHRYSTINA TSYBINA"}),
        ("Андрій Єременко", {"ANDRII YEREMENKO", "ANDRII IEREMENKO"}),
        ("Згурський Юрій", {"ZGHURSKYI YURII"}),
        ("Розгон", {"ROZGHON"}),
        ("Синьо Къкъринов", {"SINO KIEKIERINOV", "SINYO KAKARINOV"}),
        ("Георги Христов", {"GEORGI KHRISTOV", "GEORGI HRISTOV"}),
        ("Ђорђе Живковић", {"DORDE ZIVKOVIC", "DJORDJE ZIVKOVIC"}),
        ("Ќосе Ѓорѓи Цветков", {"KJOSE GJORGJI CVETKOV"}),
        ("Қасым Тоқаев", {"QASYM TOQAEV"}),
    ],
)
def test_cyrillic_is_spelled_by_the_tables_of_its_states(written: str, legal: set[str]) -> None:
    """Doc 9303-3 §6, table B, and where Russia, Ukraine, Bulgaria, Serbia and North Macedonia differ from it."""
    assert legal <= set(spellings(written))


@pytest.mark.parametrize(
    ("written", "legal"),
    [
        ("محمد الزهراني", {"MUHAMMAD AL ZAHRANI", "MOHAMMED AL ZAHRANI", "MXHMD ALZHRANY"}),
        ("عبد الرحمن", {"ABD AL RAHMAN"}),
        ("عبدالكريم", {"ABD AL KARIM"}),
        ("أحمد", {"AHMAD", "AHMED", "XAEXHMD"}),
        ("احمد", {"AHMAD", "AXHMD"}),
        ("مُحَمَّد", {"MUHAMMAD"}),
        ("حسین", {"HUSSEIN"}),
        ("فاطمه", {"FATIMA"}),
        ("بركان", {"BRKAN"}),
        ("خالد بن الوليد", {"KHALED BIN AL WALID"}),
        ("ال", {"AL"}),
    ],
)
def test_arabic_is_spelled_by_icao_and_as_usual(written: str, legal: set[str]) -> None:
    """Known names as they are written in Latin, others by their consonants, and all by the table with X."""
    assert legal <= set(spellings(written))


@pytest.mark.parametrize("letter", sorted(set("".join(arabic.READINGS))))
def test_every_arabic_letter_of_the_table_has_both_spellings(letter: str) -> None:
    """No letter of a known name is lost where the name is not known."""
    assert ord(letter) in arabic.ICAO
    assert ord(letter) in arabic.USUAL


@pytest.mark.parametrize(
    ("written", "legal"),
    [
        ("王小明", {"WANG XIAO MING", "WANG XIAOMING"}),
        ("李娜", {"LI NA", "LINA"}),
        ("王 小明", {"WANG XIAO MING", "WANG XIAOMING"}),
        ("欧阳娜娜", {"OUYANG NANA"}),
        ("김민준", {"KIM MIN JUN", "KIM MINJUN"}),
        ("이민준", {"LEE MIN JUN", "LEE MINJUN"}),
        ("おおのゆうこ", {"ONOYUKO", "OONOYUUKO"}),
        ("サクラ", {"SAKURA"}),
        ("Γεώργιος Παπαδόπουλος", {"GEORGIOS PAPADOPOULOS"}),
        ("Χρήστος Ευαγγέλου", {"CHRISTOS EVANGELOU", "HRISTOS EVANGELOU"}),
        ("Μπάμπης", {"BAMPIS"}),
        ("בנימין כהן", {"BNIMIN KHN", "VNIMIN CHHN", "BINYAMIN COHEN", "BENJAMIN KOHEN"}),
        ("כהן ברקוני", {"COHEN BRKUNI", "KOHEN VRKVNI"}),
        ("בן-גוריון", {"BEN GURIUN", "BN GURIUN"}),
        ("כֹּהֵן", {"COHEN", "KHN"}),
        ("ג׳ברקוני", {"GBRKUNI"}),
        ("ბარაკ", {"BARAK"}),
        ("Խաչատրյան", {"KHACHATRYAN"}),
        ("MARIA Ωραία", {"MARIA ORAIA"}),
        ("Ñandú Αννα", {"NANDU ANNA", "NXXANDU ANNA"}),
    ],
)
def test_other_scripts_are_read(written: str, legal: set[str]) -> None:
    """Chinese and Korean names apart and glued, Greek by ELOT 743, the rest letter by letter."""
    assert legal <= set(spellings(written))


#: How each Hebrew letter may be heard in the Latin spelling of a name; vowels may stand anywhere.
HEARD = {
    **dict.fromkeys("אע", ""),
    "ב": "B+|V|W",
    "ג": "G",
    "ד": "D+",
    "ה": "H?",
    "ו": "V|W|",
    "ז": "Z|S",
    "ח": "H|CH",
    "ט": "T+",
    "י": "J|",
    **dict.fromkeys("כך", "CH?|KH?|H"),
    "ל": "L+",
    **dict.fromkeys("מם", "M+"),
    **dict.fromkeys("נן", "N+"),
    "ס": "S+Z?",
    **dict.fromkeys("פף", "P|PH|F+"),
    **dict.fromkeys("צץ", "T?Z|TS"),
    "ק": "K|C+",
    "ר": "R+",
    "ש": "S|SC?H",
    "ת": "TH?",
}


@pytest.mark.parametrize(("word", "usual"), hebrew.READINGS.items())
def test_a_known_hebrew_name_is_written_as_usual_and_says_its_own_consonants(word: str, usual: tuple[str, ...]) -> None:
    """No letter that tells names apart is lost or invented; what the letters alone give stands behind."""
    assert spellings(word)[: len(usual)] == usual
    sound = "[AEIOUY]*".join(f"(?:{HEARD[letter]})" for letter in word)
    assert [each for each in usual if not re.fullmatch(f"[AEIOUY]*{sound}[AEIOUY]*", each)] == []


@pytest.mark.parametrize("text", ["", "  ", "007", "🙂", "𞤀𞤣𞤢𞤥", "𐌰𐌽𐌰", "...", "½ €"])
def test_what_has_no_letter_that_is_read_has_no_spelling(text: str) -> None:
    """Pictures, digits and letters beyond the basic plane are no name."""
    assert spellings(text) == ()
