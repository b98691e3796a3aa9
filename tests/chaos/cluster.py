"""A PostgreSQL server and a disk of a test's own, which it may stop, start and starve."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
#: Where the server's programs are: Debian's place, or the PATH; None where there are none.
PROGRAMS = (
    _PLACES[-1] if _PLACES else Path(shutil.which("initdb") or "/none").parent if shutil.which("initdb") else None
)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path | None]:
    """A folder on a file system of its own; on the one it stands on, and None, where nobody may mount another."""
    folder.mkdir()
    command = ["/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)


def resize(disk: Path, megabytes: int) -> None:
    """Give a disk another size."""
    subprocess.run(["/bin/mount", "-o", f"remount,size={megabytes}m", str(disk)], check=True)


def used(disk: Path) -> int:
    """How many megabytes of it are taken."""
    state = os.statvfs(disk)
    return (state.f_blocks - state.f_bfree) * state.f_frsize // 2**20


def wait_until_full(disk: Path, seconds: float = 240) -> None:
    """Wait until next to nothing is free on it."""
    end = time.monotonic() + seconds
    while (state := os.statvfs(disk)).f_bavail * state.f_frsize > 300_000:
        assert time.monotonic() < end, "the disk did not fill: make it smaller"
        time.sleep(0.2)


def _lasting_port() -> int:
    """A free port that stays free while the server is down.

    Below those that the system gives to outgoing connections: one of these may take the server's port meanwhile, even
    the very connection that looks for it, which then finds itself.
    """
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port below those of outgoing connections is free")


class Cluster:
    """A server with its data in a folder. It refuses to run as root, who lends it Debian's account."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.log, self.said = folder / "log", folder / "said"
        self.port = _lasting_port()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
            for above in folder.parents[:-2]:
                above.chmod(above.stat().st_mode | 0o011)
        self._run(
            "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=torogoz", "--wal-segsize=1"
        )
        (self.data / "postgresql.auto.conf").write_text(
            f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = ''\n"
            "min_wal_size = 2MB\nmax_wal_size = 8MB\nshared_buffers = 16MB\n"
        )

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"postgresql://torogoz@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and recover what a stop left."""
        with self.telling():
            self._run("pg_ctl", "start", "--silent", "--wait", f"--log={self.log}")

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell what the server and its program said beside what goes wrong: its folder may be gone afterwards."""
        try:
            yield
        except (psycopg.Error, subprocess.CalledProcessError) as problem:
            problem.add_note(self.said.read_text() + (self.log.read_text()[-3000:] if self.log.exists() else ""))
            raise

    def stop(self) -> None:
        """Stop it as a power failure does: nothing is written any more. It is down after that, or this says why not."""
        try:
            self._run("pg_ctl", "stop", "--silent", "--mode=immediate")
        except subprocess.CalledProcessError as problem:
            problem.add_note(self.said.read_text())
            if self._runs():
                raise

    def _runs(self) -> bool:
        try:
            self._run("pg_ctl", "status")
        except subprocess.CalledProcessError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        assert PROGRAMS
        command = [str(PROGRAMS / program), f"--pgdata={self.data}", *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "--user", "postgres", "--", *command]
        # Into a file: the server that it starts keeps the end of a pipe open.
        with self.said.open("w") as said:
            subprocess.run(command, check=True, cwd="/", stdout=said, stderr=subprocess.STDOUT, timeout=120)
