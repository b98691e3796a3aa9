"""A signed export is checked by somebody outside, and whatever was done to it or to the database is noticed (LR-51)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.cli import main
from torogoz.cli.verify_audit import verify
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import Purpose
from torogoz.flow import export_audit as export
from torogoz.flow.export_audit import chained, export_audit, keys
from torogoz.flow.seal import expire, seal
from torogoz.storage import signing
from torogoz.storage.access.dossier import dossier
from torogoz.storage.access.guard import who_is
from torogoz.storage.access.search import By, search
from torogoz.storage.audit import record
from torogoz.storage.chain import GENESIS, line, link
from torogoz.storage.home import Home
from torogoz.storage.keys import make_key, remove_key
from torogoz.storage.models import AuditCheckpoint, AuditEntry, AuditHead, AuditText

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heads")]
START = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
VERIFIER = Path(__file__).parents[3] / "tools/verify_audit.py"
Lines = list[bytes]


def live(days: int, first: int = 0) -> None:
    """Days of four entries each, and the head of each day signed after the first of them."""
    for day in range(first, first + days):
        at = START + day * DAY
        for number in range(4):
            record(AuditEvent.HIT_RAISED, at, object_type="hit", object_id=number)
            seal(at)


def exported(day: int, since: date | None = None) -> Lines:
    return list(export_audit(None, START + day * DAY, since))


def of_entries(lines: Lines) -> list[int]:
    """The places of the entries among the lines."""
    return [place for place, each in enumerate(lines) if each.startswith(b'{"n":')]


def wrong(lines: Iterable[bytes], earlier: Iterable[bytes] = (), public: str | None = None) -> str:
    """What the verifier says is wrong; empty where all is whole."""
    try:
        verify(public or keys(), lines, earlier)
    except ValueError as problem:
        return str(problem)
    return ""


def test_an_untouched_export_is_whole_and_says_what_it_holds(people: People) -> None:
    live(3)
    lines = exported(3)
    assert wrong(lines) == ""
    said = verify(keys(), lines)
    assert said.startswith("whole: entries 1 to 13 of CENTRO as of 2026-11-25T18:00:00.000000Z, head ")
    assert said.endswith(AuditEntry.objects.get(sequence=13).chain_hash)


def test_an_export_holds_everything_up_to_itself_and_the_very_lines_that_were_hashed(people: People) -> None:
    for _ in range(5):
        record(AuditEvent.HIT_RAISED, START, object_type="hit", object_id=1)
    header, *rest, end = exported(0)
    entries = [each for each in rest if each.startswith(b'{"n":')]
    assert [json.loads(each)["event"] for each in entries] == [*["hit.raised"] * 5, "exported"]
    last = GENESIS
    for each in entries:
        last = link(last, each.removesuffix(b"\n"))
    told = json.loads(end)
    assert (told["n"], told["hash"], told["count"]) == (6, last.hex(), 6)
    assert told["file"] == sha256(b"".join([header, *rest])).hexdigest()
    about = json.loads(header)
    assert (about["format"], about["centre"], about["from"], about["to"]) == (1, "CENTRO", 1, 6)
    assert about["accounts"][str(people.analyst.pk)] == "the-analyst"


def test_an_empty_audit_is_whole() -> None:
    assert wrong(chained(START)) == ""


# What may be done to a file: each takes the lines of an export, and gives what is left of them.


def _remove(lines: Lines) -> Lines:
    place = of_entries(lines)[5]
    return lines[:place] + lines[place + 1 :]


def _alter(lines: Lines) -> Lines:
    place = of_entries(lines)[5]
    altered = lines[place].replace(b'"id":1', b'"id":9')
    assert altered != lines[place]
    return [*lines[:place], altered, *lines[place + 1 :]]


def _reorder(lines: Lines) -> Lines:
    one, two = of_entries(lines)[4:6]
    lines = lines.copy()
    lines[one], lines[two] = lines[two], lines[one]
    return lines


def _duplicate(lines: Lines) -> Lines:
    place = of_entries(lines)[5]
    return [*lines[: place + 1], lines[place], *lines[place + 1 :]]


def _insert(lines: Lines) -> Lines:
    place = of_entries(lines)[5]
    return [*lines[:place], lines[place].replace(b'"id":1', b'"id":9'), *lines[place:]]


def _cut_header(lines: Lines) -> Lines:
    return lines[1:]


def _cut_front(lines: Lines) -> Lines:
    return [lines[0], *lines[of_entries(lines)[3] :]]


def _cut_front_to_a_signed_head(lines: Lines) -> Lines:
    place = next(number for number, each in enumerate(lines) if b'"audit":"head"' in each)
    return [lines[0], *lines[place:]]


def _cut_end(lines: Lines) -> Lines:
    return lines[:-1]


def _cut_end_to_a_signed_head(lines: Lines) -> Lines:
    place = max(number for number, each in enumerate(lines) if b'"audit":"head"' in each)
    return lines[: place + 1]


def _cut_within_the_last_line(lines: Lines) -> Lines:
    return [*lines[:-1], lines[-1][:-40]]


def _cut_tail_before_the_end(lines: Lines) -> Lines:
    return [*lines[:-3], lines[-1]]


def _drop_a_signed_head(lines: Lines) -> Lines:
    return [each for each in lines if b'"n":5' not in each or b'"audit":"head"' not in each]


def _alter_the_header(lines: Lines) -> Lines:
    return [lines[0].replace(b"the-analyst", b"the-autocrat"), *lines[1:]]


def _alter_the_end(lines: Lines) -> Lines:
    return [*lines[:-1], lines[-1].replace(b'"centre":"CENTRO"', b'"centre":"OTRO"')]


def _append(lines: Lines) -> Lines:
    return [*lines, lines[of_entries(lines)[-1]]]


def _nothing(lines: Lines) -> Lines:
    return []


def _garbage(lines: Lines) -> Lines:
    return [lines[0], b"no export\n", *lines[1:]]


TAMPERED = [
    _remove,
    _alter,
    _reorder,
    _duplicate,
    _insert,
    _cut_header,
    _cut_front,
    _cut_front_to_a_signed_head,
    _cut_end,
    _cut_end_to_a_signed_head,
    _cut_within_the_last_line,
    _cut_tail_before_the_end,
    _drop_a_signed_head,
    _alter_the_header,
    _alter_the_end,
    _append,
    _nothing,
    _garbage,
]


@pytest.mark.parametrize("tamper", TAMPERED)
def test_a_file_that_somebody_changed_is_not_whole_and_a_clear_line_says_so(
    tamper: Callable[[Lines], Lines], people: People, tmp_path: Path
) -> None:
    live(3)
    lines = exported(3)
    assert wrong(tamper(lines))
    changed, public = tmp_path / "export.jsonl", tmp_path / "keys.pub"
    changed.write_bytes(b"".join(tamper(lines)))
    public.write_text(keys())
    told = subprocess.run(
        [sys.executable, str(VERIFIER), str(public), str(changed)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("NOT WHOLE: ")
    assert told.stderr.count("\n") == 1


def test_no_byte_of_an_export_can_be_another(people: People) -> None:
    live(2)
    whole = b"".join(exported(2))
    public = keys()
    signature_ends = whole.rindex(b'"}')

    @given(st.integers(0, signature_ends - 1), st.integers(1, 255))
    def changed(place: int, by: int) -> None:
        other = bytes([whole[place] ^ by])
        if other.lower() != whole[place : place + 1].lower() or place < whole.rindex(b',"signature"'):
            lines = (whole[:place] + other + whole[place + 1 :]).splitlines(keepends=True)
            with pytest.raises((ValueError, TypeError, AttributeError, LookupError)):
                verify(public, lines)

    changed()


def test_two_exports_do_not_splice(people: People) -> None:
    live(3)
    early = exported(3)
    live(3, first=4)
    late = exported(7)
    assert wrong(early) == wrong(late) == ""
    for cut in range(1, len(early)):
        assert wrong(early[:cut] + late[cut + 1 :]), cut
    assert wrong(early + late)
    assert wrong(early[:-1] + late[len(early) - 1 :]), "the beginning of one, the rest of the other"


def test_what_another_key_signed_is_not_whole_however_well_it_was_made(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(2)
    public = keys()
    stranger = Ed25519PrivateKey.generate()
    monkeypatch.setattr(signing, "signing_key", lambda: ("signing-1", stranger))
    AuditEntry.objects.filter(sequence=3).update(object_id=99)
    rewrite()
    forged = list(chained(START + 2 * DAY))
    assert wrong(forged, public=f"signing-1 {stranger.public_key().public_bytes_raw().hex()}\n") == ""
    assert "none of the keys has signed" in wrong(forged, public=public)


@pytest.fixture
def second_key() -> Iterator[Callable[[], object]]:
    """Put another signing key in the place of the home's when it is called."""
    home = Home.current()
    yield lambda: make_key(home, "signing", 2)
    remove_key(home, "signing-2")
    (home.keys / "signing-2.pub").unlink()


