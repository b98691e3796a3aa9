"""On a machine that the doors and a worker share, whoever waits at a door goes first."""

from __future__ import annotations

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
    assert int(told.stdout) == os.nice(0) + NICER


@pytest.mark.django_db
def test_the_threads_of_the_doors_take_short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    before, seen = sys.getswitchinterval(), []
    monkeypatch.setattr(serve, "worker", lambda _home: nullcontext())
    monkeypatch.setattr(uvicorn.Server, "run", lambda _server: seen.append(sys.getswitchinterval()))
    try:
        assert main(["serve", "--port", "0"]) == 0
    finally:
        sys.setswitchinterval(before)
    assert seen == [pytest.approx(serve.TURN)]
