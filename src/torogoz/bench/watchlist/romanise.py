"""The same name by another country's spelling: one habit at one place, or the whole name by another system.

A system is what an office does to every name it writes: the passports of Russia before and after 2013, Morocco's civil
register, Taiwan's household office, a clerk in San Salvador who writes down what an American says. Rules are spellings
of the Latin alphabet, read from left to right, the first that fits; those of a system are common knowledge of each
romanisation, typed for this benchmark. Shares are assumed, with the reason beside them.

Optimistic: the original script is not known, so a system works from the spelling that somebody has, and what that lost
(long vowels, tones, soft signs) no other system brings back. Real offices also disagree with themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from random import Random

from rapidfuzz.distance import OSA

from torogoz.domain.name import fold

#: What another system changes at least, in single letters.
LEAST = 2
#: Signs that a rule may ask for; of all others only the plain letter is known.
_PLAIN = str.maketrans("ÁÀÂÄÅÉÈÊËÍÌÎÏÓÒÔÖÚÙÛ", "AAAAAEEEEIIIIOOOOUUU")


def _rules(text: str) -> dict[str, str]:
    """Rules parted by blanks, `old>new`; `^` and `$` are the ends of a word."""
    pairs = (rule.split(">") for rule in text.split())
    return {re.sub(r"[$^]", r"\\b", old): new for old, new in pairs}


@dataclass(frozen=True, slots=True)
class System:
    """How an office spells: its share among those of a group, whole names that it knows, and its rules."""

    share: float
    known: dict[str, str]
    rules: dict[str, str]
    pattern: re.Pattern[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the rules to one pattern."""
        object.__setattr__(self, "pattern", re.compile("|".join(f"({old})" for old in self.rules)))

    def spelled(self, text: str) -> str:
        """Write one part of a name by this system, folded to A-Z."""
        new = tuple(self.rules.values())
        words = (
            self.known.get(word) or self.pattern.sub(lambda found: new[(found.lastindex or 1) - 1], word)
            for word in re.split(r"[-\s]+", text.upper().translate(_PLAIN).replace("'", ""))
        )
        return fold(" ".join(words))


def _system(share: float, rules: str, known: str = "") -> System:
    return System(share, _rules(known), _rules(rules))


