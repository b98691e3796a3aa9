"""What large texts took is kept by a process for the next."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_ROUNDS = """
import resource, sys
from torogoz.cli.memory import keep_memory

if "keep" in sys.argv:
    keep_memory()

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def message():
    return [bytes(200_000) for _ in range(8)]

message()
before = faults()
for _ in range(20):
    message()
print(faults() - before)
"""


def _faults(*arguments: str) -> int:
    told = subprocess.run([sys.executable, "-c", _ROUNDS, *arguments], capture_output=True, check=True)
    return int(told.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no such setting")
def test_what_the_texts_of_a_message_took_is_there_for_the_next() -> None:
    assert _faults("keep") * 10 < _faults()