def test_what_an_earlier_key_signed_is_checked_with_its_public_half_which_outlives_it(
    people: People, second_key: Callable[[], object]
) -> None:
    live(2)
    first = keys()
    second_key()
    live(2, first=3)
    lines = exported(5)
    both = keys()
    assert both.startswith(first)
    second = both.removeprefix(first)
    assert second.startswith("signing-2 ")
    assert wrong(lines, public=both) == wrong(lines, public=second + first) == ""
    assert wrong(lines, public=first)
    assert wrong(lines, public=second)


def rewrite() -> None:
    """What an owner of the database and of the keys can do: chain everything anew, and sign each head again."""
    last = GENESIS
    for number, entry in enumerate(AuditEntry.objects.exclude(sequence=None).order_by("sequence"), 1):
        entry.sequence = number
        last = link(last, line(entry))
        AuditEntry.objects.filter(pk=entry.pk).update(sequence=number, chain_hash=last.hex())
        for head in AuditCheckpoint.objects.filter(sequence=number):
            fields = json.loads(head.line) | {"hash": last.hex()}
            del fields["signature"], fields["key"]
            AuditCheckpoint.objects.filter(pk=head.pk).update(line=signing.sign(fields))
    AuditCheckpoint.objects.filter(sequence__gt=number).delete()
    AuditHead.objects.update(sequence=number, chain_hash=last.hex())