#: group → systems other than the one its documents are usually in.
SYSTEMS: dict[str, tuple[System, ...]] = {
    "ar": (
        # The Maghreb and Lebanon write by French: most migrants to Europe, a third of Arabic passports.
        _system(
            0.40,
            "^AL$>EL ^BIN$>BEN ^IBN$>BEN ^BINT$>BENT SH>CH TH>T DH>D OU>OU OO>OU EE>I AA>A AW>AOU AY>AI"
            " IYA>IA AH$>A ^W>OU W>OU U>OU J>DJ Q>K Y>I",
            "MOHAMMED>MOHAMED MUHAMMAD>MOHAMED MOHAMMAD>MOHAMED HUSSEIN>HOUCINE YOUSSEF>YOUCEF YUSUF>YOUCEF"
            " HASSAN>HACENE"
            " OMAR>AMAR SAID>SAÏD KHALED>KHALED JAMAL>DJAMEL KARIM>KRIM IBRAHIM>BRAHIM ABDULLAH>ABDALLAH FATIMA>FATMA"
            " AISHA>AICHA KHADIJA>KHEDIDJA MUSTAFA>MOSTEFA SULEIMAN>SLIMANE ISMAIL>SMAIL",
        ),
        # The Gulf and Iraq write by English: a third again.
        _system(
            0.30,
            "^EL$>AL ^BEN$>BIN ^IBN$>BIN OU>OO CH>SH DJ>J EI>AI IYA>IYYAH IA$>IYA II>I A$>AH"
            " I(?=[BDFHJKLMNQRSTZ]$)>EE",
            "MOHAMMED>MUHAMMAD MOHAMED>MUHAMMAD AHMED>AHMAD HUSSEIN>HUSSAIN YOUSSEF>YOUSUF HASSAN>HASAN OMAR>UMAR"
            " KHALED>KHALID SAID>SAEED IBRAHIM>EBRAHIM ABDULLAH>ABDALLA FATIMA>FATEMAH AISHA>AYESHA MARIAM>MARYAM",
        ),
        # Egypt speaks G for J and drops Q; its passports are the most numerous.
        _system(
            0.15,
            "^AL$>EL ^BIN$>IBN TH>S DH>Z J>G Q>K OU>O U>O EE>I AY>EI AI>EI AA>A IYA>EYA AH$>A",
            "MOHAMMED>MOHAMED MUHAMMAD>MOHAMED HUSSEIN>HOSSEIN JAMAL>GAMAL YUSUF>YOUSSEF ABDULLAH>ABDALLA OMAR>OMER",
        ),
        # Turkey, the Balkans and exiles there write by Turkish.
        _system(
            0.15,
            "^AL$>EL KH>H GH>G SH>S CH>C TH>S DH>Z OU>U OO>U EE>I AA>A J>C Q>K W>V IYA>IYE AY>EY AI>EY D$>T B$>P",
            "MOHAMMED>MEHMET MOHAMED>MEHMET MUHAMMAD>MUHAMMED AHMED>AHMET HUSSEIN>HUSEYIN KHALED>HALIT OMAR>OMER"
            " YOUSSEF>YUSUF FATIMA>FATMA AISHA>AYSE MARIAM>MERYEM IBRAHIM>IBRAHIM HASSAN>HASAN",
        ),
    ),
    "ru": (
        # ICAO's table: every Russian passport since 2013.
        _system(
            0.40,
            "SKAYA$>SKAIA SKY$>SKII IY$>II EY>EI AY>AI OY>OI UY>UI IYA>IIA YA>IA YU>IU YO>E ^YE>E YE>E X>KS",
            "ALEXANDER>ALEKSANDR ALEXANDRA>ALEKSANDRA ALEXEY>ALEKSEI",
        ),
        # French, as on Soviet passports until 1997: papers and lists of that time still have it.
        _system(
            0.25,
            "SHCH>CHTCH CH>TCH SH>CH ZH>J SKAYA$>SKAIA SKY$>SKI OV$>OFF IN$>INE IY$>I EY>EI AY>AI"
            " OY>OI YA>IA YU>IOU YO>IO YE>IE U>OU GE>GUE GI>GUI KS>X",
        ),
        # English as journalists and consulates write it.
        _system(
            0.15,
            "SHCH>SCH KH>H SKAYA$>SKAJA SKY$>SKIY IY$>Y EY$>EI KS>X YA>IA YU>JU YO>YE ^E>YE TS>C V$>FF ZH>J",
            "ALEKSANDR>ALEXANDER ALEKSEY>ALEXEI DMITRIY>DMITRY SERGEY>SERGEI YELENA>ELENA NATALYA>NATALIA"
            " YEVGENY>EUGENE MIKHAIL>MICHAEL PAVEL>PAUL ANDREY>ANDREW YEKATERINA>CATHERINE",
        ),
        # German: the largest diaspora in the Union.
        _system(
            0.10,
            "SHCH>SCHTSCH CH>TSCH SH>SCH ZH>SCH KH>CH TS>Z V>W YA>JA YU>JU YO>JO YE>JE SKAYA$>SKAJA SKY$>SKIJ IY$>IJ"
            " EY>EJ AY>AJ OY>OJ Z>S",
        ),
        # Ukrainian papers of people whom others write by Russian.
        _system(
            0.10,
            "SHCH>SHCH SKY$>SKYI IY$>II EY>II G>H ^YE>YE YE>IE I>Y YA>IA YU>IU",
            "ALEKSANDR>OLEKSANDR SERGEY>SERHII VLADIMIR>VOLODYMYR NIKOLAY>MYKOLA YELENA>OLENA DMITRIY>DMYTRO"
            " ANDREY>ANDRII"
            " ALEKSEY>OLEKSII OLGA>OLHA NATALYA>NATALIIA IRINA>IRYNA MIKHAIL>MYKHAILO PAVEL>PAVLO YEVGENY>YEVHEN",
        ),
    ),
    "es": (
        # Told to somebody who writes English: most flights of the region go to the United States.
        _system(
            0.5,
            "Ñ>NY LL>Y GÜ>W QUE>KE QUI>KI GUE>GE GUI>GI ^J>H J>H ^H> ^V>B GE>HE GI>HI Z$>S Z>S CE>SE CI>SI CC>CK RR>R"
            " ^HU>W ^GU>W CU>QU C>K I$>Y",
        ),
        # Written in Brazil or Portugal.
        _system(0.3, "Ñ>NH LL>LH EZ$>ES AZ$>AS IZ$>IS Z>S ION$>IAO ON$>AO J>G ^HE>E CH>X EN$>EM CE>SE"),
        # Written by French or Italian.
        _system(0.2, "Ñ>GN CH>TCH LL>LI J>KH U>OU QUE>KE QUI>KI Z>S CE>SE CI>SI ^H> RR>R"),
    ),
    "pt": (
        # Written by Spanish: every neighbour of Brazil.
        _system(
            0.5,
            "NH>Ñ LH>LL ÃO$>ON ÕES$>ONES ÃES$>ANES Ç>Z SS>S ES$>EZ EIRA>ERA EIRO>ERO X>CH OU>O RR>R EI>E"
            "",
            "JOÃO>JUAN JOSÉ>JOSE",
        ),
        # Old papers, before the reforms of spelling (1911, 1943), whose forms live on in families.
        _system(
            0.25,
            "F>PH ^TE>THE ^TI>THI ELA$>ELLA ELO$>ELLO S$>Z SA$>ZA SO$>ZO I$>Y EI>EY ANA$>ANNA",
        ),
        # Told to somebody who writes English or French.
        _system(0.25, "NH>NY LH>LY ÃO$>AO Ç>S CH>SH X>SH QU>K J>ZH OU>O EI>AY U>OO Z$>S ES$>ESH C>K"),
    ),
    "en": (
        # Told to a clerk who writes Spanish: the commonest way into a list of the region.
        _system(
            0.7,
            "SH>CH PH>F TH>T CK$>K CK>K GH> OO>U EE>I EA>I OU>AU ^WH>GU ^W>GU W>U LL$>L SS>S TT>T NN>N RR>R ^KN>N"
            " ^J>Y Y$>I EY$>I IE$>I ^H>J K>C E$>",
            "JAMES>JEIMS MICHAEL>MAICOL JENNIFER>YENIFER BRIAN>BRAYAN JASON>YEISON JOHN>JHON JESSICA>YESICA"
            " CHRISTOPHER>CRISTOFER ASHLEY>ACHLI GEORGE>YORCH STEPHEN>ESTIVEN STEVEN>ESTIVEN SMITH>ESMIT"
            " WILLIAM>GUILLIAM",
        ),
        # Told to a clerk who writes French, as in half of Africa.
        _system(0.3, "SH>CH CH>TCH ^J>DJ OO>OU EE>I EA>I WH>OU W>OU TH>T CK>K U>OU LEY$>LAI Y$>I ER$>EUR GH> LL>L"),
    ),
    "fr": (
        # Told to a clerk who writes Spanish.
        _system(
            0.6,
            "EAUX$>O EAU>O AULT$>O AUX$>O AUD$>O AU>O OIS$>UA OI>UA OUX$>U OU>U ARD$>AR ERT$>ER ET$>E OT$>O EZ$>E"
            " GN>Ñ PH>F TH>T QUE$>C ELLE$>EL ETTE$>ET INE$>IN LLE>L TT>T SS>S Ç>S J>Y NN>N E$>",
        ),
        # Told to a clerk who writes English: Canada, Haiti, the Gulf of Guinea.
        _system(
            0.4,
            "EAUX$>O EAU>OE AULT$>OE AUD$>OE AU>O OI>WA OUX$>OO OU>OO CH>SH GN>NY QU>K ET$>AY ER$>AY É$>EY EE$>AY"
            " ELLE$>EL ETTE$>ET INE$>EEN IEN$>YEN J>ZH Ç>S",
        ),
    ),
}  # fmt: skip

