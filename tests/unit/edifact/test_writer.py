"""What is written can be read (the round trip is test_interchange's); what could not be is refused."""

from __future__ import annotations

import pytest

from torogoz.edifact.tokens import ServiceCharacters
from torogoz.edifact.writer import advice, compose


def test_values_are_released_and_separators_are_not() -> None:
    text = compose([("NAD", "FL", "", ("O'BRIEN", "A+B:C?"))], ServiceCharacters(), "\n")
    assert text == "NAD+FL++O?'BRIEN:A?+B?:C??'\n"


def test_the_advice_says_what_is_used() -> None:
    assert advice(ServiceCharacters()) == "UNA:+.? '"
    assert advice(ServiceCharacters(element="*", release="\\", repetition="+", terminator="#")) == "UNA:*.\\+#"
    assert advice(ServiceCharacters(release=None)) == "UNA:+.  '"


@pytest.mark.parametrize("service", [ServiceCharacters(release=None), ServiceCharacters(element=":")])
def test_service_characters_that_leave_doubt_are_refused(service: ServiceCharacters) -> None:
    with pytest.raises(ValueError, match="divide nothing"):
        compose([("BGM", "745")], service)
