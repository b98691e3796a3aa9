"""What stands in a value of the United Nations' list beside the value: people write these lists.

Read from a third of the individuals of a list that was published in February 2026 (docs/reference/lists.md). A name may
have its spelling in another script, a remark or a birth place behind it; a number its kind in words before it, once in
seven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from torogoz.matching.sources.xml import Element

_DOCUMENT_KINDS = {"passport": "P", "national identification": "I", "national identification number": "I"}
#: What is no document that a traveller shows.
_NO_IDENTITY = re.compile(r"certificate|driv|ration card", re.IGNORECASE)
#: `Russian foreign travel passport number 612345678`: all up to the first small letter before a word with a digit.
_WORDS_BEFORE = re.compile(r".*?[a-z][.:)]*\s+(?=\S*\d)", re.DOTALL)
#: Where something else begins behind such a number: `, issued on 1 Jan 2001`.
_BEHIND = re.compile(r",|\s+[a-z]")
#: Longer values are not looked into: what is longer than a number may be is left out anyway.
_MOST_SIGNS = 200
#: Who issues abroad: the place of issue is then not the issuer.
_ABROAD = re.compile(r"consul|embassy", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)")
#: Where an alias ends and something else about the person begins.
_ABOUT = re.compile(r",? +born |,? +(?:son|daughter) of ", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]")


def alias_names(alias: Element) -> Iterator[str]:
    """The names of an alias: several between semicolons, and in brackets those in another script.

    Where the alias is in another script, its Latin spellings may stand in the note between semicolons.
    """
    written = alias.text("ALIAS_NAME")
    for part in written.split(";"):
        yield from _names(part)
    note = alias.text("NOTE")
    if written and not _LATIN.search(written) and ";" in note and not any(sign.isdigit() for sign in note):
        yield from note.split(";")


def document(said: Element) -> tuple[str, str, str] | None:
    """Number, kind and issuer of a document; None where it has no number, or is none that is shown at a border."""
    kind, beside = said.text("TYPE_OF_DOCUMENT"), said.text("TYPE_OF_DOCUMENT2")
    number = said.text("NUMBER") or (beside if any(sign.isdigit() for sign in beside) else "")
    words, number = _parted(number)
    if not number or any(map(_NO_IDENTITY.search, (beside, words))):
        return None
    issuer = said.text("ISSUING_COUNTRY")
    if not issuer and not _ABROAD.search(said.text("NOTE")):
        issuer = said.text("COUNTRY_OF_ISSUE")
    return number, _DOCUMENT_KINDS.get(kind.lower(), ""), issuer


def _parted(number: str) -> tuple[str, str]:
    """The words before a number, and the number up to what is said behind it."""
    words = _WORDS_BEFORE.match(number) if len(number) <= _MOST_SIGNS else None
    if words is None:
        return "", number
    return words[0], _BEHIND.split(number[words.end() :], maxsplit=1)[0].strip()


def _names(text: str) -> Iterator[str]:
    """A name without what is said about it, then its spellings in another script; a remark in brackets is no name."""
    outside = _ABOUT.split(_BRACKET.sub(" ", text), maxsplit=1)[0].strip(" ,")
    yield outside
    latin = bool(_LATIN.search(outside))
    for inside in _BRACKET.findall(text):
        if bool(_LATIN.search(inside)) is not latin:
            yield inside
