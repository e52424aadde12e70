#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/duck/expression_evaluator.hpp"
#include "pipeline/schema/dialect.hpp"

namespace migrateiq {

/// Where one target column comes from: a source column, or one of the expressions.
struct TransformOutput {
  int source = -1;      ///< index into the source schema
  int expression = -1;  ///< index into TransformSpec::expressions
  std::string zone;     ///< IANA zone of the source's wall times; empty = none
};

struct TransformSpec {
  SchemaPtr source;  ///< what the reader yields
  SchemaPtr target;  ///< what the writer takes; one output per field
  std::vector<TransformOutput> outputs;
  std::vector<ExpressionSpec> expressions;
  std::string filter;  ///< DuckDB SQL; rows for which it is not true are filtered; empty = none
  std::string filter_place;
  ValueLimits limits;  ///< of the target system
  int64_t run_start_micros = 0;
};

/// Beside the columns of a quarantined row that could not be cut into them: its text.
inline constexpr const char* kWholeRow = "(whole row)";

/// Turns a reader's batches into the target's: moves, casts, computes, filters. One per thread.
class TableTransform {
 public:
  static Result<std::unique_ptr<TableTransform>> Make(TransformSpec spec);

  /// Fills `out` with one row per row of `in` (findings in target columns). Columns may be moved out of `in`; use
  /// `OriginalText` afterwards to see the source's values. `dropped` gets one flag a row when there is a filter, else
  /// is empty.
  Status Apply(Batch& in, Batch& out, std::vector<bool>& dropped);

  /// The source row as JSON for the quarantine: column -> text, or null; and kWholeRow -> the text of a row that
  /// could not be cut into columns.
  std::string OriginalRow(const Batch& in, const Batch& out, int64_t row) const;

  const TransformSpec& spec() const { return spec_; }

 private:
  explicit TableTransform(TransformSpec spec) : spec_(std::move(spec)) {}
  Status Compute(const Batch& in, Batch& out, std::vector<bool>& dropped);
  void MoveFindings(Batch& in, Batch& out) const;
  Status FillColumn(size_t index, Batch& in, Batch& out);
  void PlanMoves();

  TransformSpec spec_;
  std::unique_ptr<ExpressionEvaluator> evaluator_;
  std::vector<int> moved_to_;  ///< per source column: the output it is moved into, or -1
  std::vector<Column> computed_;
};

}  // namespace migrateiq
