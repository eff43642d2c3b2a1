#!/usr/bin/env bash
# Boots this machine's systemd with the shipped units, on an overlay of the file system and in separate namespaces. Installs Clientele
# as in docs/operations.md ("Installation"), and attacks the worker as the panel's user. Needs root, and Debian's systemd, postgresql, age,
# curl and openssl.
#
#     cargo build && tests/systemd/run.sh
#
# The machine itself does not change: the overlay is in memory, and the network is a separate loopback. Takes half a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "this needs root" >&2; exit 1; }
[ -x target/debug/clientele ] || { echo "cargo build first" >&2; exit 1; }
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
mkdir "$out/root" "$out/trial"
timeout -k 5 240 unshare --mount --pid --fork --uts --ipc --net --cgroup --kill-child \
    bash tests/systemd/boot.sh "$out/root" "$out/trial" >"$out/boot.log" 2>&1 || true
cat "$out/trial/out" 2>/dev/null || cat "$out/boot.log"
grep -q '^ALL PASSED$' "$out/trial/out"
