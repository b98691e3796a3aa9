"""A manifest as a table: charter, general aviation, buses and ships without a system of their own.

The header is ours (docs/reference/messages/tabular.md), in Spanish or English, and holds what the crew and passenger
lists of the IMO FAL forms 5 and 6 ask for. The result is a `Message` like any other, so that it is screened like one.
"""

from torogoz.messages.tabular.reader import read_table, table_part
from torogoz.messages.tabular.template import template

__all__ = ["read_table", "table_part", "template"]
