"""The words by which an author would ask for what no rule may ask (LR-23, LR-24).

The vocabulary is the protection: none of these has a field. These tables let the linter say *why* such a field is
refused, and read titles and reasons, because a rule that says that it hunts a faith is one, whatever its fields are.
Words are compared whole after folding, so that *unión aduanera* and *reunión* stay innocent.
"""

from __future__ import annotations

import re

from torogoz.domain.name import fold
from torogoz.messages.sensitive import contains_sensitive

#: Category or proxy → words in the name of a field that would ask for it.
_FIELDS: dict[str, str] = {
    "religion": "MEAL COMIDA RELIGION FAITH BELIEF CREDO",
    "health": "HEALTH SALUD MEDICAL DISABILITY DISCAPACIDAD WHEELCHAIR PREGNANT ASSISTANCE ASISTENCIA",
    "any of them": "SSR OSI REMARK REMARKS OBSERVACIONES LANGUAGE IDIOMA",
    "ethnic origin": "RACE RAZA ETHNIC ETHNICITY ETNIA TRIBE SKIN BIRTHPLACE PLACE SURNAME NAME NAMES GIVEN"
    " APELLIDO NOMBRE",
    "opinions": "POLITICS POLITICAL PARTIDO POLITICA UNION SINDICATO",
    "sex life": "SEX SEXO GENDER GENERO SEXUAL ORIENTATION",
}
#: Category → words in a title or reason that name it, beside those of `messages.sensitive`.
_TEXTS: dict[str, str] = {
    "religion": "MUSLIM MUSLIMS ISLAM ISLAMIC MUSULMAN MUSULMANA MUSULMANES ISLAMICO ISLAMICA JEW JEWS JEWISH"
    " JUDIO JUDIA JUDIOS CHRISTIANS CRISTIANO CRISTIANOS EVANGELICO EVANGELICOS HINDU HINDUS SIKH SIKHS RELIGION"
    " RELIGIOUS RELIGIOSO RELIGIOSA KOSHER HALAL MOSQUE MEZQUITA",
    "health": "DISABLED DISCAPACITADO WHEELCHAIR PREGNANT EMBARAZADA EMBARAZADAS HIV VIH",
    "ethnic origin": "ETHNIC ETHNICITY ETNIA ETNICO ETNICA RACE RACIAL RAZA INDIGENOUS INDIGENA INDIGENAS GYPSY GYPSIES"
    " GITANO GITANOS",
    "opinions": "SINDICATO SINDICALISTA SINDICALISTAS UNIONIST UNIONISTS ACTIVIST ACTIVISTS ACTIVISTA ACTIVISTAS",
    "sex life": "HOMOSEXUAL HOMOSEXUALS GAY GAYS LESBIAN LESBIANA TRANSGENDER TRANSGENERO",
}
_FIELD_WORDS = frozenset(" ".join(_FIELDS.values()).split())
_TEXT_WORDS = frozenset(" ".join(_TEXTS.values()).split())
#: The longest phrase of `messages.sensitive`, in words.
_LONGEST_PHRASE = 3


def names_special_category(field: str) -> bool:
    """Whether the name of a field that does not exist asks for a special category or a proxy."""
    return not _FIELD_WORDS.isdisjoint(fold(re.sub(r"[\W_]", " ", field)).split())


def word_of_special_category(text: str) -> str | None:
    """The first word of a text that names a special category, or the first words that do so together.

    What may not stand in a message or in a colleague's note may not stand here either.
    """
    words = fold(text).split()
    for length in range(1, _LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            told = " ".join(words[start : start + length])
            if told in _TEXT_WORDS or contains_sensitive(told):
                return told.lower()
    return None
