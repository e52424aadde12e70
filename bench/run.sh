#!/usr/bin/env bash
# Measures MigrateIQ against the tools people use, on durable servers of its own: ./dev bench [--rows N] [--only NAME];
# its server under load: ./dev bench server [--only NAME] [--slow]; anomalies in series: ./dev bench anomaly [FOLDER];
# what an analysis costs: ./dev bench analyze [--only NAME] [--rows N].
# matching of columns: ./dev bench match [FOLDER];
# how fast the web app opens and reacts: ./dev bench web [--runs N] [--only lighthouse|mapping].
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
if [[ "${1:-}" == server ]]; then
  shift
  exec python3 bench/server/bench.py "$@"
fi
if [[ "${1:-}" == anomaly ]]; then
  shift
  exec bench/anomaly/run.sh "$@"
fi
if [[ "${1:-}" == match ]]; then
  shift
  exec bench/match/run.sh "$@"
fi
if [[ "${1:-}" == web ]]; then
  shift
  exec bench/web/run.sh "$@"
fi
export MIQ_TEST_DURABLE=1
if [[ "${1:-}" == analyze ]]; then
  shift
  exec tools/test_servers.sh with python3 bench/analyze/bench.py "$@"
fi
exec tools/test_servers.sh with python3 bench/bench.py "$@"
