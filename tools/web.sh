#!/usr/bin/env bash
# Builds the web app into build/web/app.pack, which the program takes in; nothing to do when nothing changed.
# `tools/web.sh run COMMAND...` runs a command in frontend/ with the Node.js that builds it.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
# shellcheck source=tools/lib.sh
source tools/lib.sh

PATH="$(node_folder):$PATH"

# What the built app depends on.
fingerprint() {
  {
    cat docs/api/openapi.json deps/node/package-lock.json
    git ls-files -z --cached --others --exclude-standard frontend | xargs -0 sha256sum 2> /dev/null || true
  } | sha256sum | cut -d' ' -f1
}

build() {
  local now stamp=build/web/fingerprint
  now=$(fingerprint)
  [[ -s build/web/app.pack && "$(cat "$stamp" 2> /dev/null)" == "$now" ]] && return
  mkdir -p build/web
  (cd frontend && npm run --silent build)
  echo "$now" > "$stamp"
}

if [[ "${1:-build}" == run ]]; then
  shift
  cd frontend
  exec "$@"
fi
build
