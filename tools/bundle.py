"""Writes one signed archive that installs Torogoz where there is no network: `make bundle`.

`dist/torogoz-VERSION-PYTHON-MACHINE.tar.gz` holds the wheels of everything in the lock file that runs (each checked
against its hash), Torogoz's own wheel with its static files and translations, the documents, the bill of materials
(`sbom.cdx.json`), `install.sh`, and `SHA256SUMS` with an Ed25519 signature. Beside it stands the public key, which must
reach the receiver by another way.

The private key is the file that BUNDLE_KEY names (PEM, PKCS 8); where there is none yet, it is made there, 0600. The
archive is for machines with this one's processor and minor version of Python. Of one commit it is the same to the byte.
"""

import gzip
import hashlib
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv/bin"
UV = ROOT / ".venv/tools/bin/uv"
DOCUMENTS = (
    "README.md",
    "README.es.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "LICENSE",
    "docs",
    "deploy",
    "tools/verify_audit.py",
)
#: A receiver who checks nothing else still checks what they typed.
KEY = Path(os.environ.get("BUNDLE_KEY") or ROOT / "var/bundle.pem")


def run(*command: str | Path) -> str:
    """Run a command in the project's folder and give what it prints."""
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """Make the archive and say where it is."""
    if run("git", "status", "--porcelain"):
        print("bundle: there are changes that no commit holds; commit them first", file=sys.stderr)
        return 1
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    name = f"torogoz-{version}-{python}-{platform.machine()}"
    dist = ROOT / "dist"
    dist.mkdir(exist_ok=True)
    moment = int(run("git", "log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / name
        stage.mkdir()
        fill(stage)
        list_parts(stage, moment)
        sign(stage, dist / "torogoz-bundle.pub")
        pack(stage, dist / f"{name}.tar.gz", moment)
    print(f"dist/{name}.tar.gz, signed; its public key is dist/torogoz-bundle.pub")
    return 0


def fill(stage: Path) -> None:
    """Put wheels, documents and the installer into a folder."""
    wheels = stage / "wheels"
    wheels.mkdir()
    lock = run(UV, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--python", BIN / "python")
    (stage / "requirements.txt").write_text("\n".join(line for line in lock.splitlines() if not line.startswith("#")))
    pip = (BIN / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet")
    asked = ("--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", stage / "requirements.txt")
    run(*pip, "download", "--dest", wheels, *asked)
    run(UV, "build", "--quiet", "--wheel", "--no-create-gitignore", "--python", BIN / "python", "--out-dir", wheels)
    for path in run("git", "ls-files", *DOCUMENTS).splitlines():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_bytes((ROOT / path).read_bytes())
    installer = stage / "install.sh"
    installer.write_bytes((ROOT / "tools/install.sh").read_bytes())
    installer.chmod(0o755)


def list_parts(stage: Path, moment: int) -> None:
    """Write the bill of materials, as of the commit."""
    (stage / "sbom.cdx.json").write_text(run(BIN / "python", "tools/sbom.py", str(moment)))


def sign(stage: Path, public: Path) -> None:
    """Sum every file, sign the sums, and write the public key."""
    files = sorted(path for path in stage.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(stage)}\n" for path in files]
    sums = stage / "SHA256SUMS"
    sums.write_text("".join(lines))
    key = signing_key()
    (stage / "SHA256SUMS.sig").write_bytes(key.sign(sums.read_bytes()))
    pem = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    public.write_bytes(key.public_key().public_bytes(*pem))


def signing_key() -> Ed25519PrivateKey:
    """The key of those who make bundles, made where there is none."""
    if not KEY.exists():
        KEY.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
        print(f"bundle: made the signing key {KEY}; keep it, and publish its public key", file=sys.stderr)
    key = serialization.load_pem_private_key(KEY.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"bundle: {KEY} is no Ed25519 key")
    return key


def pack(stage: Path, archive: Path, moment: int) -> None:
    """Write the archive: names in order, one owner, the commit's time."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for path in [stage, *sorted(stage.rglob("*"))]:
            tar.add(path, path.relative_to(stage.parent), recursive=False, filter=plain)


if __name__ == "__main__":
    sys.exit(main())
