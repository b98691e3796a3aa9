"""An entry added or removed in one process is met by the next traveller that another one screens, which maps the list.

Nobody waits here for a poll or a clock: how long it takes is measured by `torogoz bench entry`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.databases import environment
from tests.integration.one_entry import LISTED, TRAVELLER

ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-m", "tests.integration.one_entry")


@dataclass(frozen=True, slots=True)
class Process:
    """A process of the product that does what it is told."""

    running: subprocess.Popen[str]

    def does(self, what: str, **told: Any) -> Any:
        """Have it done; give what it answers."""
        assert self.running.stdin
        assert self.running.stdout
        print(json.dumps({"do": what} | told), file=self.running.stdin, flush=True)
        answer = self.running.stdout.readline()
        assert answer, self.running.wait()
        return json.loads(answer)

    def meets(self, name: tuple[str, str], number: str) -> list[str]:
        """The entries that raise a traveller of this name on the flight of this number, which they are told of now."""
        return list(self.does("screen", number=number, surname=name[0], given_names=name[1]))


@contextmanager
def process(home: Path, named: dict[str, str]) -> Iterator[Process]:
    pipe = subprocess.PIPE
    command = [*_COMMAND, "obey", str(home)]
    with subprocess.Popen(command, env=named, cwd=ROOT, text=True, stdin=pipe, stdout=pipe) as running:
        try:
            yield Process(running)
        finally:
            running.kill()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Process, Process, Process]]:
    """A home, a process at whose door lists are changed, and two that screen."""
    home = tmp_path / "home"
    with ExitStack() as stack:
        named = stack.enter_context(environment())
        subprocess.run([*_COMMAND, "make", str(home)], check=True, env=named, cwd=ROOT)
        door, one, other = (stack.enter_context(process(home, named)) for _ in range(3))
        yield door, one, other


def test_the_next_traveller_is_held_against_an_entry_that_another_process_has_just_added_or_removed(
    three: tuple[Process, Process, Process],
) -> None:
    door, *screening = three
    numbers = (str(number) for number in range(500, 600))
    for each in screening:  # from here on each holds the list, mapped
        assert each.meets(LISTED, next(numbers)) == ["W-1"]
        assert each.meets(TRAVELLER, next(numbers)) == []
    shared = {tuple(each.does("mapped")) for each in screening}
    assert [len(names) for names in shared] == [1]
    door.does("enter", key="W-2")
    for each in screening:
        assert each.meets(TRAVELLER, next(numbers)) == ["W-2"]
    for key, name in (("W-1", LISTED), ("W-2", TRAVELLER)):
        door.does("remove", key=key)
        for each in screening:
            assert each.meets(name, next(numbers)) == []
    # Nothing was made anew for it: each still has the list mapped as it was, with the changes laid over.
    assert {tuple(each.does("mapped")) for each in screening} == shared
