"""Compares the documents with the code: the flow's story, the links, and the commands.

`docs/flow.md` is written from the docstrings of the steps in `flow/` (`tools/check_docs.py --write`), so that the story
told is the code's own; here it must be what those docstrings say today, every step must tell its five lines, and every
event it says it records must be in the closed list. `docs/auditor/events.md` is written from that list in the same way,
and the audit's verifier stands in `tools/` and in `docs/auditor/verify.md` as it stands in the package. The operator's
tables of settings and of log events are written from the code too, and so are the table of sensitive data and the
catalogue of what a reader notices in a message.
Links between documents must lead somewhere, and every command of the terminal must be explained in some document.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from torogoz.cli import COMMANDS
from torogoz.domain.audit import AuditEvent
from torogoz.domain.audit_fields import EVENTS, Behind, Fields
from torogoz.domain.log_event import MEANINGS
from torogoz.edifact.findings import CATALOGUE
from torogoz.messages.sensitive_table import DEFAULT, PHRASES, SSR_CODES, WORDS
from torogoz.storage.configuration import SETTINGS, Setting

ROOT = Path(__file__).parents[1]
FLOW = ROOT / "src/torogoz/flow"
STORY = ROOT / "docs/flow.md"
EVENT_LIST = ROOT / "docs/auditor/events.md"
SETTING_LIST = ROOT / "docs/operator/settings.md"
LOG_LIST = ROOT / "docs/operator/logs.md"
SENSITIVE_LIST = ROOT / "docs/auditor/sensitive.md"
FINDING_LIST = ROOT / "docs/reference/messages/findings.md"
VERIFIER = ROOT / "src/torogoz/cli/verify_audit.py"
PUBLIC_VERIFIER = ROOT / "tools/verify_audit.py"
HOW_TO_VERIFY = ROOT / "docs/auditor/verify.md"
ORDER = ("receive", "parse", "assemble", "screen", "raise_hits", "review", "share", "depersonalise", "purge", "upkeep")
LINES = ("Takes", "Gives", "Refuses", "Records", "Legal ground")
HEAD = """# The flow

The way of the data, step by step. Each step is one module of `src/torogoz/flow`, and what follows is what that module
says of itself; `make check` compares the two.
"""

EVENTS_HEAD = """# What an entry of the audit may hold

The closed list of events, written from [the table](../../src/torogoz/domain/audit.py) that is enforced: an entry with
another event, another kind of row or another number cannot be written. Rows stand in an entry by their number, never by
what is in them. Numbers are counts, but for `traveller`, `recipient` and `account`, which are numbers of further rows,
and `version` and `page`. A sealed text stands apart ([auditor](README.md)).

| event | behind it | names a row of | numbers | sealed text |
|---|---|---|---|---|
"""
SETTINGS_HEAD = """# Settings · Ajustes

Written from [the table](../../src/torogoz/storage/configuration.py) that is enforced. `HOME/torogoz.toml` holds them,
none is needed, and a variable of the environment comes before the file. A name in the file that is not here, or a value
that is not as it must be, stops every command with a line that says so.
`torogoz settings` prints those in force, and where each is said. A change is in force once the service starts again.

| setting · ajuste | variable | must be | default | what it sets | qué fija |
|---|---|---|---|---|---|
"""
SETTINGS_FOOT = """
Where things are is said by the environment alone:

| variable | what it sets |
|---|---|
| `TOROGOZ_HOME` | the home, where `--home` does not name it |
| `DATABASE_URL` | the database, `postgresql://user:password@host:port/name`; without it, the file in the home |
| `CREDENTIALS_DIRECTORY` | the folder of the keys, where systemd hands them over; without it, `HOME/keys` |
"""
LOGS_HEAD = """# Log lines

