"""On a machine that the doors and a worker share, whoever waits at a door goes first."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from contextlib import nullcontext

import pytest
import uvicorn

from torogoz.cli import main, serve
from torogoz.cli.worker import NICER

#: A worker that says how nice it is, instead of working.
WORKER = """
import os, sys, types
from torogoz.cli import main, worker
sys.modules["torogoz.flow.spool"] = types.SimpleNamespace(work_until_told=lambda _: print(os.nice(0)))
worker.ready = lambda _: None
main(["worker", "--alone"])
"""


def test_a_worker_is_nicer_than_the_doors() -> None:
    told = subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True, check=True, timeout=60)
    assert int(told.stdout) == min(os.nice(0) + NICER, 19)  # there is nothing nicer than 19


@pytest.mark.django_db
def test_the_threads_of_the_doors_take_short_turns_and_what_stays_is_not_walked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turn, thresholds, seen, frozen = sys.getswitchinterval(), gc.get_threshold(), [], []

    def run(_server: uvicorn.Server) -> None:
        seen.append(sys.getswitchinterval())
        frozen.append(gc.get_freeze_count())

    monkeypatch.setattr(serve, "worker", lambda _home: nullcontext())
    monkeypatch.setattr(uvicorn.Server, "run", run)
    try:
        assert main(["serve", "--port", "0"]) == 0
    finally:
        sys.setswitchinterval(turn)
        gc.set_threshold(*thresholds)
        gc.unfreeze()
    assert seen == [pytest.approx(serve.TURN)]
    assert frozen[0] > 100_000  # Django and the pages alone are so many objects
