#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/duck/expression_evaluator.hpp"
#include "pipeline/mask/column_mask.hpp"
#include "pipeline/schema/dialect.hpp"

namespace migrateiq {

/// What replaces the values of a column, with the key's bytes.
struct OutputMask {
  MaskKind kind = MaskKind::kToken;
  std::string key;
};

/// Where one target column comes from: a source column, or one of the expressions.
struct TransformOutput {
  int source = -1;      ///< index into the source schema
  int expression = -1;  ///< index into TransformSpec::expressions
  std::string zone{};   ///< IANA zone of the source's wall times; empty = none
  std::optional<OutputMask> mask{};
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

  /// What rules look at: the target's fields, with those that are masked as they are before.
  SchemaPtr Checked() const;
  /// Whether values of this output must not be told; of any output without an argument.
  bool IsMasked(size_t output) const { return outputs[output].mask.has_value(); }
  bool IsMasked() const;
};

/// Beside the columns of a quarantined row that could not be cut into them: its text.
inline constexpr const char* kWholeRow = "(whole row)";

/// Turns a reader's batches into the target's: moves, casts, computes, filters, and at last masks. One per thread.
class TableTransform {
 public:
  static Result<std::unique_ptr<TableTransform>> Make(TransformSpec spec);

  /// Fills `out` with one row per row of `in` (findings in target columns). Columns may be moved out of `in`; use
  /// `OriginalText` afterwards to see the source's values. `dropped` gets one flag a row when there is a filter, else
  /// is empty.
  /// The batch has the fields of `Checked()`; only after `Mask` those of the target.
  Status Apply(Batch& in, Batch& out, std::vector<bool>& dropped);

  /// Replaces the values of the columns that have a mask. `findings`: of values that cannot be replaced, and of
  /// results that the target cannot hold.
  void Mask(Batch& out, std::vector<Finding>& findings);

  /// The source row as JSON for the quarantine, never masked: column -> text, or null; and kWholeRow -> the text of a
  /// row that could not be cut into columns.
  std::string OriginalRow(const Batch& in, const Batch& out, int64_t row) const;

  const TransformSpec& spec() const { return spec_; }

 private:
  explicit TableTransform(TransformSpec spec) : spec_(std::move(spec)) {}
  Status Compute(const Batch& in, Batch& out, std::vector<bool>& dropped);
  void MoveFindings(Batch& in, Batch& out) const;
  Status FillColumn(size_t index, Batch& in, Batch& out);
  void PlanMoves();

  TransformSpec spec_;
  SchemaPtr checked_;
  std::vector<std::unique_ptr<ColumnMask>> masks_;  ///< one an output; null where there is none
  std::unique_ptr<ExpressionEvaluator> evaluator_;
  std::vector<int> moved_to_;  ///< per source column: the output it is moved into, or -1
  std::vector<Column> computed_;
};

}  // namespace migrateiq