#: group → habits of one place: `old>new`, or `one-other` where offices exchange them either way. `^` and `$` as above.
HABITS: dict[str, str] = {
    # French, English, Egyptian and Turkish spellings against each other; long vowels; doubled consonants.
    "ar": (
        "SH-CH OU-U OO-OU OO-U U-O EE-I I-E AA>A KH>K Q-K J-DJ J-G TH>T DH>D DH-Z GH>G Y-I W>OU AY-AI AY-EI IYA-IA"
        " SS>S MM>M LL>L YY>Y (?<=[AEIOU])S(?=[AEIOU])>SS (?<=[AEIOU])M(?=[AEIOU])>MM ^AL$-^EL$ ^AL$>UL AH$-A$"
        " ^BIN$-^BEN$ ^BIN$-^IBN$ A$>AH"
    ),
    # Passports of three times, French, English and German spellings.
    "ru": (
        "IY$-Y$ IY$-II$ EY-EI AY-AI OY-OI YA-IA YA-JA YU-IU YU-JU YO>E YE>E ^E-^YE KH>H ZH-J SH>SCH TS>C TS>TZ KS-X"
        " SKY$-SKII$ SKY$-SKI$ OV$>OFF EV$>EFF V-W SHCH>SCH Y-I NIK$>NICK INA$>INE YEV-EV"
    ),
    # What sounds alike in America, and what becomes of the letters that zones and keyboards do not have.
    "es": (
        "Z-S LL-Y V-B ^H> GE-JE GI-JI CE-SE CI-SI X-J Y-I QUI-KI QUE-KE Ñ>NN Ñ>NY Ñ>NI Ñ>NXX Ñ>GN EZ$-ES$ CH>SH NN>N"
        " RR>R C(?=[AOU])>K K>C GÜ>W ^J>Y"
    ),
    # Spelling reforms, Spanish neighbours, and the same for letters that are missing.
    "pt": (
        "Z$-S$ SA$-ZA$ ES$-EZ$ Ç>SS Ç>S Ç>Z LH>LL LH>L NH>N NH>Ñ NH>NI ÃO$>AN ÃO$>AON ÃO$>OM X-CH SS>S LL>L"
        " NN>N ^TH-^T"
        " Y>I I$>Y W>V PH-F QU>K EI>E OU>O"
    ),
    # The usual variants of surnames and given names, and a clerk who writes Spanish.
    "en": (
        "PH-F CK-K ^C(?=[AOLR])>K ^K>C Y$-IE$ Y-I EA-EE EE-IE LL>L TT>T NN>N SS>S ^MAC-^MC SON$-SEN$ TH>T SH>CH OO>U"
        " EY$-Y$ LEY$-LY$ LEIGH$-LEY$ ^W>GU ^J>Y S$> E$> RR>R"
    ),
    # Endings that sound alike, and clerks who write Spanish or English.
    "fr": (
        "EAU$-AU$ EAU$-O$ AULT$-AUD$ AUX$-AU$ OT$-EAU$ OI-OY Y-I PH-F TH>T NN>N LL>L TT>T SS>S QU>C QU>K ET$>ETTE Ç>SS"
        " C(?=[AOU])>K É>ET É>EE GN>NI OU>U CH>SH"
    ),
    # Wade and Giles, and Cantonese ears, at one syllable.
    "zh": (
        "ZH-CH ZH-J X-HS X-SH Q>CH J>CH CH(?=[IU])>Q CH(?=[IU])>J Z(?!H)>TS ^C(?!H)>TS ONG-UNG IAN-IEN ^G-^K"
        " ^D-^T ^B-^P ^R>J UI>UEI"
        " E$>EH HUA-HWA"
        " ANG$>AN YU>YUE UO>O"
    ),
}  # fmt: skip

