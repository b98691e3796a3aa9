"""Live screens on a real server: fifty listeners hear what they may, and none of them keeps the house from closing."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.serving import House, served

LISTENERS = 50


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with served(tmp_path / "home") as house:
        yield house


def _manifest() -> bytes:
    """A passenger list of a flight that lands in three hours, with one invented traveller."""
    leaves, lands = (datetime.now(UTC) + timedelta(hours=hours - 6) for hours in (-2, 3))
    return "\n".join(
        [
            "UNA:+.? '",
            f"UNB+UNOA:4+XA+TOROGOZ+{leaves:%y%m%d:%H%M}+1++APIS'",
            "UNH+1+PAXLST:D:05B:UN:IATA+REF1+01:F'",
            "BGM+745'",
            "NAD+MS+++SERVICIO DE PRUEBA'",
            "TDT+20+XA570+++XA'",
            "LOC+125+LAX'",
            f"DTM+189:{leaves:%y%m%d%H%M}:201'",
            "LOC+87+SAL'",
            f"DTM+232:{lands:%y%m%d%H%M}:201'",
            "NAD+FL+++EJEMPLO:ANA'",
            "ATT+2++F'",
            "DTM+329:880229'",
            "NAT+2+SLV'",
            "DOC+P:110:111+A01234567'",
            "LOC+91+SLV'",
            "CNT+42:1'",
            "UNT+16+1'",
            "UNZ+1+1'",
        ]
    ).encode()


def _listen(house: House, cookie: str) -> socket.socket:
    """Open a stream and read its head."""
    stream = socket.create_connection(("127.0.0.1", house.port))
    stream.settimeout(30)
    stream.sendall(f"GET /live HTTP/1.1\r\nHost: localhost:{house.port}\r\nCookie: {cookie}\r\n\r\n".encode())
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
    house.drop("a.edi", _manifest())
    for stream in streams:
        heard = _read_until(stream, b"event: board")
        assert b"EJEMPLO" not in heard
    seconds = house.end()
    assert seconds < 5
    for stream in streams:
        stream.close()


def test_a_stream_ends_with_its_readers_session(house: House) -> None:
    analyst = house.sign_in("analyst", "serious_crime")
    stream = _listen(house, analyst.cookie)
    _read_until(stream, b"id: ")
    analyst.post("/sign-out")
    house.drop("a.edi", _manifest())
    stream.settimeout(30)
    start = time.monotonic()
    while stream.recv(4096):
        assert time.monotonic() - start < 30
    stream.close()
