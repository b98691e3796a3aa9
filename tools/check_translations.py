"""Compares what a user reads with its translations: each text has a Spanish one, and none is unsure.

The texts are in English in the templates and the code; `web/locale/es` holds the Spanish. Whether the catalogue is
complete and agrees in its placeholders needs Babel only. Whether it holds every text of today's templates needs GNU
gettext to extract them; where it is not installed, one line says so (the CI script installs it).
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/torogoz"
LANGUAGES = ("es",)
CATALOGUE = "web/locale/{}/LC_MESSAGES/django.po"


PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w*)\}")


def read(path: Path, language: str) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def places(message: Message) -> set[tuple[str, str]]:
    """The placeholders of a text, in any of its forms."""
    forms = message.id if isinstance(message.id, tuple | list) else [message.id]
    return {place for form in forms for place in PLACEHOLDER.findall(form)}


def unsure(catalogue: Catalog) -> Iterator[str]:
    """Texts that have no translation, a doubtful one, or one whose placeholders differ."""
    for message in catalogue:
        if not message.id:
            continue
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        if not all(forms):
            yield f"{message.id!r} has no translation"
        elif message.fuzzy:
            yield f"{message.id!r} has a doubtful translation"
        elif not {place for form in forms for place in PLACEHOLDER.findall(form or "")} <= places(message):
            yield f"{message.id!r} is translated with another placeholder"


def texts(catalogue: Catalog) -> set[tuple[object, object]]:
    """The texts of a catalogue with their contexts."""
    return {(message.context, message.id) for message in catalogue if message.id}


def extracted(language: str) -> Catalog:
    """Extract today's texts into a copy, so that the check changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "torogoz"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__"))
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", language, "--no-location"]
        subprocess.run(command, cwd=copy, check=True, capture_output=True)
        return read(copy / f"locale/{language}/LC_MESSAGES/django.po", language)


def main() -> int:
    """Print what lacks; 1 if anything does."""
    wrong: list[str] = []
    for language in LANGUAGES:
        catalogue = read(PACKAGE / CATALOGUE.format(language), language)
        wrong.extend(unsure(catalogue))
        if shutil.which("xgettext"):
            today = texts(extracted(language))
            wrong.extend(f"{text!r} stands in no catalogue" for _, text in today - texts(catalogue))
            wrong.extend(f"{text!r} is translated and never shown" for _, text in texts(catalogue) - today)
    for line in sorted(wrong):
        print(f"translations: {line}", file=sys.stderr)
    if not shutil.which("xgettext"):
        print("translations: left out: whether every text is in the catalogue; to know it, install gettext")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
