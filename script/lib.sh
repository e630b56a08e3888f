# Shared by the scripts here: sourced, never run.

SELF=$(realpath "$0")
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
TOOLS="$PWD/target/tools"

# Where the newest PostgreSQL server's programs are.
postgres_bin() {
  local newest
  newest=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1)
  [ -n "$newest" ] && dirname "$newest"
}
PATH="$TOOLS/bin:$HOME/.cargo/bin:$PATH"
export PATH

has() { command -v "$1" >/dev/null 2>&1; }

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# The comment at the head of the script.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$SELF"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# `step NAME COMMAND...` runs one step, says how long it took, and remembers it for `summary`.
STEPS=()
FAILED=0
step() {
  local name=$1 start=$SECONDS rc=0 verdict=ok
  shift
  say "==> $name"
  "$@" || rc=$?
  if [ "$rc" != 0 ]; then
    verdict="FAILED (exit $rc)"
    FAILED=1
  fi
  STEPS+=("$(printf '%-28s %4d s  %s' "$name" "$((SECONDS - start))" "$verdict")")
  say "    ${STEPS[-1]}"
  return "$rc"
}

summary() {
  say
  say "Summary"
  printf '  %s\n' "${STEPS[@]}"
  printf '  %-28s %4d s\n' "in all" "$SECONDS"
  if [ "$FAILED" = 0 ]; then say "Everything passed."; else say "Something failed: see FAILED above."; fi
}
