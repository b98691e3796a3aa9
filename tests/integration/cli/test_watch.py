"""`torogoz watch --answer`: a file of a carrier's request gives its answer beside it, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.integration.answers.asking import BETO, person, request, said
from tests.serving import clean_environment, make_home

#: How long a process may take on a busy machine, in seconds.
PATIENCE = 90.0


def wait_for(path: Path) -> bytes:
    end = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} never came"
        time.sleep(0.05)
    return path.read_bytes()


def test_a_request_that_is_dropped_in_is_answered_beside_it_until_told_to_stop(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "desk"
    make_home(home)
    folder.mkdir()
    (folder / "before.edi").write_bytes(request(person()))
    command = [sys.executable, "-m", "torogoz", "--home", str(home), "watch", str(folder), "--answer"]
    with subprocess.Popen(
        command, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            assert said(wait_for(folder / "before.edi.cusres")).responses[0].code == "0Z"
            half = folder / ".later.edi"
            half.write_bytes(request(person(born=""), BETO, transaction="T2", time="1801"))
            half.rename(folder / "later.edi")
            told = said(wait_for(folder / "later.edi.cusres"))
            assert [each.code for each in told.responses] == ["4Z", "0Z"]
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert process.stdout
        assert process.stdout.read() == b""
    assert sorted(each.name for each in folder.iterdir()) == ["before.edi.cusres", "later.edi.cusres"]
