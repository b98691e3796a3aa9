"""A load for each database: one base home, and what an undisturbed run of the same messages leaves."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chaos.cluster import PROGRAMS, Cluster, small_disk
from tests.chaos.site import Site, Sites

#: `few` is some flights of an hour; `make chaos` takes a whole day's load, `demo`, and does all on both databases.
PRESET = os.environ.get("TOROGOZ_CHAOS_PRESET", "few")
WHOLE = PRESET != "few"
#: What is random is told with what failed, and can be asked for again.
SEED = int(os.environ.get("TOROGOZ_CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


@dataclass(frozen=True, slots=True)
class Load:
    """A day's messages and the homes to load them into; `undisturbed` is what they leave where nothing goes wrong."""

    sites: Sites
    undisturbed: dict[str, object]


def load_of(folder: Path, server: str = "") -> Load:
    """Make the base, and run it once undisturbed."""
    sites = Sites(folder, server, PRESET, 7)
    site = sites.copy()
    site.drop(sites.files())
    return Load(sites, site.settle())


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """On the embedded database."""
    return load_of(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    """On the PostgreSQL server of the tests."""
    server = os.environ.get("TOROGOZ_TEST_POSTGRES", "")
    if not server:
        pytest.skip("no PostgreSQL here: name a database in TOROGOZ_TEST_POSTGRES")
    load = load_of(tmp_path_factory.mktemp("postgresql"), server)
    yield load
    load.sites.drop()


@pytest.fixture(scope="session", params=["embedded", "served"])
def load(request: pytest.FixtureRequest) -> Load:
    """Each in turn."""
    found: Load = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session", params=["embedded", "served"] if WHOLE else ["embedded"])
def troubled(request: pytest.FixtureRequest) -> Load:
    """The embedded database in the short run, and each in turn in the whole one."""
    found: Load = request.getfixturevalue(request.param)
    return found


@dataclass(frozen=True, slots=True)
class Powered:
    """A load on a server of its own, which can be stopped, on a disk of its own (None where none can be mounted)."""

    load: Load
    cluster: Cluster
    disk: Path | None

    def copy(self) -> Site:
        """A copy of the base on that server."""
        with self.cluster.telling():
            return self.load.sites.copy()


@pytest.fixture(scope="session")
def powered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Powered]:
    if PROGRAMS is None:
        pytest.skip("no PostgreSQL programs here: install Debian's postgresql")
    folder = tmp_path_factory.mktemp("cluster")
    with small_disk(folder / "disk", 400) as disk:
        cluster = Cluster(folder / "disk")
        cluster.start()
        try:
            with cluster.telling():
                load = load_of(folder / "sites", cluster.url)
            yield Powered(load, cluster, disk)
        finally:
            with suppress(subprocess.CalledProcessError):  # it has ended by itself
                cluster.stop()
