#!/usr/bin/env bash
# Our series detector beside a random cut forest and a windowed Gaussian: ./dev bench anomaly [FOLDER]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source tools/lib.sh
data="${1:-${MIQ_SHARED:-$(pwd)/../shared}/anomalies}"
if [[ ! -f "$data/windows.json" ]]; then
  say "the labelled series are not there: $data (MIQ_SHARED names the folder above; nothing was measured)"
  exit 0
fi
configure release
compile release anomaly_bench
exec build/release/backend/bench_anomaly/anomaly_bench "$data"