Written from [the closed list](../../src/torogoz/domain/log_event.py) that is enforced. Torogoz writes one JSON object a
line to standard error, which the journal keeps. Each has `at` (UTC), `level`, `logger` and `event`; a trouble has its
`kind`, a failure of ours its `error` and `place` in the code, and a row its number. Nothing that anybody sent is in it.

| event | what it means | what to do |
|---|---|---|
"""
SENSITIVE_HEAD = """# What is withheld · Lo que se retira

Written from [the table](../../src/torogoz/messages/sensitive_table.py) that is enforced, version `{version}`. What
stands here is dropped before anything that was read is stored, overwritten in the redacted copy, and counted; nobody
sees which it was, or whose. In free text (OSI, remarks, history, and what our own people write; not who pays) a word
counts only whole, without its accents. A state adds rows with the setting `sensitive_add` and takes rows away with
`sensitive_keep` ([settings](../operator/settings.md)); each message keeps the version under which it was read, and a
changed table has another.

| where | it would reveal | rows |
|---|---|---|
"""
FINDINGS_HEAD = """# Findings · Hallazgos

Written from [the catalogue](../../../src/torogoz/edifact/findings.py). A finding is what a reader noticed in a message:
a code that does not change, how much it matters, the tag of the segment and the byte of the unpacked delivery where it
was noticed. It never holds a value of the message. `error` is what could not be read, `warning` what was read although
the standard forbids it, `note` what costs nobody anything. The remedy is for the sender.

| code · código | severity | what was noticed | what the sender can do | qué se notó | qué puede hacer el remitente |
|---|---|---|---|---|---|
"""
BEHIND = {Behind.PERSON: "a person", Behind.SYSTEM: "the system", Behind.EITHER: "a person, or the system"}


def documents() -> Iterator[Path]:
    """Every document of the project, the README first."""
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def steps() -> Iterator[tuple[str, str]]:
    """The flow's steps with their docstrings: those of the way in its order, then those beside it by name."""
    told = {path.stem: ast.get_docstring(ast.parse(path.read_text())) or "" for path in FLOW.glob("*.py")}
    yield from ((name, told[name]) for name in ORDER if name in told)
    yield from ((name, told[name]) for name in sorted(told.keys() - set(ORDER)) if "\nTakes: " in told[name])


def story() -> str:
    """Write docs/flow.md from the docstrings."""
    parts = [HEAD]
    for name, told in steps():
        summary, _, rest = told.partition("\n\n")
        items = re.sub(rf"^({'|'.join(LINES)}):", r"- **\1:**", rest, flags=re.MULTILINE)
        # A name as the sources write it is code, and must not be read as emphasis or a link.
        parts.append(f"## `flow/{name}.py`\n\n{summary}\n\n{items}\n")
    return "\n".join(parts)


def event_list() -> str:
    """Write docs/auditor/events.md from the table of events."""
    return EVENTS_HEAD + "".join(event_row(event, EVENTS[event]) for event in AuditEvent)


def event_row(event: AuditEvent, fields: Fields) -> str:
    """One row of the list of events."""
    rows = ", or ".join("none" if row is None else f"`{row}`" for row in fields.rows)
    numbers = ", ".join(f"`{number}`" for number in fields.numbers)
    cells = (f"`{event}`", BEHIND[fields.behind], rows, numbers or "none", "may have one" if fields.text else "never")
    return f"| {' | '.join(cells)} |\n"


def setting_list() -> str:
    """Write docs/operator/settings.md from the table of settings."""
    rows = (
        f"| `{each.name}` | `{each.variable}` | {each.must} | {_default(each)} | {each.english} | {each.spanish} |\n"
        for each in SETTINGS
    )
    return SETTINGS_HEAD + "".join(rows) + SETTINGS_FOOT


def _default(setting: Setting) -> str:
    return "see there" if setting.default is None else f"`{json.dumps(setting.default)}`"