@pytest.mark.parametrize(
    "columns",
    [
        {"object_id": 99},
        {"account": None, "event": "hit.closed"},
        {"at": START - DAY},
        {"counts": {"hits": 7}},
        {"commitment": "0" * 64},
        {"purpose": "oversight"},
        {"chain_hash": "0" * 64, "agency": "OTRA"},
    ],
)
def test_a_row_altered_in_the_database_makes_an_export_that_is_not_whole(
    columns: dict[str, object], people: People
) -> None:
    live(2)
    AuditEntry.objects.filter(sequence=6).update(**columns)
    assert wrong(exported(2))


def test_a_row_deleted_or_slipped_in_makes_an_export_that_is_not_whole(people: People) -> None:
    live(2)
    AuditEntry.objects.filter(sequence=6).delete()
    assert "line 9" in wrong(exported(2))
    AuditEntry.objects.create(at=START, event="hit.raised", object_type="hit", object_id=99, sequence=6)
    assert wrong(exported(2))


def test_a_chain_that_its_owner_rewrote_is_noticed_against_an_earlier_export_and_the_heads_outside(
    people: People, heads: Path
) -> None:
    """A chain alone does not stop whoever owns the database and the keys."""
    live(3)
    earlier = exported(3)
    AuditEntry.objects.filter(sequence=6).update(object_id=99)
    rewrite()
    later = exported(4)
    assert wrong(later) == ""
    kept = heads.read_bytes().splitlines(keepends=True)
    for witness in (earlier, kept, kept[2:]):
        assert "not the chain of the earlier file" in wrong(later, witness)
    assert wrong(later, kept[:2]) == "", "what was signed before the alteration is still true"


def test_a_tail_that_was_cut_off_the_database_is_noticed_against_an_earlier_export_and_the_heads_outside(
    people: People, heads: Path
) -> None:
    live(3)
    earlier = exported(3)
    kept = heads.read_bytes().splitlines(keepends=True)
    AuditEntry.objects.filter(sequence__gt=6).delete()
    rewrite()
    later = list(chained(START + 3 * DAY))
    assert wrong(later) == ""
    assert "or it ends before that one did" in wrong(later, earlier)
    assert wrong(later, kept)
    live(3, first=4)
    assert wrong(exported(7), earlier), "also when it has grown longer than before"


def test_an_honest_later_export_fits_every_earlier_one_also_after_entries_have_expired(
    people: People, heads: Path
) -> None:
    """LR-50: after five years the export begins with a signed head, and is still checked."""
    live(3)
    first = exported(3)
    live(3, first=4)
    second = exported(7)
    assert wrong(second, first) == ""
    assert "ends before that one did" in wrong(first, second)
    later = START.replace(year=2031) + 5 * DAY
    assert expire(later) > 0
    third = list(export_audit(None, later))
    assert json.loads(third[1])["audit"] == "head"
    assert json.loads(third[0])["from"] == json.loads(third[1])["n"] + 1 > 1
    assert wrong(third) == wrong(third, second) == wrong(third, heads.read_bytes().splitlines(keepends=True)) == ""
    assert "not the chain" in wrong(third, [each for each in first if b'"n":1,' in each]), "no head of both: no proof"
    assert wrong([third[0], *third[2:]]), "without the head that it begins with"
    assert "not the chain" in wrong(third, forged_heads(second))


