"""Chinese names as written elsewhere, from pinyin: by Wade and Giles, and as they are said in Cantonese and Hokkien.

Names are parted into the syllables of Mandarin. Wade–Giles is what Taiwan wrote, without apostrophes. Cantonese is of
Hong Kong, Hokkien of Singapore, Malaysia and the Philippines: syllables stand for their commonest characters, others
stay by rule of sound. The syllables of a given name stand apart in half of what both write.
"""

from __future__ import annotations

import re

from torogoz.bench.watchlist.damages.spelling import rewritten

SYLLABLE = re.compile(
    "(?:[ZCS]H|[BPMFDTNLGKHJQXRZCSYW])?"
    "(?:I?AO|[IU]?AI|U?EI|I?OU|UO|[IU]E|[IU]A(?:NG|N)?|I?ONG|(?:A|E|I|U)(?:NG|N)|IU|UI|AI|A|O|E|I|U)"
    "(?:(?<=NG)(?![AEIOU])|(?<=N)(?![AEIOU])|(?<=[AEIOU])(?=$|[B-DF-HJ-NP-TWX-Z]))"
)
WADE_GILES = """^ZHI$/CHIH ^CHI$/CHIH ^SHI$/SHIH ^RI$/JIH ^ZI$/TZU ^CI$/TZU ^SI$/SSU ^JUE$/CHUEH ^YE$/YEH
    ^YOU$/YU ^YAN$/YEN ^YI$/I ^HE$/HO ^GE$/KO ^KE$/KO ^E$/O ^GUI$/KUEI ^DUO$/TO ^TUO$/TO ^LUO$/LO ^ZUO$/TSO
    ^RONG$/JUNG ^ZH/CH ^CH/CH ^SH/SH ^X/HS ^Q/CH ^J/CH ^Z/TS ^C/TS ^G/K ^D/T ^B/P ^R/J IAN$/IEN 3IE$/IEH 3UE$/UEH
    ONG$/UNG"""
CANTONESE = """^WANG$/WONG ^LI$/LEE ^ZHANG$/CHEUNG ^LIU$/LAU ^CHEN$/CHAN ^YANG$/YEUNG ^HUANG$/WONG ^ZHAO$/CHIU
    ^WU$/NG ^ZHOU$/CHOW ^XU$/HUI ^SUN$/SUEN ^ZHU$/CHU ^HU$/WOO ^GUO$/KWOK ^HE$/HO ^LIN$/LAM ^GAO$/KO ^LUO$/LAW
    ^ZHENG$/CHENG ^LIANG$/LEUNG ^XIE$/TSE ^SONG$/SUNG ^TANG$/TONG ^DENG$/TANG ^HAN$/HON ^FENG$/FUNG ^CAO$/TSO
    ^ZENG$/TSANG ^XIAO$/SIU ^TIAN$/TIN ^DONG$/TUNG ^PAN$/POON ^YUAN$/YUEN ^CAI$/CHOI ^JIANG$/KEUNG ^DU$/TO
    ^YE$/YIP ^CHENG$/CHING ^WEI$/WAI ^SU$/SO ^LU$/LO ^DING$/TING ^REN$/YAM ^SHEN$/SHUM ^YAO$/YIU ^JIAN$/KIN
    ^HUA$/WAH ^JUN$/KWAN ^HONG$/HUNG ^FANG$/FONG ^JIE$/KIT ^QIANG$/KEUNG ^BO$/POR ^XIN$/SUN ^YI$/YEE ^ZHI$/CHI
    ^WEN$/MAN ^YUN$/WAN ^XIU$/SAU ^GANG$/KONG ^CHAO$/CHIU ^RONG$/WING ^DE$/TAK ^MEI$/MEI ^GUANG$/KWONG
    ^YONG$/WING ^PING$/PING ^JING$/KING ^XIANG$/HEUNG ^LONG$/LUNG ^SHU$/SHUK ^AI$/OI ^ZHEN$/CHUN ^QING$/CHING
    ^CHUN$/CHUN ^HAO$/HO ^MIN$/MAN ^TAO$/TO ^XUE$/SUET ^BIN$/PAN ^YAN$/YIN ^ZHONG$/CHUNG ^GUI$/KWAI ^JIN$/KAM
    ^SHAN$/SHAN ^FU$/FOOK ^ZH/CH ^CH/CH ^X/S ^Q/CH ^J/K ^Z/TS ^C/TS ^G/K ^D/T ^B/P ^R/Y ONG$/UNG ANG$/ONG UAN$/UEN
    IAN$/IN UI$/UI"""
HOKKIEN = """^CHEN$/TAN ^LIN$/LIM ^HUANG$/NG ^LI$/LEE ^WANG$/ONG ^ZHANG$/TEO ^WU$/GOH ^XU$/KOH ^CAI$/CHUA
    ^LIU$/LOW ^YANG$/YEO ^ZHOU$/CHEW ^GUO$/KUEK ^HE$/HO ^ZHENG$/TAY ^XIE$/CHIA ^HONG$/ANG ^SHEN$/SIM ^ZHAO$/TEO
    ^XIAO$/SEOW ^YE$/YAP ^ZHU$/CHOO ^HU$/OH ^SU$/SOH ^MEI$/BEE ^MING$/BENG ^JIAN$/KIAN ^HUA$/HWA ^WEN$/BOON
    ^FU$/HOCK ^JIN$/KIM ^LONG$/LENG ^GUANG$/KONG ^WEI$/WEE ^DE$/TECK ^XIN$/SIN ^YI$/EE ^YONG$/YONG ^QING$/CHENG
    ^SHU$/SOK ^AI$/AI ^HAI$/HAI ^ZH/TI ^CH/CH ^X/S ^Q/CH ^J/K ^Z/CH ^C/CH ^G/K ^D/T ^B/P ^R/J ONG$/IONG IAN$/IAN"""


def syllables(word: str) -> list[str]:
    """Part a word into syllables of Mandarin; into itself where it is not made of them."""
    found = [match.group() for match in SYLLABLE.finditer(word)]
    return found if "".join(found) == word else [word]


def respoken(field: str, table: str, between: str) -> str:
    """Write each syllable of a field by the table, with this between those of a word."""
    return " ".join(between.join(rewritten(one, table) for one in syllables(word)) for word in field.split())
