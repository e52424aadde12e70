#include "modules/projects/plans/built_in_templates.hpp"

namespace migrateiq::projects {

namespace {

constexpr BuiltInTemplate kTemplates[] = {
    {"whole-database", "Whole database, verified",
     "Every table with its keys, indexes and rules into an empty target; every row compared by checksum afterwards.",
     R"yaml(# Every table of the source into an empty target, proven by checksums.
version: 1
source: {connection: "{{source}}"}
target: {connection: "{{target}}"}

tables: {include: ["*"], exclude: []}
naming: {case: keep}

on:
  zero_date: null
  nul_byte: strip
  orphan_row: report
  row_error: quarantine
  max_row_errors: 1000

run:
  schema: create
  verify: checksum
  undo: journal
)yaml"},
    {"append-nightly", "Append every night",
     "Adds rows to tables that exist, gently for the source; for schedules. Give each table a `where` that chooses "
     "what "
     "is new.",
     R"yaml(# Rows are added to tables that exist already. For each table say in `where` which rows are new, for example:
#   mappings:
#     - source: orders
#       mode: append
#       where: "created_at >= CURRENT_DATE - INTERVAL '1' DAY AND created_at < CURRENT_DATE"
version: 1
source: {connection: "{{source}}"}
target: {connection: "{{target}}"}

run:
  workers: 2
  schema: reuse
  verify: counts
  undo: journal
  throttle: {rows_per_second: 20000, bytes_per_second: 0, pause_when_source_load_above: 0}
)yaml"},
    {"replace-with-undo", "Replace, and be able to go back",
     "Loads beside the present tables, compares row by row, then swaps them; undo brings the old ones back.",
     R"yaml(# The tables are loaded beside those that exist, compared row by row, then swapped. `undo` swaps them back.
version: 1
source: {connection: "{{source}}"}
target: {connection: "{{target}}"}

on:
  orphan_row: error
  row_error: fail

run:
  schema: replace
  verify: diff
  undo: journal
)yaml"},
    {"refresh-copy", "Refresh a copy",
     "Empties the tables of a copy that exists, and loads them again; the definitions stay as they are.",
     R"yaml(# The tables of the target keep their definitions; their rows are loaded anew. For each table:
#   mappings:
#     - {source: customer, mode: truncate}
version: 1
source: {connection: "{{source}}"}
target: {connection: "{{target}}"}

run:
  schema: reuse
  verify: checksum
  undo: none
)yaml"},
    {"first-look", "A careful first look",
     "One worker, slowly, everything odd collected in the quarantine: for rehearsals against a system in use.",
     R"yaml(# One worker and a slow pace, so that a system in use does not feel it; what does not fit goes to the quarantine.
version: 1
source: {connection: "{{source}}"}
target: {connection: "{{target}}"}

on:
  zero_date: null
  nul_byte: reject
  orphan_row: quarantine
  row_error: quarantine
  max_row_errors: 100000

run:
  workers: 1
  schema: create
  verify: counts
  undo: journal
  throttle: {rows_per_second: 2000, bytes_per_second: 0, pause_when_source_load_above: 0}
)yaml"},
};

}  // namespace

std::span<const BuiltInTemplate> BuiltInTemplates() { return kTemplates; }

}  // namespace migrateiq::projects
