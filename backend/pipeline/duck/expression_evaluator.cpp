#include "pipeline/duck/expression_evaluator.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/duck/database.hpp"
#include "pipeline/duck/detail/batch_scan.hpp"
#include "pipeline/duck/detail/functions.hpp"
#include "pipeline/duck/detail/inspect.hpp"
#include "pipeline/duck/detail/names.hpp"
#include "pipeline/duck/types.hpp"
#include "pipeline/duck/vectors.hpp"

namespace migrateiq {

namespace {

using duck::detail::BatchScan;
using duck::detail::ColumnUse;
using duck::detail::Inspected;

constexpr std::chrono::seconds kBatchTime{60};
constexpr size_t kMostOriginal = 1024;

struct Expression {
  ExpressionSpec spec;
  std::string sql;           ///< as DuckDB gets it
  std::vector<int> columns;  ///< of the schema, that it uses
  duck::ReadAs read{LogicalType::String()};
  std::optional<duck::Statement> alone;  ///< evaluates this expression only; prepared when first needed
};

/// Puts name and place of the expression into an error about it.
std::unexpected<Error> About(const ExpressionSpec& spec, Error error) {
  error.message = "expression '" + spec.sql + "': " + error.message;
  return Fail(std::move(error).Column(spec.name).At(spec.place));
}

std::string Select(const std::vector<const Expression*>& expressions) {
  std::string sql = "SELECT ";
  for (const Expression* expression : expressions) {
    if (sql.size() > 7) sql += ", ";
    sql += expression->read.Wrap("(" + expression->sql + "\n)");
  }
  return sql + " FROM miq_rows()";
}

bool IsBroken(duckdb_error_type kind) { return kind == DUCKDB_ERROR_FATAL || kind == DUCKDB_ERROR_INTERNAL; }

class DuckEvaluator final : public ExpressionEvaluator {
 public:
  static Result<std::unique_ptr<ExpressionEvaluator>> Make(const SchemaPtr& schema,
                                                           const std::vector<ExpressionSpec>& specs, int64_t run_start);

  const std::vector<LogicalType>& types() const override { return types_; }
  Status Evaluate(const Batch& batch, std::vector<Column>& out, std::vector<Finding>& findings) override;

 private:
  DuckEvaluator(duck::Database database, duck::Connection connection)
      : database_(std::move(database)), connection_(std::move(connection)) {}

  Status Add(const Schema& schema, const std::vector<std::string>& names, const ExpressionSpec& spec);
  Status PrepareAll(const SchemaPtr& schema, std::vector<std::string> names);
  Status LearnType(Expression& expression);
  std::vector<int> UsedColumns() const;
  Result<bool> EvaluateTogether(int64_t rows, std::vector<Column>& out, std::vector<Finding>& findings);
  Status EvaluateAlone(size_t index, int64_t begin, int64_t end, Column& out, std::vector<Finding>& findings);
  Status Collect(duck::Rows rows, size_t first, std::vector<Column*> out, std::vector<Finding>& findings);
  Status Explain(const Expression& expression, const duck::Refusal& refusal) const;
  void MarkRefused(const Batch& batch, std::vector<Column>& out, std::vector<Finding>& findings) const;

