"""Whatever kills the worker, and when, every receipted message is loaded exactly once; no hit is lost or doubled."""

from __future__ import annotations

import os
import random

from tests.chaos.conftest import SEED, Load
from tests.chaos.site import killed_at_random

#: How often a worker is killed in all; `make chaos` asks for two hundred.
KILLS = int(os.environ.get("TOROGOZ_CHAOS_KILLS", "3"))


def test_a_worker_that_is_killed_at_random_moments_leaves_what_an_undisturbed_one_leaves(load: Load) -> None:
    chance = random.Random(SEED)
    left = KILLS
    while left > 0:
        site = load.sites.copy()
        site.drop(load.sites.files())
        done = killed_at_random(site, left, chance)
        left -= max(done, 1)
        assert site.settle() == load.undisturbed, f"seed {SEED}, after {done} kills"
        assert site.chain_is_whole()
