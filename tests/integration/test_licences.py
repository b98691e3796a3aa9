"""The table of licences lets permissive choices through, and nothing else."""

import runpy
from pathlib import Path

import pytest

CHECK = runpy.run_path(str(Path(__file__).parents[2] / "tools/check_licences.py"))


@pytest.mark.parametrize("expression", ["MIT", "Apache-2.0 OR GPL-3.0-only", "(BSD-3-Clause OR MIT)"])
def test_an_expression_with_a_permissive_choice_passes(expression: str) -> None:
    assert CHECK["permitted"](expression)


@pytest.mark.parametrize("expression", ["GPL-3.0-only", "MIT AND GPL-3.0-only", "nothing declared", "LGPL-3.0-only"])
def test_an_expression_without_one_is_refused(expression: str) -> None:
    assert not CHECK["permitted"](expression)
