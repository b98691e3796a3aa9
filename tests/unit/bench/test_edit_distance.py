"""The brute-force peers are given their due: order costs nothing, and a birth date rules out only what it must."""

from __future__ import annotations

from itertools import islice

import pytest

from torogoz.bench.watchlist.damage import query_of
from torogoz.bench.watchlist.edit_distance import PEERS, Scan, accuracy
from torogoz.bench.watchlist.travellers import Asked, strangers
from torogoz.domain.dates import PartialDate
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query
from torogoz.synth.nation.listed import entries

ANA = "Ana María Ejemplo"
BORN = PartialDate(1988, 2, 29)
LIST = [
    Entry("same", (ANA, "Otra Forma"), (BORN,)),
    Entry("year", (ANA,), (PartialDate(1988),)),
    Entry("undated", ("EJEMPLO, Ana Maria",)),
    Entry("other-date", (ANA,), (PartialDate(1988, 2, 28),)),
    Entry("other-year", (ANA,), (PartialDate(1987),)),
    Entry("other-name", ("Kuno Ganzanders",), (BORN,)),
]


@pytest.mark.parametrize("name", PEERS)
def test_a_birth_date_rules_out_what_is_known_and_differs(name: str) -> None:
    scorer, cutoff, _ = PEERS[name]
    scan = Scan(LIST)
    (found,) = scan.hits(Query("EJEMPLO", "ANA MARIA", BORN), scorer, [cutoff])
    assert found == {"same", "year", "undated"}
    (found,) = scan.hits(Query("EJEMPLO", "ANA MARIA"), scorer, [cutoff])
    assert found == {"same", "year", "undated", "other-date", "other-year"}


def test_a_lower_cut_off_finds_at_least_as_many() -> None:
    listed = [(entry, person) for entry, person in islice(entries(5), 2_000)]
    scan = Scan([entry for entry, _ in listed])
    asked = [Asked(query_of(person), entry.id, "none") for entry, person in listed[:20]]
    asked += [Asked(query) for query in islice(strangers(5), 20)]
    for name in PEERS:
        for curve in accuracy(scan, asked, name).values():
            assert list(curve.values()) == sorted(curve.values(), reverse=True)
        assert accuracy(scan, asked, name)[f"{name} recall"][f"{PEERS[name][2][0]:g}"] == 1.0
        assert scan.rate([one.query for one in asked[:3]], *PEERS[name][:2]) > 0
