#!/bin/sh
# Installs what the tests need and npm does not have, where a machine lacks it. Prints nothing where all is there.
# Never fails: a test that misses its server fails by itself, and says the same.
set -u

# command:package of Debian
NEEDED='redis-server:redis-server chromium:chromium cron:cron systemd-analyze:systemd'

missing=''
for pair in $NEEDED; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
[ -n "$missing" ] || exit 0

say_how() {
  echo "The tests need$missing, and $1. Install by hand: apt-get install$missing" >&2
  exit 0
}

command -v apt-get >/dev/null 2>&1 || say_how 'this machine has no apt-get'
as_root=''
if [ "$(id -u)" != 0 ]; then
  sudo -n true >/dev/null 2>&1 || say_how 'installing takes root'
  as_root='sudo -n'
fi

echo "Installing for the tests:$missing"
output=$({
  $as_root apt-get update -qq &&
    # shellcheck disable=SC2086 # one word for each package
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
} 2>&1 </dev/null) || {
  echo "$output" >&2
  say_how 'installing failed'
}
