"""What the pages of review may call: evidence, links and fields in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.translation import get_language

from torogoz.domain.hit import Evidence
from torogoz.matching import explain as matching
from torogoz.matching import letters as matching_letters
from torogoz.matching import outlook
from torogoz.matching.letters import Part
from torogoz.targeting import explain as targeting
from torogoz.targeting.field import Language
from torogoz.web import review_words

register = template.Library()


@register.filter
def sentence(piece: Evidence) -> str:
    """A piece of evidence in words."""
    spanish = get_language() == "es"
    if piece.code.startswith("rule."):
        return targeting.sentence(piece, Language.ES if spanish else Language.EN)
    return matching.sentence(piece, "es" if spanish else "en")


@register.filter
def letters(piece: Evidence) -> tuple[Part, ...]:
    """Which letters agree of two words that were taken for one without being the same."""
    return matching_letters.letters(piece)


@register.filter
def by_chance(evidence: Sequence[Evidence]) -> str:
    """How good chance would be, in words; empty where nothing was weighed."""
    found = outlook.chance(evidence)
    return matching.sentence(found, "es" if get_language() == "es" else "en") if found else ""


@register.filter
def changes(evidence: Sequence[Evidence]) -> list[tuple[str, float]]:
    """What would change the result, in words, and the probability that would be left."""
    language: matching.Language = "es" if get_language() == "es" else "en"
    return [(matching.sentence(each, language), each.probability) for each in outlook.changes(evidence)]


@register.filter
def likelihood(probability: float) -> str:
    """A probability that is never rounded to certainty."""
    return matching.likelihood(probability)


@register.filter
def field(name: str) -> str:
    """The word of a field; its own name where a message has one that no page knows."""
    return str(review_words.FIELDS.get(name, name))


@register.filter
def said(value: str, field: str) -> str:
    """A value that is a code of ours, in words; any other as it was sent."""
    return str(review_words.VALUES.get(field, {}).get(value, value))


@register.filter
def element(name: str) -> str:
    """The word of an element of API."""
    return str(review_words.ELEMENTS[name])


@register.filter
def link_kind(kind: str) -> str:
    """The rule that made a link."""
    return str(review_words.LINKS[kind])


@register.filter
def relation(code: str) -> str:
    """How two values stand to each other."""
    return str(review_words.RELATIONS.get(code, code))


@register.filter
def because(code: str) -> str:
    """Why a second person must agree."""
    return str(review_words.SECOND_BECAUSE[code])
