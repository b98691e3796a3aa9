"""The whole vocabulary: every field a rule may ask, by name. What is not here cannot be asked."""

from __future__ import annotations

from torogoz.targeting.field import Field
from torogoz.targeting.fields import baggage, booking, document, flight, history, party, payment, traveller, trip

GROUPS = (flight, traveller, document, booking, trip, party, payment, baggage, history)

VOCABULARY: dict[str, Field] = {field.name: field for group in GROUPS for field in group.FIELDS}
