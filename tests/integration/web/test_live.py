"""Live screens on a real server: fifty listeners hear what they may, and none of them keeps the house from closing."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.databases import environment
from tests.invented import manifest
from tests.serving import House, served

LISTENERS = 50

Listen = Callable[..., socket.socket]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with environment() as named, served(tmp_path / "home", named) as house:
        yield house


@pytest.fixture
def listen(house: House) -> Iterator[Listen]:
    """Open a stream, from the event after the one that was heard last; all are closed in the end."""
    with ExitStack() as opened:

        def stream(cookie: str, heard: str = "") -> socket.socket:
            made = opened.enter_context(socket.create_connection(("127.0.0.1", house.port)))
            made.settimeout(30)
            last = f"Last-Event-ID: {heard}\r\n" if heard else ""
            head = f"GET /live HTTP/1.1\r\nHost: localhost:{house.port}\r\nCookie: {cookie}\r\n{last}\r\n"
            made.sendall(head.encode())
            return made

        yield stream


def _read_until(stream: socket.socket, wanted: bytes) -> bytes:
    heard = b""
    while wanted not in heard:
        part = stream.recv(4096)
        assert part, f"the stream ended with {heard!r}"
        heard += part
    return heard


def _rest(stream: socket.socket) -> bytes:
    """What is still heard until the stream ends, which must be before a minute of heartbeats has passed."""
    heard = b""
    while part := stream.recv(4096):
        heard += part
        assert heard.count(b": still here") < 4, "the stream does not end"
    return heard


def _crowding() -> float:
    """How many times longer than by itself a process takes here, where others want more processors than there are."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def test_fifty_streams_hear_of_a_new_flight_and_end_with_the_server_within_five_seconds(
    house: House, listen: Listen
) -> None:
    analyst = house.sign_in("analyst", "serious_crime")
    streams = [listen(analyst.cookie) for _ in range(LISTENERS)]
    for stream in streams:
        assert b"text/event-stream" in _read_until(stream, b"id: ")
    house.drop("a.edi", manifest("570", "EJEMPLO", "ANA", "A01234567"))
    for stream in streams:
        heard = _read_until(stream, b"event: board")
        assert b"EJEMPLO" not in heard
    assert house.end() < 5 * _crowding()
    sign_of_life = (house.home / "worker-alive").stat().st_mtime
    time.sleep(2)
    assert (house.home / "worker-alive").stat().st_mtime == sign_of_life, "the worker was left behind"
    assert house.tells("ReceivedMessage", "filter(status='loaded').count()") == 1
    house.run("audit", "check")


def test_who_comes_back_misses_nothing_and_who_signed_out_hears_nothing_more(house: House, listen: Listen) -> None:
    analyst = house.sign_in("analyst", "serious_crime")
    first = listen(analyst.cookie)
    _read_until(first, b"id: ")
    house.drop("a.edi", manifest("570", "EJEMPLO", "ANA", "A01234567"))
    _read_until(first, b"event: board")
    returned = listen(analyst.cookie, heard="0")
    _read_until(returned, b"event: board")
    nonsense = listen(analyst.cookie, heard="9" * 400)
    _read_until(nonsense, b"id: ")
    analyst.post("/sign-out")
    before = house.tells("Event", "latest('pk').pk")
    house.drop("b.edi", manifest("571", "EJEMPLO", "EVA", "B01234567"))
    for stream in (first, returned):
        assert all(int(number) <= before for number in re.findall(rb"id: (\d+)", _rest(stream)))
    assert house.tells("Event", "latest('pk').pk") > before
