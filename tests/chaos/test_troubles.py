"""A clock that is set, a file that grows or ends too early, two who load the same: the load ends as without them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

from tests.chaos.conftest import SEED, Load
from tests.chaos.site import PATIENCE, ROOT, Site, kill, working


def test_a_clock_that_steps_back_and_forth_changes_nothing(troubled: Load) -> None:
    site = troubled.sites.copy()
    site.drop(troubled.sites.files())
    command = [sys.executable, "-m", "tests.chaos.stepping", str(site.home), str(SEED)]
    process = subprocess.Popen(command, env=site.environment(), cwd=ROOT, start_new_session=True)
    try:
        end = time.monotonic() + PATIENCE
        while site.waiting() and time.monotonic() < end:
            assert process.poll() is None, "the worker ended by itself"
            time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    finally:
        if process.poll() is None:
            kill(process)
    assert site.settle() == troubled.undisturbed, f"seed {SEED}"
    assert site.chain_is_whole()


def test_what_two_load_at_once_is_loaded_once(troubled: Load) -> None:
    site = troubled.sites.copy()
    files = troubled.sites.files()
    with working(site):
        site.drop(files)
        done = site.run("ingest", *map(str, files))
    assert done.returncode in {0, 1}, done.stderr  # some of the day's messages are broken, and are refused
    assert site.settle() == troubled.undisturbed
    assert site.chain_is_whole()


def test_a_file_that_grows_while_it_lies_there_ends_as_what_it_is_when_whole(troubled: Load) -> None:
    site = troubled.sites.copy()
    with working(site) as process:
        for path in troubled.sites.files():
            _grow(site, path.name, path.read_bytes())
        told = site.done(process)
    assert _people(told) == _people(troubled.undisturbed)
    assert site.chain_is_whole()


def test_a_file_that_ends_too_early_costs_nothing_but_itself(troubled: Load) -> None:
    site = troubled.sites.copy()
    files = troubled.sites.files()
    site.drop(files)
    for number, path in enumerate(files[:10]):
        (site.home / "spool" / f"cut-{number}.edi").write_bytes(path.read_bytes()[: 40 + 7 * number])
    assert _people(site.settle()) == _people(troubled.undisturbed)
    assert len(list((site.home / "spool" / "refused").glob("cut-*"))) == 10
    assert site.chain_is_whole()


def _grow(site: Site, name: str, data: bytes) -> None:
    """Write a file in place, a third at a time, as a slow copy does."""
    third = len(data) // 3 + 1
    with (site.home / "spool" / name).open("wb") as file:
        for start in range(0, len(data), third):
            file.write(data[start : start + third])
            file.flush()
            time.sleep(0.02)


def _people(told: dict[str, object]) -> tuple[object, ...]:
    """What is known of people, apart from how many messages said it."""
    return told["travellers"], told["persons"], told["hits"], told["waiting"]
