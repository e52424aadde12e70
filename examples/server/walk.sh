#!/usr/bin/env bash
# The whole life of a migration on a server, by its API alone: two people, two connections marked production, a project
# from a template, a plan, a rehearsal, an approval by a second person, the run watched by WebSocket, its proof, its undo.
#
#   SETUP_LINK=... SOURCE_URL=... TARGET_URL=... examples/server/walk.sh [SERVER]     default: http://127.0.0.1:8080
#
# SETUP_LINK is what a new server prints at its first start. The target must be empty; BEFORE_UNDO is a command to look at it
# before the undo. Needs curl and jq. Each step checks what the server answered and prints a line; exit status 0 when all
# went as it should.
# shellcheck disable=SC2016  # the programs in single quotes are for jq
set -euo pipefail

case "${1:-}" in -h | --help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;; esac
server=${1:-http://127.0.0.1:8080}
: "${SETUP_LINK:?the link that the server printed at its first start}"
: "${SOURCE_URL:?a connection, for example mysql://user:password@host/shop}" "${TARGET_URL:?an empty target}"

work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# --- talking to the server ------------------------------------------------------------------------------------------

step() { printf '%-10s %s\n' "$1" "$2"; }

fail() {
  printf '%s\n' "walk: $1" >&2
  [[ ! -s $work/answer ]] || { jq . "$work/answer" || cat "$work/answer"; } >&2 2> /dev/null
  exit 1
}

# ask WHO METHOD PATH STATUS: sends the file "$work/request" if there is one, and wants that status. Tokens and bodies go
# by file, so that no secret is the argument of a process.
ask() {
  local options=(-sS --max-time 90 -X "$2" -o "$work/answer" -D "$work/headers" -w '%{http_code}') status
  [[ $1 == nobody ]] || options+=(-H "@$work/$1")
  [[ ! -f $work/request ]] || options+=(-H 'Content-Type: application/json' --data-binary "@$work/request")
  [[ -z ${MATCH:-} ]] || options+=(-H "If-Match: $MATCH")
  [[ -z ${ONCE:-} ]] || options+=(-H "Idempotency-Key: $ONCE")
  : > "$work/answer"
  status=$(curl "${options[@]}" "$server/api/v1$3") || fail "$2 $3: no answer"
  [[ $status == "$4" ]] || fail "$2 $3 answered $status instead of $4"
}

get() { rm -f "$work/request"; ask "$1" GET "$2" 200; }

# send WHO METHOD PATH STATUS JQ...: the body is what jq makes of the program; secrets reach it by `env`.
send() {
  jq -n "${@:5}" > "$work/request"
  ask "$1" "$2" "$3" "$4"
}

field() { jq -er "$1" "$work/answer" || fail "the answer has no $1"; }
check() { jq -e "${@:2}" "$work/answer" > /dev/null || fail "$1"; }
etag() { sed -n 's/^[Ee][Tt]ag: *\([^[:space:]]*\).*/\1/p' "$work/headers"; }

# sign_in WHO EMAIL: from then on `ask WHO` sends their token. PASSWORD comes by the environment.
sign_in() {
  send nobody POST /auth/login 200 '{email: $email, password: env.PASSWORD}' --arg email "$2"
  printf 'Authorization: Bearer %s\n' "$(field .access_token)" > "$work/$1"
}

new_password() { head -c 18 /dev/urandom | base64; }

# --- runs -----------------------------------------------------------------------------------------------------------

# start KIND: a run of the plan; its id is in $run. A request that is sent again, with the same key, starts nothing new.
start() {
  local ONCE="walk-$1-$RANDOM$RANDOM" first
  send anna POST /runs 201 '{plan_id: $plan, kind: $kind}' --arg plan "$plan" --arg kind "$1"
  first=$(field .run_id)
  ask anna POST /runs 201
  run=$(field .run_id)
  [[ $run == "$first" ]] || fail "the same request started two runs"
}

# No worker has it or will have it, and nothing is waited for. (A succeeded run stays so while its undo is at work.)
is_over() {
  get anna "/runs/$run/tasks"
  jq -e 'all(.items[]; .state | IN("ready", "claimed") | not)' "$work/answer" > /dev/null || return 1
  get anna "/runs/$run"
  jq -e '(.state | IN("succeeded", "failed", "cancelled", "undone")) and (.waiting_for // "") == ""' "$work/answer" > /dev/null
}

# wait_for STATE: asks until the run is over.
wait_for() {
  local turn
  for ((turn = 0; turn < ${PATIENCE:-600}; ++turn)); do
    if is_over; then
      check "the run did not end as it should" '.state == $state' --arg state "$1"
      return
    fi
    sleep 0.2
  done
  fail "the run did not end"
}

# The texts in a stream of WebSocket frames. A server's frames are a head (0x81 for text, 0x89 for a ping, then the
# length) and the text as it is, here one JSON object. What is not whole is left out: the run's record is the truth.
texts() {
  LC_ALL=C stdbuf -o0 tr '\201\211' '\n\n' | LC_ALL=C grep -a -o --line-buffered '{"is":.*}' |
    jq -R -c --unbuffered 'fromjson? // empty'
}

# curl does not speak WebSocket everywhere; asking for the upgrade is enough to listen. The ticket is good once.
listen() {
  curl -sS -N --http1.1 --max-time 60 --config "$work/address" -H 'Connection: Upgrade' -H 'Upgrade: websocket' \
    -H 'Sec-WebSocket-Version: 13' -H "Sec-WebSocket-Key: $(head -c 16 /dev/urandom | base64)" 2> /dev/null || true
}

# hear COMMAND...: one connection, until it closes or the run is over; does the command as soon as the server hears us.
hear() {
  local heard listener stream
  rm -f "$work/stream" && mkfifo "$work/stream"
  listen > "$work/stream" & listener=$!
  exec {stream}< <(texts < "$work/stream")
  while true; do
    if IFS= read -r -t 1 heard <&"$stream"; then
      printf '%s\n' "$heard" >> "$work/heard"
      [[ $heard != '{"is":"subscribed"'* ]] || "$@"
    elif (($? <= 128)) || is_over; then
      break
    fi
  done
  exec {stream}<&-
  kill "$listener" 2> /dev/null || true
  wait "$listener" 2> /dev/null || true
}

# watch: approves the run once we listen, and listens until it is over; again when the connection closes.
watch() {
  local turn
  : > "$work/heard"
  for ((turn = 0; turn < 20; ++turn)); do
    send anna POST /auth/ws-ticket 201 '{}'
    printf 'url = "%s/api/v1/ws?topic=run:%s&topic=project:%s&ticket=%s"\n' \
      "$server" "$run" "$project" "$(field .ticket)" > "$work/address"
    hear approve_once
    ! is_over || return 0
  done
  fail "the run did not end"
}

# heard JQ: is it true of one of the messages?
heard() { jq -e -n "first(inputs | select($1))" "$work/heard" > /dev/null || fail "not heard on the WebSocket: $1"; }

approve() { send "$1" POST "/runs/$run/approve" 202 '{}'; }
approve_once() { get ben "/runs/$run" && { [[ $(field '.pending // ""') == "" ]] || approve ben; }; }

# --- the walk -------------------------------------------------------------------------------------------------------

get nobody /openapi.json
step server "$server, $(field '.info.title + " " + .info.version')"

# Set-up link, first owner.
anna_password=$(new_password) ben_password=$(new_password)
TOKEN=${SETUP_LINK##*token=} PASSWORD=$anna_password send nobody POST /auth/setup 200 \
  '{token: env.TOKEN, password: env.PASSWORD, email: "anna@example.com", name: "Anna", tenant_name: "Example"}'
TOKEN=${SETUP_LINK##*token=} PASSWORD=$anna_password send nobody POST /auth/setup 401 \
  '{token: env.TOKEN, password: env.PASSWORD, email: "eve@example.com", name: "Eve", tenant_name: "Example"}'
PASSWORD=$anna_password sign_in anna anna@example.com
get anna /me
check "Anna is not an owner" '.roles | index("owner")'
step set-up "Anna is the first owner; the link opens nothing any more"

# A second person, by invitation.
send anna POST /invitations 201 '{email: "ben@example.com", roles: ["admin"]}'
TOKEN=$(field .link) && TOKEN=${TOKEN##*token=} PASSWORD=$ben_password send nobody POST /auth/invitations/accept 204 \
  '{token: env.TOKEN, password: env.PASSWORD, name: "Ben"}'
PASSWORD=$ben_password sign_in ben ben@example.com
step people "Ben accepted his invitation"

# Connections: what cannot be reached is not stored; passwords are never answered.
URL=$SOURCE_URL send anna POST '/connections?test=true' 201 '{name: "old", production: true, url: env.URL}'
check "the source was not tested" '.test_ok and .production'
URL=$TARGET_URL send anna POST '/connections?test=true' 201 '{name: "new", production: true, url: env.URL}'
check "the target was not tested" '.test_ok and .production'
check "a password was answered" '.url | test("//[^/]*:[^*/@]+@") | not'
step connect "old and new answer; both are production"

# A project from a template; its plan, changed by who knows the version.
get anna /templates
template=$(field '.items[] | select(.built_in and .template_id == "whole-database") | .template_id')
send anna POST /projects 201 '{name: "Shop", template_id: $template, source_connection: "old", target_connection: "new",
  plan_name: "shop"}' --arg template "$template"
project=$(field .project_id)
get anna "/projects/$project/plans"
plan=$(field '.items[0].plan_id')
step project "Shop, from the template $template"

get anna "/plans/$plan"
version=$(etag)
jq '{text: (.text + "  chunk_rows: 2000\n"), message: "smaller chunks"}' "$work/answer" > "$work/request"
MATCH=$version ask anna PUT "/plans/$plan" 200
MATCH=$version ask anna PUT "/plans/$plan" 412
get anna "/plans/$plan/diff?from=1&to=2"
check "the change is not in the difference" 'tostring | contains("chunk_rows")'
step plan "version 2; a change on top of version 1 is refused"

# Rehearsal: everything but writing.
start rehearse
wait_for succeeded
get anna "/runs/$run/report"
check "the report is not that of a rehearsal" '.rehearsal'
step rehearse "$run: $(field '.tables | length') tables"

# The run: who asked for it cannot approve it.
start run
check "the run did not wait for a second person" '.state == "queued" and .waiting_for == "approval"'
send anna POST "/runs/$run/approve" 403 '{}'
get ben /approvals
check "Ben is not asked" 'any(.items[]; .run_id == $run)' --arg run "$run"
watch
wait_for succeeded
heard '.data.state == "running"'
heard '.type == "run.progress" and (.data.tables | length > 0)'
heard '.data.state == "succeeded"'
step run "$run: approved by $(field .approved_by_name), succeeded"
step watch "$(jq -s -r 'map(select(.is == "event")) | group_by(.type) | map("\(length) \(.[0].type)") | join(", ")' "$work/heard")"
migration=$run

get anna "/runs/$migration/report"
check "source and target differ" '.status == "succeeded" and (.tables | length > 0) and
  all(.tables[]; .verified == "match" and .source_digest == .target_digest and .rows_read == .rows_written)'
step report "$(field '"\(.tables | length) tables, \([.tables[].rows_written] | add) rows, all equal by checksum"')"

# Once more, on its own.
start verify
wait_for succeeded
get anna "/runs/$run/report"
check "the verification found a difference" 'all(.tables[]; .verified == "match")'
step verify "$run: source and target are equal"

# Time for a look of your own at the target, if you like.
[[ -z ${BEFORE_UNDO:-} ]] || bash -c "$BEFORE_UNDO" || fail "the look at the target failed"

# Back: it is shown first, wants a word, and a second person.
run=$migration
get anna "/runs/$run/undo-preview"
check "undo would do nothing" 'tostring | length > 10'
send anna POST "/runs/$run/undo" 409 '{}'
send anna POST "/runs/$run/undo" 202 '{confirm: true}'
check "undo did not wait for a second person" '.waiting_for == "approval"'
approve ben
wait_for undone
step undo "$run: undone"

# What happened stays written.
get anna /audit/verify
check "the audit log is broken" '.unbroken'
get anna '/audit?limit=200'
check "the approval is not in the audit log" 'any(.items[]; .action == "run.approve")'
step audit "$(field '.items | length') entries, unbroken"

send anna POST /auth/logout 204 '{}'
rm "$work/request"
ask anna GET /me 401
step sign-out "the token opens nothing any more"
