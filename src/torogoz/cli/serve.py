"""The web application with the worker it needs, on this machine's own address unless told otherwise.

Passkeys and cookies need a name: open the address that is printed. For others to reach it, give --origin with the name
they use, and a certificate, or stand it behind a proxy that has one. Ends with Ctrl-C or SIGTERM within five seconds.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

from torogoz.cli.django import look_less_for_garbage, ready
from torogoz.errors import UnavailableError

#: Open streams are ended after this many seconds when the server stops, and the worker after as many more: together
#: they leave a slow machine time to end within five (design §6).
PATIENCE = 2
#: A thread lets another run after so many seconds. Python's own 5 ms, times the requests that are being answered, is
#: how long each of them waits to be read and to go out (docs/benchmarks/interactive.md).
TURN = 0.0005


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: %(default)s)")
    parser.add_argument("--origin", help="the address people type, such as https://piu.example (default: localhost)")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain, PEM")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key, PEM")


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    name_origin(arguments)
    ready(arguments.home)
    serve(arguments)
    return 0


def name_origin(arguments: argparse.Namespace) -> None:
    """Tell the settings the address people type, before Django reads them: the one given, or this machine's own."""
    if arguments.origin:
        os.environ["TOROGOZ_ORIGIN"] = arguments.origin
    scheme = "https" if arguments.tls_cert else "http"
    os.environ["TOROGOZ_SERVED_AT"] = f"{scheme}://localhost:{arguments.port}"


def serve(arguments: argparse.Namespace) -> None:
    """Run the server, and a worker beside it for as long."""
    import uvicorn
    from django.conf import settings

    from torogoz.flow.kernels import warm
    from torogoz.web.heads import BoundedHeads

    sys.setswitchinterval(TURN)
    _must_be_free(arguments.host, arguments.port)
    # uvicorn ends by raising the signal once more, and SIGTERM of itself would end us here and leave the worker behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    warm()
    print(f"Torogoz: {settings.ORIGIN}", flush=True)
    config = uvicorn.Config(
        "torogoz.web.asgi:application",
        host=arguments.host,
        port=arguments.port,
        http=BoundedHeads,
        ssl_certfile=arguments.tls_cert,
        ssl_keyfile=arguments.tls_key,
        timeout_graceful_shutdown=PATIENCE,
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
    )
    # All that stays is loaded first, so that the collector never stops those who wait to walk it: a tenth of a second.
    config.load()
    import_module(settings.ROOT_URLCONF)
    look_less_for_garbage()
    with worker(arguments.home) as process:

        class Server(uvicorn.Server):
            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                process.terminate()  # at once, so that it ends while the streams do
                super().handle_exit(sig, frame)

        Server(config).run()


def _must_be_free(host: str, port: int) -> None:
    """Say it in one line, before anything is started, where the address cannot be listened on."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as problem:
        raise UnavailableError(
            f"port {port} of {host} cannot be listened on: {os.strerror(problem.errno or 0).lower()}",
            remedy="end what listens there, or name another with --port",
        ) from None


@contextmanager
def worker(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, started afresh and never forked (design §6), ended with the block."""
    command = [sys.executable, "-m", "torogoz", "--home", str(home), "worker", "--parent", str(os.getpid())]
    process = subprocess.Popen(command)  # noqa: S603 - our own
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
