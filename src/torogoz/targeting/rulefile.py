"""A rule as its author writes it: one flat JSON object, read strictly.

    key  title_es  title_en  reason_es  reason_en  owner  legal_basis  purpose  gravity (1–4)  review_on
    condition, and either unless (the exonerating facts) or no_unless_es with no_unless_en (why there are none)

Refuses, with all findings at once: unknown, missing and repeated keys, texts too short to mean anything, dates and
numbers that are none. What the rule asks for is judged by `check`; the language of conditions is `language`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NoReturn

from torogoz.domain.purpose import Purpose
from torogoz.targeting.findings import RuleFinding, RuleRefusedError, finding

#: No rule needs more bytes; what is larger is not a rule.
MAX_BYTES = 256 * 1024

#: The purposes for which somebody may be sought by a pattern. An exit ban names a person, and oversight seeks nobody.
PURPOSES = (Purpose.SERIOUS_CRIME, Purpose.BORDER_CONTROL, Purpose.PROTECTION)

#: key → shortest and longest text.
TEXTS: dict[str, tuple[int, int]] = {
    "title_es": (8, 160),
    "title_en": (8, 160),
    "reason_es": (40, 2000),
    "reason_en": (40, 2000),
    "owner": (2, 160),
    "legal_basis": (8, 500),
}
NO_UNLESS: dict[str, tuple[int, int]] = {"no_unless_es": (40, 2000), "no_unless_en": (40, 2000)}
REQUIRED = ("key", *TEXTS, "purpose", "gravity", "review_on", "condition")
KEYS = (*REQUIRED, "unless", *NO_UNLESS)


def read_json(text: bytes) -> object:
    """Read JSON that nobody can misunderstand: UTF-8, no repeated keys, no numbers that are none, no abyss."""
    if len(text) > MAX_BYTES:
        raise RuleRefusedError((finding("TOO_LARGE", "", limit=MAX_BYTES, what="bytes"),))
    try:
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise RuleRefusedError((finding("NOT_JSON", "", line=error.lineno),)) from None
    except (ValueError, RecursionError):
        raise RuleRefusedError((finding("NOT_JSON", "", line="?"),)) from None


def check_form(document: object) -> tuple[RuleFinding, ...]:
    """Everything that is wrong with the form of a rule, its conditions apart."""
    if not isinstance(document, dict):
        return (finding("NOT_OBJECT", ""),)
    return tuple(_form(document))


def _form(document: Mapping[str, object]) -> Iterator[RuleFinding]:
    for key in document:
        if key not in KEYS:
            yield finding("UNKNOWN_KEY", f"/{_pointer(key)}", key=key, known=", ".join(KEYS))
    for key in REQUIRED:
        if key not in document:
            yield finding("MISSING_KEY", "", key=key)
    for key, (least, most) in (TEXTS | NO_UNLESS).items():
        if key in document and not _is_text(document[key], least, most):
            yield finding("WRONG_TEXT", f"/{key}", least=least, most=most)
    for key, (code, is_right) in _VALUES.items():
        if key in document and not is_right(document[key]):
            yield finding(code, f"/{key}", given=document[key], known=", ".join(PURPOSES))
    reasons = [key for key in NO_UNLESS if key in document]
    if "unless" in document and reasons:
        yield finding("TWO_EXONERATIONS", "/unless")
    elif "unless" not in document and len(reasons) < len(NO_UNLESS):
        yield finding("NO_EXONERATION", "")


def _is_text(given: object, least: int, most: int) -> bool:
    return isinstance(given, str) and least <= len(given.strip()) and len(given) <= most and given.isprintable()


def _is_key(given: object) -> bool:
    return isinstance(given, str) and len(given) <= 80 and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", given))


def _is_date(given: object) -> bool:
    return read_date(given) is not None


def read_date(given: object) -> date | None:
    """A date written YYYY-MM-DD, or None."""
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


#: key → code of its finding, and what makes its value right.
_VALUES: dict[str, tuple[str, Callable[[object], bool]]] = {
    "key": ("WRONG_KEY_FORM", _is_key),
    "purpose": ("WRONG_PURPOSE", lambda given: given in PURPOSES),
    "gravity": ("WRONG_GRAVITY", lambda given: type(given) is int and 1 <= given <= 4),
    "review_on": ("WRONG_DATE", _is_date),
}


def _pointer(key: str) -> str:
    """A key as a JSON pointer writes it (RFC 6901)."""
    return key[:60].replace("~", "~0").replace("/", "~1")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            raise RuleRefusedError((finding("DUPLICATE_KEY", "", key=key),))
        read[key] = value
    return read


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
