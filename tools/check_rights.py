"""Writes and checks `docs/rights.md`: each legal requirement, where it stands in the code, and the tests that hold it.

A test holds a requirement when its own docstring or its module's names it (`LR-42`). A requirement that no test names
must say in `rights.py` that it comes later or does not apply, and why; one that a test names may not. `--write` writes
the document.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rights import DOES_NOT_APPLY, LATER, REQUIREMENTS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/rights.md"
NUMBER = re.compile(r"\bLR-(\d+)\b")
HEAD = """# What the law asks, and what holds it

Written from the tests by `tools/check_rights.py --write`; `make check` compares. `LR-nn` are the project's numbers for
what law and standards ask of a passenger information unit ([rights.py](../tools/rights.py) says from where). A row is
**tested** when a test names it: break the protection in the code, run that test, and see it fail. **Later** is not in
this version; **does not apply** asks nothing of this product. How to check the rest yourself is in
[auditor](auditor/README.md).
"""


def named_by_tests() -> dict[int, set[str]]:
    """Requirement → the test modules of which a test, or the whole, names it."""
    found = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        module = ast.parse(path.read_text())
        tests = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        told = [module, *(node for node in tests if node.name.startswith("test_"))]
        for number in NUMBER.findall(" ".join(ast.get_docstring(node) or "" for node in told)):
            found[int(number)].add(str(path.relative_to(ROOT)))
    return found


def named_by_code() -> dict[int, set[str]]:
    """Requirement → the modules of the package that name it."""
    found = defaultdict(set)
    for path in sorted((ROOT / "src").rglob("*.py")):
        for number in NUMBER.findall(path.read_text()):
            found[int(number)].add(str(path.relative_to(ROOT)))
    return found


def page() -> str:
    """Write the document."""
    tests, code = named_by_tests(), named_by_code()
    parts = [HEAD]
    for heading, rows in REQUIREMENTS.items():
        parts.append(f"## {heading}\n\n| | asks | | stands in | tested in |\n|---|---|---|---|---|")
        parts.extend(
            f"| LR-{number:02} | {asks} | {_state(number)} | {_links(code[number])} | {_links(tests[number])} |"
            for number, asks in rows.items()
        )
        parts.append("")
    return "\n".join(parts)


def _state(number: int) -> str:
    if number in LATER:
        return f"later: {LATER[number]}"
    return f"does not apply: {DOES_NOT_APPLY[number]}" if number in DOES_NOT_APPLY else "tested"


def _links(paths: set[str]) -> str:
    names = {path: _name(path) for path in paths}
    return ", ".join(f"[{names[path]}](../{path})" for path in sorted(paths))


def _name(path: str) -> str:
    """A module as a reader knows it: its folder where its own name says nothing."""
    place = Path(path)
    return place.parent.name if place.stem == "__init__" else place.stem


def wrong() -> Iterator[str]:
    """What does not agree."""
    tests = named_by_tests()
    known = {number for rows in REQUIREMENTS.values() for number in rows}
    excused = LATER.keys() | DOES_NOT_APPLY.keys()
    yield from (f"LR-{number:02} has no test and no reason why" for number in sorted(known - excused - tests.keys()))
    yield from (f"LR-{number:02} is excused, and a test names it" for number in sorted(excused & tests.keys()))
    unknown = (tests.keys() | named_by_code().keys() | excused) - known
    yield from (f"LR-{number:02} is no requirement" for number in sorted(unknown))
    if not PAGE.exists() or PAGE.read_text() != page():
        yield "docs/rights.md is not what the tests say: run tools/check_rights.py --write"


def main() -> int:
    """Print what does not agree; 1 if there is anything."""
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page())
    lines = list(wrong())
    for line in lines:
        print(f"rights: {line}", file=sys.stderr)
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
