"""nomenklatura's logic-v2, asked by another interpreter: run this file with one that has nomenklatura.

It reads one JSON array from standard input, pairs of `{"names": [], "birth": "", "nationality": "", "sex": ""}`, and
writes `{"scores": [], "seconds": s}`, without what importing and the first comparison take. It stands on nothing of
Torogoz, so that nomenklatura and all that it needs stay out of the product. Every entity gets an id of its own:
nomenklatura remembers by id, and an id used twice gives the answer of another.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

_GENDERS = {"F": "female", "M": "male"}


def main() -> None:
    """Score all pairs."""
    from followthemoney import model
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()

    def entity(label: str, person: dict[str, Any]) -> Any:
        made = model.make_entity("Person")
        made.id = label
        for name in person["names"]:
            made.add("name", name)
        for key, value in (
            ("birthDate", person.get("birth")),
            ("nationality", person.get("nationality")),
            ("gender", _GENDERS.get(person.get("sex") or "")),
        ):
            if value:
                made.add(key, value)
        return made

    first = {"names": ["Ejemplo Prueba"]}
    algorithm.compare(entity("warm-1", first), entity("warm-2", first), config)
    pairs = [
        (entity(f"asked-{place}", one), entity(f"listed-{place}", two))
        for place, (one, two) in enumerate(json.load(sys.stdin))
    ]
    started = time.perf_counter()
    scores = [algorithm.compare(one, two, config).score for one, two in pairs]
    seconds = time.perf_counter() - started
    sys.stdout.write(json.dumps({"scores": scores, "seconds": seconds}))


if __name__ == "__main__":
    main()
