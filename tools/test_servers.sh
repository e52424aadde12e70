#!/usr/bin/env bash
# PostgreSQL, MariaDB and Redis for tests: on loopback, on free ports, with random passwords and data folders of their own.
#
#   test_servers.sh start          prints `export MIQ_TEST_POSTGRES=... MIQ_TEST_MARIADB=... MIQ_TEST_REDIS=...`
#   test_servers.sh stop           stops what start started and removes its data
#   test_servers.sh with COMMAND   start, run the command with the variables set, stop (also after Ctrl-C)
#
# Durability is switched off, which is right for tests and wrong for measurements: MIQ_TEST_DURABLE=1 keeps it.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
# shellcheck source=tools/lib.sh
source tools/lib.sh

STATE=build/test-servers   # where the data is, or a file that says where it is
PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1)

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
password() { python3 -c 'import secrets; print(secrets.token_hex(16))'; }

# The servers refuse to run as root: then they run as their own users.
as_user() {
  local user="$1"; shift
  if [[ $EUID -eq 0 ]]; then (cd / && runuser -u "$user" -- "$@"); else "$@"; fi
}

# A folder that the servers' users can reach: under build/, or under /tmp when the clone stands in a private place.
make_home() {
  mkdir -p "$STATE"
  local home="$PWD/$STATE"
  as_user postgres test -x "$home" || home=$(mktemp -d /tmp/miq-test-servers.XXXXXX)
  chmod 755 "$home"
  printf '%s\n' "$home" > "$STATE/home"
  printf '%s\n' "$home"
}

own() { [[ $EUID -ne 0 ]] || chown "$1" "$2"; }

start_postgres() {  # home port password
  local data="$1/postgres" durability=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
  [[ -n "${MIQ_TEST_DURABLE:-}" ]] && durability=()
  mkdir -p "$data"; own postgres "$data"
  printf '%s' "$3" > "$1/pg_password"; own postgres "$1/pg_password"; chmod 600 "$1/pg_password"
  as_user postgres "$PG_BIN/initdb" -D "$data" -U miq -A scram-sha-256 --pwfile="$1/pg_password" \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync > "$1/postgres.log"
  rm "$1/pg_password"
  as_user postgres "$PG_BIN/pg_ctl" -D "$data" -w -t 60 -l "$data/log" -s start \
    -o "-p $2 -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 ${durability[*]}"
}

start_mariadb() {  # home port password
  local data="$1/mariadb" socket user=mysql durability=(--innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0)
  [[ -n "${MIQ_TEST_DURABLE:-}" ]] && durability=()
  [[ $EUID -eq 0 ]] || user=$(id -un)
  socket=$(mktemp -u /tmp/miq-mariadb.XXXXXX)
  mkdir -p "$data"; own mysql "$data"
  mariadb-install-db --no-defaults --user="$user" --datadir="$data" --skip-test-db \
    --auth-root-authentication-method=normal > "$1/mariadb.log" 2>&1
  mariadbd --no-defaults --user="$user" --datadir="$data" --pid-file="$data/pid" --socket="$socket" --port="$2" \
    --bind-address=127.0.0.1 --skip-name-resolve --character-set-server=utf8mb4 --local-infile=1 \
    --innodb-buffer-pool-size=256M --max-connections=200 "${durability[@]}" < /dev/null > "$data/log" 2>&1 &
  wait_for_mariadb "$socket" "$data/log"
  mariadb --no-defaults --socket="$socket" -uroot <<SQL
CREATE USER 'miq'@'127.0.0.1' IDENTIFIED BY '$3';
GRANT ALL PRIVILEGES ON *.* TO 'miq'@'127.0.0.1' WITH GRANT OPTION;
SQL
}

wait_for_mariadb() {  # socket log
  local _
  for _ in $(seq 300); do
    mariadb-admin --no-defaults --socket="$1" -uroot ping > /dev/null 2>&1 && return
    sleep 0.1
  done
  tail -5 "$2" >&2
  die "MariaDB did not start"
}

start_redis() {  # home port password
  local data="$1/redis" user=redis
  [[ $EUID -eq 0 ]] || user=$(id -un)
  mkdir -p "$data"; own redis "$data"
  (umask 077 && cat > "$data/redis.conf" <<TEXT
bind 127.0.0.1
port $2
requirepass $3
dir $data
daemonize yes
pidfile $data/pid
logfile $data/log
save ""
TEXT
  )
  own redis "$data/redis.conf"
  as_user "$user" redis-server "$data/redis.conf"
  for _ in $(seq 100); do
    REDISCLI_AUTH="$3" redis-cli -p "$2" ping 2> /dev/null | grep -q PONG && return
    sleep 0.1
  done
  die "Redis did not start"
}

start() {
  stop
  [[ -n "$PG_BIN" ]] || die "PostgreSQL is not installed: ./dev setup"
  local home pg_port my_port redis_port pg_password my_password redis_password
  home=$(make_home) pg_port=$(free_port) my_port=$(free_port) pg_password=$(password) my_password=$(password)
  redis_port=$(free_port) redis_password=$(password)
  start_postgres "$home" "$pg_port" "$pg_password" >&2
  start_mariadb "$home" "$my_port" "$my_password" >&2
  start_redis "$home" "$redis_port" "$redis_password" >&2
  (umask 077 && cat > "$STATE/env" <<TEXT
export MIQ_TEST_POSTGRES='postgresql://miq:$pg_password@127.0.0.1:$pg_port/postgres'
export MIQ_TEST_MARIADB='mysql://miq:$my_password@127.0.0.1:$my_port/'
export MIQ_TEST_REDIS='redis://:$redis_password@127.0.0.1:$redis_port'
TEXT
  )
  cat "$STATE/env"
}

stop_process() {  # file with the process id
  local pid
  pid=$(cat "$1" 2> /dev/null) || return 0
  kill "$pid" 2> /dev/null || return 0
  for _ in $(seq 100); do kill -0 "$pid" 2> /dev/null || return 0; sleep 0.1; done
  kill -9 "$pid"
}

stop() {
  [[ -f "$STATE/home" ]] || return 0
  local home
  home=$(cat "$STATE/home")
  [[ ! -d "$home/postgres" ]] || as_user postgres "$PG_BIN/pg_ctl" -D "$home/postgres" -m immediate -s stop 2> /dev/null || true
  stop_process "$home/mariadb/pid"
  stop_process "$home/redis/pid"
  rm -rf "$home" "$STATE"
}

with() {
  trap stop EXIT
  trap 'exit 130' INT TERM
  start > /dev/null
  # shellcheck disable=SC1091
  source "$STATE/env"
  "$@"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  with) shift; with "$@" ;;
  *) die "usage: test_servers.sh start|stop|with COMMAND" ;;
esac
