"""The catalogue of findings is complete, speaks both languages, and holds nobody's data."""

from __future__ import annotations

import re
from pathlib import Path

import torogoz
from torogoz.domain.finding import Severity
from torogoz.edifact.findings import CATALOGUE
from torogoz.edifact.segments import TAGS, tag_of

SOURCE = Path(torogoz.__file__).parent
NOTED = re.compile(r'"([A-Z]+(?:_[A-Z]+)+|CHARSET)"')


def test_every_code_is_used_and_every_code_in_use_is_in_the_catalogue() -> None:
    files = [*(SOURCE / "edifact").glob("*.py"), *(SOURCE / "messages").rglob("*.py")]
    files += [*(SOURCE / "flow").glob("*.py"), SOURCE / "storage" / "series.py"]
    files.append(SOURCE / "domain" / "carrier.py")
    text = "\n".join(file.read_text() for file in files if file.name != "findings.py")
    used = set(NOTED.findall(text)) | {"FINDINGS_CUT"}
    assert set(CATALOGUE) <= used
    noted = {code for call in re.findall(r"\.note\(([^)]*)\)", text) for code in NOTED.findall(call)}
    assert noted <= set(CATALOGUE)


def test_every_finding_says_in_both_languages_what_is_wrong_and_what_helps() -> None:
    for code, deviation in CATALOGUE.items():
        assert isinstance(deviation.severity, Severity), code
        for text in (deviation.es, deviation.en, deviation.remedy_es, deviation.remedy_en):
            assert text, code
            assert not re.search(r"[{}%]", text), f"{code}: a text has no room for a value"
        assert deviation.es != deviation.en


def test_a_finding_names_only_tags_that_are_known() -> None:
    assert all(len(tag) == 3 for tag in TAGS)
    assert tag_of("NAD+FL") == "NAD"
    # What follows an apostrophe that was not released may be the rest of a name.
    assert tag_of("BRIEN:ANA") is None
    # Three letters are a tag where nothing of a word follows them.
    assert (tag_of("PER+1"), tag_of("PER"), tag_of("PEREZ:ANA"), tag_of("PER Z")) == ("PER", "PER", None, "PER")
