#include <chrono>

#include "base/errors/data.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/suite/detail/row_tasks.hpp"

namespace migrateiq::detail {

namespace {

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// The type as the system prints it, as this program calls it, or any spelling of the system's for the same type.
bool HasType(const CatalogColumn& column, const std::string& type, const Dialect& dialect) {
  const std::string wanted = Lower(type);
  if (wanted == Lower(column.native) || wanted == ToString(column.type)) return true;
  if (column.native.empty()) return false;
  const auto parsed = dialect.ParseType(type), own = dialect.ParseType(column.native);
  return parsed && own && *parsed == *own;
}

/// What the catalog says of a column.
class ColumnTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    const auto begin = std::chrono::steady_clock::now();
    System& system = sides.Of(check.side);
    MIQ_TRY(system.Discovered());
    result.how = "catalog";
    const auto table = OwnTable(sides);
    if (!table) {
      missing_ = table.error().message;
    } else if (const auto found = FindColumn(*(*table).table, check.columns[0], system.dialect()); found) {
      column_ = *found;
    } else {
      missing_ = found.error().message;
    }
    if (column_ != nullptr) right_type_ = check.type.empty() || HasType(*column_, check.type, system.dialect());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return {};
  }
  Status Judge() override {
    result.threshold = "there";
    if (!check.type.empty()) result.threshold += ", of type " + check.type;
    if (check.nullable) result.threshold += *check.nullable ? ", nullable" : ", not null";
    const bool right_null = column_ != nullptr && (!check.nullable || *check.nullable == column_->nullable);
    Decide(right_type_ && right_null);
    result.message = missing_;
    if (column_ == nullptr) return {};
    const std::string native = column_->native.empty() ? ToString(column_->type) : column_->native;
    result.message = "it is " + native + (column_->nullable ? ", nullable" : ", not null");
    return {};
  }

 private:
  const CatalogColumn* column_ = nullptr;
  bool right_type_ = false;
  std::string missing_;
};

/// A query of the user's own. It stands in brackets of a query of ours, so that it can only be a query; it runs in a
/// read-only transaction or on a read-only handle, and within the time limit.
class SqlTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    system_ = &sides.Of(check.side);
    if (!options.custom_sql) return Fail(codes::kCheckForbidden, "the check '" + check.name + "' runs SQL of its own");
    MIQ_TRY(system_->Discovered());
    if (system_->dialect().value_sql() != nullptr) return {};
    return Fail(Error(codes::kCheckUnfit, "this system speaks no SQL")
                    .Fix("Checks of kind sql are for databases; over files use expr."));
  }
  Status Judge() override {
    const auto begin = std::chrono::steady_clock::now();
    const Status judged = check.scalar ? JudgeScalar() : CountRows();
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    result.how = "sql";
    return judged;
  }

 private:
  std::string Wrapped(const std::string& head) const { return head + " FROM (" + check.sql + "\n) AS miq_check"; }

  Status CountRows() {
    result.sql = Wrapped("SELECT COUNT(*)");
    MIQ_ASSIGN(const QueryRows rows, system_->Query(result.sql));
    result.rows_checked = CountOf(rows.at(0).at(0));
    JudgeRows(result.rows_checked);
    result.message = ShortNumber(*result.measured) + " rows";
    if (result.rows_broken > 0 && options.samples > 0) return ShowRows();
    return {};
  }

  Status ShowRows() {
    MIQ_ASSIGN(const QueryRows rows, system_->Query(Wrapped("SELECT *") + " LIMIT " + std::to_string(options.samples)));
    for (const auto& row : rows) {
      CheckSample& sample = result.samples.emplace_back();
      for (const auto& value : row) sample.value += (sample.value.empty() ? "" : ", ") + value.value_or("NULL");
      if (sample.value.size() > 1024) sample.value.resize(1024);
    }
    return {};
  }

  Status JudgeScalar() {
    result.sql = Wrapped("SELECT *") + " LIMIT 2";
    MIQ_ASSIGN(const QueryRows rows, system_->Query(result.sql));
    if (rows.size() != 1 || rows[0].size() != 1) return Fail(codes::kCheckUnfit, "the query yields no single value");
    const std::optional<double> value = rows[0][0] ? text::ParseDouble(*rows[0][0]) : std::nullopt;
    if (!value) return Fail(codes::kCheckUnfit, "the query yields '" + rows[0][0].value_or("NULL") + "', no number");
    JudgeBounds(*value, "");
    result.message = "it yields " + ShortNumber(*value);
    return {};
  }

  System* system_ = nullptr;
};

}  // namespace

std::unique_ptr<CheckTask> MakeSystemTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options) {
  if (check.kind == CheckKind::kColumn) return std::make_unique<ColumnTask>(check, result, options);
  return std::make_unique<SqlTask>(check, result, options);
}

std::unique_ptr<CheckTask> MakeTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options) {
  switch (check.kind) {
    case CheckKind::kDistribution:
    case CheckKind::kReferences: return MakeCompareTask(check, result, options);
    case CheckKind::kColumn:
    case CheckKind::kSql: return MakeSystemTask(check, result, options);
    default: return MakeRowTask(check, result, options);
  }
}

}  // namespace migrateiq::detail
