"""How each group puts names together, and under which other names its people stand on lists.

A custom is two rules: how somebody is named, and what else a list calls them. Other names are what lists hold of real
people: a shorter form, another office's romanisation, a married name, parts glued or in another order. They are made by
tables of their own (`respelling`) and know nothing of the matcher's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from torogoz.synth.nation.pools import ranked
from torogoz.synth.nation.respelling import ARABIC, ENGLISH, RUSSIAN, SPANISH, in_wade_giles, respelled


@dataclass(frozen=True, slots=True)
class Named:
    """The names of one person, in their order: surnames (with their particles), and the others."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]

    @property
    def surname(self) -> str:
        """The surnames as a document writes them."""
        return " ".join(self.surnames)

    @property
    def given_names(self) -> str:
        """The other names likewise."""
        return " ".join(self.given)


@dataclass(frozen=True, slots=True)
class Custom:
    """`name` draws the names of somebody of this sex; `other` one more name under which they are known."""

    name: Callable[[Random, str], Named]
    other: Callable[[Random, Named, str], str]


_SHORT = {
    "William": "Bill", "Robert": "Bob", "James": "Jim", "Michael": "Mike", "Elizabeth": "Liz", "Thomas": "Tom",
    "Richard": "Dick", "Joseph": "Joe", "Christopher": "Chris", "Jennifer": "Jenny", "Patricia": "Pat", "Susan": "Sue",
}  # fmt: skip
_WESTERN = ("David", "Kevin", "Jason", "Amy", "Grace", "Vivian", "Peter", "Tony", "Jenny", "Michael")


def _spanish(rng: Random, sex: str) -> Named:
    surnames, given = ranked("es").draw, ranked(f"es.{sex}").draw
    borne = (surnames(rng), surnames(rng)) if rng.random() < 0.93 else (surnames(rng),)
    if rng.random() < 0.02:
        borne = (f"de {borne[0]}", *borne[1:])
    first = given(rng)
    if sex == "F" and rng.random() < 0.03:
        return Named(borne, ("María", rng.choice(("del Carmen", "de los Ángeles", "de la Paz", "del Rosario"))))
    return Named(borne, (first, given(rng)) if rng.random() < 0.72 else (first,))


def _spanish_other(rng: Random, named: Named, sex: str) -> str:
    form = rng.random()
    if form < 0.4:
        return f"{named.given[0]} {named.surnames[0]}"
    if form < 0.55 and sex == "F":
        return f"{named.given_names} {named.surnames[0]} de {ranked('es').draw(rng)}"
    if form < 0.7:
        return f"{named.given[0]} {named.surname}"
    if form < 0.85:
        return (
            f"{named.given_names} {respelled(named.surnames[0], SPANISH, rng)} {' '.join(named.surnames[1:])}".strip()
        )
    return f"{named.surname}, {named.given[0]} {' '.join(f'{name[0]}.' for name in named.given[1:])}".strip()


def _arabic(rng: Random, sex: str) -> Named:
    isms, families = ranked("ar.M").draw, ranked("ar").draw
    own, form = ranked(f"ar.{sex}").draw(rng), rng.random()
    if rng.random() < 0.05 and sex == "M":
        own = f"Abd al-{families(rng).removeprefix('Al-')}"
    father = isms(rng)
    if rng.random() < 0.15:
        father = f"{'bint' if sex == 'F' else rng.choice(('bin', 'ibn', 'ben'))} {father}"
    if form < 0.5:
        return Named((families(rng),), (own, father))
    if form < 0.75:
        return Named((families(rng),), (own,))
    if form < 0.92:
        return Named((families(rng),), (own, father, isms(rng)))
    return Named((father,), (own,))


def _arabic_other(rng: Random, named: Named, sex: str) -> str:
    form = rng.random()
    if form < 0.6:
        parts = (*named.given, *named.surnames)
        return " ".join(respelled(part, ARABIC, rng) if rng.random() < 0.6 else part for part in parts)
    if form < 0.8:
        return f"{named.given[0]} {named.surname}"
    if form < 0.9:
        parent = "Umm" if sex == "F" else "Abu"
        return f"{parent} {ranked('ar.M').draw(rng)} {named.surname}"
    return named.given_names if len(named.given) > 1 else f"{named.surname}, {named.given_names}"


def _feminine(surname: str) -> str:
    if surname.endswith("sky"):
        return f"{surname[:-1]}aya"
    return f"{surname}a" if surname.endswith(("ov", "ev", "in", "yov")) else surname


def _patronymic(father: str, sex: str) -> str:
    stem = father.rstrip("yi") if father.endswith(("y", "i")) else father
    return f"{stem}{('ev' if stem != father else 'ov')}{'na' if sex == 'F' else 'ich'}"


