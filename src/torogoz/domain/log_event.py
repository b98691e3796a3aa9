"""What a log line may be about: a closed list of events, each with its meaning and what to do.

A log is read by whoever keeps the machine, and goes where logs go; so a line holds an event of this list, the kind of a
trouble and the number of a row, and never a text that somebody sent (rights.md, LR-52). `docs/operator/logs.md` is
written from this list.
"""

from __future__ import annotations

from enum import StrEnum


class LogEvent(StrEnum):
    """The code of an event in a log line."""

    ROUND_FAILED = "round.failed"
    WORKER_DIED = "worker.died"
    SCREENING_FAILED = "screening.failed"
    LIST_NOT_READY = "list.not_ready"
    ANSWER_FAILED = "answer.failed"
    RETENTION_WAITS = "retention.waits"
    RETENTION_FAILED = "retention.failed"
    FILE_UNREADABLE = "file.unreadable"
    RECEIPT_UNWRITABLE = "receipt.unwritable"
    KEYS_UNREADABLE = "keys.unreadable"
    SESSION_UNREADABLE = "session.unreadable"
    PAGE_FAILED = "page.failed"
    REQUEST_REFUSED = "request.refused"
    LIBRARY_MESSAGE = "library.message"


#: event → what it means, and what to do about it.
MEANINGS: dict[LogEvent, tuple[str, str]] = {
    LogEvent.ROUND_FAILED: (
        "A round of the worker met something, the database, a key or the disk; the next tries again.",
        "Look at `kind`, the database and the room on the disk; after three tries a delivery waits on *Messages*.",
    ),
    LogEvent.WORKER_DIED: (
        "A worker ended that nobody had told to (`status`: its exit status); another takes its place and its work.",
        "Nothing, once; if it comes often, look at the memory of the machine, and report it.",
    ),
    LogEvent.SCREENING_FAILED: (
        "One flight, `journey` by its number, could not be screened; tried again every five minutes; the others go on.",
        "Report the `kind` and the version: its travellers are unscreened.",
    ),
    LogEvent.LIST_NOT_READY: (
        "A new version of a list could not be made ready beside (`kind` or `status` says why); who needs it makes it.",
        "Look at the memory of the machine and at `/dev/shm`; screening waits until the list is ready.",
    ),
    LogEvent.ANSWER_FAILED: (
        "A carrier that asked was given the agreed fall-back, because something was not there: `kind` says what.",
        "Look at `kind`, the database and the disk; *request.fell_back* in the audit counts them.",
    ),
    LogEvent.RETENTION_WAITS: (
        "The nightly run of retention waits for a person: a gap of more than eight days, or a wrong clock.",
        "Look at the clock; if it is right, `torogoz retention run` ([retention](retention.md)).",
    ),
    LogEvent.RETENTION_FAILED: (
        "A piece of a run of retention met something; it is tried again each minute.",
        "Look at `kind`: the disk, a key, the database.",
    ),
    LogEvent.FILE_UNREADABLE: (
        "A file in the spool may not be read; it stays where it is.",
        "Let the worker's account read it.",
    ),
    LogEvent.RECEIPT_UNWRITABLE: (
        "`done/`, `refused/` or the folder of answers is full or closed to our account; the file was received, once.",
        "Make room, or open the folder to that account.",
    ),
    LogEvent.KEYS_UNREADABLE: (
        "A key went missing, or was replaced, while something ran; it goes on with what it holds.",
        "Put it back before the next start; `torogoz keys check` says which.",
    ),
    LogEvent.SESSION_UNREADABLE: (
        "A session was made with a key that is no longer here; its owner signs in again.",
        "Nothing, right after keys were retired; otherwise look who may write in the database.",
    ),
    LogEvent.PAGE_FAILED: (
        "A page failed by our fault; `error` and `place` say where, and the reader saw a page that says so.",
        "Report the place and the version to the developers.",
    ),
    LogEvent.REQUEST_REFUSED: (
        "A request was refused before it reached a page: a host name or a header that is not ours.",
        "Add the name to `allowed_hosts` if it is yours; otherwise nothing.",
    ),
    LogEvent.LIBRARY_MESSAGE: (
        "A library had something to say; `logger` names it, and its text is left out, which may hold data.",
        "Nothing, once; if it comes often, report the logger and the version to the developers.",
    ),
}
