"""Comparing travellers with watchlists: who may be listed, how surely, and why.

`build` makes a frozen index of a list; `match` gives, for one traveller, every entry at or above a threshold, best
first, each with its evidence; `match_all` does so for a whole flight. The result always equals the brute force of the
same scorer (`brute_force`), which the tests hold it to. Scores are whole thousandths of a bit, so that equal inputs
give equal results on every machine.
"""

from torogoz.matching.index import ListIndex, build
from torogoz.matching.query import Query
from torogoz.matching.retrieve import DEFAULT_THRESHOLD, Match, brute_force, match, match_all

__all__ = ["DEFAULT_THRESHOLD", "ListIndex", "Match", "Query", "brute_force", "build", "match", "match_all"]
