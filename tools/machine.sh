#!/usr/bin/env bash
# Follows docs/operator/install.md, to the letter, on a clean Debian that it makes, with systemd and without a network:
# `make machine`. Then does to it what operators and misfortune do (tools/machine_walk.sh). Needs root, debootstrap,
# systemd-container and a mirror of Debian (MIRROR), and some 3 GB below MACHINE. Ends with 0 if all came as the
# documents say.
set -euo pipefail
cd "$(dirname "$0")/.."
place=${MACHINE:-/var/tmp/torogoz-machine}
mirror=${MIRROR:-http://deb.debian.org/debian}
packages=$(sed -n 's/^apt-get install --yes //p' docs/operator/install.md | tr ' ' ,)

[ "$(id -u)" = 0 ] || { echo 'machine: only root can make one' >&2; exit 3; }
for program in debootstrap systemd-nspawn nsenter; do
  command -v "$program" >/dev/null || { echo "machine: $program is missing: apt-get install debootstrap systemd-container" >&2; exit 3; }
done
archive=$(ls -t dist/torogoz-*.tar.gz | head -n 1)

mkdir -p "$place"
if [ ! -e "$place/packages.done" ]; then # once; every run has a copy of its own
  rm -rf "$place/packages"
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus bookworm "$place/packages" "$mirror"
  DEBIAN_FRONTEND=noninteractive chroot "$place/packages" apt-get install --yes --quiet ${packages//,/ }
  touch "$place/packages.done"
fi
[ ! -e "$place/root" ] || mv "$place/root" "$place/old.$$"
rm -rf "$place"/old.* & # slow, where a disk is told of each file that goes
cp --archive "$place/packages" "$place/root"
rm -f "$place"/root/etc/resolv.conf
echo piu > "$place/root/etc/hostname"
mkdir -p "$place/root/root/media"
cp "$archive" dist/torogoz-bundle.pub "$place/root/root/media"
cp tools/machine_walk.sh "$place/root/root"
printf 'an invented long phrase\n' > "$place/root/root/password"
for release in tests/fixtures/releases/[0-9]*; do # a minimal Debian has no xz
  to="$place/root/root/releases/${release##*/}"
  mkdir -p "$to"
  cp -r "$release/keys" "$to"
  for packed in "$release"/*.xz; do xz --decompress --stdout "$packed" > "$to/$(basename "$packed" .xz)"; done
done
# What stands in boxes of a shell, in its order.
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' docs/operator/install.md > "$place/root/root/install.sh"

machine=
start() {
  unshare --mount --cgroup systemd-nspawn --quiet --directory="$place/root" --register=no --keep-unit --private-network \
    --console=pipe --boot </dev/null >"$place/console" 2>&1 &
  machine=$!
  for _ in $(seq 60); do
    sleep 1
    init=$(pgrep -P "$machine" -x systemd || true)
    [ -n "$init" ] && inside systemctl is-system-running --wait >/dev/null 2>&1 && return
  done
  echo 'machine: it does not start; see its console' >&2
  return 1
}
inside() {
  nsenter --target "$init" --mount --uts --ipc --net --pid --cgroup --root --wd \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
}
stop() {
  [ -z "$machine" ] || { kill -KILL "$init" 2>/dev/null || true; wait "$machine" 2>/dev/null || true; }
  machine=
}
trap stop EXIT

start
inside bash -euxc 'cd /root/media; exec </root/password; . /root/install.sh'
inside bash /root/machine_walk.sh before
stop
start # as after a power cut: what was enabled comes by itself
inside bash /root/machine_walk.sh after
echo 'machine: all came as the documents say'
