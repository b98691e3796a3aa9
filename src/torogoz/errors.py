"""Errors by blame: whoever must act is the class, what they must do is the remedy.

An error says what is wrong and what helps in words that hold no traveller's data, because it may reach a terminal, a
page or a log. A class's docstring is its text where the one who raises it has nothing more exact to say. What changes
from case to case (a column, a number) is given apart from the sentence, so that a page can say it in the reader's
language. The exit statuses are those of the commands: 1 some input was refused, 2 wrong usage (argparse's own), 3 not
available.
"""

from collections.abc import Mapping
from typing import ClassVar


class TorogozError(Exception):
    """Something went wrong."""

    blame: ClassVar[str] = "ours"
    exit_status: ClassVar[int] = 70
    default_remedy: ClassVar[str] = "report this line to those who maintain Torogoz"

    def __init__(self, text: str | None = None, *, remedy: str | None = None, **values: object) -> None:
        self.sentence = text or (type(self).__doc__ or "").partition("\n")[0].rstrip(".")
        self.advice = remedy or self.default_remedy
        self.values = values
        super().__init__(self.text, self.remedy)

    @property
    def text(self) -> str:
        """What is wrong, in English."""
        return filled(self.sentence, self.values, "en")

    @property
    def remedy(self) -> str:
        """What helps, in English."""
        return filled(self.advice, self.values, "en")

    def __str__(self) -> str:
        """Give the one line that a terminal or a log shows: who, what, what helps."""
        return " ".join(f"{self.blame}: {self.text}; {self.remedy}".split())


class SenderError(TorogozError):
    """The message cannot be used as it was sent."""

    blame = "sender"
    exit_status = 1
    default_remedy = "the sender must correct it and send it again"


class AuthorError(TorogozError):
    """The list, rule or file is not written as it must be."""

    blame = "author"
    exit_status = 1
    default_remedy = "its author must correct it; nothing of it was loaded"


class RefusedError(TorogozError):
    """This is not allowed to this person, for this purpose, or at this time."""

    blame = "refused"
    exit_status = 1
    default_remedy = "ask a supervisor who may do it"


class UnavailableError(TorogozError):
    """Something that this needs cannot be reached."""

    blame = "unavailable"
    exit_status = 3
    default_remedy = "check that it exists, that it runs and that this user may use it, then try again"


class OurError(TorogozError):
    """Torogoz failed where it should not."""


def filled(sentence: str, values: Mapping[str, object], language: str) -> str:
    """A sentence, or its translation, with its values; one that holds words by language gives the reader's."""
    chosen = {name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}
    return sentence.format(**chosen) if values else sentence