def log_list() -> str:
    """Write docs/operator/logs.md from the table of log events."""
    return LOGS_HEAD + "".join(f"| `{event}` | {means} | {do} |\n" for event, (means, do) in MEANINGS.items())


def sensitive_list() -> str:
    """Write docs/auditor/sensitive.md from the table of sensitive data."""
    rows = [
        *(("request (SSR), and its code in text", reveals, codes) for reveals, codes in SSR_CODES.items()),
        *(("word of free text", reveals, words) for reveals, words in WORDS.items()),
        ("words of free text together", "any of them", ", ".join(PHRASES)),
        ("title before or after a name", "religion", " ".join(sorted(DEFAULT.titles))),
        ("title after a name", "religion", " ".join(sorted(DEFAULT.titles_last))),
    ]
    return SENSITIVE_HEAD.format(version=DEFAULT.version) + "".join(
        f"| {where} | {reveals} | {told} |\n" for where, reveals, told in rows
    )


def finding_list() -> str:
    """Write docs/reference/messages/findings.md from the catalogue, the most severe first."""
    rank = {severity: place for place, severity in enumerate(("error", "warning", "note"))}
    rows = sorted(CATALOGUE.items(), key=lambda row: (rank[row[1].severity], row[0]))
    return FINDINGS_HEAD + "".join(
        f"| `{code}` | {each.severity} | {each.en} | {each.remedy_en} | {each.es} | {each.remedy_es} |\n"
        for code, each in rows
    )


def how_to_verify() -> str:
    """The page on checking the audit, with the verifier as it is today."""
    before, _, rest = HOW_TO_VERIFY.read_text().partition("```python\n")
    return f"{before}```python\n{VERIFIER.read_text()}```{rest.partition('```')[2]}"


def written() -> Iterator[tuple[Path, str]]:
    """What is written from the code, as it must be today."""
    yield STORY, story()
    yield EVENT_LIST, event_list()
    yield SETTING_LIST, setting_list()
    yield LOG_LIST, log_list()
    yield FINDING_LIST, finding_list()
    yield SENSITIVE_LIST, sensitive_list()
    yield PUBLIC_VERIFIER, VERIFIER.read_text()
    yield HOW_TO_VERIFY, how_to_verify()


def unwritten() -> Iterator[str]:
    """What is written from the code, and is not what it says today."""
    for path, text in written():
        if not path.exists() or path.read_text() != text:
            yield f"{path.relative_to(ROOT)} is not what the code says: run tools/check_docs.py --write"


def untold() -> Iterator[str]:
    """Steps that leave one of their five lines out, or record what is not in the closed list of events."""
    events = {event.value for event in AuditEvent}
    for name, told in steps():
        lines = dict(re.findall(rf"^({'|'.join(LINES)}): (.+(?:\n  +.+)*)", told, flags=re.MULTILINE))
        yield from (f"flow/{name}.py does not say what it {line.lower()}" for line in LINES if line not in lines)
        recorded = set(re.findall(r"\b[a-z_]+\.[a-z_]+\b", lines.get("Records", "")))
        yield from (f"flow/{name}.py records {event}, which is no audit event" for event in sorted(recorded - events))


def broken_links() -> Iterator[str]:
    """Links between documents that lead nowhere."""
    for path in documents():
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text()):
            if "://" not in target and not (path.parent / target).exists():
                yield f"{path.relative_to(ROOT)}: the link to {target} leads nowhere"


def unexplained() -> Iterator[str]:
    """Commands that no document names."""
    text = "\n".join(path.read_text() for path in documents())
    yield from (f"no document names `torogoz {name}`" for name in COMMANDS if f"torogoz {name}" not in text)


def main() -> int:
    """Print what does not agree; 1 if there is anything."""
    if "--write" in sys.argv[1:]:
        for path, text in written():
            path.write_text(text)
    wrong = [*untold(), *unwritten(), *broken_links(), *unexplained()]
    for line in wrong:
        print(f"docs: {line}", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
