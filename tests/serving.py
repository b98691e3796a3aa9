"""A house that is served as people serve it: a home of its own, `torogoz serve` in a process, one sign-in a role."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

PASSWORD = "a long phrase of the tests"
#: sign-in name → role; `visitor` has none.
STAFF = {
    "analyst": "analyst",
    "second": "analyst",
    "supervisor": "supervisor",
    "protection": "data_protection",
    "officer": "border_officer",
    "carrier": "carrier",
    "visitor": "",
}
_ROOT = Path(__file__).parents[1]
#: How long a server may take to start on a busy machine, in seconds: a fresh home compiles its kernels first.
_PATIENCE = 180.0


class Visitor:
    """Somebody with a browser that keeps cookies and runs nothing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._cookies = CookieJar()
        self._client = build_opener(HTTPCookieProcessor(self._cookies))

    @property
    def cookie(self) -> str:
        """The header that carries the session."""
        return "; ".join(f"{each.name}={each.value}" for each in self._cookies)

    def get(self, path: str) -> str:
        """Load a page."""
        return str(self._client.open(self.url + path).read().decode())

    def post(self, path: str, **fields: str) -> None:
        """Send a form as a browser does, from a page that has one."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get("/sign-in"))
        assert token
        self._client.open(self.url + path, urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()).read()


@dataclass(slots=True)
class House:
    """A served home."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    def drop(self, name: str, content: bytes) -> None:
        """Drop a message into the spool as a carrier's link does: whole, under its name at once."""
        half = self.home / "spool" / f".{name}"
        half.write_bytes(content)
        half.rename(self.home / "spool" / name)

    def run(self, *arguments: str, typed: str = "") -> None:
        """Run a command on the home."""
        torogoz(self.home, *arguments, typed=typed, environment=self.environment)

    def tells(self, model: str, asked: str) -> int:
        """A number that its database has of a model's rows: `house.tells("Event", "latest('pk').pk")`."""
        command = [sys.executable, "-c", _TELL.format(model=model, asked=asked), str(self.home)]
        return int(subprocess.run(command, check=True, env=self.environment, stdout=subprocess.PIPE).stdout)

    def sign_in(self, name: str, purpose: str = "") -> Visitor:
        """A plain client that has signed in, by the same pages that a browser uses."""
        visitor = Visitor(self.url)
        visitor.post("/sign-in", login=name, password=PASSWORD)
        if purpose:
            visitor.post("/session/purpose", purpose=purpose)
        return visitor

    def end(self) -> float:
        """Stop the server as an operator does, and give how many seconds it took."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(_PATIENCE)
        return time.monotonic() - start


def torogoz(home: Path, *arguments: str, typed: str = "", environment: Mapping[str, str] | None = None) -> None:
    """Run a command on a home, with what is typed."""
    command = [sys.executable, "-m", "torogoz", "--home", str(home), *arguments]
    named = environment or clean_environment()
    subprocess.run(command, input=typed.encode(), check=True, env=named, stdout=subprocess.DEVNULL)


_TELL = """
import sys
from pathlib import Path
from torogoz.cli.django import ready

ready(Path(sys.argv[1]))
from torogoz.storage import models

print(models.{model}.objects.{asked})
"""


#: Run in a process of its own, which has no part in the tests' Django.
_MAKE = """
import sys
from pathlib import Path
from tests.serving import PASSWORD, STAFF
from torogoz.cli.django import migrate, ready
from torogoz.domain.staff import StaffRole
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

home = Path(sys.argv[1])
make_keys(Home(home))
ready(home, migrated=False)
migrate()
from django.utils import timezone
from torogoz.flow import accounts

accounts.first_administrator("administrator", PASSWORD, agency="CENTRO", now=timezone.now())
for name, role in STAFF.items():
    staff = StaffRole(role) if role else None
    if staff is StaffRole.CARRIER:
        accounts.add_of_carrier(name, PASSWORD, carrier="XA", agency="XA", now=timezone.now())
    else:
        accounts.add(name, PASSWORD, role=staff, agency="CENTRO", now=timezone.now(), port="SAL")
"""


def make_home(home: Path, environment: Mapping[str, str] | None = None) -> None:
    """Make a home with its people; a password alone lets them in."""
    if environment is None or "DATABASE_URL" not in environment:
        shutil.copytree(_embedded(), home, dirs_exist_ok=True)
    else:
        _make_home(home, environment)


@cache
def _embedded() -> Path:
    """A home on the embedded database as it is when new: to bring one to this version takes ten seconds."""
    home = Path(tempfile.mkdtemp(prefix="torogoz-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    _make_home(home)
    return home


def _make_home(home: Path, environment: Mapping[str, str] | None = None) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "torogoz.toml").write_text('require_second_factor = false\nhotline = "+503 0000 0000"\n')
    named = environment or clean_environment()
    subprocess.run([sys.executable, "-c", _MAKE, str(home)], check=True, env=named, cwd=_ROOT)


@contextmanager
def served(home: Path, environment: Mapping[str, str] | None = None) -> Iterator[House]:
    """Make a home, and serve it for as long as the block lasts; an environment may name its database."""
    make_home(home, environment)
    with serving(home, environment=environment) as house:
        yield house


@contextmanager
def serving(
    home: Path, *, run: Sequence[str] = ("-m", "torogoz"), environment: Mapping[str, str] | None = None
) -> Iterator[House]:
    """Serve a home for as long as the block lasts; `run` is what Python is told to run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, *run, "--home", str(home), "serve", "--port", str(port)]
    named = environment or clean_environment()
    process = subprocess.Popen(command, env=named, stdout=subprocess.DEVNULL)
    house = House(home, port, process, named)
    try:
        _wait_for(house)
        yield house
    finally:
        if process.poll() is None:
            house.end()


def _wait_for(house: House) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", house.port)).close()
        except ConnectionRefusedError:
            assert house.process.poll() is None, "the server did not start"
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.2)
        else:
            return


def clean_environment() -> dict[str, str]:
    """The environment without what belongs to the tests' own Django."""
    return {name: value for name, value in os.environ.items() if name not in {"TOROGOZ_HOME", "DATABASE_URL"}}
