"""Nothing sensitive is in what is read or in the redacted copy, wherever in a message it stood (LR-23)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest

from tests.planted import MARK, Plant, requests, texts, titles
from tests.unit.messages.written import only
from torogoz.domain.name import fold
from torogoz.messages.render import as_json
from torogoz.messages.sensitive import redact


@pytest.mark.parametrize("planted", [requests, texts, titles])
def test_each_row_of_the_table_is_found_in_each_place_where_it_can_stand(
    planted: Callable[[], Iterator[Plant]],
) -> None:
    kept = [f"{each.word} as {each.where}" for each in planted() if survives(each)]
    assert kept == []


def survives(plant: Plant) -> bool:
    """Whether the datum, or the mark beside it, is left in what is read or in the copy, or was not counted."""
    message = only(plant.data)
    seen = json.dumps(as_json(message), ensure_ascii=False), redact(plant.data, message).decode()
    word = re.compile(rf"\b{re.escape(fold(plant.word))}\b")
    return message.withheld.total == 0 or any(MARK in text or word.search(fold(text)) for text in seen)
