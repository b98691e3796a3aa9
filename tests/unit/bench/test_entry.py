"""One entry at a time: what is measured of a change, and that everybody who comes has a name of their own."""

from __future__ import annotations

from torogoz.bench.entry import _Done, _query, _Seen, _times


def test_a_form_ends_where_it_is_seen_from_and_both_together_are_the_whole() -> None:
    seen = [_Seen(_Done("added", 1, 10.0, 10.25), 10.75, missed=False)]
    assert dict(_times(seen)) == {"form": [0.25], "seen": [0.5], "whole": [0.75]}


def test_no_two_who_come_share_a_family_name() -> None:
    assert len({_query(number).surname for number in range(2000)}) == 2000
