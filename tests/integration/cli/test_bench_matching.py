"""The benchmarks of matching run at tiny sizes and print what other people's scripts rely on."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from torogoz.bench.watchlist import logic_v2, ours
from torogoz.bench.watchlist.damage import CLASSES
from torogoz.bench.watchlist.travellers import LISTED, Asked, crowd, strangers
from torogoz.cli import main
from torogoz.domain.dates import PartialDate
from torogoz.domain.watchlist import Entry
from torogoz.errors import OurError, UnavailableError
from torogoz.matching import Query, build, match

#: Stands in for an interpreter with nomenklatura: equal names are one person.
PEER = """#!{python}
import json, sys
pairs = json.load(sys.stdin)
print(json.dumps({{"scores": [float(bool(set(a["names"]) & set(b["names"]))) for a, b in pairs], "seconds": 0.5}}))
"""
FOLLOWTHEMONEY = """
class Entity(list):
    def add(self, key, value):
        assert key in {"name", "birthDate", "nationality", "gender"}
        self.append((key, value))
class Model:
    def make_entity(self, schema):
        assert schema == "Person"
        return Entity()
model = Model()
"""
NOMENKLATURA = """
from types import SimpleNamespace
seen = set()
def compare(one, two, config):
    assert not {one.id, two.id} & seen
    seen.update((one.id, two.id))
    return SimpleNamespace(score=float(len(one) + len(two)))
def get_algorithm(name):
    assert name == "logic-v2"
    return SimpleNamespace(default_config=lambda: None, compare=compare)
