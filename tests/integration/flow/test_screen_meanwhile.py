"""While a flight is compared others may write, and nothing that they write is lost."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from django.db import connection

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, BETO, NOW, Say, api
from tests.integration.flow.test_screen import ANA_LISTED, TERMS, listed
from torogoz.flow import screen as screening
from torogoz.flow.receive import receive
from torogoz.flow.screen import rescreen_due
from torogoz.storage.models import Delivery, Hit, Journey

pytestmark = pytest.mark.django_db(transaction=True)

BETO_LISTED = f"W-2,BETO FICTICIO,1975-06-01,GTM,M,,{TERMS}"
#: Long enough for what need not wait, in seconds; what waits for the flight is done after it.
SOON = 3.0


class Meanwhile:
    """Another connection that does something the first time that a flight is compared; `waited`, if it had to wait."""

    def __init__(self) -> None:
        self.waited: bool | None = None
        self._work: Callable[[], object] | None = None
        self._thread = Thread(target=self._do)

    def has(self, work: Callable[[], object]) -> None:
        self._work = work

    def goes_on(self) -> None:
        if self.waited is None and self._work:
            self._thread.start()
            self._thread.join(SOON)
            self.waited = self._thread.is_alive()

    def ends(self) -> None:
        if self.waited is not None:
            self._thread.join()

    def _do(self) -> None:
        try:
            assert self._work
            self._work()
        finally:
            connection.close()


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Meanwhile]:
    other, compare = Meanwhile(), vars(screening)["screen"]

    def compared(*arguments: object) -> object:
        other.goes_on()
        return compare(*arguments)

    monkeypatch.setattr(screening, "screen", compared)
    yield other
    other.ends()


def test_a_delivery_is_received_while_a_flight_is_compared(people: People, say: Say, meanwhile: Meanwhile) -> None:
    listed(ANA_LISTED)
    say(api(ANA))
    meanwhile.has(lambda: receive(b"UNA", source="test", name="", now=NOW))
    assert rescreen_due(NOW).raised == 1
    assert meanwhile.waited is False
    assert Delivery.objects.filter(size=3).exists()


@pytest.mark.parametrize("news", ["message", "list"])
def test_what_comes_while_a_flight_is_compared_is_among_its_hits(
    people: People, say: Say, meanwhile: Meanwhile, news: str
) -> None:
    listed(ANA_LISTED, *([BETO_LISTED] if news == "message" else []))
    say(api(ANA) if news == "message" else api(ANA, BETO))
    meanwhile.has((lambda: say(api(BETO))) if news == "message" else (lambda: listed(BETO_LISTED, name="more")))
    rescreen_due(NOW)
    meanwhile.ends()
    rescreen_due(NOW)
    assert set(Hit.objects.values_list("cause_key", flat=True)) == {"W-1", "W-2"}
    assert not Journey.objects.filter(screening_due_at__isnull=False).exists()


def test_a_flight_that_went_while_it_was_compared_is_no_failure(
    people: People, say: Say, meanwhile: Meanwhile, caplog: pytest.LogCaptureFixture
) -> None:
    listed(ANA_LISTED)
    say(api(ANA))
    meanwhile.has(lambda: Journey.objects.update(screening_due_at=None))
    rescreen_due(NOW)
    assert not Journey.objects.filter(screening_due_at__isnull=False).exists()
    assert not caplog.records
