"""How kernels are compiled: without the interpreter's lock, for one core, and kept between runs.

A kernel is a function of arrays and whole numbers, in a module whose name ends in `_kernels`. numba compiles it when it
is first called and keeps the result where `NUMBA_CACHE_DIR` says (`flow.kernels`). With `NUMBA_DISABLE_JIT=1` the same
function runs as plain Python, which is how tests measure its branches. All numbers are int32 or int64, so that both
give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

Bytes = NDArray[np.uint8]
Small = NDArray[np.int32]
Large = NDArray[np.int64]
#: What a kernel gives back alone: Python's own, or numpy's where it runs as plain Python.
Number = Any
#: Whole numbers while they are found: a list of Python's, which a kernel makes for others to add to.
Numbers = list[Any]
Truth = Any


def kernel(function: Kernel) -> Kernel:
    """Compile a function of arrays."""
    return cast("Kernel", njit(nogil=True, cache=True)(function))
