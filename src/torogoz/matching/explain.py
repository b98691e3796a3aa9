"""Why a match: its score as evidence, code by code, and each code as a sentence in Spanish and English.

The evidence of a match adds up to its bits: nothing that weighs is left unsaid, and what could not be compared says so
with no weight. Document numbers are shortened to their last three signs (design §7).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from torogoz.domain.document import Document
from torogoz.domain.hit import Evidence, Stance
from torogoz.matching.index import ListIndex
from torogoz.matching.rates import (
    AKIN_WORD,
    DOCUMENT_SAME,
    KIN_WORDS,
    MISSING_WORD,
    OTHER_WORD,
    Akin,
    Likeness,
    kin_millibits,
)
from torogoz.matching.score import NameScore, Score

Language = Literal["es", "en"]

#: code → sentence. What stands in braces comes from the evidence's values.
SENTENCES: dict[str, dict[Language, str]] = {
    "prior": {
        "es": "antes de comparar: una lista de {entries}",
        "en": "before comparing: a list of {entries}",
    },
    "name_same": {
        "es": "{asked} = {listed}, 1 de cada {one_in} en esta lista",
        "en": "{asked} = {listed}, 1 in {one_in} on this list",
    },
    "name_typo": {
        "es": "{asked} ≈ {listed}, una letra de diferencia; 1 de cada {one_in} en esta lista",
        "en": "{asked} ≈ {listed}, one letter apart; 1 in {one_in} on this list",
    },
    "name_misread": {
        "es": "{asked} ≈ {listed}, letras que una máquina lee unas por otras; 1 de cada {one_in} en esta lista",
        "en": "{asked} ≈ {listed}, letters that a machine reads for each other; 1 in {one_in} on this list",
    },
    "name_heard": {
        "es": "{asked} ≈ {listed}, suenan igual; 1 de cada {one_in} en esta lista",
        "en": "{asked} ≈ {listed}, heard the same; 1 in {one_in} on this list",
    },
    "name_cut": {
        "es": "{asked}… puede ser {listed} cortado; 1 de cada {one_in} en esta lista",
        "en": "{asked}… may be {listed} cut short; 1 in {one_in} on this list",
    },
    "name_variant": {
        "es": "{asked} es forma de {listed}; 1 de cada {one_in} en esta lista",
        "en": "{asked} is a form of {listed}; 1 in {one_in} on this list",
    },
    "name_initial": {
        "es": "{asked} y {listed}: uno es la inicial del otro",
        "en": "{asked} and {listed}: one is the initial of the other",
    },
    "name_akin_beginning": {
        "es": "{asked} y {listed}: uno empieza como el otro; cercano, no cuenta como otro nombre",
        "en": "{asked} and {listed}: one is the beginning of the other; near, not counted as another name",
    },
    "name_akin_slips": {
        "es": "{asked} y {listed}: a lo sumo dos erratas; cercano, no cuenta como otro nombre",
        "en": "{asked} and {listed}: two slips apart at most; near, not counted as another name",
    },
    "name_akin_consonants": {
        "es": "{asked} y {listed}: las mismas consonantes; cercano, no cuenta como otro nombre",
        "en": "{asked} and {listed}: the same consonants; near, not counted as another name",
    },
    "name_akin_near": {
        "es": "{asked} y {listed}: nombres que se confunden; cercano, no cuenta como otro nombre",
        "en": "{asked} and {listed}: names that are taken for each other; near, not counted as another name",
    },
    "name_other": {
        "es": "{asked} no es {listed}",
        "en": "{asked} is not {listed}",
    },
    "name_kin": {
        "es": "parientes comparten palabras: junto a otra distinta, las comunes pesan a lo sumo {most}",
        "en": "relatives share words: beside another one, those in common weigh at most {most}",
    },
    "name_missing": {
        "es": "la lista tiene además {listed}",
        "en": "the list also has {listed}",
    },
    "name_extra": {
        "es": "el viajero tiene además {asked}",
        "en": "the traveller also has {asked}",
    },
    "name_none": {
        "es": "ninguna palabra del nombre en común",
        "en": "no word of the name in common",
    },
    "name_not_compared": {
        "es": "nombre no comparado: falta en un lado",
        "en": "name not compared: missing on one side",
    },
    "birth_date_equal": {
        "es": "misma fecha de nacimiento: {listed}",
        "en": "same birth date: {listed}",
    },
    "birth_date_compatible": {
        "es": "fecha de nacimiento {asked} compatible con {listed}",
        "en": "birth date {asked} agrees with {listed} as far as known",
    },
    "birth_date_swapped": {
        "es": "fecha de nacimiento {asked} es {listed} con día y mes cambiados",
        "en": "birth date {asked} is {listed} with day and month exchanged",
    },
    "birth_date_one_part": {
        "es": "fecha de nacimiento {asked} difiere de {listed} en una sola parte",
        "en": "birth date {asked} differs from {listed} in one part only",
    },
    "birth_date_other": {
        "es": "fecha de nacimiento {asked} no es {listed}",
        "en": "birth date {asked} is not {listed}",
    },
    "birth_date_not_compared": {
        "es": "fecha de nacimiento no comparada: falta en un lado",
        "en": "birth date not compared: missing on one side",
    },
    "nationality_same": {"es": "misma nacionalidad: {asked}", "en": "same nationality: {asked}"},
    "nationality_other": {
        "es": "nacionalidad {asked} no es {listed}",
        "en": "nationality {asked} is not {listed}",
    },
    "nationality_not_compared": {
        "es": "nacionalidad no comparada: falta en un lado",
        "en": "nationality not compared: missing on one side",
    },
    "sex_same": {"es": "mismo sexo: {asked}", "en": "same sex: {asked}"},
    "sex_other": {"es": "sexo {asked} no es {listed}", "en": "sex {asked} is not {listed}"},
    "sex_not_compared": {
        "es": "sexo no comparado: falta en un lado",
        "en": "sex not compared: missing on one side",
    },
    "document_same": {
        "es": "mismo número de documento: {asked}",
        "en": "same document number: {asked}",
    },
    "document_other_issuer": {
        "es": "mismo número de documento {asked}, pero de otro emisor",
        "en": "same document number {asked}, but another issuer",
    },
    "document_near": {
        "es": "número de documento {asked} a un solo signo de uno de la lista",
        "en": "document number {asked} is a single sign away from a listed one",
    },
    "document_other": {
        "es": "otro número de documento, quizá renovado",
        "en": "another document number, perhaps a renewal",
    },
    "document_not_compared": {
        "es": "documento no comparado: falta en un lado",
        "en": "document not compared: missing on one side",
    },
    "chance_entries": {
        "es": "por azar, según estos pesos, hasta {entries} de esta lista se parecerían tanto a un viajero cualquiera",
        "en": "by chance, by these weights, up to {entries} on this list would look as good to any one traveller",
    },
    "chance_travellers": {
        "es": "por azar, según estos pesos, hasta 1 de cada {one_in} viajeros se parecería tanto a alguien de la lista",
        "en": "by chance, by these weights, at most 1 in {one_in} travellers would look as good to anybody listed",
    },
    "chance_hardly": {
        "es": "por azar, según estos pesos, menos de 1 viajero en un millón se parecería tanto a alguien de esta lista",
        "en": "by chance, by these weights, less than 1 traveller in a million would look as good to anybody listed",
    },
    "if_birth_date_equal": {
        "es": "con la misma fecha de nacimiento completa",
        "en": "with the same whole birth date",
    },
    "if_birth_date_unknown": {"es": "sin la fecha de nacimiento", "en": "without the birth date"},
    "if_nationality_unknown": {"es": "sin la nacionalidad", "en": "without the nationality"},
    "if_sex_unknown": {"es": "sin el sexo", "en": "without the sex"},
    "if_document_same": {"es": "con el mismo número de documento", "en": "with the same document number"},
    "if_document_unknown": {"es": "sin el documento", "en": "without the document"},
}

_WORD_CODES = {
    Likeness.SAME: "name_same",
    Likeness.TYPO: "name_typo",
    Likeness.MISREAD: "name_misread",
    Likeness.HEARD: "name_heard",
    Likeness.CUT: "name_cut",
    Likeness.VARIANT: "name_variant",
}
_AKIN_CODES = {
    Akin.BEGINNING: "name_akin_beginning",
    Akin.SLIPS: "name_akin_slips",
    Akin.CONSONANTS: "name_akin_consonants",
    Akin.NEAR: "name_akin_near",
}


class Coded(Protocol):
    """What can be said: a piece of evidence, or of what follows from all of it (`matching.outlook`)."""

    @property
    def code(self) -> str:
        """Names the sentence."""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Fill it."""


