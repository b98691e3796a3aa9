"""Referrals: what an officer is told, by which channel, and what came of it."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How the officer is told."""

    SCREEN = "screen"
    PHONE = "phone"
    RADIO = "radio"
    PAPER = "paper"


class Outcome(StrEnum):
    """What the officer found; it returns to the analyst."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    WRONG_PERSON = "wrong_person"


#: The compartment that is open to officers who receive children and people in need of protection.
PROTECTION_COMPARTMENT = "protection"
#: How those officers are told: never by radio, which others hear.
PROTECTION_CHANNELS = frozenset({Channel.SCREEN, Channel.PHONE, Channel.PAPER})
