"""What every test shares: a home of its own, how hard Hypothesis looks, and where the public sample messages are."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
import pytest
from hypothesis import HealthCheck, settings

from torogoz.flow.kernels import keep_below, warm
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

# No deadline: a slow machine is not a broken promise, nor is a run of draws that a test cannot use. Hypothesis looks
# longest in `make fuzz`. A measured run wants every branch taken, always by the same few draws, so that none is taken
# by luck; it runs the kernels of matching as plain Python, hundreds of times slower.
_PATIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much]
settings.register_profile("default", deadline=None, suppress_health_check=_PATIENT, print_blob=True)
settings.register_profile("measured", settings.get_profile("default"), max_examples=12, derandomize=True)
settings.register_profile("fuzz", settings.get_profile("default"), max_examples=10_000)
settings.load_profile("default")

# Before Django reads its settings: no test touches the home of whoever runs it.
os.environ["TOROGOZ_HOME"] = tempfile.mkdtemp(prefix="torogoz-tests-")
os.environ["DJANGO_SETTINGS_MODULE"] = "torogoz.web.settings"
make_keys(Home.current())
# What is compiled stays with the environment of the tests: the commands that they start, and the next run, load it.
keep_below(Path(sys.prefix) / "kernels")
# Before the conftests of the folders below, which import models.
django.setup()


def pytest_unconfigure() -> None:
    """Take the home away when the tests are done."""
    shutil.rmtree(os.environ["TOROGOZ_HOME"], ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def warm_kernels() -> None:
    """Compile once what matching runs, before a test waits for it within a transaction or beside a clock."""
    warm()


@pytest.fixture(scope="session")
def samples() -> Path:
    """Find the public sample messages (TOROGOZ_SAMPLES); tests of them are left out where there are none."""
    folder = Path(os.environ.get("TOROGOZ_SAMPLES", "../shared/samples"))
    if not folder.is_dir():
        pytest.skip("no public sample messages here: set TOROGOZ_SAMPLES to their folder")
    return folder
