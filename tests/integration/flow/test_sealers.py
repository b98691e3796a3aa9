"""Several processes write and seal at once, and one is killed: each entry is chained once, without a gap (LR-51)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import psycopg
import pytest

from tests.serving import clean_environment
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

_READY = """
import sys, time
from pathlib import Path
from torogoz.cli.django import migrate, ready
home = Path(sys.argv[1])
ready(home, migrated=False)
from django.db import transaction
from django.utils import timezone
from torogoz.domain.audit import AuditEvent
from torogoz.flow.seal import seal
from torogoz.storage.audit import record
from torogoz.storage.models import AuditEntry
"""
_MAKE = _READY + "migrate()"
_WRITE = (
    _READY
    + """
for each in range(60):
    with transaction.atomic():
        for _ in range(3):
            record(AuditEvent.HIT_RAISED, timezone.now(), object_type="hit", object_id=each)
        transaction.set_rollback(each % 10 == 9)
"""
)
_SEAL = (
    _READY
    + """
(home / f"sealer-{sys.argv[2]}").touch()
while not (home / "over").exists():
    seal(timezone.now())
seal(timezone.now(), wait=True)
"""
)
_CHECK = (
    _READY
    + """
from torogoz.storage.chain import GENESIS, line, link
from torogoz.storage.models import AuditHead
last = GENESIS
for number, entry in enumerate(AuditEntry.objects.order_by("sequence"), 1):
    assert entry.sequence == number, (entry.sequence, number)
    last = link(last, line(entry))
    assert entry.chain_hash == last.hex(), number
head = AuditHead.objects.get()
assert (head.sequence, head.chain_hash) == (number, last.hex())
print(number)
"""
)


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """For processes of their own: a new database where the suite runs on PostgreSQL, else that of a new home."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield clean_environment()
        return
    name = f"sealers_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        yield clean_environment() | {"DATABASE_URL": urlparse(url)._replace(path=f"/{name}").geturl()}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_entry_is_chained_once_whoever_else_seals_and_whoever_dies(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    make_keys(Home(tmp_path))

    def start(script: str, name: int = 0) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", script, str(tmp_path), str(name)], env=environment)

    assert start(_MAKE).wait() == 0
    sealers = [start(_SEAL, number) for number in range(3)]
    writers = [start(_WRITE) for _ in range(2)]
    while not (tmp_path / "sealer-0").exists():
        assert sealers[0].poll() is None
        time.sleep(0.05)
    time.sleep(0.5)
    sealers[0].send_signal(signal.SIGKILL)
    assert [each.wait() for each in writers] == [0, 0]
    (tmp_path / "over").touch()
    assert [each.wait() for each in sealers] == [-signal.SIGKILL, 0, 0]
    checked = subprocess.run(
        [sys.executable, "-c", _CHECK, str(tmp_path)], env=environment, capture_output=True, check=True
    )
    assert int(checked.stdout) == 2 * 54 * 3