"""
PAIRS = """case_group,schema,name1,name2,is_match,quality,category,notes
g,Person,Ana Ejemplo,Ana Ejemplo,true,STRONG,,
g,Person,Ana Ejemplo,"EJEMPLO, Ana",true,STRONG,,
g,Person,Juan Muestra,Pedro Distinto,false,STRONG,,
g,Person,Juan Muestra,Juan Muestra Prueba,true,MEDIUM,,
g,Company,Ejemplo SA,Ejemplo S.A.,true,STRONG,,
g,Person,Luisa Inventada,Luisa Inventada,true,STRONG,,
g,Person,Luisa Inventada,Marta Supuesta,false,STRONG,,
"""
MAIN = """1,"EJEMPLO, Ana Maria","individual","X"
2,"MUESTRA, Juan","individual","X"
3,"EJEMPLO SHIPPING","vessel","X"
\x1a
"""
ALIASES = """1,10,"aka","EJEMPLA, Ana Maria",-0-
1,11,"aka","ANA MARIA EJEMPLO",-0-
2,12,"aka","MUESTRA PRUEBA, Juan",-0-
3,13,"aka","EJEMPLO SEA",-0-
"""


@pytest.fixture
def peer(tmp_path: Path) -> str:
    """A peer's interpreter."""
    path = tmp_path / "peer"
    path.write_text(PEER.format(python=sys.executable))
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def public_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented files where the public ones are looked for."""
    for name, text in (("name_bench/cases-half", PAIRS), ("ofac/sdn", MAIN), ("ofac/alt", ALIASES)):
        path = tmp_path / "names-data" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("TOROGOZ_SAMPLES", str(tmp_path / "samples"))


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What a benchmark prints."""
    assert main(["bench", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(found) == {"benchmark", "machine", "sizes", "figures", "ratios", "curves"}
    return found


def test_match_compares_and_verifies(capsys: pytest.CaptureFixture[str], peer: str) -> None:
    sizes = ["--entries", "400", "--queries", "300", "--verify", "100", "--peer-strangers", "50"]
    found = report(capsys, "match", *sizes, "--logic-v2", peer)
    assert found["sizes"]["verified"] == 100
    assert found["sizes"]["entries"] == 400
    assert found["figures"]["recall"] > 0.9
    assert found["figures"]["queries_per_s"] > 0
    assert found["figures"]["alone_queries_per_s"] > 0
    assert found["figures"]["p50_ms"] <= found["figures"]["p99_ms"]
    assert set(found["ratios"]) == {"jaro_winkler", "indel"}
    assert found["figures"]["logic_v2_random_pairs_raised"] < 0.1 < found["figures"]["logic_v2_pairs_per_s"]
    assert next(iter(found["curves"]["recall"])) == "0.01"
    assert "jaro_winkler false matches per 1,000 strangers" in found["curves"]


def test_match_measures_other_sizes_and_two_processes(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [
        "--entries",
        "100",
        "--queries",
        "60",
        "--peer-strangers",
        "5",
        "--processes",
        "2",
        "--scaling",
        "50",
        "200",
    ]
    figures = report(capsys, "match", *sizes)["figures"]
    slower = figures["50_entries_queries_per_s"] / figures["200_entries_queries_per_s"]
    assert figures["times_linear"] == pytest.approx(slower / 4)
    for prefix in ("", "2_processes_", "50_entries_", "200_entries_"):
        assert figures[f"{prefix}queries_per_s"] > 0
        assert figures[f"{prefix}build_s"] > 0
        assert figures[f"{prefix}peak_rss_mb"] > 0


def test_several_processes_answer_every_traveller_once() -> None:
    task = ours.Task(seed=5, entries=50, queries=31, threshold=0.01)
    parts = [ours.run(task, part, 2) for part in range(2)]
    whole = ours.run(task)
    assert sorted(map(repr, [*parts[0].asked, *parts[1].asked])) == sorted(map(repr, whole.asked))
    assert dict(zip(whole.asked, whole.found, strict=True)) == {
        asked: found for ran in parts for asked, found in zip(ran.asked, ran.found, strict=True)
    }


def test_a_whole_flight_is_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    flights: list[int] = []

    def all_of(queries: Any, index: Any, threshold: float) -> list[Any]:
        flights.append(len(queries))
        return [match(query, index, threshold) for query in queries]

    monkeypatch.setattr(ours, "match_all", all_of)
    ran = ours.run(ours.Task(seed=5, entries=50, queries=2 * ours.FLIGHT, threshold=0.01, verify=3))
    assert flights == [ours.FLIGHT, 3]
    assert len(ran.found) == len(ran.asked) == 2 * ours.FLIGHT
    assert ours.figures([ran])["flight_300_p50_ms"] > 0
    monkeypatch.setattr(ours, "match_all", lambda queries, *_: [()] * len(queries))
    with pytest.raises(OurError, match="a flight's answers differ"):
        ours.verify([Query("EJEMPLO", "ANA")], build([Entry("W-1", ("Ana Ejemplo",))]), 0.000_001)


def test_match_fails_where_an_answer_differs_from_brute_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "brute_force", lambda *_: ("another",))
    with pytest.raises(OurError, match="1 of 1 answers differ"):
        ours.verify([Query()], build([]), 0.5)


def test_one_in_fifty_travellers_is_listed_and_the_same_seed_asks_the_same() -> None:
    made = crowd(5, 200, 2_000)
    planted = [one for one in made.asked if one.listed]
    assert len(planted) / len(made.asked) == pytest.approx(LISTED, abs=0.01)
    assert {one.listed for one in planted} <= {entry.id for entry in made.entries}
    assert crowd(5, 200, 2_000) == made
    assert not any(one.query.documents for one in made.asked)
    assert Asked(next(strangers(5))) in made.asked


def test_namesakes_and_strangers_are_told_as_curves(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "namesakes", "--entries", "3000", "--namesakes", "30", "--strangers", "100")
    assert found["sizes"]["namesakes, same nationality"] == 30
    assert found["sizes"]["strangers, no birth date"] == 100
    for curve in found["curves"].values():
        assert list(curve.values()) == sorted(curve.values(), reverse=True)
    raised = found["curves"]["namesakes, same nationality: share raised"]
    as_namesake = found["curves"]["namesakes, same nationality: share raised as their namesake"]
    assert found["figures"]["namesakes_raised"] == raised["0.01"] >= as_namesake["0.01"]
    with_date = found["figures"]["false_reviews_per_1000"]
    assert with_date <= found["figures"]["false_reviews_per_1000_without_birth_date"]


def test_accuracy_is_told_by_class_at_stated_points_beside_peers(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = ["--entries", "3000", "--each", "20", "--strangers", "200", "--peer-each", "5", "--peer-strangers", "20"]
    found = report(capsys, "accuracy", *sizes)
    assert all(found["sizes"][f"listed, {damage}"] == 20 for damage in CLASSES)
    curves, figures = found["curves"], found["figures"]
    for damage in CLASSES:
        curve = list(curves[f"recall, {damage}"].values())
        assert curve == sorted(curve, reverse=True)
        assert curves["recall at review"][damage] == curves[f"recall, {damage}"]["0.5"]
        assert curves["recall at 1 %"][damage] == curves[f"recall, {damage}"]["0.01"]
        assert f"jaro_winkler recall, {damage}" in curves
    assert curves["recall, exact"]["0.0001"] == 1.0
    assert curves["already listed so"]["exact"] == 1.0 > curves["already listed so"]["one typo"]
    # One of 200 strangers is the most that may be raised where 5 in 1,000 may, and none where 1 in 1,000.
    assert figures["false reviews per 1,000 at 5 in 1,000"] <= 5
    assert figures["false reviews per 1,000 at 1 in 1,000"] == 0
    assert {f"false reviews per 1,000 at review, {kind}" for kind in ("initials", "truncated")} <= set(figures)
    assert figures["point of 5 in 1,000"] <= figures["point of 1 in 1,000"]
    assert (
        figures["false reviews per 1,000 at review"] == curves["false reviews per 1,000 strangers, whole data"]["0.5"]
    )
    right = curves["recall at review, nationality and sex right"].values()
    lost = sum(right) / len(right) - sum(curves["recall at review"].values()) / len(right)
    assert figures["recall lost at review by wrong nationality and sex"] == pytest.approx(lost)


@pytest.mark.usefixtures("public_names")
def test_names_are_judged_beside_peers_on_the_other_part(capsys: pytest.CaptureFixture[str], peer: str) -> None:
    sizes = ["--background", "100", "--aliases", "5", "--alias-background", "200"]
    found = report(capsys, "names", *sizes, "--logic-v2", peer)
    assert found["sizes"]["pairs_fit"] + found["sizes"]["pairs_judged"] == 6
    assert found["sizes"]["aliases"] == 2
    assert found["sizes"]["alias_list"] == 202
    for method in ("", "jaro_winkler_", "token_set_", "logic_v2_", "logic_v2_usual_"):
        low, f1, high = (found["figures"][f"{method}{key}"] for key in ("f1_low", "f1", "f1_high"))
        assert 0 <= low <= f1 <= high <= 1
    assert found["figures"]["alias_top_1"] == 1.0
    assert found["ratios"] == {"jaro_winkler_alias_top_1": 1.0}


def test_names_are_left_out_with_one_line_where_there_are_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TOROGOZ_SAMPLES", str(tmp_path / "samples"))
    assert main(["bench", "names"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("unavailable: there is no names-data/name_bench/cases-half.csv")
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("python", [sys.executable, "/nowhere/python"])
def test_an_interpreter_without_the_peer_is_told(python: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    with pytest.raises(UnavailableError, match="does not run nomenklatura"):
        logic_v2.scored(python, [])


def test_the_peer_gets_every_person_under_an_id_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # nomenklatura remembers by id: an id used twice would give the answer of another pair.
    for name, text in (("followthemoney/__init__", FOLLOWTHEMONEY), ("nomenklatura/matching", NOMENKLATURA)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    query = Query("EJEMPLO", "ANA", PartialDate(1988, 2), "SLV", "F")
    entry = Entry("W-1", ("Ana Ejemplo", "Ana"), (PartialDate(1988),), ("SLV",), "F")
    pair = (logic_v2.asked(query), logic_v2.listed(entry))
    bare = (logic_v2.asked(Query("EJEMPLO")), logic_v2.listed(Entry("W-2", ("Otra",))))
    found = logic_v2.scored(sys.executable, [pair, pair, bare])
    # The stand-in's score is how many facts both sides were told.
    assert found.scores == (4.0 + 5.0, 4.0 + 5.0, 1.0 + 1.0)
    assert found.per_s > 0


def test_curves_are_printed_for_people_too(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = ["--entries", "300", "--namesakes", "3", "--strangers", "10"]
    assert main(["bench", "namesakes", *sizes]) == 0
    shown = capsys.readouterr().out
    assert "curve    strangers, whole data: share raised" in shown
    assert "0.01: " in shown
