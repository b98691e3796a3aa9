"""Compares the licence of every installed package with the table below; a lawyer can read it and nothing else.

Torogoz is Apache-2.0. Permissive licences may stand beside it; a weak copyleft is named package by package, with the
reason why it is met; anything else is refused. What a package says of itself (its metadata) is what is compared.
"""

import re
import sys
from importlib import metadata

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "PSF-2.0",
    "Zlib",
}

# Words that older metadata uses for the same licences.
SPOKEN = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}

# Installed beside Torogoz, unchanged, and replaceable by whoever runs it, which is what LGPL and MPL ask of a user.
NAMED = {
    "hypothesis": ("MPL-2.0", "a tool of the tests; no part of what is delivered"),
    "pathspec": ("MPL-2.0", "a tool of mypy; no part of what is delivered"),
    "psycopg": ("LGPL-3.0-only", "the driver of PostgreSQL, imported as a library and unchanged"),
    "psycopg-binary": ("LGPL-3.0-only", "the same driver's compiled half"),
    "pycountry": ("LGPL-2.1-only", "tables of ISO codes, imported as a library and unchanged"),
}


def licence(package: metadata.Distribution) -> str:
    """Give the licence a package declares: the expression, else the classifiers, else the licence's own short name."""
    declared = package.metadata
    if "License-Expression" in declared:
        return declared["License-Expression"]
    prefix = "License :: OSI Approved :: "
    classifiers = [line.removeprefix(prefix) for line in declared.get_all("Classifier", []) if line.startswith(prefix)]
    names = classifiers or [line.partition("\n")[0] for line in declared.get_all("License", ["nothing declared"])]
    return " OR ".join(SPOKEN.get(name, name) for name in names)


def permitted(expression: str) -> bool:
    """Say whether an SPDX expression leaves a permissive choice: all of an AND, one of an OR."""
    return any(
        all(part.strip("() ") in PERMISSIVE for part in re.split(r"\s+AND\s+", choice))
        for choice in re.split(r"\s+OR\s+", expression)
    )


def main() -> int:
    """Print each package whose licence is not in the tables; 1 if there is any."""
    refused = []
    for package in metadata.distributions():
        declared = licence(package)
        if not permitted(declared) and NAMED.get(package.name, ("", ""))[0] != declared:
            refused.append(f"{package.name} {package.version}: {declared}")
    for line in sorted(refused):
        print(f"licences: {line} is not in the tables of tools/check_licences.py", file=sys.stderr)
    return bool(refused)


if __name__ == "__main__":
    sys.exit(main())
