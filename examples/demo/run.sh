#!/usr/bin/env bash
# Migrates the database of an old shop into a clean one and into Parquet files, and proves both. Needs no server.
#
#   examples/demo/run.sh [--rows N] [FOLDER]       default: 1000000 rows, build/demo
#
# The folder is emptied first, if it is one of ours. Exit status 0 when everything went as it should.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
root=$(dirname "$(dirname "$here")")
# shellcheck source=tools/lib.sh
source "$root/tools/lib.sh"

rows=1000000
folder=
while [[ $# -gt 0 ]]; do
  case "$1" in
    --rows) [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || die "--rows wants a number"; rows="$2"; shift 2 ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    -*) die "no such option: $1" ;;
    *) folder="$1"; shift ;;
  esac
done
folder=$(readlink -m "${folder:-$root/build/demo}")
binary="${MIQ_BINARY:-$root/build/migrateiq}"
[[ -x "$binary" ]] || die "$binary is not there; ./dev build makes it"
command -v sqlite3 > /dev/null || die "the demo looks into the databases with sqlite3: apt-get install sqlite3"

bold='' plain=''
if [[ -t 1 && -z "${NO_COLOR:-}" ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi
heading() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
migrateiq() { "$binary" "$@" --state "$folder/state"; }
newest_run() { migrateiq runs --json --quiet | sed -n 's/.*"runs": \[{"run_id": "\([^"]*\)".*/\1/p'; }

prepare_folder() {
  mkdir -p "$folder"
  [[ -e "$folder/.migrateiq-demo" || -z "$(ls -A "$folder")" ]] || die "$folder is not empty and not of an earlier demo"
  touch "$folder/.migrateiq-demo"
  rm -rf "${folder:?}"/{legacy,shop}.db* "${folder:?}"/{parquet,state,run.txt,quarantine.txt,make.json}
}

# Counted, not compared by digest: this file is made to turn '20051228' into a number.
make_legacy() {
  heading "1. An old shop database is made: $rows rows in six tables, the same in every demo"
  sqlite3 "$folder/legacy.db" < "$here/legacy.sql"
  migrateiq copy "fake:legacy?seed=7&rows=$rows" "sqlite:$folder/legacy.db" --schema reuse --verify counts --yes --quiet --json \
    > "$folder/make.json" || die "the old database could not be made; see $folder/make.json"
  migrateiq accept "$(newest_run)" --yes --quiet > /dev/null
  echo "  $folder/legacy.db ($(du -h "$folder/legacy.db" | cut -f1))"
}

show_legacy() {
  heading "2. What is in it"
  sqlite3 "$folder/legacy.db" < "$here/found.sql"
}

# 3 means: rows were (or would be) quarantined. The old data deserves it.
expect_quarantine() {
  local status=0
  "$@" || status=$?
  [[ $status -eq 0 || $status -eq 3 ]] || die "$* ended with exit status $status"
  [[ $status -eq 0 ]] || printf '\n(exit status 3: done, but rows were put aside. That is as it should be here.)\n'
}

rehearse() {
  heading "3. The plan is rehearsed: every row is read and converted, nothing is written (examples/demo/plan.yaml)"
  expect_quarantine migrateiq rehearse "$here/plan.yaml" --quiet
}

run() {
  heading "4. The plan is carried out, and what was written is read back and compared"
  expect_quarantine migrateiq run "$here/plan.yaml" --quiet | tee "$folder/run.txt"
}

show_result() {
  local quote="SELECT '  ' || CUST_NO || '  ' || quote(FULL_NM) || '  since ' || quote(CUST_SNC) || '  limit ' || quote(CRED_LIM)"
  heading "The same customers, before and after"
  sqlite3 "$folder/legacy.db" "$quote FROM TBL_CUST WHERE CUST_NO BETWEEN 10005 AND 10009"
  echo
  sqlite3 "$folder/shop.db" "SELECT '  ' || id || '  ' || quote(first_name) || ' ' || quote(last_name) || '  since ' ||
    quote(customer_since) || '  limit ' || quote(credit_limit) FROM customers WHERE id BETWEEN 10005 AND 10009"
}

# The list is: id, table, state, code, column, reason.
show_quarantine() {
  local run_id="$1"
  migrateiq quarantine list "$run_id" --quiet > "$folder/quarantine.txt"
  heading "5. The quarantine: rows put aside, with their values and the reason"
  echo "  (A rehearsal judges rows one by one; orphans come to light only when both tables are there.)"
  awk 'NR > 1 { reason = ""; for (i = 6; i <= NF; ++i) reason = reason " " $i; ++count[sprintf("%-12s%s", $2, reason)] }
       END { for (what in count) printf "  %7d  %s\n", count[what], what }' "$folder/quarantine.txt" | sort -k 2
  echo
  sed -n '1,6p' "$folder/quarantine.txt"
}

to_parquet() {
  heading "6. The clean database goes to Parquet, verified as well"
  migrateiq copy "sqlite:$folder/shop.db" "parquet:$folder/parquet" --quiet || die "the copy to Parquet failed"
}

close() {
  heading "Where everything is"
  printf '  %-20s %s\n' "old database" "$folder/legacy.db" "new database" "$folder/shop.db" "Parquet files" "$folder/parquet" \
    "the plan" "$here/plan.yaml" "the report" "$folder/run.txt" "the quarantine" "$folder/quarantine.txt"
  heading "Next"
  echo "  one row put aside:   $binary quarantine show $1 1 --state $folder/state"
  echo "  take it all back:    $binary undo $1 --yes --state $folder/state   (set DEMO=$folder)"
  echo "  into PostgreSQL:     $binary copy sqlite:$folder/shop.db 'postgresql://me:\${PGPASSWORD}@localhost/shop'"
}

export DEMO="$folder"
prepare_folder
make_legacy
show_legacy
rehearse
run
run_id=$(newest_run)
show_result
show_quarantine "$run_id"
to_parquet
close "$run_id"
