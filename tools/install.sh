#!/usr/bin/env bash
# Installs Torogoz from this folder, without a network:  ./install.sh PUBLIC-KEY DIR
# PUBLIC-KEY is the file torogoz-bundle.pub, which must have come by another way than this folder. Needs python3 with venv
# and openssl. DIR must not exist yet; `DIR/bin/torogoz` is the command.
set -euo pipefail
cd "$(dirname "$0")"

fail() { echo "install: $1" >&2; exit "${2:-1}"; }
[ $# = 2 ] || fail 'usage: ./install.sh PUBLIC-KEY DIR' 2
key=$(realpath "$1") target=$(realpath --canonicalize-missing "$2")
[ ! -e "$target" ] || fail "$target is there already; name another folder, or move it away"

openssl pkeyutl -verify -rawin -pubin -inkey "$key" -sigfile SHA256SUMS.sig -in SHA256SUMS >/dev/null 2>&1 ||
  fail 'the signature is not that of this public key: do not install it'
sha256sum --check --quiet --strict SHA256SUMS || fail 'a file is not what was signed: do not install it'
# Sums of what is named say nothing of what was added.
named=$(cut -c67- SHA256SUMS; printf '%s\n' SHA256SUMS SHA256SUMS.sig)
[ "$(sort <<<"$named")" = "$(find . -type f -printf '%P\n' | sort)" ] || fail 'there are files that were not signed'

python=${PYTHON:-python3}
"$python" -m venv "$target" || fail "$python cannot make a virtual environment; on Debian: apt-get install python3-venv" 3
pip=("$target/bin/python" -m pip --disable-pip-version-check --quiet install --no-index --find-links wheels --no-deps)
"${pip[@]}" --require-hashes --requirement requirements.txt && "${pip[@]}" wheels/torogoz-*.whl || {
  rm -rf "$target"
  fail 'the wheels are for another Python or processor: see the name of the archive' 3
}
echo "Torogoz is in $target: next, $target/bin/torogoz init (docs/start.md)"
