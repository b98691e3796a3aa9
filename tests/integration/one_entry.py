"""A home with a list, and processes of the product that do one thing after another of it, as told on their input.

`python -m tests.integration.one_entry make HOME` makes the home and its list; `… obey HOME` reads a line of JSON for
each thing to do, and answers with one. Each in a process of its own: one home has one Django.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.invented import manifest, watchlist
from torogoz.cli.django import migrate, ready
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

LIST = "one"
#: Who stands on the list at first, and who travels.
LISTED, TRAVELLER = ("FICTICIO", "BETO"), ("EJEMPLO", "ANA")
DOCUMENT = "A01234567"


def make(home: Path) -> None:
    """A home with two supervisors, and a list of one person."""
    make_keys(Home(home))
    ready(home, migrated=False)
    migrate()
    from django.utils import timezone

    from torogoz.domain.staff import StaffRole
    from torogoz.flow.watchlists import import_list
    from torogoz.storage.models import Account, Agency

    centre = Agency.objects.create(code="CENTRO", name="Centro", centre=True)
    for name in ("first", "second"):
        Account.objects.create(username=name, role=StaffRole.SUPERVISOR, agency=centre)
    import_list(None, LIST, [watchlist(("W-1", " ".join(LISTED), "Z1")).encode()], timezone.now())


def obey(told: dict[str, Any]) -> Any:
    """Do one thing."""
    does: dict[str, Callable[..., Any]] = {"screen": screen, "enter": enter, "remove": remove, "mapped": mapped}
    return does[told.pop("do")](**told)


def screen(number: str, surname: str, given_names: str) -> list[str]:
    """Take a passenger list in and screen its flight; give the keys of the entries that somebody is queued for."""
    from django.utils import timezone

    from torogoz.flow.compose import Arrival, take_in
    from torogoz.storage.models import Hit

    take_in([Arrival("", manifest(number, surname, given_names, DOCUMENT))], source="test", now=timezone.now())
    found = Hit.objects.filter(journey__number=number, queued=True, status="open")
    return list(found.order_by("cause_key").values_list("cause_key", flat=True))


def enter(key: str) -> None:
    """Enter the traveller by form, and put the entry in force by a second person."""
    from django.utils import timezone

    from torogoz.flow import entries, waiting

    cells = {
        "id": key,
        "names": " ".join(TRAVELLER),
        "birth_date": "1988-02-29",
        "nationality": "SLV",
        "sex": "F",
        "document_numbers": "",
        "owner": "CENTRO",
        "legal_basis": "Ley de ejemplo art. 1",
        "purpose": "serious_crime",
        "reason": "Persona inventada",
        "grade": "B2",
        "handling": "C",
        "action": "refer",
        "review_on": f"{timezone.localdate().replace(day=1, month=1).year + 1}-06-30",
    }
    made = entries.enter(_who("first"), _list(), cells, timezone.now())
    waiting.put_in_force(_who("second"), made, "It is as the owner says", timezone.now())


def remove(key: str) -> None:
    """Remove an entry."""
    from django.utils import timezone

    from torogoz.flow import entries
    from torogoz.storage.models import WatchlistEntry

    row = WatchlistEntry.objects.get(key=key, version_to=None).pk
    entries.remove(_who("first"), row, "Its owner has dropped it", timezone.now())


def mapped() -> list[str]:
    """The shared lists that this process has mapped."""
    from torogoz.storage import shared_arrays

    place = shared_arrays.folder(Home.current())
    lines = Path("/proc/self/maps").read_text().splitlines()
    return sorted({line.rsplit("/", 1)[1] for line in lines if place and str(place) in line})


def _who(name: str) -> Any:
    from torogoz.domain.purpose import Purpose
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.models import Account

    return who_is(Account.objects.get(username=name), Purpose.SERIOUS_CRIME)


def _list() -> int:
    from torogoz.storage.models import Watchlist

    return Watchlist.objects.get(name=LIST).pk


if __name__ == "__main__":
    what, where = sys.argv[1:]
    if what == "make":
        make(Path(where))
    else:
        ready(Path(where))
        for line in sys.stdin:
            print(json.dumps(obey(json.loads(line))), flush=True)  # noqa: T201 - what the caller reads
