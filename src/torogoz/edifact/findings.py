"""Everything a reader can notice, in one table: code, severity, words in both languages, and what the sender can do.

Codes are stable: carrier profiles and statistics name them.
"""

from __future__ import annotations

from torogoz.domain.finding import Finding
from torogoz.edifact.deviations import Deviation
from torogoz.edifact.deviations_of_content import OF_CONTENT
from torogoz.edifact.deviations_of_transport import OF_TRANSPORT

#: code → deviation.
CATALOGUE: dict[str, Deviation] = OF_TRANSPORT | OF_CONTENT


class Findings(list[Finding]):
    """The findings of one message, in order; beyond the limit one more says that there were others."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def note(self, code: str, segment: str | None = None, position: int | None = None) -> None:
        """Add what was noticed, with its severity from the catalogue."""
        if len(self) < self._most:
            self.append(Finding(code, CATALOGUE[code].severity, segment, position))
        elif len(self) == self._most:
            self.append(Finding("FINDINGS_CUT", CATALOGUE["FINDINGS_CUT"].severity))
