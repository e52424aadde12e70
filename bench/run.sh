#!/usr/bin/env bash
# Measures MigrateIQ against the tools people use, on durable servers of its own: ./dev bench [--rows N] [--only NAME].
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
export MIQ_TEST_DURABLE=1
exec tools/test_servers.sh with python3 bench/bench.py "$@"
