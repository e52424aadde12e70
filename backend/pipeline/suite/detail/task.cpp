#include "pipeline/suite/detail/task.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/errors/plan.hpp"

namespace migrateiq::detail {

namespace {

std::string Grouped(int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<int64_t>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
    text.insert(static_cast<size_t>(at), ",");
  return text;
}

double NumberOf(const std::string& text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::string ShortNumber(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15) return Grouped(static_cast<int64_t>(number));
  return fmt::format("{:.4g}", number);
}

std::string RowsText(int64_t some, int64_t of) {
  if (some == 0) return "none of " + Grouped(of) + " rows";
  const double share = of > 0 ? 100 * static_cast<double>(some) / static_cast<double>(of) : 0;
  return fmt::format("{} of {} rows ({:.3g} %)", Grouped(some), Grouped(of), share);
}

Result<AskedTable> CheckTask::OwnTable(Sides& sides) const {
  System& system = sides.Of(check.side);
  MIQ_ASSIGN(const Table* table, system.Find(check.table));
  return AskedTable{&system, table, check.where};
}

Result<AskedTable> CheckTask::OtherTable(Sides& sides) const {
  System& system = sides.Of(check.against->side.value_or(check.side));
  MIQ_ASSIGN(const Table* table, system.Find(check.against->table.empty() ? check.table : check.against->table));
  return AskedTable{&system, table, check.against->where};
}

Result<std::vector<const CatalogColumn*>> CheckTask::Find(const AskedTable& table,
                                                          const std::vector<std::string>& names) {
  std::vector<const CatalogColumn*> columns;
  for (const std::string& name : names) {
    MIQ_ASSIGN(const CatalogColumn* column, FindColumn(*table.table, name, table.dialect()));
    columns.push_back(column);
  }
  return columns;
}

Result<std::vector<const CatalogColumn*>> CheckTask::OtherColumns(const AskedTable& other) const {
  return Find(other, check.against->columns.empty() ? check.columns : check.against->columns);
}

Status CheckTask::Adopt(Probe& probe) {
  result.seconds += probe.seconds;
  if (probe.error) return Fail(*probe.error);
  result.how = result.how.empty() || result.how == probe.how ? probe.how : "sql and batches";
  if (!probe.sql.empty()) result.sql += (result.sql.empty() ? "" : ";\n") + probe.sql;
  return {};
}

void CheckTask::JudgeRows(int64_t broken) {
  result.rows_broken = broken;
  result.measured = static_cast<double>(broken);
  const Tolerance& tolerance = check.tolerance;
  const double most = tolerance.share ? tolerance.amount * static_cast<double>(result.rows_checked) : tolerance.amount;
  result.threshold = tolerance.share ? "at most " + ShortNumber(tolerance.amount * 100) + " % of the rows"
                                     : "at most " + ShortNumber(tolerance.amount) + " rows";
  Decide(static_cast<double>(broken) <= most);
}

void CheckTask::JudgeBounds(double measured, const std::string& unit) {
  result.measured = measured;
  const std::string tail = unit.empty() ? "" : " " + unit;
  bool passed = true;
  if (check.min) {
    result.threshold = "at least " + ShortNumber(NumberOf(*check.min)) + tail;
    passed = measured >= NumberOf(*check.min);
  }
  if (check.max) {
    result.threshold += (check.min ? ", " : "") + ("at most " + ShortNumber(NumberOf(*check.max))) + tail;
    passed = passed && measured <= NumberOf(*check.max);
  }
  Decide(passed);
}

}  // namespace migrateiq::detail
