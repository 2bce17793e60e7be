#!/usr/bin/env bash
# Runs the long forms of the benches, or those that are named, one after the other, and keeps
# what they print in docs/measured. About an hour; the machine should have nothing else to do.
#
#	bench/figures.sh [crash speed …]
set -uo pipefail
cd "$(dirname "$0")/.."
kept=docs/measured
mkdir -p "$kept"
failed=0

keep() { # name, command
	local name=$1
	shift
	printf '== %s\n' "$*"
	{
		printf '$ %s\n' "$*"
		printf '%s, commit %s, %s cores (%s), %s GB, Linux %s, %s\n\n' "$(date -u +'%F %H:%M UTC')" "$(git rev-parse --short HEAD)" "$(nproc)" \
			"$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" "$(awk '/MemTotal/ {printf "%.0f", $2 / 1e6}' /proc/meminfo)" "$(uname -r)" "$(go env GOVERSION)"
	} >"$kept/$name.txt"
	if ! "$@" 2>/dev/null >>"$kept/$name.txt"; then
		echo "not as it must be: $kept/$name.txt"
		failed=1
	fi
}

wanted=("$@")
if [ ${#wanted[@]} -eq 0 ]; then
	wanted=(speed backlog decade hostile alike playground pack year broadcast blast replica disaster faults crash)
fi
for name in "${wanted[@]}"; do
	keep "$name" go run "./bench/$name"
done
exit "$failed"