def sentence(said: Coded, language: Language) -> str:
    """A piece of evidence, or what follows from it, in words."""
    return SENTENCES[said.code][language].format(**dict(said.values))


def likelihood(probability: float) -> str:
    """A probability in words that round nothing to certainty: `97 %`, but `> 99 %` and `< 1 %` at the ends."""
    if probability >= 0.995:
        return "> 99 %"
    return "< 1 %" if probability <= 0.005 else f"{probability:.0%}".replace("%", " %")


def shortened(document: Document) -> str:
    """The last three signs of a document number, which is all that evidence shows."""
    return "…" + document.key[-3:]


def evidence_of(score: Score, index: ListIndex) -> tuple[Evidence, ...]:
    """Everything that a score is made of, the name first; the weights add up to the score."""
    return (
        *_name(score, index),
        _birth(score),
        _nationality(score),
        _sex(score),
        _document(score),
        _piece("prior", score.prior, "prior", entries=str(index.size)),
    )


def _name(score: Score, index: ListIndex) -> Iterator[Evidence]:
    if score.name is None:
        yield _piece("name", score.no_word, "name_not_compared" if score.no_word is None else "name_none")
        return
    yield from _words(score.name, index)


def _words(name: NameScore, index: ListIndex) -> Iterator[Evidence]:
    for pair in name.aligned:
        words = {"asked": name.spelling[pair.asked], "listed": name.words[pair.listed]}
        if pair.neighbour is None:
            yield _piece("name", pair.millibits, "name_initial", **words)
        else:
            one_in = str(max(1, round(index.size / pair.neighbour.bearers)))
            code = _WORD_CODES[pair.neighbour.likeness]
            yield _piece("name", pair.millibits, code, **words, one_in=one_in)
    for asked, place, rule in name.akin:
        yield _piece("name", AKIN_WORD, _AKIN_CODES[rule], asked=name.spelling[asked], listed=name.words[place])
    for asked, other in name.others:
        yield _piece("name", OTHER_WORD, "name_other", asked=name.spelling[asked], listed=name.words[other])
    common = sum(pair.millibits for pair in name.aligned)
    if kin := kin_millibits(common, len(name.others)):
        yield _piece("name", kin, "name_kin", most=str(KIN_WORDS // 1000))
    for place in name.missing:
        yield _piece("name", MISSING_WORD, "name_missing", listed=name.words[place])
    for place in name.extra:
        yield _piece("name", MISSING_WORD, "name_extra", asked=name.spelling[place])


def _birth(score: Score) -> Evidence:
    asked = score.query.birth_date
    if score.birth is None:
        return _piece("birth_date", None, "birth_date_not_compared")
    code = f"birth_date_{score.birth.relation.value}"
    return _piece("birth_date", score.birth.millibits, code, asked=str(asked), listed=str(score.birth.listed))


def _nationality(score: Score) -> Evidence:
    if score.nationality is None:
        return _piece("nationality", None, "nationality_not_compared")
    asked = str(score.query.nationality)
    if asked in score.entry.nationalities:
        return _piece("nationality", score.nationality, "nationality_same", asked=asked)
    listed = ", ".join(score.entry.nationalities)
    return _piece("nationality", score.nationality, "nationality_other", asked=asked, listed=listed)


def _sex(score: Score) -> Evidence:
    if score.sex is None:
        return _piece("sex", None, "sex_not_compared")
    asked, listed = str(score.query.sex), str(score.entry.sex)
    if asked == listed:
        return _piece("sex", score.sex, "sex_same", asked=asked)
    return _piece("sex", score.sex, "sex_other", asked=asked, listed=listed)


def _document(score: Score) -> Evidence:
    if score.document is None:
        return _piece("document", None, "document_not_compared")
    if score.near:
        return _piece("document", score.document, "document_near", asked=shortened(score.near))
    if score.exact is None:
        return _piece("document", score.document, "document_other")
    code = "document_same" if score.document == DOCUMENT_SAME else "document_other_issuer"
    return _piece("document", score.document, code, asked=shortened(score.exact))


def _piece(field: str, millibits: int | None, code: str, **values: str) -> Evidence:
    """Evidence for, against, or, where nothing could be compared, neither."""
    if millibits is None:
        return Evidence(field, Stance.NOT_COMPARED, 0, code)
    return Evidence(field, Stance.FOR if millibits >= 0 else Stance.AGAINST, millibits, code, tuple(values.items()))
