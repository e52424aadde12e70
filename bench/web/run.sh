#!/usr/bin/env bash
# How fast the web app opens and reacts: ./dev bench web [--runs N] [--only lighthouse|mapping]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source tools/lib.sh

only=all runs=5
while [[ $# -gt 0 ]]; do
  case "$1" in
    --only) only="${2:-}"; shift 2 ;;
    --runs) [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || die "--runs wants a number"; runs="$2"; shift 2 ;;
    *) die "no such option: $1" ;;
  esac
done
[[ "$only" =~ ^(all|lighthouse|mapping)$ ]] || die "--only wants lighthouse or mapping"
export MIQ_BINARY="${MIQ_BINARY:-$PWD/build/release/backend/apps/migrateiq/migrateiq}"
[[ -x "$MIQ_BINARY" ]] || die "$MIQ_BINARY is not there; ./dev build makes it"

# Lighthouse is larger than the app: it is installed here, and only for this.
install_lighthouse() {
  local folder=build/bench/web
  mkdir -p "$folder"
  cmp -s bench/web/package-lock.json "$folder/installed" && return
  say "installing Lighthouse from npm (pinned by bench/web/package-lock.json) under $folder"
  cp bench/web/package.json bench/web/package-lock.json "$folder/"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp bench/web/package-lock.json "$folder/installed"
}

say "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $("${MIQ_CHROMIUM:-/usr/bin/chromium}" --version)"
if [[ "$only" != mapping ]]; then
  install_lighthouse
  tools/web.sh run node ../bench/web/lighthouse.mjs "$runs"
fi
if [[ "$only" != lighthouse ]]; then
  MIQ_BENCH=1 tools/web.sh run npx playwright test mapping-speed --reporter=../bench/web/reporter.mjs
fi
