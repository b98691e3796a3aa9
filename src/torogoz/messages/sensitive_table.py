"""The table of sensitive data: what a message, a remark or a colleague's note may not tell (LR-23).

Sensitive are race or ethnic origin, political opinion, religion or philosophy, union membership, health, sex life and
sexual orientation (Dir. (EU) 2016/681 art. 13(4)). No state publishes its exact list, so this one is ours, versioned:
the SSR codes are IATA's, the classification is ours. A state changes it by settings (docs/operator/settings.md): what
it adds is dropped too, what it keeps is dropped no more, and the version says that it was changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from torogoz.domain.name import fold

#: The version of the tables below; it changes with them.
VERSION = "2026-11-28"

#: What an SSR code would reveal → the codes.
SSR_CODES: dict[str, str] = {
    "religion": "HNML KSML MOML VJML AVML ORML VOML JNML",
    "health, by meal": "DBML GFML HFML LCML LFML LPML LSML NLML NSML PRML PFML BLML SFML SPML",
    "health": "MEDA STCR OXYG BLND DEAF DPNA WCHR WCHS WCHC WCHP WCBD WCBW WCLB WCMP WCOB LEGB LEGL LEGR PPOC ESAN SVAN"
    " MAAS PREG AOXY DEMA",
}

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


class SensitiveKind(StrEnum):
    """What a row of the table is: a request's code, words of free text, or a title that tells a religion."""

    SSR = "ssr"
    WORD = "word"
    PHRASE = "phrase"
    TITLE = "title"


#: How a change to the table is written: the kind, a colon, and what is meant.
CHANGE = re.compile(r"(?i)(?:ssr: ?[A-Z]{4}|word: ?\w{2,40}|phrase: ?\w+(?: \w+){1,7}|title: ?\w{2,20})\Z")


@dataclass(frozen=True, slots=True)
class SensitiveTable:
    """One version of the table, folded and ready to be asked.

    `titles` reveal a religious office before a name or after it, `titles_last` only after it.
    """

    version: str
    codes: frozenset[str]
    words: frozenset[str]
    phrases: frozenset[str]
    titles: frozenset[str]
    titles_last: frozenset[str]
    #: What finds a phrase in folded text, and a code in a copy that glues carrier and status to it (`AVMLSQHK1`).
    phrase_in_text: re.Pattern[str] = field(init=False, repr=False, compare=False)
    code_in_text: re.Pattern[str] = field(init=False, repr=False, compare=False)
    #: Every word without which nothing is found in a text; of a phrase, its last.
    suspects: frozenset[bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the patterns; of an empty set nothing is found."""
        phrases = "|".join(sorted(map(re.escape, self.phrases))) or "(?!)"
        codes = "|".join(sorted(self.codes)) or "(?!)"
        object.__setattr__(self, "phrase_in_text", re.compile(rf"\b(?:{phrases})\b"))
        last = {phrase.split()[-1] for phrase in self.phrases}
        object.__setattr__(self, "suspects", frozenset(word.encode() for word in self.words | self.codes | last))
        object.__setattr__(self, "code_in_text", re.compile(rf"\b(?:{codes})(?=[A-Z0-9]{{2}}[A-Z]{{2}}\d|\b)"))

    def changed(self, add: Iterable[str], keep: Iterable[str]) -> SensitiveTable:
        """The table with what a state adds and without what it keeps. ValueError for what is not written as `CHANGE`.

        The version tells that it was changed, and how: equal changes give equal versions.
        """
        more, less = _by_kind(add), _by_kind(keep)
        if not any(more.values()) and not any(less.values()):
            return self
        told = repr([sorted(each) for side in (more, less) for each in side.values()])
        return replace(
            self,
            version=f"{self.version}+{hashlib.sha256(told.encode()).hexdigest()[:8]}",
            codes=self.codes - less[SensitiveKind.SSR] | more[SensitiveKind.SSR],
            words=self.words - less[SensitiveKind.WORD] | more[SensitiveKind.WORD],
            phrases=self.phrases - less[SensitiveKind.PHRASE] | more[SensitiveKind.PHRASE],
            titles=self.titles - less[SensitiveKind.TITLE] | more[SensitiveKind.TITLE],
            titles_last=self.titles_last - less[SensitiveKind.TITLE] | more[SensitiveKind.TITLE],
        )


def _by_kind(changes: Iterable[str]) -> dict[SensitiveKind, frozenset[str]]:
    found: dict[SensitiveKind, set[str]] = {kind: set() for kind in SensitiveKind}
    for change in changes:
        if not CHANGE.match(change):
            raise ValueError("no change of the table")
        kind, _, meant = change.partition(":")
        found[SensitiveKind(kind.lower())].add(fold(meant).strip())
    return {kind: frozenset(meant) for kind, meant in found.items()}


_CODES = frozenset(" ".join(SSR_CODES.values()).split())

#: The table as it is shipped.
DEFAULT = SensitiveTable(
    VERSION,
    _CODES,
    frozenset(" ".join(WORDS.values()).split()),
    frozenset(PHRASES),
    CLERICAL_TITLES,
    CLERICAL_TITLES_LAST,
)