_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|"
    r"er|an|en|in|un|ia|ua|uo|a|e|i|o|u)|(?:ang|eng|ai|ei|ao|ou|an|en|er|a|e|o)\Z",
    re.IGNORECASE,
)
_LONGEST_SYLLABLE = 6

#: How Mandarin surnames are written by Cantonese offices (Hong Kong, and families who left from there).
_CANTONESE = _rules(
    "WANG>WONG LI>LEE ZHANG>CHEUNG LIU>LAU CHEN>CHAN YANG>YEUNG HUANG>WONG ZHAO>CHIU WU>NG ZHOU>CHOW XU>HUI"
    " SUN>SUEN ZHU>CHU"
    " HU>WU GUO>KWOK HE>HO LIN>LAM LUO>LAW GAO>KO ZHENG>CHENG LIANG>LEUNG XIE>TSE SONG>SUNG TANG>TONG DENG>TANG"
    " FENG>FUNG"
    " CAO>TSO PENG>PANG ZENG>TSANG XIAO>SIU TIAN>TIN DONG>TUNG PAN>POON YUAN>YUEN CAI>CHOI JIANG>KEUNG DU>TO"
    " YE>YIP CHENG>CHING"
    " WEI>NGAI SU>SO LU>LO DING>TING REN>YAM SHEN>SHUM YAO>YIU ZHONG>CHUNG CUI>CHUI TAN>TAM SHI>SZE JIN>KAM"
    " XIA>HA FANG>FONG"
    " XIONG>HUNG BAI>PAK MENG>MANG QIN>CHUN QIU>YAU JIA>KA HUA>WAH ZHI>CHI WEN>MAN MEI>MEI JUN>KWAN YONG>YUNG"
    " HONG>HUNG"
    " QIANG>KEUNG LEI>LUI JIE>KIT TAO>TO GANG>KONG HUI>WAI XIN>SUN JING>CHING YAN>YIN BIN>PUN BO>POR DE>TAK"
    " XIANG>CHEUNG"
    " HAI>HOI XUE>SUET QING>CHING RONG>WING SHENG>SING ZHEN>CHUN YUN>WAN JIAN>KIN ZE>CHAK HAO>HO YI>YEE ZI>TSZ"
)
_WADE_INITIALS = (
    ("ZH", "CH"), ("CH", "CH"), ("SH", "SH"), ("B", "P"), ("D", "T"), ("G", "K"), ("J", "CH"), ("Q", "CH"), ("X", "HS"),
    ("Z", "TS"), ("C", "TS"), ("R", "J"),
)  # fmt: skip
_WADE_FINALS = {
    "ONG": "UNG", "IAN": "IEN", "IE": "IEH", "UE": "UEH", "E": "E", "UO": "O", "UI": "UI", "IONG": "IUNG", "IU": "IU",
}  # fmt: skip
_WADE_WHOLE = _rules(
    "ZI>TZU CI>TZU SI>SSU ZHI>CHIH CHI>CHIH SHI>SHIH RI>JIH GUO>KUO KUO>KUO HUO>HUO YOU>YU YI>I YAN>YEN YE>YEH"
    " YONG>YUNG GUI>KUEI"
    " KUI>KUEI GE>KO KE>KO HE>HO ER>ERH YU>YU LUO>LO SHUO>SHUO JU>CHU XU>HSU QU>CHU"
)
#: Which system a Chinese name is written by → share: Taiwan and all older papers, or Hong Kong and the south.
_CHINESE = {"wade": 0.55, "cantonese": 0.45}


