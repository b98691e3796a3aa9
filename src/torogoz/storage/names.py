"""The names under which workers hold deliveries: a worker that starts again has the name that it had.

Each name is a random word in a file of the home, and its worker holds that file while it lives. Whoever can hold the
file knows that its last holder is gone, and has at once what that one had in hand, instead of when its lease ends.
"""

from __future__ import annotations

import re
import secrets
from itertools import count

from torogoz.storage.home import Home
from torogoz.storage.locks import hold

_NAME = re.compile(r"[0-9a-f]{32}")


def own_name(home: Home) -> str:
    """The first name that nobody has, for as long as this process lives."""
    home.workers.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = next(path for path in (home.workers / str(number) for number in count(1)) if hold(path))
    name = file.read_text()
    if not _NAME.fullmatch(name):
        name = secrets.token_hex(16)
        file.write_text(name)
    return name
