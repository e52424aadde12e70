#!/usr/bin/env bash
# How well columns are matched, beside two other matchers: ./dev bench match [FOLDER] [--verbose]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source tools/lib.sh
data="${MIQ_SHARED:-$(pwd)/../shared}/matching"
if [[ $# -gt 0 && "$1" != --* ]]; then
  data="$1"
  shift
fi
if [[ ! -d "$data" ]]; then
  say "the labelled pairs are not there: $data (MIQ_SHARED names the folder above; nothing was measured)"
  exit 0
fi
configure release
compile release migrateiq_match_lab
exec build/release/backend/pipeline/match/migrateiq_match_lab bench backend/pipeline/match/train "$data" "$@"