def _russian(rng: Random, sex: str) -> Named:
    surname = ranked("ru").draw(rng)
    given = ranked(f"ru.{sex}").draw(rng)
    father = _patronymic(ranked("ru.M").draw(rng), sex)
    return Named((_feminine(surname) if sex == "F" else surname,), (given, father) if rng.random() < 0.85 else (given,))


def _russian_other(rng: Random, named: Named, _sex: str) -> str:
    form = rng.random()
    if form < 0.35:
        return f"{named.given[0]} {named.surname}"
    if form < 0.8:
        parts = (*named.given, *named.surnames)
        return " ".join(respelled(part, RUSSIAN, rng) for part in parts)
    return f"{named.surname} {' '.join(f'{name[0]}.' for name in named.given)}"


def _portuguese(rng: Random, sex: str) -> Named:
    surnames, given = ranked("pt").draw, ranked(f"pt.{sex}").draw
    borne = tuple(
        f"{rng.choice(('da', 'de', 'dos'))} {name}" if rng.random() < 0.15 else name
        for name in (surnames(rng) for _ in range(rng.choice((1, 2, 2, 2, 3))))
    )
    first = given(rng)
    return Named(borne, (first, given(rng)) if rng.random() < 0.4 else (first,))


def _portuguese_other(rng: Random, named: Named, _sex: str) -> str:
    if rng.random() < 0.6:
        return f"{named.given[0]} {named.surnames[-1]}"
    return f"{named.given_names} {respelled(named.surnames[-1], SPANISH, rng)}"


def _english(rng: Random, sex: str) -> Named:
    surname, given = ranked("en").draw(rng), ranked(f"en.{sex}").draw
    if rng.random() < 0.03:
        surname = f"{surname}-{ranked('en').draw(rng)}"
    first = given(rng)
    return Named((surname,), (first, given(rng)) if rng.random() < 0.5 else (first,))


def _english_other(rng: Random, named: Named, sex: str) -> str:
    form = rng.random()
    if form < 0.3 and len(named.given) > 1:
        return f"{named.given[0]} {named.given[1][0]}. {named.surname}"
    if form < 0.5:
        return f"{_SHORT.get(named.given[0], named.given[0])} {named.surname}"
    if form < 0.75 and sex == "F":
        return f"{named.given_names} {ranked('en').draw(rng)}"
    return f"{named.given[0]} {respelled(named.surname, ENGLISH, rng)}"


def _chinese(rng: Random, _sex: str) -> Named:
    syllable = ranked("zh.given").draw
    first = syllable(rng)
    form = rng.random()
    if form < 0.15:
        return Named((ranked("zh").draw(rng),), (first,))
    second = syllable(rng)
    given = (first + second.lower(),) if form < 0.75 else (first, second)
    return Named((ranked("zh").draw(rng),), given)


def _chinese_other(rng: Random, named: Named, _sex: str) -> str:
    form = rng.random()
    if form < 0.3 and len(named.given) > 1:
        return f"{named.surname} {''.join(named.given).capitalize()}"
    if form < 0.5:
        return f"{rng.choice(_WESTERN)} {named.surname}"
    parts = (*named.surnames, *named.given)
    return " ".join(part if rng.random() < 0.3 else in_wade_giles(part, rng) for part in parts)


def _french(rng: Random, sex: str) -> Named:
    surname, given = ranked("fr").draw(rng), ranked(f"fr.{sex}").draw
    article = rng.random()
    if article < 0.06:
        surname = f"{('Le', 'De', 'De La')[int(article * 50)]} {surname}"
    first = given(rng)
    form = rng.random()
    if form < 0.15:
        return Named((surname,), (f"{'Marie' if sex == 'F' else 'Jean'}-{first}",))
    return Named((surname,), (first, given(rng)) if form < 0.5 else (first,))


def _french_other(rng: Random, named: Named, sex: str) -> str:
    if sex == "F" and rng.random() < 0.4:
        return f"{named.given[0]} {ranked('fr').draw(rng)}-{named.surname}"
    if len(named.given) > 1:
        return f"{named.given[0]} {named.surname}"
    return f"{named.surname} {named.given[0].replace('-', '')}"


CUSTOMS = {
    "es": Custom(_spanish, _spanish_other),
    "ar": Custom(_arabic, _arabic_other),
    "ru": Custom(_russian, _russian_other),
    "pt": Custom(_portuguese, _portuguese_other),
    "en": Custom(_english, _english_other),
    "zh": Custom(_chinese, _chinese_other),
    "fr": Custom(_french, _french_other),
}
