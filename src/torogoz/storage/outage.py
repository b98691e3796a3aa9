"""Whether what failed is the ground we stand on, a database or a disk that is away, or what was being done on it.

The former passes, whatever is tried meanwhile: nothing that was received is given up for it. The latter comes again
with every try. PostgreSQL tells by SQLSTATE (its manual, appendix A), SQLite by its result code, the system by errno.
"""

from __future__ import annotations

import errno
import sqlite3

from django.db import InterfaceError, OperationalError

#: Lost connections, deadlocks and conflicts, a server that stops or starts, its own disk.
_CLASSES = frozenset({"08", "40", "57", "58"})
#: Disk full, too many connections, a lock that was waited for too long, a transaction that stood idle too long.
_STATES = frozenset({"53100", "53300", "55P03", "25P03"})
_RESULTS = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN}
)
_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE})


def is_outage(problem: BaseException) -> bool:
    """Say which it was. A database error without any code is a connection that broke."""
    if isinstance(problem, OSError):
        return problem.errno in _ERRORS
    if not isinstance(problem, InterfaceError | OperationalError):
        return False
    state = getattr(problem.__cause__, "sqlstate", None)
    if state is not None:
        return state[:2] in _CLASSES or state in _STATES
    result = getattr(problem.__cause__, "sqlite_errorcode", None)
    return result is None or result & 0xFF in _RESULTS
