#!/usr/bin/env bash
# Installs what is missing: Debian packages; DuckDB, Node.js and what builds the web app from npm. Says what it installs; never removes a package.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
# shellcheck source=tools/lib.sh
source tools/lib.sh

PACKAGES=(
  ca-certificates git
  g++ cmake ninja-build ccache mold pkg-config
  libmariadb-dev libpq-dev libsqlite3-dev
  libspdlog-dev libfmt-dev libcli11-dev libyaml-cpp-dev libhowardhinnant-date-dev libre2-dev libicu-dev
  libxxhash-dev libzstd-dev libssl-dev zlib1g-dev
  libhiredis-dev libcurl4-openssl-dev libcjose-dev libjansson-dev libargon2-dev liboath-dev prometheus-cpp-dev
  librapidcheck-dev libgtest-dev libgmock-dev libbenchmark-dev
  mariadb-server mariadb-client postgresql-15 sqlite3 redis-server python3 python3-websocket curl jq oathtool tzdata
  clang-19 clang-tidy-19 libclang-rt-19-dev clang-format-14
  chromium
)
BENCH_PACKAGES=(wrk pgloader pgcopydb mydumper)
# Only by their versioned names: the -dev packages of different Boost versions exclude each other.
BOOST_PACKAGES=(libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev)
BOOST_UNPACKED=(
  libboost1.81-dev
  libboost-json1.81-dev libboost-json1.81.0 libboost-container1.81-dev libboost-container1.81.0
  libboost-url1.81-dev libboost-url1.81.0 libboost-system1.81-dev libboost-system1.81.0
)

lists_updated=false
update_lists() {
  $lists_updated && return
  say "apt-get update"
  as_root apt-get update -qq
  lists_updated=true
}

# Names of the packages that installing the arguments would remove.
would_remove() { apt-get -s install --no-install-recommends "$@" 2> /dev/null | awk '$1 == "Remv" {print $2}'; }

install_packages() {
  [[ $# -eq 0 ]] && return
  update_lists
  local removed
  removed=$(would_remove "$@" || true)
  [[ -z "$removed" ]] || die "installing $* would remove $(tr '\n' ' ' <<< "$removed"); nothing was changed"
  say "installing from Debian: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-remove --no-install-recommends "$@" > /dev/null
}

install_debian() {
  command -v dpkg-query > /dev/null || die "this is not a Debian system; install by hand: ${PACKAGES[*]} ${BOOST_PACKAGES[*]}"
  local wanted=("${PACKAGES[@]}") missing
  [[ "${1:-}" == --bench ]] && wanted+=("${BENCH_PACKAGES[@]}")
  command -v npm > /dev/null || wanted+=(nodejs npm)
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  install_packages "${missing[@]}"
}

unpack_boost() {
  say "installing Boost 1.81 would remove other packages: unpacking it under build/deps/boost instead"
  local folder=build/deps/boost.new
  rm -rf "$folder" && mkdir -p "$folder/packages"
  (cd "$folder/packages" && apt-get download -qq "${BOOST_UNPACKED[@]}")
  local package
  for package in "$folder"/packages/*.deb; do dpkg -x "$package" "$folder"; done
  rm -rf "$folder/packages" build/deps/boost
  mv "$folder" build/deps/boost
}

install_boost() {
  [[ -f build/deps/boost/usr/include/boost/json.hpp ]] && return
  local missing
  mapfile -t missing < <(missing_packages "${BOOST_PACKAGES[@]}")
  [[ ${#missing[@]} -eq 0 ]] && return
  update_lists
  if apt-get -s install --no-remove --no-install-recommends "${missing[@]}" > /dev/null 2>&1; then
    install_packages "${missing[@]}"
  else
    unpack_boost
  fi
}

check_node() {
  local version
  version=$(node --version 2> /dev/null | sed 's/^v//; s/\..*//')
  [[ "${version:-0}" -ge 18 ]] || die "Node.js 18 or newer is needed to fetch DuckDB; found: $(node --version 2> /dev/null || echo none)"
}

# DuckDB's shared library and header, as pinned by deps/package-lock.json.
install_duckdb() {
  local folder=build/deps/duckdb pinned
  pinned=$(sha256sum deps/package-lock.json | cut -d' ' -f1)
  [[ -f "$folder/lib/libduckdb.so" && "$(cat "$folder/pinned" 2> /dev/null)" == "$pinned" ]] && return
  if [[ "$(uname -m)" != x86_64 ]]; then
    [[ -f /usr/include/duckdb.h || -f /usr/local/include/duckdb.h ]] && return
    die "DuckDB 1.4.4 has no npm package for $(uname -m). Install libduckdb.so and duckdb.h 1.4 under /usr/local, then run this again."
  fi
  check_node
  say "installing DuckDB 1.4.4 from npm (pinned by deps/package-lock.json) under $folder"
  (cd deps && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  rm -rf "$folder.new" && mkdir -p "$folder.new/lib" "$folder.new/include"
  cp deps/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so "$folder.new/lib/"
  cp "$(find deps/node_modules/duckdb -path '*include/duckdb.h' | head -1)" "$folder.new/include/"
  echo "$pinned" > "$folder.new/pinned"
  rm -rf "$folder" deps/node_modules
  mv "$folder.new" "$folder"
}

# What checks docs/api/openapi.json, as pinned by deps/openapi/package-lock.json.
install_validator() {
  local folder=build/deps/openapi pinned
  pinned=$(sha256sum deps/openapi/package-lock.json | cut -d' ' -f1)
  [[ -d "$folder/node_modules" && "$(cat "$folder/pinned" 2> /dev/null)" == "$pinned" ]] && return
  check_node
  say "installing the OpenAPI validator from npm (pinned by deps/openapi/package-lock.json) under $folder"
  rm -rf "$folder" && mkdir -p "$folder"
  cp deps/openapi/package.json deps/openapi/package-lock.json "$folder/"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  echo "$pinned" > "$folder/pinned"
}

# The Node.js that deps/node pins, where the machine's own is too old to build the web app.
install_node() {
  local folder=build/deps/node pinned
  [[ "$(node_folder)" == "$PWD/$folder/bin" ]] || return 0
  pinned=$(sha256sum deps/node/package-lock.json | cut -d' ' -f1)
  [[ -x "$folder/bin/node" && "$(cat "$folder/pinned" 2> /dev/null)" == "$pinned" ]] && return
  say "installing Node.js from npm (pinned by deps/node/package-lock.json) under $folder"
  rm -rf "$folder" && mkdir -p "$folder/bin"
  cp deps/node/package.json deps/node/package-lock.json "$folder/"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  ln -s "$(find "$PWD/$folder/node_modules" -path '*/bin/node' -type f | head -1)" "$folder/bin/node"
  "$folder/bin/node" --version > /dev/null || die "deps/node has no Node.js for $(uname -m); install version $NODE_LEAST or newer"
  echo "$pinned" > "$folder/pinned"
}

# What the web app is made with, as pinned by frontend/package-lock.json; no package's own scripts are run.
install_frontend() {
  local pinned stamp=frontend/node_modules/.pinned
  pinned=$(sha256sum frontend/package-lock.json | cut -d' ' -f1)
  [[ "$(cat "$stamp" 2> /dev/null)" == "$pinned" ]] && return
  say "installing what builds the web app from npm (pinned by frontend/package-lock.json)"
  (cd frontend && PATH="$(node_folder):$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  echo "$pinned" > "$stamp"
}

mkdir -p build/deps
install_debian "$@"
install_boost
install_duckdb
install_validator
install_node
install_frontend
