"""Where the values of a traveller or a booking were read, worked out when somebody first asks.

Every value knows its bytes, but few are ever traced back to them, and a manifest has thousands: to make all origins
would cost a third of reading it. Until somebody asks, what they are worked out from is kept: the text of their message.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from torogoz.domain.finding import Origin

if TYPE_CHECKING:
    #: The origins of a value; those that were stored are read back as a tuple.
    SomeOrigins = Sequence[Origin]
else:
    SomeOrigins = tuple[Origin, ...]


class Origins(Sequence[Origin]):
    """Origins to be worked out; equal to the tuple that they stand for, and stored as it."""

    __slots__ = ("_known",)
    _known: tuple[Origin, ...]

    @abstractmethod
    def work_out(self) -> tuple[Origin, ...]:
        """Make them; asked once."""

    def _all(self) -> tuple[Origin, ...]:
        try:
            return self._known
        except AttributeError:
            self._known = self.work_out()
            return self._known

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all())

    def __iter__(self) -> Iterator[Origin]:
        """Give each in turn."""
        return iter(self._all())

    @overload
    def __getitem__(self, place: int) -> Origin: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Origin, ...]: ...

    def __getitem__(self, place: int | slice) -> Origin | tuple[Origin, ...]:
        """Give one, or several."""
        return self._all()[place]

    def __eq__(self, other: object) -> bool:
        """Compare with a tuple, or with others that are to be worked out."""
        return self._all() == tuple(other) if isinstance(other, tuple | Origins) else NotImplemented

    def __hash__(self) -> int:
        """Hash as the tuple does."""
        return hash(self._all())

    def __repr__(self) -> str:
        """Show the tuple."""
        return repr(self._all())
