"""A log line is an event of the closed list: each has its meaning, and whoever writes a line names one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from torogoz.domain.log_event import MEANINGS, LogEvent

SOURCE = Path(__file__).parents[3] / "src/torogoz"
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


def lines_written(source: str) -> Iterator[ast.Call]:
    """The calls in a module that write a log line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            speaker = ast.unparse(node.func.value)
            if node.func.attr in LEVELS and (speaker in {"log", "self.log"} or "getLogger" in speaker):
                yield node


def test_every_event_has_its_meaning_and_what_to_do() -> None:
    assert list(MEANINGS) == list(LogEvent)
    assert all(each.endswith(".") for told in MEANINGS.values() for each in told)


def test_whoever_writes_a_log_line_names_an_event_of_the_list() -> None:
    written = [call for path in SOURCE.rglob("*.py") for call in lines_written(path.read_text())]
    assert len(written) >= 4, "no lines were found where some are written"
    # `event` is a parameter of that type where troubles are told once.
    said = {ast.unparse(call.args[0]) for call in written}
    assert {each for each in said if not each.startswith("LogEvent.")} <= {"event"}
