#!/usr/bin/env bash
# Makes .venv with exactly the packages of uv.lock, each checked against its hash, and Torogoz itself in editable form.
# Needs python3 (3.11 to 3.14) with venv and a package index; no compiler, no server, no root, nothing in the home.
# An index, a certificate bundle or a cache given to pip in the environment or in its configuration is given to uv too.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || {
  echo "setup: $python is missing or is not Python 3.11 to 3.14; install one, or name one: make setup PYTHON=python3.12" >&2
  exit 3
}
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  rm -rf .venv
  "$python" -m venv .venv || {
    rm -rf .venv
    echo "setup: $python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2
    exit 3
  }
fi
if ! .venv/tools/bin/uv --version 2>/dev/null | grep -qF "uv $(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements/uv.txt)"; then
  rm -rf .venv/tools
  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    --target .venv/tools --requirement requirements/uv.txt
fi

pip_setting() { .venv/bin/python -m pip config get "global.$1" 2>/dev/null || true; }
offer() { # offer NAME VALUE: exports NAME=VALUE unless NAME is set or VALUE is empty
  [ -n "${!1:-}" ] || [ -z "$2" ] || export "$1=$2"
}
[ -n "${UV_INDEX_URL:-}" ] || offer UV_DEFAULT_INDEX "${PIP_INDEX_URL:-$(pip_setting index-url)}"
[ -w "${HOME:-/}" ] || offer UV_CACHE_DIR "$PWD/.venv/cache" # a service account may have no home
offer SSL_CERT_FILE "${PIP_CERT:-$(pip_setting cert)}"
[ ! -e /etc/ssl/certs/ca-certificates.crt ] || offer UV_SYSTEM_CERTS 1
export UV_NO_PROGRESS=1 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=${UV_LINK_MODE:-copy}

# Exported and then installed, because a lock file also pins the index's address and a mirror has another one.
.venv/tools/bin/uv export --quiet --frozen --python .venv/bin/python --output-file .venv/requirements.txt
.venv/tools/bin/uv pip sync --quiet --python .venv/bin/python .venv/requirements.txt
