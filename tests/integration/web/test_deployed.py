"""A home under an HTTPS address: Django's own audit of a deployment finds nothing, and cookies stay home."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import clean_environment
from torogoz.storage.home import Home
from torogoz.storage.keys import make_keys

_ASK = """
import json
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
settings.ALLOWED_HOSTS.append("testserver")
call_command("migrate", verbosity=0)
plain, safe = Client().get("/queue?x=1"), Client().get("/sign-in", secure=True)
asked = Client()
asked.get("/account/passkeys/sign-in", headers={"Accept": "application/json"}, secure=True)
posted = Client().post("/session/language", {"language": "en"}, secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain.headers["Location"]],
    "hsts": safe.headers["Strict-Transport-Security"],
    "cookies": {
        name: {key: value for key, value in morsel.items() if value}
        for cookies in (safe.cookies, asked.cookies, posted.cookies) for name, morsel in cookies.items()
    },
    "intake": Client().post("/intake", b"x", content_type="text/plain").status_code,
    "silenced": settings.SILENCED_SYSTEM_CHECKS,
}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("deployed")
    make_keys(Home(home))
    (home / "torogoz.toml").write_text('origin = "https://piu.example"\n')
    return home


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {"TOROGOZ_HOME": str(home), "DJANGO_SETTINGS_MODULE": "torogoz.web.settings"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=clean_environment() | settings, timeout=120
    )


def test_the_audit_of_a_deployment_finds_nothing_and_one_thing_is_left_to_the_state(home: Path) -> None:
    done = run(home, "-m", "django", "check", "--deploy", "--fail-level", "INFO")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (1 silenced)" in done.stdout


def test_plain_http_leads_to_https_and_every_cookie_is_of_this_host_alone(home: Path) -> None:
    done = run(home, "-c", _ASK)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["plain"] == [301, "https://testserver/queue?x=1"]
    assert told["intake"] == 301, "no delivery is taken over a line that others read"
    assert told["hsts"] == "max-age=31536000; includeSubDomains"
    assert told["silenced"] == ["security.W021"]
    assert set(told["cookies"]) == {"__Host-csrftoken", "__Host-sessionid", "language"}
    for name, flags in told["cookies"].items():
        assert (flags["secure"], flags["httponly"], flags["path"]) == (True, True, "/"), name
        assert flags["samesite"] == ("Strict" if "csrf" in name else "Lax"), name
        assert "domain" not in flags, name
