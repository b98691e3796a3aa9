"""How a deviation is told, and the words that many of them share.

Texts never hold a value from the message. `error` is what could not be read, `warning` what was read although the
standard forbids it, `note` what costs nobody anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.domain.finding import Severity


@dataclass(frozen=True, slots=True)
class Deviation:
    """One row of the catalogue; `remedy` is addressed to the sender."""

    severity: Severity
    es: str
    en: str
    remedy_es: str
    remedy_en: str


NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
RESEND_ES, RESEND_EN = "Envíe el mensaje otra vez, completo.", "Send the message again, whole."
SYSTEM_ES, SYSTEM_EN = "Corrija el sistema que genera el mensaje.", "Correct the system that writes the message."
SCAN_ES, SCAN_EN = "Lea el documento otra vez.", "Read the document again."
VALUE_ES, VALUE_EN = "Envíe el valor como lo pide la guía.", "Send the value as the guide asks."
