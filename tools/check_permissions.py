"""Compares the addresses with the table of permissions, and the auditor's copy of the table with the table.

Every address has a row and every row an address, with the same numbers in it; an address without a name could have no
row. `docs/auditor/permissions.md` is written from the table (`tools/check_permissions.py --write`), so that who reads
it reads what the doors enforce.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/auditor/permissions.md"
NUMBER = re.compile(r"<\w+:(\w+)>")
HEAD = """# Who may open what

The table that the doors enforce before any page runs
([web/permissions.py](../../src/torogoz/web/permissions.py)), written from it; `make check` compares the two, and
[test_matrix](../../tests/integration/doors/test_matrix.py) tries every row with everybody. What stands behind a number
is decided once more by [storage/access](../../src/torogoz/storage/access/guard.py): the agency, the compartment, and
who may be the second person. To whom something is not open it answers as if it were not there, and leaves an entry.

*Purpose*: somebody whose role has several chooses one first. *Again*: they say once more who they are, unless they did
within the last quarter of an hour. "Everybody" has signed in with two factors, with or without a role.

| address | by | opens to | purpose | names | again |
|---|---|---|---|---|---|
"""


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route of the application with its name."""
    for each in patterns:
        route = prefix + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from routes(each.url_patterns, route)
        else:
            yield "/" + route, each.name or ""


def differences(named: dict[str, str], table: Any) -> Iterator[str]:
    """What the URL table and the permission table do not say alike."""
    yield from (f"{named[name]} has no row" for name in sorted(named.keys() - table.keys()))
    yield from (f"the row {name} has no address" for name in sorted(table.keys() - named.keys()))
    for name in sorted(named.keys() & table.keys()):
        if set(NUMBER.findall(named[name])) != set(table[name].numbers):
            yield f"the row {name} does not name the numbers of {named[name]}"


def page(named: dict[str, str], table: Any) -> str:
    """The table as a document."""
    lines = []
    for name, row in table.items():
        if row.anybody:
            who = "anybody, without a sign-in"
        else:
            who = ", ".join(sorted(row.roles)) if row.roles else "everybody"
        if row.before_factor and not row.anybody:
            who += ", before their second factor too"
        cells = [
            f"`{NUMBER.sub(r'{}', named[name])}`",
            " ".join(sorted(row.methods)),
            who,
            "yes" if row.purpose else "",
            ", ".join(row.numbers.values()),
            " ".join(sorted(row.again)),
        ]
        lines.append("".join(f"| {cell} " if cell else "| " for cell in cells) + "|")
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Print what does not agree; 1 if there is anything."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"TOROGOZ_HOME": home, "DJANGO_SETTINGS_MODULE": "torogoz.web.settings"}
        import django

        django.setup()
        from django.urls import get_resolver

        from torogoz.web.permissions import PERMISSIONS

        named = {name: route for route, name in routes(get_resolver().url_patterns)}
    wrong = list(differences(named, PERMISSIONS))
    if not wrong and "--write" in sys.argv[1:]:
        PAGE.write_text(page(named, PERMISSIONS))
    if not wrong and (not PAGE.exists() or PAGE.read_text() != page(named, PERMISSIONS)):
        wrong = ["docs/auditor/permissions.md is not the table: run tools/check_permissions.py --write"]
    for line in wrong:
        print(f"permissions: {line}", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