  std::unique_ptr<BatchScan> scan_;  // before the database: the database's function points to it
  duck::Database database_;
  duck::Connection connection_;
  std::vector<Expression> expressions_;
  std::vector<std::vector<std::string>> unknown_functions_;
  std::optional<duck::Statement> together_;
  std::vector<LogicalType> types_;
};

Status DuckEvaluator::Add(const Schema& schema, const std::vector<std::string>& names, const ExpressionSpec& spec) {
  auto inspected = duck::detail::Inspect(connection_, spec.sql, schema);
  if (!inspected) return About(spec, std::move(inspected).error());
  unknown_functions_.emplace_back();
  if (auto checked = duck::detail::CheckFunctions(connection_, inspected->functions, unknown_functions_.back());
      !checked) {
    return About(spec, std::move(checked).error());
  }
  auto sql = duck::detail::WithNames(spec.sql, inspected->columns, schema, names);
  if (!sql) return About(spec, std::move(sql).error());
  Expression& expression = expressions_.emplace_back(Expression{.spec = spec, .sql = std::move(*sql)});
  for (const ColumnUse& use : inspected->columns) expression.columns.push_back(use.column);
  return {};
}

std::vector<int> DuckEvaluator::UsedColumns() const {
  std::set<int> used;
  for (const Expression& expression : expressions_) used.insert(expression.columns.begin(), expression.columns.end());
  return {used.begin(), used.end()};
}

Status DuckEvaluator::PrepareAll(const SchemaPtr& schema, std::vector<std::string> names) {
  scan_ = std::make_unique<BatchScan>(schema, std::move(names), UsedColumns());
  MIQ_TRY(scan_->Register(connection_));
  if (const auto locked = connection_.Run("SET lock_configuration = true"); !locked) {
    return Fail(codes::kInternal, locked.error().message);
  }
  std::vector<const Expression*> all;
  for (size_t i = 0; i < expressions_.size(); ++i) {
    Expression& expression = expressions_[i];
    MIQ_TRY(LearnType(expression));
    if (!unknown_functions_[i].empty()) {
      return About(expression.spec, Error(codes::kExprForbidden, "it uses " + unknown_functions_[i].front() + "()"));
    }
    types_.push_back(expression.read.type);
    all.push_back(&expression);
  }
  if (all.empty()) return {};
  auto together = connection_.Prepare(Select(all));
  if (!together) return Fail(codes::kInternal, together.error().message);
  together_ = std::move(*together);
  return {};
}

/// Binds the expression, which says whether it is well-typed and what it yields.
Status DuckEvaluator::LearnType(Expression& expression) {
  const auto statement = connection_.Prepare(Select({&expression}));
  if (!statement) return About(expression.spec, Error(codes::kExprSyntax, statement.error().message));
  if (statement->column_count() != 1)
    return About(expression.spec, Error(codes::kExprSyntax, "it is not one expression"));
  expression.read = duck::HowToRead(statement->column_type(0));
  return {};
}

Result<std::unique_ptr<ExpressionEvaluator>> DuckEvaluator::Make(const SchemaPtr& schema,
                                                                 const std::vector<ExpressionSpec>& specs,
                                                                 int64_t run_start) {
  MIQ_ASSIGN(duck::Database database, duck::Database::Open({.memory_megabytes = 128}));
  MIQ_ASSIGN(duck::Connection connection, database.Connect());
  MIQ_TRY(duck::detail::FreezeClock(connection, run_start));
  std::unique_ptr<DuckEvaluator> evaluator(new DuckEvaluator(std::move(database), std::move(connection)));
  std::vector<std::string> names = duck::detail::DistinctNames(*schema);
  for (const ExpressionSpec& spec : specs) MIQ_TRY(evaluator->Add(*schema, names, spec));
  MIQ_TRY(evaluator->PrepareAll(schema, std::move(names)));
  return std::unique_ptr<ExpressionEvaluator>(std::move(evaluator));
}

Status DuckEvaluator::Evaluate(const Batch& batch, std::vector<Column>& out, std::vector<Finding>& findings) {
  out.clear();
  for (const LogicalType& type : types_) out.emplace_back(type);
  if (batch.rows == 0 || expressions_.empty()) return {};
  scan_->Load(batch);
  scan_->SetDeadline(std::chrono::steady_clock::now() + kBatchTime);
  MIQ_ASSIGN(const bool done, EvaluateTogether(batch.rows, out, findings));
  for (size_t i = 0; !done && i < expressions_.size(); ++i) {
    MIQ_TRY(EvaluateAlone(i, 0, batch.rows, out[i], findings));
  }
  MarkRefused(batch, out, findings);
  return {};
}

/// All expressions over all rows, the usual case. False when one of them fails somewhere.
Result<bool> DuckEvaluator::EvaluateTogether(int64_t rows, std::vector<Column>& out, std::vector<Finding>& findings) {
  auto result = together_->Run();
  if (!result) {
    if (scan_->timed_out() || IsBroken(result.error().kind)) { MIQ_TRY(Explain(expressions_.front(), result.error())); }
    return false;
  }
  std::vector<Column*> columns;
  for (Column& column : out) columns.push_back(&column);
  MIQ_TRY(Collect(std::move(*result), 0, columns, findings));
  if (out.front().length() != rows) return Fail(codes::kInternal, "an expression changed the number of rows");
  return true;
}

/// One expression over a range; where it fails, over its halves, down to the rows that are to blame.
Status DuckEvaluator::EvaluateAlone(size_t index, int64_t begin, int64_t end, Column& out,
                                    std::vector<Finding>& findings) {
  Expression& expression = expressions_[index];
  if (!expression.alone) {
    auto statement = connection_.Prepare(Select({&expression}));
    if (!statement) return Fail(codes::kInternal, statement.error().message);
    expression.alone = std::move(*statement);
  }
  scan_->SetRange(begin, end);
  auto result = expression.alone->Run();
  if (result) return Collect(std::move(*result), index, {&out}, findings);
  if (scan_->timed_out() || IsBroken(result.error().kind)) return Explain(expression, result.error());
  if (end - begin == 1) {
    findings.push_back({begin, static_cast<int32_t>(index), FindingKind::kExpression, "", result.error().message});
    out.AppendNull();
    return {};
  }
  const int64_t middle = begin + (end - begin) / 2;
  MIQ_TRY(EvaluateAlone(index, begin, middle, out, findings));
  return EvaluateAlone(index, middle, end, out, findings);
}

Status DuckEvaluator::Collect(duck::Rows rows, size_t first, std::vector<Column*> out, std::vector<Finding>& findings) {
  std::vector<duck::Type> types;
  for (idx_t i = 0; i < out.size(); ++i) types.push_back(rows.column_type(i));
  std::vector<duck::Odd> odd;
  for (;;) {
    auto chunk = rows.Next();
    if (!chunk) return Fail(codes::kInternal, chunk.error().message);
    if (!*chunk) return {};
    for (size_t i = 0; i < out.size(); ++i) {
      odd.clear();
      duck::AppendVector(chunk->vector(i), types[i], static_cast<int64_t>(chunk->size()), *out[i], odd);
      for (duck::Odd& one : odd) {
        findings.push_back(
            {one.row, static_cast<int32_t>(first + i), one.kind, std::move(one.original), ToString(out[i]->type())});
      }
    }
  }
}

Status DuckEvaluator::Explain(const Expression& expression, const duck::Refusal& refusal) const {
  if (!scan_->timed_out()) return Fail(codes::kInternal, "DuckDB: " + refusal.message);
  const auto seconds = std::to_string(kBatchTime.count());
  return About(expression.spec, Error(codes::kExprFailed, "a batch took longer than " + seconds + " s"));
}

/// A row with an input that DuckDB cannot hold has no value, whatever the expression made of the NULL in its place.
void DuckEvaluator::MarkRefused(const Batch& batch, std::vector<Column>& out, std::vector<Finding>& findings) const {
  for (size_t i = 0; i < expressions_.size(); ++i) {
    std::set<int64_t> marked;
    for (const int used : expressions_[i].columns) {
      const Column& input = batch.columns[static_cast<size_t>(used)];
      for (const int64_t row : scan_->refused(used)) {
        if (!marked.insert(row).second) continue;
        out[i].SetNull(row);
        std::string original;
        text::AppendValue(original, input, row);
        original.resize(std::min(original.size(), kMostOriginal));
        findings.push_back({row, static_cast<int32_t>(i), FindingKind::kOutOfRange, std::move(original),
                            "column " + batch.schema->fields[static_cast<size_t>(used)].name + " in an expression"});
      }
    }
  }
}

}  // namespace

Result<std::unique_ptr<ExpressionEvaluator>> MakeExpressionEvaluator(const SchemaPtr& schema,
                                                                     const std::vector<ExpressionSpec>& expressions,
                                                                     int64_t run_start_micros) {
  return DuckEvaluator::Make(schema, expressions, run_start_micros);
}

}  // namespace migrateiq
