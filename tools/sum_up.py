"""Close several runs of pytest as one of them closes: which tests failed, and the sum of what each said last of itself.

Whoever sees only the last lines of a long run then knows what to look for.

Usage: sum_up.py SECONDS LOG...    Ends with 1 where a run failed, or did not come to its summary.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

_SUMMARY = re.compile(r"=+ (.*) in [\d.]+s.* =+")
_NAMED = re.compile(r"(?:FAILED|ERROR) tests/.*")
#: As pytest tells them: the worst first.
_ORDER = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error")
_COUNTED = ("warning", "error")
_BAD = ("failed", "xpassed", "error")


def counts(log: str) -> Counter[str]:
    """What a run said of itself; one that said nothing is an error."""
    said = [found[1] for line in log.splitlines() if (found := _SUMMARY.fullmatch(line))]
    told = re.findall(r"(\d+) ([a-z]+)", said[-1]) if said else []
    return Counter({word.removesuffix("s"): int(number) for number, word in told}) or Counter(error=1)


def named(logs: list[str]) -> list[str]:
    """The lines in which the runs name what failed, each once, in their order."""
    return list(dict.fromkeys(line for log in logs for line in log.splitlines() if _NAMED.fullmatch(line)))


def closing(logs: list[str], seconds: int) -> tuple[str, bool]:
    """The line for all runs, and whether nothing is amiss in any of them."""
    total = sum(map(counts, logs), Counter[str]())
    told = [f"{total[each]} {each}{'s' * (each in _COUNTED and total[each] > 1)}" for each in _ORDER if total[each]]
    return f" {', '.join(told)} in {seconds}.00s ".center(80, "="), not any(total[each] for each in _BAD)


if __name__ == "__main__":
    logs = [Path(each).read_text(errors="replace") for each in sys.argv[2:]]
    line, fine = closing(logs, int(sys.argv[1]))
    print(*named(logs), line, sep="\n")
    sys.exit(not fine)
