"""Targeting rules (pre-determined criteria): who wrote them, why, until when, and the condition as a syntax tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from torogoz.domain.purpose import Purpose


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. `condition` and `unless` are JSON syntax trees of `targeting.language`, already checked.

    The rule fires where `condition` is true and `unless`, which holds the exonerating facts, is not; `no_unless_es` and
    `no_unless_en` say why there are none. LR-33 asks for grounds, exoneration and a review date; LR-36 for two persons,
    which `flow` enforces.
    """

    key: str
    version: int
    title_es: str
    title_en: str
    reason_es: str
    reason_en: str
    owner: str
    legal_basis: str
    purpose: Purpose
    gravity: int
    review_on: date
    condition: Any
    unless: Any = None
    no_unless_es: str | None = None
    no_unless_en: str | None = None
