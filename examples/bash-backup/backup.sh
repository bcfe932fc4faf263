#!/usr/bin/env bash
# Packs a folder into an archive of the day. Knows nothing of Crontify but the file for its numbers.
#
#   backup.sh FROM INTO
set -euo pipefail
shopt -s nullglob

from=$1
into=$2

files=("$from"/*)
echo "packing ${#files[@]} files of $from"
mkdir -p "$into"

# Others write there too; a backup of half a file is worse than a late one.
exec 9> "$from/.lock"
flock 9

archive=$into/$(date -u +%Y-%m-%dT%H%M%S.%N).tar.gz
tar --create --gzip --file "$archive" --directory "$from" --exclude .lock .
bytes=$(wc -c < "$archive")
echo "$archive has $bytes bytes"

# Without crontify there is no such file, and the script runs as well.
if [[ -n ${CRONTIFY_META_FILE:-} ]]; then
  echo "files_packed=${#files[@]}" >> "$CRONTIFY_META_FILE"
  echo "archive_bytes=$bytes" >> "$CRONTIFY_META_FILE"
fi