def forged_heads(lines: Lines) -> Lines:
    """Heads that the centre signed, of another chain of the same length."""
    heads = [json.loads(each) for each in lines if b'"signature"' in each]
    return [
        signing.sign({"audit": "head", "n": each["n"], "hash": sha256(each["hash"].encode()).hexdigest()}).encode()
        for each in heads
    ]


def test_an_export_of_some_days_begins_with_the_signed_head_before_them(people: People) -> None:
    live(6)
    whole, part = exported(6), exported(6, since=date(2026, 11, 26))
    assert json.loads(part[1])["n"] == 13
    assert json.loads(part[of_entries(part)[0]])["at"].startswith("2026-11-25")
    assert wrong(part) == wrong(part, whole) == ""
    assert of_entries(exported(6, since=date(2026, 1, 1)))[0] == 1, "before the first head: all of it"


def test_no_travellers_data_is_in_the_chain(people: People) -> None:
    """Design §7: surrogate ids, commitments and counts. What was searched, and why a text was opened, stay sealed."""
    planted = ("ZYXWOFICTICIA", "QUIMERINA", "ZZ9876543", "W7ZQ9P", "RAZONUNICA")
    case = world.case()
    case.traveller.surname, case.traveller.given_names = planted[:2]
    case.traveller.save()
    analyst = who_is(people.analyst, Purpose.SERIOUS_CRIME)
    dossier(analyst, case.traveller.pk, START)
    for by, text in ((By.NAME, f"{planted[0]}, {planted[1]}"), (By.DOCUMENT, planted[2]), (By.LOCATOR, planted[3])):
        search(analyst, by, text, START)
    officer = who_is(people.data_protection)
    record(AuditEvent.VIEWED_AUDIT, START, who=officer, object_type="audit_text", object_id=1, text=planted[4])
    lines = b"".join(exported(1)).decode()
    table = "\n".join(map(str, [*AuditEntry.objects.values_list(), *AuditText.objects.values_list()]))
    assert lines.count('"event":"searched"') == 3
    for value in planted:
        assert value not in lines.upper()
        assert value not in table.upper()


# The commands.


def test_an_export_of_the_terminal_is_written_once_checked_at_once_and_verified_by_the_public_tool(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live(2)
    file, public = tmp_path / "audit.jsonl", tmp_path / "keys.pub"
    assert main(["audit", "export", str(file)]) == 0
    assert capsys.readouterr().out.startswith("whole: entries 1 to 9 of CENTRO")
    assert main(["audit", "export", str(file)]) == 3, "an export that is there is never written over"
    assert main(["audit", "key"]) == 0
    public.write_text(capsys.readouterr().out)
    assert main(["audit", "verify", str(file)]) == 0
    assert main(["audit", "verify", str(file), "--keys", str(public), "--against", str(file)]) == 0
    told = subprocess.run(
        [sys.executable, str(VERIFIER), str(public), str(file), str(file)], capture_output=True, text=True, check=True
    )
    assert told.stdout == capsys.readouterr().out.splitlines(keepends=True)[0]


def test_half_an_export_is_not_left_behind(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> Iterator[bytes]:
        yield b"{}\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "chained", full)
    assert main(["audit", "export", str(tmp_path / "audit.jsonl")]) == 3
    assert "No space left" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_terminal_says_what_is_not_whole_and_ends_with_1(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live(2)
    file, earlier = tmp_path / "audit.jsonl", tmp_path / "earlier.jsonl"
    assert main(["audit", "check"]) == 0
    assert main(["audit", "export", str(earlier), "--since", "2026-11-24"]) == 0
    AuditEntry.objects.filter(sequence=3).update(object_id=99)
    assert main(["audit", "check"]) == 1
    assert main(["audit", "export", str(file)]) == 1
    assert main(["audit", "verify", str(file)]) == 1
    assert (
        capsys.readouterr().err.count("NOT WHOLE: line 8: this does not follow, or an entry up to 5 was altered") == 3
    )
    rewrite()
    assert main(["audit", "check"]) == 1, "the heads outside the database know better"
    file.unlink()
    main(["audit", "export", str(file)])
    assert main(["audit", "verify", str(file)]) == 0
    assert main(["audit", "verify", str(file), "--against", str(earlier)]) == 1


def test_the_public_verifier_is_forty_lines_and_the_one_that_the_command_uses() -> None:
    public = VERIFIER.read_text()
    assert public == Path(verify.__code__.co_filename).read_text()
    assert len([each for each in public.splitlines() if each]) <= 40
    imported = {
        each.split()[1].partition(".")[0] for each in public.splitlines() if each.startswith(("import", "from"))
    }
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}
