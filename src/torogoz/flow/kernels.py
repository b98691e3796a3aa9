"""The kernels of matching, compiled where they run: where they are kept, and made ready before anybody waits for them.

Takes: the home of the installation.
Gives: a folder for what numba compiles, named after the code so that another version never runs the old one; and, once
  warm, kernels that answer at once. Compiling takes about a minute of one core, once a version; loading takes a moment.
Refuses: a folder that cannot be written (UnavailableError).
Records: nothing
Legal ground: none; no data of anybody is read.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path

from torogoz.errors import UnavailableError

_VARIABLE = "NUMBA_CACHE_DIR"


def keep_below(folder: Path) -> None:
    """Have kernels kept below a folder, or where `NUMBA_CACHE_DIR` says; before anything of matching is imported."""
    named = os.environ.get(_VARIABLE)
    kept = Path(named).absolute() if named else folder.absolute()
    code = version()
    os.environ[_VARIABLE] = str(kept if kept.name == code else kept / code)


def keep_for_user() -> None:
    """Have them kept where the user's caches are, for a command that opens no home."""
    keep_below(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "torogoz" / "kernels")


def warm() -> None:
    """Compile or load every kernel: ask a list of two for an entry as listed, as heard, otherwise and in one word."""
    _need_folder()
    from torogoz.domain.dates import PartialDate
    from torogoz.domain.document import Document
    from torogoz.domain.watchlist import Entry
    from torogoz.matching import Query, brute_force, build, match

    born = PartialDate(1988, 2, 29)
    index = build(
        [Entry("W-1", ("ANA EJEMPLO MUHAMMAD",), (born,), ("SLV",), "F", (Document("A01234567"),)), Entry("W-2")]
    )
    for surname in ("EJEMPLO MOHAMED", "EJEMPLO MUHAMMAD", "EJEMPLO PRUEBA", "ANAEJEMPLOMUHAMMAD"):
        query = Query(surname, "ANA", born, "SLV", "F", (Document("A01234576"),))
        match(query, index)
        brute_force(query, index.with_changes([], ["W-2"]))


def _need_folder() -> None:
    kept = Path(os.environ[_VARIABLE])
    try:
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=kept):
            pass
    except OSError as problem:
        raise UnavailableError(
            "the folder for compiled kernels cannot be written",
            remedy="name another home with --home, or only another folder for them with NUMBA_CACHE_DIR",
        ) from problem


@cache
def version() -> str:
    """A name for the code that is compiled: numba looks at one module's age, and not at those from which it calls."""
    code = sha256()
    for module in sorted((Path(__file__).parents[1] / "matching").glob("*.py")):
        code.update(module.read_bytes())
    return code.hexdigest()[:16]
