"""Lets Atheris look for bytes that no reader was made for: tokenizer, envelopes and readers, guided by coverage.

    pip install atheris==3.0.0        (for who looks; no part of Torogoz needs it)
    tools/fuzz_atheris.py [CORPUS …] -max_total_time=3600

A reader may answer anything and raise nothing; a find becomes a test.
"""

import importlib
import sys

atheris = importlib.import_module("atheris")
with atheris.instrument_imports(include=["torogoz.edifact", "torogoz.messages"]):
    from torogoz.messages import read, read_stream
    from torogoz.messages.envelope import unpack
    from torogoz.messages.sensitive import redact


def look(data: bytes) -> None:
    """Read the bytes, whole and in pieces."""
    unpacked = unpack(data)
    messages = list(read(data))
    if not messages:
        raise AssertionError("no answer")
    for message in messages:
        if len(redact(unpacked.data, message)) != message.span.end - message.span.start:
            raise AssertionError("a copy of another length")
    pieces = (data[start : start + 50] for start in range(0, len(data), 50))
    if list(read_stream(pieces, step=1)) != messages:
        raise AssertionError("in pieces it is read otherwise")


atheris.Setup(sys.argv, look)
atheris.Fuzz()
