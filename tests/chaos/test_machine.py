"""The database stops and comes back, the disk is full and has room again: nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.chaos.cluster import resize, small_disk, used, wait_until_full
from tests.chaos.conftest import WHOLE, Load, Powered
from tests.chaos.site import ROOT, kill, working


def test_a_database_that_stops_in_the_middle_of_a_load_loses_nothing_when_it_is_back(powered: Powered) -> None:
    site = powered.copy()
    site.drop(powered.load.sites.files())
    with working(site) as process:
        for _ in range(5 if WHOLE else 2):
            time.sleep(3)
            powered.cluster.stop()
            time.sleep(2)
            powered.cluster.start()
        assert site.done(process) == powered.load.undisturbed
    assert site.chain_is_whole()


@pytest.mark.skipif(not WHOLE, reason="takes a minute: make chaos")
def test_a_full_disk_under_the_database_server_loses_nothing_when_there_is_room_again(powered: Powered) -> None:
    if powered.disk is None:
        pytest.skip("no tmpfs can be mounted here: run as root to try a full disk under the server")
    site = powered.copy()
    resize(powered.disk, used(powered.disk) + 3)
    site.drop(powered.load.sites.files())
    with working(site) as process:
        wait_until_full(powered.disk)
        time.sleep(3)
        resize(powered.disk, 800)
        with suppress(subprocess.CalledProcessError):  # a server that could not write its log has ended by itself
            powered.cluster.stop()
        powered.cluster.start()
        assert site.done(process) == powered.load.undisturbed
    assert site.chain_is_whole()


@pytest.mark.skipif(not WHOLE, reason="takes half a minute: make chaos")
def test_a_full_disk_under_the_home_loses_nothing_when_there_is_room_again(embedded: Load, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        if disk is None:
            pytest.skip("no tmpfs can be mounted here: the test below stands for it")
        site = embedded.sites.copy(disk)
        site.drop(embedded.sites.files())
        resize(disk, used(disk) + 2)
        with working(site) as process:
            wait_until_full(disk)
            time.sleep(3)
            resize(disk, 256)
            assert site.done(process) == embedded.undisturbed
        assert site.chain_is_whole()


#: Run before the worker: no file of it grows further, as on a disk that is full.
_LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


def test_files_that_cannot_grow_lose_nothing_when_they_can_again(embedded: Load) -> None:
    """A full disk where nobody may mount one: writing fails as it does there, with EFBIG for ENOSPC."""
    site = embedded.sites.copy()
    site.drop(embedded.sites.files())
    most = (site.home / "torogoz.sqlite3").stat().st_size + 400_000
    command = [
        sys.executable,
        "-c",
        _LIMITED,
        str(most),
        "-m",
        "torogoz",
        "--home",
        str(site.home),
        "worker",
        "--alone",
    ]
    process = subprocess.Popen(command, env=site.environment(), cwd=ROOT, start_new_session=True)
    try:
        time.sleep(12)
        assert process.poll() is None, "the worker ended by itself"
        assert site.waiting(), "it was not limited"
    finally:
        kill(process)
    assert site.settle() == embedded.undisturbed
    assert site.chain_is_whole()
