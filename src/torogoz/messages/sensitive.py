"""Sensitive data: what is dropped before anything parsed is stored, counted, and overwritten in the raw copy.

Sensitive are race or ethnic origin, political opinion, religion or philosophy, union membership, health, sex life and
sexual orientation (Dir. (EU) 2016/681 art. 13(4), LR-23). No state publishes its exact list, so this one is ours,
versioned: the SSR codes are IATA's, the classification is ours. Counts are kept, never what or whose.

`contains_sensitive` reads free text: OSI, remarks, history, and what our own staff type. Words are compared whole after
folding, so that *reunión* and *Western Union* stay innocent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from torogoz.domain.name import fold

if TYPE_CHECKING:
    from torogoz.domain.manifest import Message

#: The version of the tables below; it changes with them.
VERSION = "2026-11-22"

#: What an SSR code would reveal → the codes.
SSR_CODES: dict[str, str] = {
    "religion": "HNML KSML MOML VJML AVML ORML VOML JNML",
    "health, by meal": "DBML GFML HFML LCML LFML LPML LSML NLML NSML PRML PFML BLML SFML SPML",
    "health": "MEDA STCR OXYG BLND DEAF DPNA WCHR WCHS WCHC WCHP WCBD WCBW WCLB WCMP WCOB LEGB LEGL LEGR PPOC ESAN SVAN"
    " MAAS PREG AOXY DEMA",
}
_SSR = frozenset(" ".join(SSR_CODES.values()).split())

#: Titles that reveal a religious office, before a name or after it …
CLERICAL_TITLES = frozenset(
    word
    for line in (
        "REV REVD REVEREND FR FATHER PADRE PBRO FRAY SOR SISTER HERMANA OBISPO ARCHBISHOP ARZOBISPO CARDENAL MSGR MONS",
        "MONSENOR PASTORA RABBI RABINO MULLAH MAULANA DIACONO RABB PREB",
    )
    for word in line.split()
)
#: … and those that count only after it, because before it millions bear them as given names.
CLERICAL_TITLES_LAST = frozenset(("IMAM", "SHEIKH", "HAJI", "HAJJI", "SWAMI", "PASTOR", "DEACON", "BISHOP", "CARDINAL"))

#: What words of free text would reveal → the words, folded, in English and Spanish.
WORDS: dict[str, str] = {
    "religion": "HALAL KOSHER MUSLIM MUSLIMS ISLAM ISLAMIC MUSULMAN MUSULMANA MUSULMANES JEW JEWS JEWISH JUDIO JUDIA"
    " JUDIOS CATHOLIC CATOLICO CATOLICA EVANGELICAL EVANGELICO EVANGELICA CHRISTIANS CRISTIANO CRISTIANA HINDU HINDUS"
    " SIKH SIKHS BUDDHIST BUDISTA ATHEIST ATEO ATEA RELIGION RELIGIOUS RELIGIOSO RELIGIOSA PRIEST SACERDOTE PILGRIM"
    " PILGRIMS PEREGRINO PEREGRINOS HAJJ UMRAH MOSQUE MEZQUITA SYNAGOGUE SINAGOGA RABBI IMAM",
    "health": "WHEELCHAIR DISABLED DISABILITY DISCAPACITADO DISCAPACITADA DISCAPACIDAD DIABETIC DIABETICO DIABETICA"
    " DIABETES PREGNANT PREGNANCY EMBARAZADA EMBARAZO BLIND CIEGO CIEGA DEAF SORDO SORDA CANCER HIV VIH AIDS EPILEPTIC"
    " EPILEPTICO EPILEPTICA EPILEPSY EPILEPSIA OXYGEN OXIGENO STRETCHER MEDICAL MEDICO SURGERY CIRUGIA"
    " ILLNESS ENFERMEDAD ENFERMO ENFERMA PATIENT PACIENTE DIALYSIS DIALISIS AUTISM AUTISTIC AUTISMO AUTISTA DEMENTIA"
    " DEMENCIA AMPUTEE INSULIN INSULINA MEDIF",
    "ethnic origin": "ETHNIC ETHNICITY ETNIA RACE RACIAL RAZA INDIGENOUS INDIGENA INDIGENAS GYPSY GITANO GITANA ROMANI",
    "opinions and unions": "SINDICATO SINDICALISTA SINDICALISTAS UNIONIST ACTIVIST ACTIVISTS ACTIVISTA ACTIVISTAS"
    " COMMUNIST COMUNISTA SOCIALIST SOCIALISTA",
    "sex life": "HOMOSEXUAL HOMOSEXUALS GAY LESBIAN LESBIANA BISEXUAL TRANSGENDER TRANSGENERO TRANSEXUAL",
}
_WORDS = frozenset(" ".join(WORDS.values()).split()) | _SSR
#: Several words that tell what none of them tells alone.
PHRASES: tuple[str, ...] = (
    "SILLA DE RUEDAS",
    "LABOR UNION",
    "TRADE UNION",
    "UNION MEMBER",
    "PARTIDO POLITICO",
    "POLITICAL PARTY",
    "SAME SEX",
    "SPECIAL NEEDS",
    "NECESIDADES ESPECIALES",
    "SERVICE DOG",
    "GUIDE DOG",
    "PERRO GUIA",
    "SKIN COLOUR",
    "COLOR DE PIEL",
)
#: In messages `//` stands for `@`.
_EMAIL = re.compile(r"[^\s@/]+(?:@|//)[^\s@/]+")
_PHRASES = re.compile("|".join(rf"\b{phrase}\b" for phrase in PHRASES))
#: History copies write the code, the carrier and the status without a blank: `SSR AVMLSQHK1`.
_CODE_IN_TEXT = re.compile(rf"\b(?:{'|'.join(sorted(_SSR))})(?=[A-Z0-9]{{2}}[A-Z]{{2}}\d|\b)")

#: Every word without which `contains_sensitive` finds nothing; of a phrase, its last.
_SUSPECT = frozenset(word.encode() for word in _WORDS | {phrase.split()[-1] for phrase in PHRASES})
#: Letters in upper case; all else parts words, but that folding takes full stops and backticks out.
_LETTERS = bytes(ord(chr(sign).upper()) if chr(sign).isascii() and chr(sign).isalpha() else 0x20 for sign in range(256))

#: Letters as A, digits as 1, and what a code with its carrier and status looks like then.
_SHAPES = bytes(
    0x31 if chr(sign).isdecimal() else 0x41 if letter != 0x20 else 0x20 for sign, letter in enumerate(_LETTERS)
)
_GLUED = tuple(b" AAAA" + carrier + b"AA1" for carrier in (b"AA", b"A1", b"1A", b"11"))


def is_sensitive_code(code: str) -> bool:
    """Whether an SSR code is one that must be dropped."""
    return code.strip().upper() in _SSR


def contains_sensitive(text: str) -> bool:
    """Whether free text holds a sensitive code, word or phrase. E-mail addresses are names, not words."""
    if not may_be_sensitive(text):
        return False
    # An apostrophe parts words here: *blind's* is *blind*.
    folded = fold(_EMAIL.sub(" ", text).replace("'", " "))
    return (
        not _WORDS.isdisjoint(folded.split())
        or _PHRASES.search(folded) is not None
        or _CODE_IN_TEXT.search(text.upper()) is not None
    )


def may_be_sensitive(text: str) -> bool:
    """Whether `contains_sensitive` must look at free text. Never False where it would find something; much cheaper.

    Text that is not ASCII must be looked at.
    """
    if not text.isascii():
        return True
    plain = text.encode()
    words = plain.translate(_LETTERS, b".`").split()
    if "." in text or "`" in text:
        words += plain.translate(_LETTERS).split()
    if not _SUSPECT.isdisjoint(words):
        return True
    shapes = (b" " + plain).translate(_SHAPES)
    one, two, three, four = _GLUED
    glued = one in shapes or two in shapes or three in shapes or four in shapes
    return glued and _CODE_IN_TEXT.search(text.upper()) is not None


def redact(data: bytes, message: Message) -> bytes:
    """The message's own bytes, with the sensitive ones overwritten by `X` at equal length, so that positions hold.

    Line ends stay, so that the lines of the copy are those that were sent.
    """
    base = message.span.start
    copy = bytearray(data[base : message.span.end])
    for span in message.sensitive:
        hidden = copy[span.start - base : span.end - base]
        copy[span.start - base : span.end - base] = bytes(sign if sign in b"\r\n" else 0x58 for sign in hidden)
    return bytes(copy)
