"""An act of a person that may not be possible as things stand: the page they came from says why, and what helps.

A refusal of access is not caught here: it is a page of its own, which says nothing (middleware/blame.py).
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from torogoz.errors import AuthorError, RefusedError, TorogozError, filled
from torogoz.storage.access.guard import NotThereError
from torogoz.web.ruletext import reader_language


class Attempt:
    """Do what stands below; what refuses it is said in one sentence (its parts stand in refusal_words)."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Say a refusal, and let everything else pass."""
        if isinstance(error, NotThereError) or not isinstance(error, AuthorError | RefusedError):
            return False
        self._say(spoken(error))
        return True


def spoken(error: TorogozError) -> str:
    """What is wrong and what helps, as one sentence in the reader's language (its parts stand in refusal_words)."""
    said, helps = (filled(_(part), error.values, reader_language()) for part in (error.sentence, error.advice))
    return f"{said[:1].upper()}{said[1:]}: {helps}."


def notice(request: HttpRequest) -> Callable[[str], object]:
    """Say it on the page that comes next."""
    return lambda text: messages.error(request, text)
