#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/run/engine.hpp"
#include "pipeline/run/mask_proposal.hpp"

/// What a plan makes of some real rows of one table: read, transformed and judged by the very code of a run. Nothing
/// is written.
namespace migrateiq {

struct SampleRequest {
  std::string table;  ///< of a mapping: its target or source; else a source table
  int64_t rows = 50;
  size_t value_bytes = 2000;  ///< longer values are cut there, with an ellipsis
};

enum class SampleOutcome : uint8_t { kUnchanged, kAltered, kRejected, kFiltered };

/// One thing that happened to a value, or to a row (then without a column).
struct SampleFinding {
  std::string column;  ///< of the target
  std::string kind;    ///< a kind of finding ("zero_date"), or "rule", "warning", "fails_run"
  std::string code;    ///< "MIQ-DATA-003"; empty where nothing is refused
  std::string message;
  std::optional<std::string> before, after;
};

using SampleValues = std::vector<std::optional<std::string>>;  ///< as text; nothing = NULL

struct SampledRow {
  SampleValues before;
  std::optional<SampleValues> after;  ///< absent: the row would not be written
  SampleOutcome outcome = SampleOutcome::kUnchanged;
  std::vector<SampleFinding> findings;
};

struct SampledColumn {
  std::string target, source, expression, type;  ///< source or expression; `type` as the target declares it
  std::string mask{};                            ///< kind; empty = none
  std::optional<MaskProposal> proposal{};        ///< when what it is taken from looks like personal data
};

struct SampledField {
  std::string name, type;
};

struct TableSample {
  std::string source, target;  ///< labels, as reports have them
  std::vector<SampledField> source_columns;
  std::vector<SampledColumn> columns;
  std::vector<SampledRow> rows;  ///< rejected first, then altered, filtered, unchanged; else in the order read
  int64_t read = 0, altered = 0, rejected = 0, filtered = 0;
  std::vector<std::string> notes;  ///< what is not foreseen here
};

/// Opens both ends, resolves the one table and takes its first rows. A row on which the run would fail is rejected
/// with `fails_run`. `context.stop` ends it soon with kRunInterrupted.
/// Errors: those of opening and of ResolvePlan, with the plan's places.
Result<TableSample> SampleTable(const Plan& plan, const SampleRequest& request, EngineContext& context);

}  // namespace migrateiq