def syllables(word: str) -> tuple[str, ...]:
    """Part joined pinyin into its syllables; a word that is none is one piece."""
    if not word:
        return ()
    for length in range(min(_LONGEST_SYLLABLE, len(word)), 0, -1):
        if _SYLLABLE.fullmatch(word, 0, length):
            rest = syllables(word[length:])
            if "".join(rest) == word[length:] and all(map(_SYLLABLE.fullmatch, rest)):
                return (word[:length], *rest)
    return (word,)


def lightly(parts: tuple[str, ...], group: str, rng: Random) -> tuple[str, ...] | None:
    """Spell the parts of a name, as a document writes them, by another habit at one place; None where none fits."""
    found: list[tuple[int, str]] = []
    for number, part in enumerate(parts):
        text = part.upper().translate(_PLAIN)
        for old, new in _habits(group):
            for place in old.finditer(text):
                changed = fold(text[: place.start()] + new + text[place.end() :])
                if changed and changed != fold(text):
                    found.append((number, changed))
    if not found:
        return None
    number, changed = rng.choice(found)
    return (*parts[:number], changed, *parts[number + 1 :])


def heavily(parts: tuple[str, ...], group: str, rng: Random) -> tuple[str, ...] | None:
    """Spell the parts by another system, `LEAST` letters off or more; None where no system of the group does so."""
    clean = fold(" ".join(parts))
    if group == "zh":
        written = [(share, tuple(_in_chinese(part, name) for part in parts)) for name, share in _CHINESE.items()]
    else:
        written = [(one.share, tuple(map(one.spelled, parts))) for one in SYSTEMS[group]]
    far = [(share, new) for share, new in written if OSA.distance(clean, " ".join(new)) >= LEAST and all(new)]
    return rng.choices([new for _, new in far], [share for share, _ in far])[0] if far else None


def _in_chinese(part: str, name: str) -> str:
    """Write a part by one of the systems; both write given names syllable by syllable."""
    return " ".join(
        (_CANTONESE.get(each) if name == "cantonese" else None) or _in_wade_giles(each)
        for word in fold(part).split()
        for each in syllables(word)
    )


def _in_wade_giles(syllable: str) -> str:
    """Wade and Giles's spelling without apostrophes and umlauts, which documents leave out."""
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable]
    for new, old in _WADE_INITIALS:
        if syllable.startswith(new):
            rest = syllable[len(new) :]
            return old + _WADE_FINALS.get(rest, rest)
    return re.sub("ONG$", "UNG", re.sub("IAN$", "IEN", re.sub("IE$", "IEH", syllable)))


@cache
def _habits(group: str) -> list[tuple[re.Pattern[str], str]]:
    """Each habit as a pattern and what stands in its place."""
    ways = []
    for pair in HABITS[group].split():
        one, sign, two = re.split(r"([->])", pair, maxsplit=1)
        ways += [(one, two)] if sign == ">" else [(one, two), (two, one)]
    return [(re.compile(re.sub(r"[$^]", r"\\b", old)), new.strip("^$")) for old, new in ways]
