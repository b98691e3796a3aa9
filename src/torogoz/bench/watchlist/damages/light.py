"""The same name in another Latin spelling that differs little, as an office of the same language writes it.

One word is spelled otherwise in 70 of 100, two in 30, each by one rule at one place: no word differs by more than two
letters. The tables are what offices, families and clerks of a language exchange: vowels and doubled letters of Arabic
that its script does not write; the endings of Russian passports before and after their rules changed; the letters of
Spanish, Portuguese, French and English that sound alike; the finals and initials of Mandarin that the south does not
tell apart, with spellings of Taiwan and Singapore. Every rule that fits is as likely as the others.
Pessimistic: the rule may make a spelling that nobody uses of a name that everybody spells alike. Optimistic: an office
that errs often errs in more words; pet names are not here, nor what becomes of Ñ or Ü elsewhere than in a zone.
"""

from __future__ import annotations

from random import Random

from torogoz.bench.watchlist.damages.forms import PARTICLES, name_of, refilled
from torogoz.bench.watchlist.damages.spelling import respelled
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot

_TWO_WORDS = 0.3
_AS_THEY_ARE = PARTICLES - {"AL", "EL"}

#: group → what its offices write for each other.
TABLES = {
    "ar": """3U=3O 3OU=3U 3OO/U 3OU/OO 3EE/I 3I4/EE 3I/E 3E4/I 3A4/E AA/A IYA$=IA$ IYA$/IYYA AH$=A$ Y$=I$ AY=AI
        AI=EI Q=K 3KH/K J=G DH/D ^D2/DH TH/T T2/TH GH/G 1SS2/S 1S2/SS MM/M 1M2/MM MED$=MAD$ EIN$=AIN$ IN$=EEN$
        ^AL$=^EL$ 3W2/OU 1Y2/I 1Y2/YY HM/HAM AZ/EZ ZZ/Z 1Z2/ZZ LL/L 1L2/LL BB/B 1B2/BB DD/D 1D2/DD""",
    "ru": """IY$/Y RY$/RIY IY$/II IY$/IJ EY=EI OY=OI AY=AI SKY$=SKIY$ SKY$/SKII SKY$/SKI SKAYA$=SKAIA$ YA=IA
        YU=IU KH/H KS=X SHCH=SCH 1E/YE YE/E YEV$=EV$ IYA$=IA$ ^E=^YE NN/N NIK/NYK VICH$=VITCH$ IE=IYE TS2/TZ ZH/J
        3Y4/I IL/YL LY/LI EVNA$=YEVNA$ GE/GUE OVNA$/OWNA""",
    "es": """1Z2=1S2 Z$=S$ 1Z4/S CE=SE CI=SI V=B LL2=Y2 Y$=I$ ^H2/ ^A/HA ^E/HE 3JE=3GE 3JI=3GI ^X=^J QUI=KI
        QUE=KE CA/KA CO/KO K2/C NN/N RR/R SS/S TH/T I2/Y ^UE/HUE ^GUE=^HUE 1L2/LL EZ$=ES$ ^Y=^LL ^Y=^I""",
    "pt": """1S2=1Z2 EZ$=ES$ IZ$=IS$ AZ$=AS$ OZ$=OS$ SS/S 1S2/SS 3Y=3I TH=T T2/TH PH=F LL/L 1L2/LL NN/N 1N2/NN
        TT/T 1T2/TT K2/C CA/KA CO/KO ^W2/V ^V/W X2=CH2 OU/O ^H2/ ^E/HE AES$/AIS GE=JE GI=JI D$/DE E$=I$ EI2/E
        CE=SE CI=SI EIA/EA""",
    "en": """Y$=IE$ Y$=EY$ CK/K 1K$/CK CA=KA CO=KO C$/K PH=F LL/L 1L2/LL TT/T 1T2/TT NN/N 1N2/NN RR/R 1R2/RR SS/S
        EA=EE SON$=SEN$ E$/ LEY$=LY$ AI=AY ^MAC=^MC ^MC/MACK S$/ N$/NE OU/O ER$=AR$ AN$=EN$ ON$=EN$ 3I4/Y 3Y4/I
        ELL$=EL$ BURY$/BERRY TON$/TEN WH/W OR$=ER$ ^STE/STEE AUGH/AU EW/U HAM$/AM FORD$/FORTH
        BOROUGH$/BOROGH INGTON$/INTON""",
    "zh": """ANG$=AN$ ENG$=EN$ ING$=IN$ AN4/ANG EN4/ENG ZH/Z Z2/ZH SH/S ^S2/SH CH/C ^C2/CH LU=LV NU/NV LU/LYU
        UI=UEI UN$=UEN$ AO=AU LI$/LEE WU/WOO HUA=HWA UAN$=WAN$ ^YA/IA X2/S X2/SH Q2/CH WEI=WAI 3OU/O UO=O YI/I
        J2/ZH 3I$/EE ONG=UNG""",
    "fr": """3Y=3I PH=F CK/C CA/KA CO/KO K2/C LL/L 1L2/LL NN/N 1N2/NN TT/T 1T2/TT SS/S RR/R 1R2/RR MM/M 1M2/MM
        PP/P 1P2/PP AUD$=AULT$ EAU=AU AU/O 3O4/AU E$/ N$/NE X$/S Z$/S TH=T AI=EI AI4/E OY=OI LLE$=LE$ EN4=AN4 S$/
        D$/ T$/ ER$/E ET$/E OU4/U OT$/AUT IER$/IE GE/GUE CH/SH QU/K INE$=INNE$""",
}  # fmt: skip


def light_transliteration(person: Compatriot, query: Query, rng: Random) -> Query | None:
    """Spell one or two words otherwise; None where the language's table fits none."""
    name = name_of(query)
    spelled = [None if word in _AS_THEY_ARE else respelled(word, TABLES[person.group], rng) for word in name]
    fit = [number for number, word in enumerate(spelled) if word]
    if not fit:
        return None
    for number in rng.sample(fit, min(len(fit), 2 if rng.random() < _TWO_WORDS else 1)):
        name[number] = spelled[number] or name[number]
    return refilled(query, name)
