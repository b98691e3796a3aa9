"""A hostile rule never starts: the flow, the terminal and the page refuse it with its place and a remedy."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.integration.conftest import People
from tests.integration.hostile.sent import NOW
from torogoz.cli import main
from torogoz.domain.purpose import Purpose
from torogoz.flow.rules import propose
from torogoz.storage.access.guard import who_is
from torogoz.storage.models import RuleVersion, TargetingRule
from torogoz.targeting.examples import example_rules
from torogoz.targeting.field import Language
from torogoz.targeting.findings import RuleRefusedError

pytestmark = pytest.mark.django_db

LAWFUL = example_rules(date(2027, 3, 31))[0]
CASH = {"field": "payment.cash", "op": "eq", "value": True}


def written(**changes: Any) -> bytes:
    return json.dumps(LAWFUL | changes).encode()


def asking(**changes: Any) -> bytes:
    return written(condition={"field": "booking.hours_before_departure", "op": "lt", "value": 24} | changes)


def nested(depth: int, kind: str = "not") -> bytes:
    opened, closed = ('{"not":', "}") if kind == "not" else ('{"all":[', "]}")
    return written(condition="HERE").replace(b'"HERE"', (opened * depth + json.dumps(CASH) + closed * depth).encode())


#: Documents that no rule is, by their oddity, with the code that says so.
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "NOT_JSON"),
    "no-json": (b"<script>alert(1)</script>", "NOT_JSON"),
    "not-utf-8": (b'{"key": "\xff"}', "NOT_JSON"),
    "nul-bytes": (b"\0" * 100, "NOT_JSON"),
    "python": (b"__import__('os').system('id')", "NOT_JSON"),
    "a-list": (b"[]", "NOT_OBJECT"),
    "a-number": (b"1", "NOT_OBJECT"),
    "nothing": (b"null", "NOT_OBJECT"),
    "unknown-key": (written(exec="id"), "UNKNOWN_KEY"),
    "unknown-key-of-markup": (written(**{"<img src=x onerror=alert(1)>": 1}), "UNKNOWN_KEY"),
    "duplicate-key": (written().replace(b'"owner"', b'"owner": "X", "owner"', 1), "DUPLICATE_KEY"),
    "surrogate-in-key": (written(**{"\ud800": 1}), "UNKNOWN_KEY"),
    "surrogate-in-title": (written(title_en="a title with \ud800 in it"), "WRONG_TEXT"),
    "control-sign-in-title": (written(title_en="a title with \0 in it"), "WRONG_TEXT"),
    "turned-title": (written(title_en="a title with \u202e in it"), "WRONG_TEXT"),
    "title-of-another-type": (written(title_en=["a title"]), "WRONG_TEXT"),
    "endless-title": (written(title_en="x" * 10_000), "WRONG_TEXT"),
    "gravity-as-text": (written(gravity="1"), "WRONG_GRAVITY"),
    "gravity-as-truth": (written(gravity=True), "WRONG_GRAVITY"),
    "gravity-of-none": (written(gravity=float("nan")), "NOT_JSON"),
    "gravity-without-end": (written().replace(b'"gravity": ', b'"gravity": 1e999, "_": ', 1), "WRONG_GRAVITY"),
    "purpose-as-list": (written(purpose=["border_control"]), "WRONG_PURPOSE"),
    "purpose-as-object": (written(purpose={}), "WRONG_PURPOSE"),
    "date-of-another-type": (written(review_on=20270331), "WRONG_DATE"),
    "date-of-another-script": (written(review_on="٢٠٢٧-٠٣-٣١"), "WRONG_DATE"),
    "unknown-field": (asking(field="traveller.__class__"), "UNKNOWN_FIELD"),
    "field-of-another-type": (asking(field={"$ne": None}), "UNKNOWN_FIELD"),
    "endless-field": (asking(field="x" * 200_000), "UNKNOWN_FIELD"),
    "special-category": (asking(field="traveller.religion"), "SPECIAL_CATEGORY"),
    "unknown-operator": (asking(op="exec"), "UNKNOWN_OPERATOR"),
    "operator-of-another-type": (asking(op=["lt"]), "UNKNOWN_OPERATOR"),
    "value-of-another-type": (asking(value="24"), "WRONG_VALUE"),
    "value-of-none": (asking(value=float("inf")), "NOT_JSON"),
    "value-without-end": (asking(value=7).replace(b'"value": 7', b'"value": 1e999'), "WRONG_VALUE"),
    "huge-number": (asking(value=10**300), "WRONG_VALUE"),
    "number-of-too-many-digits": (asking(value=7).replace(b'"value": 7', b'"value": ' + b"9" * 10_000), "NOT_JSON"),
    "sql": (asking(field="payment.cash'; DROP TABLE storage_hit; --"), "UNKNOWN_FIELD"),
    "pattern": (asking(field="traveller.nationality", op="starts_with", value="(a+)+$"), "WRONG_VALUE"),
    "long-list": (asking(field="traveller.nationality", op="in", value=["SLV"] * 501), "TOO_LARGE"),
    "many-parts": (written(condition={"all": [CASH] * 10_000}), "TOO_LARGE"),
    "deep": (nested(9), "TOO_LARGE"),
    "deeper": (nested(100, "all"), "TOO_LARGE"),
    "abyss": (nested(20_000), "NOT_JSON"),
    "abyss-of-lists": (b"[" * 100_000 + b"]" * 100_000, "NOT_JSON"),
    "ten-megabytes": (written(title_en="x" * 10 * 1024 * 1024), "TOO_LARGE"),
}


def codes(refused: RuleRefusedError) -> set[str]:
    return {each.code for each in refused.findings}


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_with_a_place_and_a_remedy_in_both_languages_and_nothing_is_stored(
    text: bytes, code: str, people: People
) -> None:
    with pytest.raises(RuleRefusedError) as refused:
        propose(who_is(people.analyst, Purpose.SERIOUS_CRIME), text, NOW)
    assert code in codes(refused.value)
    for found in refused.value.findings:
        for language in Language:
            said = found.text(language) + found.remedy(language) + found.at
            assert said
            assert said.isprintable()
            assert len(said) < 2_000
    assert not TargetingRule.objects.exists()
    assert not RuleVersion.objects.exists()


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE)
def test_the_terminal_names_it_and_ends_with_1(
    text: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rule.json"
    path.write_bytes(text)
    assert main(["rules", "check", str(path)]) == 1
    shown = capsys.readouterr()
    assert code in shown.out
    assert shown.err == ""
    assert all(line.startswith(str(path)) for line in shown.out.splitlines())
    assert main(["rules", "check", "--json", str(path)]) == 1
    assert json.loads(capsys.readouterr().out)["accepted"] is False


#: More than a form may hold is refused before the page (test_doors).
IN_A_FORM = {name: text for name, (text, _) in HOSTILE.items() if len(text) < 1024 * 1024}


@pytest.mark.parametrize("text", IN_A_FORM.values(), ids=IN_A_FORM)
def test_the_page_shows_what_was_found_and_escapes_what_was_sent(
    text: bytes, people: People, browse: Callable[..., Client]
) -> None:
    sent = text.decode("utf-8", "replace")
    shown = browse(people.analyst, Purpose.SERIOUS_CRIME).post("/rules/propose", {"text": sent})
    assert shown.status_code == 422
    page = shown.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not TargetingRule.objects.exists()


def test_the_cost_of_refusing_is_bounded(people: People) -> None:
    asker = who_is(people.analyst, Purpose.SERIOUS_CRIME)
    for name, (text, _) in HOSTILE.items():
        tracemalloc.start()
        try:
            with pytest.raises(RuleRefusedError):
                propose(asker, text, NOW)
            assert tracemalloc.get_traced_memory()[1] < 64 * 1024 * 1024, name
        finally:
            tracemalloc.stop()


def test_a_rule_stays_as_it_was_when_its_next_version_is_hostile(people: People) -> None:
    asker = who_is(people.analyst, Purpose.SERIOUS_CRIME)
    propose(asker, written(), NOW)
    with pytest.raises(RuleRefusedError):
        propose(asker, written(gravity=0), NOW)
    assert RuleVersion.objects.get().state == RuleVersion.State.PROPOSED
