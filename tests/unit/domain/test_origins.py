"""Origins are worked out when somebody asks, once, and are then what a tuple of them would be."""

from __future__ import annotations

from torogoz.domain.finding import Origin
from torogoz.domain.origins import Origins
from torogoz.domain.traveller import Traveller, TravellerRole

NAME, SEAT = Origin("surname", 10, 20), Origin("seat", 30, 33)


class Counted(Origins):
    """Origins that count how often they were worked out."""

    times = 0

    def work_out(self) -> tuple[Origin, ...]:
        self.times += 1
        return NAME, SEAT


def test_nothing_is_worked_out_until_somebody_asks_and_then_once() -> None:
    origins = Counted()
    traveller = Traveller(TravellerRole.PASSENGER, "EJEMPLO", origins=origins)
    assert origins.times == 0
    assert list(traveller.origins) == [NAME, SEAT]
    assert len(traveller.origins) == 2
    assert origins.times == 1


def test_they_are_what_the_tuple_is() -> None:
    origins = Counted()
    assert (origins[0], origins[1:]) == (NAME, (SEAT,))
    assert origins == Counted() == (NAME, SEAT)
    assert (NAME, SEAT) == origins != (NAME,)
    assert origins != [NAME, SEAT]
    assert hash(origins) == hash((NAME, SEAT))
    assert repr(origins) == repr((NAME, SEAT))
    assert SEAT in origins
