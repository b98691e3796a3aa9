"""On a real server: a stranger's body is small, who may send more is asked before it is taken, and nothing lasts."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection

import pytest

from tests.databases import environment
from tests.serving import House, served, serving
from torogoz.web.bounds import OF_A_STRANGER

LARGE = b"x" * (8 * OF_A_STRANGER)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with environment() as named, served(tmp_path_factory.mktemp("bounds") / "home", named) as house:
        yield house


@pytest.fixture(scope="module")
def token(house: House) -> str:
    command = [sys.executable, "-m", "torogoz", "--home", str(house.home), "senders", "add", "X1", "--carrier", "X1"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=house.environment)
    return done.stdout.strip()


def send(house: House, path: str, body: bytes, **headers: str) -> int:
    """What the server answers to a body; it may close before it has taken it whole."""
    connection = HTTPConnection("localhost", house.port, timeout=30)
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request("POST", path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_stranger_sends_no_more_than_a_sign_in_needs(house: House, token: str) -> None:
    assert send(house, "/sign-in", b"x" * OF_A_STRANGER) == 403, "taken, and refused for want of a token of ours"
    for path, headers in (
        ("/sign-in", {}),
        ("/watchlists/import", {}),
        ("/watchlists/import", {"Cookie": "sessionid=" + "x" * 32}),
        ("/watchlists/import", {"Cookie": "sessionid='; DROP TABLE"}),
        ("/watchlists/import", {"Authorization": f"Bearer {token}"}),
        ("/intake", {}),
        ("/intake", {"Authorization": "Bearer wrong"}),
        ("/no-such-page", {}),
    ):
        assert send(house, path, LARGE, **headers) == 413, (path, headers)


def test_a_sender_with_its_token_delivers_a_whole_day(house: House, token: str) -> None:
    assert send(house, "/intake", LARGE, Authorization=f"Bearer {token}") == 201


def test_a_request_that_is_too_large_is_told_where_lists_go_and_not_taken_for_a_strangers(
    house: House, token: str
) -> None:
    connection = HTTPConnection("localhost", house.port, timeout=30)
    connection.request("POST", "/interactive", LARGE, {"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["remedy"]) == (413, "send lists as a delivery, to /intake")
    connection.close()
    assert send(house, "/interactive", LARGE, Authorization="Bearer wrong") == 413


def test_who_has_signed_in_may_send_a_file(house: House) -> None:
    supervisor = house.sign_in("supervisor")
    assert send(house, "/watchlists/import", LARGE, Cookie=supervisor.cookie) == 403, "taken, and then without its form"


def test_a_session_that_ended_is_a_strangers(house: House) -> None:
    supervisor = house.sign_in("supervisor")
    cookie = supervisor.cookie
    supervisor.post("/sign-out")
    assert send(house, "/watchlists/import", LARGE, Cookie=cookie) == 413


#: The same server, which waits a second for a head, and for a body.
IMPATIENT = """
import sys
from torogoz.cli import main
from torogoz.web import limits

limits.BODY_WITHIN = limits.HEAD_WITHIN = 1.0
sys.exit(main())
"""
PLANTED = b"ZYXWOFICTICIA"


def test_a_body_that_never_ends_is_cut_off_and_nothing_is_kept_of_it(house: House, token: str) -> None:
    """Neither silence nor a byte now and then keeps a connection open, whether or not the length was told."""
    with serving(house.home, run=("-c", IMPATIENT), environment=house.environment) as impatient:
        before = house.tells("Delivery", "count()")
        for framing in ("Content-Length: 100000", "Transfer-Encoding: chunked"):
            for drips in (False, True):
                start = time.monotonic()
                begun, piece = delivery(impatient.port, token, framing)
                answer = never_finish(impatient.port, begun + piece, piece if drips else b"")
                assert answer.startswith(b"HTTP/1.1 408 "), (framing, drips, answer)
                assert b"nothing was kept of it" in answer
                assert 0.7 < time.monotonic() - start < 20
        assert house.tells("Delivery", "count()") == before
        assert [file for file in house.home.rglob("*") if file.is_file() and PLANTED in file.read_bytes()] == []
        assert send(impatient, "/intake", LARGE, Authorization=f"Bearer {token}") == 201, "who finishes is taken"


def test_a_head_that_never_ends_is_cut_off_also_on_a_line_that_has_been_of_use(house: House) -> None:
    """Neither silence from the first nor a byte now and then keeps a connection open, and no proxy is there to help."""
    with serving(house.home, run=("-c", IMPATIENT), environment=house.environment) as impatient:
        whole = f"HEAD /sign-in HTTP/1.1\r\nHost: localhost:{impatient.port}\r\n".encode()
        for begun, drip in ((b"", b""), (b"GET /sign-in", b""), (b"", b"G"), (whole, b"X-A: 1\r\n")):
            start = time.monotonic()
            assert never_finish(impatient.port, begun, drip) == b"", (begun, drip)
            assert 0.7 < time.monotonic() - start < 20, (begun, drip)
        answer = never_finish(impatient.port, whole + b"\r\n" + whole, b"X-A: 1\r\n")
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.count(b"HTTP/1.1") == 1, "the head after it never came whole"
        with socket.create_connection(("127.0.0.1", impatient.port), timeout=30) as line:
            line.sendall(whole)
            time.sleep(0.3)
            line.sendall(b"\r\n")
            assert line.recv(65536).startswith(b"HTTP/1.1 200 "), "who is slow, and comes within the time, is answered"


def delivery(port: int, token: str, framing: str) -> tuple[bytes, bytes]:
    """The head of a delivery, and a piece of it that may come for ever."""
    head = f"POST /intake HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n{framing}\r\n\r\n"
    return head.encode(), b"%x\r\n%s\r\n" % (len(PLANTED), PLANTED) if "chunked" in framing else PLANTED


def never_finish(port: int, begun: bytes, drip: bytes) -> bytes:
    """Begin, and go on for ever or fall silent; give everything that the server says until it closes."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=0.2) as line:
        line.sendall(begun)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                heard = line.recv(65536)
            except TimeoutError:
                with suppress(BrokenPipeError, ConnectionResetError):
                    line.sendall(drip)
            except ConnectionResetError:
                return said
            else:
                said += heard
                if not heard:
                    return said
    raise AssertionError("the server never closed")
