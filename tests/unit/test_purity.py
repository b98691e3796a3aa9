"""Floors 0 and 1 have no hands: no file, clock, environment, randomness, socket, process or thread (design: floors)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def probe(*argv: str) -> str:
    command = [sys.executable, "-m", "tests.unit.purity_probe", *argv]
    # Kernels as they are compiled, also where the tests around run them as plain Python.
    compiled = {name: value for name, value in os.environ.items() if name != "NUMBA_DISABLE_JIT"}
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=compiled).stdout


def test_the_pure_floors_do_their_work_without_touching_the_world() -> None:
    verdict, modules = probe().split(maxsplit=1)
    assert verdict == "pure", modules
    assert int(modules) > 1


@pytest.mark.parametrize("what", ["file", "clock", "environment", "randomness", "socket", "process"])
def test_the_watch_sees_each_hand(what: str) -> None:
    assert probe(what).startswith("touched ")
