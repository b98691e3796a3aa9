"""Runs commands one after the other in one process, and prints how each ended and what it said.

`python -m tests.integration.keys.begin HOME JSON`, where the JSON is a list of commands.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys

from torogoz.cli import main

if __name__ == "__main__":
    ends = []
    for command in json.loads(sys.argv[2]):
        said, printed = io.StringIO(), io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(printed):
            status = main(["--home", sys.argv[1], *command])
        ends.append([status, printed.getvalue(), said.getvalue()])
    print(json.dumps(ends))  # noqa: T201 - what the caller reads
