"""Targeting rules (pre-determined criteria): who wrote them, why, until when, and the condition as a syntax tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from torogoz.domain.purpose import Purpose


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. `condition` is the JSON syntax tree of `targeting.language`, already checked.

    LR-33 asks for grounds and a review date; LR-36 for two persons, which `flow` enforces.
    """

    key: str
    version: int
    title_es: str
    title_en: str
    reason: str
    owner: str
    legal_basis: str
    purpose: Purpose
    gravity: int
    review_on: date
    condition: Any
