"""Errors name whose move it is."""

import pytest

from torogoz.errors import (
    AuthorError,
    OurError,
    RefusedError,
    SenderError,
    TorogozError,
    UnavailableError,
    filled,
)


@pytest.mark.parametrize(
    ("error", "blame", "exit_status"),
    [
        (SenderError, "sender", 1),
        (AuthorError, "author", 1),
        (RefusedError, "refused", 1),
        (UnavailableError, "unavailable", 3),
        (OurError, "ours", 70),
    ],
)
def test_each_class_carries_its_blame_its_exit_status_and_words_of_its_own(
    error: type[TorogozError], blame: str, exit_status: int
) -> None:
    assert error.exit_status == exit_status
    line = str(error())
    assert line.startswith(f"{blame}: ")
    assert line.endswith(f"; {error.default_remedy}")
    assert str(error.__doc__)[:20] in line


def test_an_error_is_one_line_whatever_its_text() -> None:
    error = AuthorError("row 7:\r\n no owner", remedy="name\nthe owner")
    assert str(error) == "author: row 7: no owner; name the owner"


def test_what_changes_from_case_to_case_stands_apart_from_the_sentence_and_in_the_readers_language() -> None:
    what = {"es": "demasiado larga", "en": "too long"}
    error = AuthorError("line {line} is {what}", remedy="cut line {line}", line=7, what=what)
    assert str(error) == "author: line 7 is too long; cut line 7"
    assert filled("la línea {line} es {what}", error.values, "es") == "la línea 7 es demasiado larga"
    assert str(AuthorError("a brace { alone")) == f"author: a brace {{ alone; {AuthorError.default_remedy}"


def test_the_text_and_the_remedy_given_replace_the_class_s_own() -> None:
    error = SenderError("UNH without UNT", remedy="send the whole message")
    assert (error.text, error.remedy) == ("UNH without UNT", "send the whole message")
    assert str(error) == "sender: UNH without UNT; send the whole message"
