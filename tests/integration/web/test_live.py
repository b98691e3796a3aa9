"""Live screens on a real server: fifty listeners hear what they may, and none of them keeps the house from closing."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.invented import manifest
from tests.serving import House, served

LISTENERS = 50


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with served(tmp_path / "home") as house:
        yield house


def _listen(house: House, cookie: str, heard: str = "") -> socket.socket:
    """Open a stream, from the event after the one that was heard last."""
    stream = socket.create_connection(("127.0.0.1", house.port))
    stream.settimeout(30)
    last = f"Last-Event-ID: {heard}\r\n" if heard else ""
    stream.sendall(f"GET /live HTTP/1.1\r\nHost: localhost:{house.port}\r\nCookie: {cookie}\r\n{last}\r\n".encode())
    return stream


def _read_until(stream: socket.socket, wanted: bytes) -> bytes:
    heard = b""
    while wanted not in heard:
        part = stream.recv(4096)
        assert part, f"the stream ended with {heard!r}"
        heard += part
    return heard


def test_fifty_streams_hear_of_a_new_flight_and_end_with_the_server_within_five_seconds(house: House) -> None:
    analyst = house.sign_in("analyst", "serious_crime")
    streams = [_listen(house, analyst.cookie) for _ in range(LISTENERS)]
    for stream in streams:
        assert b"text/event-stream" in _read_until(stream, b"id: ")
    house.drop("a.edi", manifest("570", "EJEMPLO", "ANA", "A01234567"))
    for stream in streams:
        heard = _read_until(stream, b"event: board")
        assert b"EJEMPLO" not in heard
    seconds = house.end()
    assert seconds < 5
    sign_of_life = (house.home / "worker-alive").stat().st_mtime
    time.sleep(2)
    assert (house.home / "worker-alive").stat().st_mtime == sign_of_life, "the worker was left behind"
    for stream in streams:
        stream.close()


def test_who_comes_back_misses_nothing_and_who_signed_out_hears_nothing_more(house: House) -> None:
    analyst = house.sign_in("analyst", "serious_crime")
    first = _listen(house, analyst.cookie)
    _read_until(first, b"id: ")
    house.drop("a.edi", manifest("570", "EJEMPLO", "ANA", "A01234567"))
    _read_until(first, b"event: board")
    returned = _listen(house, analyst.cookie, heard="0")
    _read_until(returned, b"event: board")
    nonsense = _listen(house, analyst.cookie, heard="9" * 400)
    _read_until(nonsense, b"id: ")
    analyst.post("/sign-out")
    house.drop("b.edi", manifest("571", "EJEMPLO", "EVA", "B01234567"))
    for stream in (first, returned):
        start = time.monotonic()
        while stream.recv(4096):
            assert time.monotonic() - start < 30
        stream.close()
    nonsense.close()
