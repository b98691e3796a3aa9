"""A database server that is stopped and started under the doors: carriers get the fall-back, then answers again."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.chaos.cluster import PROGRAMS, Cluster
from tests.chaos.site import Site
from tests.integration.answers.asking import BETO, request
from tests.serving import clean_environment, make_home, serving
from torogoz.domain.answer import FALL_BACK
from torogoz.messages import read

#: As many carriers ask at once, each by a connection of its own.
AT_ONCE = 8
#: So many seconds pass before somebody who waits for a connection is given the fall-back.
PATIENCE = 30
#: What an answer may take on a busy machine: half of what any waiting would.
PROMPT = PATIENCE / 2


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    if PROGRAMS is None:
        pytest.skip("no PostgreSQL programs here: install Debian's postgresql")
    folder = tmp_path / "cluster"
    folder.mkdir()
    server = Cluster(folder)
    server.start()
    yield server
    with suppress(subprocess.CalledProcessError):  # it was stopped
        server.stop()


def test_after_the_database_was_away_whoever_asks_first_is_answered_and_meanwhile_by_the_fall_back(
    cluster: Cluster, tmp_path: Path
) -> None:
    site = Site(tmp_path / "home", cluster.url)
    environment = clean_environment() | {"DATABASE_URL": cluster.url, "TOROGOZ_ANSWER_SECONDS": str(PATIENCE)}
    make_home(site.home, environment)
    token = site.run("senders", "add", "X1", "--carrier", "X1").stdout.strip()
    with serving(site.home, environment=environment) as house, ThreadPoolExecutor(AT_ONCE) as people:
        asked = (house.port, token)
        assert {status for status, _ in people.map(lambda n: _ask(*asked, n), range(4 * AT_ONCE))} == {200}
        # Nobody asks meanwhile, and all the connections that wait are dead; then somebody does.
        for in_between in ([], [(503, FALL_BACK.text)]):
            cluster.stop()
            start = time.monotonic()
            assert list(people.map(lambda n: _ask(*asked, n), range(len(in_between)))) == in_between
            assert time.monotonic() - start < PROMPT
            cluster.start()
            start = time.monotonic()
            assert {status for status, _ in people.map(lambda n: _ask(*asked, n), range(AT_ONCE))} == {200}
            assert time.monotonic() - start < PROMPT


def _ask(port: int, token: str, number: int) -> tuple[int, str]:
    """Ask about somebody; the status of the answer, and what it says of them."""
    body = request(BETO, transaction=f"T{number}-{time.monotonic_ns()}")
    line = HTTPConnection("127.0.0.1", port, timeout=2 * PATIENCE)
    line.request("POST", "/interactive", body, {"Authorization": f"Bearer {token}"})
    answer = line.getresponse()
    said = answer.read()
    line.close()
    return answer.status, _text(said)


def _text(body: bytes) -> str:
    [message] = read(body)
    return message.responses[0].text or ""
