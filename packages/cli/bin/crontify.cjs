#!/usr/bin/env /bin/sh
':' /*
# This file is a shell script and a JavaScript file. As a script it looks for node, which cron's PATH often lacks; the
# module is what node then runs. Only commands of the shell itself are used, since PATH may hold nothing.
for node in "${CRONTIFY_NODE:-}" "$(command -v node 2>/dev/null)" "${0%[/]*}/node" \
  /usr/local/bin/node /usr/bin/node /opt/homebrew/bin/node /opt/local/bin/node /snap/bin/node \
  "${NVM_BIN:-/nonexistent}/node" "${N_PREFIX:-/usr/local}/bin/node" "${VOLTA_HOME:-${HOME:-~}/.volta}/bin/node" \
  "${HOME:-~}/.local/share/mise/shims/node" "${HOME:-~}/.asdf/shims/node" \
  "${HOME:-~}/.local/share/fnm/aliases/default/bin/node" "${HOME:-~}/n/bin/node"
do
  case $node in [/.]*) [ -f "$node" ] && [ -x "$node" ] && exec "$node" "$0" "$@" ;; esac
done
# nvm has no fixed path: take the newest version.
best=0
for folder in "${NVM_DIR:-${HOME:-~}/.nvm}"/versions/node/v[0-9]*; do
  version=${folder##*[/]v} major=${version%%.*} rest=${version#*.} minor=${rest%%.*}
  case $major$minor in '' | *[!0-9]*) continue ;; esac
  [ -x "$folder/bin/node" ] && [ $((major * 1000 + minor)) -gt $best ] && best=$((major * 1000 + minor)) newest=$folder/bin/node
done
[ $best -gt 0 ] && exec "$newest" "$0" "$@"
echo "crontify: node was not found in PATH or where it is usually installed; set CRONTIFY_NODE to its path" >&2
exit 127
*/
// eslint-disable-next-line @typescript-eslint/no-require-imports -- Node 20 takes milliseconds more for an ES module
require('../dist/bin.cjs')
