"""A rotation under load that is killed again and again: nothing is lost, and in the end nothing needs the old keys."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from pathlib import Path

from tests.integration.keys.homes import Worked, made
from torogoz.storage.keys import USES

#: How often it is killed, and how long after its beginning at most, in seconds: about as long as it takes.
KILLS, WITHIN = 5, 3.0


def begun(worked: Worked) -> float:
    """When a rotation last noted what it was about to do."""
    note = worked.home.keys / "rotation"
    return note.stat().st_mtime if note.exists() else 0.0


def kill(worked: Worked, wait: float) -> bool:
    """Begin a rotation, or go on with it, and kill it a while after; give whether it was still at work."""
    before = begun(worked)
    process = subprocess.Popen(worked.command("keys", "rotate"), env=worked.environment, stdout=subprocess.DEVNULL)
    while process.poll() is None and begun(worked) <= before:
        time.sleep(0.01)
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    # One that had done everything, and was killed on its way out, has taken its note away.
    return process.wait() == -signal.SIGKILL and begun(worked) > 0


def test_a_rotation_under_load_that_is_killed_at_any_moment_goes_on(tmp_path: Path) -> None:
    """LR-56: messages come in, resends are known, and a document is found at every moment."""
    chance = random.Random()
    with made(tmp_path / "home") as worked:
        load = worked.start("load")
        assert load.stdout
        assert load.stdout.readline() == "ready\n"
        killed = ended = 0
        while killed < KILLS:
            if kill(worked, chance.uniform(0, WITHIN)):
                killed += 1
            else:
                ended += 1  # before it was killed: the next one is another rotation
        done = worked.run("keys", "rotate", "--json")
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        worked_on, _ = load.communicate()
        assert load.returncode == 0
        told = json.loads(worked_on)
        seen = worked.answer("load", "look")
        checked = worked.run("keys", "check", "--json")

    assert told["missed"] == []
    assert (told["loaded"], told["duplicates"]) == (told["sent"], told["sent"])
    assert told["sent"] > KILLS
    newest = 2 + ended
    current = {f"{use}-{newest}" for use in USES}
    assert set(report["made"]) == current, "a rotation that goes on makes no other keys"
    for place, under in seen["standing"].items():
        assert set(under) <= current, place
    assert seen["strangers"] == 0, "whoever travelled twice was known again under either key"
    assert set(report["unneeded"]) == {f"{use}-{number}" for use in USES for number in range(1, newest)} - set(
        report["needed"]
    )
    assert all(key_id.startswith("index-") for key_id in report["needed"])
    assert checked.returncode == 0, checked.stderr
    assert not any(key["problem"] for key in json.loads(checked.stdout)["keys"])
