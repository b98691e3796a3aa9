"""What a message's text took is kept for the next one, and not given back to the system in between.

The C library gives back what large texts took as soon as they are gone, and asks for it again with the next message:
the system then clears every page anew, which cost a twelfth of the reading of bookings (docs/benchmarks/parse.md).
"""

from __future__ import annotations

import ctypes

#: `M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` of mallopt(3): what is given back, and what is taken apart from the rest.
_TRIM, _APART = -1, -3
#: 32 MiB, the largest that the library takes for a text given apart. So much more than it needs a process may hold.
_KEPT = 32 * 1024 * 1024


def keep_memory() -> None:
    """Hold up to 32 MiB ready in this process. Where the C library is not glibc, nothing changes."""
    options = getattr(ctypes.CDLL(None), "mallopt", None)
    if options:
        options(_TRIM, _KEPT)
        options(_APART, _KEPT)
