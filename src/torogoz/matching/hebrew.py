"""Hebrew script as Latin letters: the commonest names as they are usually written, and all others by their consonants.

Hebrew writes few vowels, so that no rule of letters turns כהן into COHEN. `READINGS` holds the commonest given names
and surnames with their usual romanisations, the most usual first (general knowledge; that they are the commonest can be
checked in the lists of names of Israel's Central Bureau of Statistics, how they are written in B. C. Kaganoff, *A
Dictionary of Jewish Names and Their History*, 1977). Of every other word each consonant is read hard, and then soft.
"""

from __future__ import annotations

import re

_HARD = str.maketrans("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "ABGDHUZHTIKKLMMNNSAPPSSKRST")
_SOFT = str.maketrans(
    {"ב": "V", "ו": "V", "ח": "CH", "כ": "CH", "ך": "CH", "פ": "F", "ף": "F", "צ": "TZ", "ץ": "TZ", "ש": "SH", "ע": ""}
)

_TABLE = """
כהן COHEN KOHEN CAHEN
לוי LEVI LEVY
מזרחי MIZRAHI MIZRACHI
פרץ PERETZ PEREZ
ביטון BITON BITTON
דהן DAHAN
אברהם AVRAHAM ABRAHAM
אברהים IBRAHIM
פרידמן FRIEDMAN FRIDMAN FREEDMAN
מלכה MALKA MALCA
אזולאי AZOULAY AZULAI AZULAY
כץ KATZ KATS
יוסף YOSEF JOSEPH YOSSEF
דוד DAVID
עמר AMAR
אוחיון OHAYON
חדד HADAD HADDAD
גבאי GABAY GABBAY GABAI
אדרי EDRI
לוין LEVIN LEVINE
טל TAL
קליין KLEIN
חן CHEN HEN
שפירא SHAPIRA SHAPIRO
חזן HAZAN CHAZAN
משה MOSHE
אוחנה OHANA
סגל SEGAL
גולן GOLAN
יצחק YITZHAK ITZHAK YITZCHAK
יעקב YAAKOV JACOB YAKOV
שמעון SHIMON SIMON
מימון MAIMON
ברוך BARUCH BARUKH
שרון SHARON
רוזן ROSEN ROZEN
רוזנברג ROSENBERG ROZENBERG
גולדברג GOLDBERG
גולדשטיין GOLDSTEIN GOLDSHTEIN
גרינברג GREENBERG GRINBERG
וייס WEISS WEISZ VAIS
שוורץ SCHWARTZ SHWARTZ SCHWARZ
הופמן HOFFMAN HOFMAN
ברק BARAK
שלום SHALOM
דיין DAYAN
אלון ALON ALLON
הורוביץ HOROWITZ HOROVITZ HURWITZ
אשכנזי ASHKENAZI ASHKENAZY
נחום NAHUM NACHUM
מאיר MEIR MEYER
בן BEN
בר BAR
בת BAT
דניאל DANIEL
מיכאל MICHAEL MIKHAEL
יונתן YONATAN JONATHAN
יהונתן YEHONATAN JONATHAN
נתן NATAN NATHAN
אריאל ARIEL
אורי URI ORI
איתי ITAI ITAY
עומר OMER
נועם NOAM
איתן EITAN EYTAN ETHAN
יהודה YEHUDA JUDAH
שלמה SHLOMO SHELOMO
שמואל SHMUEL SAMUEL
ישראל ISRAEL YISRAEL
חיים HAIM CHAIM HAYIM
מרדכי MORDECHAI MORDEHAI MORDEKHAI
מנחם MENACHEM MENAHEM
אהרון AHARON AARON
אהרן AHARON AARON
רפאל RAFAEL RAPHAEL REFAEL
גבריאל GAVRIEL GABRIEL
בנימין BINYAMIN BENJAMIN BENYAMIN
אליהו ELIYAHU ELIAHU
אלי ELI ELY
אביב AVIV
אבי AVI
עמית AMIT
גיל GIL
רון RON
רונן RONEN
יאיר YAIR
ליאור LIOR
אסף ASAF ASSAF
עופר OFER
אייל EYAL
שי SHAI SHAY
יובל YUVAL
גל GAL
דן DAN
זאב ZEEV ZEV
צבי ZVI TZVI
דב DOV
אריה ARYEH ARIE ARYE
יהושע YEHOSHUA JOSHUA
עזרא EZRA
שאול SHAUL SAUL
יואב YOAV
אהוד EHUD
מנשה MENASHE
אפרים EFRAIM EPHRAIM
נפתלי NAFTALI NAPHTALI
אשר ASHER
ראובן REUVEN REUBEN
יואל YOEL JOEL
עמוס AMOS
יונה YONA JONAH YONAH
שרה SARA SARAH
רחל RACHEL RAHEL
רבקה RIVKA REBECCA
לאה LEA LEAH
מרים MIRIAM MIRYAM
אסתר ESTHER ESTER
חנה HANNA HANNAH CHANA
נועה NOA NOAH
תמר TAMAR
מיכל MICHAL
יעל YAEL
שירה SHIRA
מאיה MAYA
אביגיל AVIGAIL ABIGAIL
דבורה DEVORA DEBORAH DVORA
רות RUTH RUT
נעמי NAOMI NOMI
אילנה ILANA
מוחמד MUHAMMAD MOHAMMED MOHAMED
אחמד AHMAD AHMED
מחמוד MAHMOUD MAHMUD
עלי ALI
"""
_MARKS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")

#: Hebrew word → its usual romanisations, the most usual first.
READINGS = {word: tuple(spelled) for word, *spelled in map(str.split, _TABLE.strip().splitlines())}


def readings(word: str) -> tuple[str, str, str, str, str]:
    """Five Latin spellings of a word, some of which may be equal: three usual ones, then its consonants, hard and soft.

    A word that has no usual ones is read hard, soft and hard in their place, so that it stands beside known ones both
    ways.
    """
    letters = _MARKS.sub("", word)
    hard, soft = letters.translate(_HARD), letters.translate(_SOFT).translate(_HARD)
    known = READINGS.get(letters) or (hard, soft, hard)
    first, second, third = (known[min(place, len(known) - 1)] for place in range(3))
    return first, second, third, hard, soft
