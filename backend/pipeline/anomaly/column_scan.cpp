#include "pipeline/anomaly/column_scan.hpp"

#include <algorithm>
#include <tuple>

#include "base/time.hpp"
#include "pipeline/anomaly/category_column.hpp"
#include "pipeline/anomaly/combinations.hpp"
#include "pipeline/anomaly/date_column.hpp"
#include "pipeline/anomaly/numeric_column.hpp"
#include "pipeline/anomaly/text_pattern.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::anomaly {
namespace {

enum class Role : uint8_t { kNumber, kDate, kText, kFlag, kOther };

Role RoleOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool: return Role::kFlag;
    case TypeKind::kFloat:
    case TypeKind::kDouble:
    case TypeKind::kDecimal: return Role::kNumber;
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return Role::kDate;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kEnum: return Role::kText;
    default: return IsInteger(kind) ? Role::kNumber : Role::kOther;
  }
}

std::optional<double> NumberAt(const Column& column, int64_t row) {
  switch (column.type().kind) {
    case TypeKind::kInt8: return column.Get<int8_t>(row);
    case TypeKind::kInt16: return column.Get<int16_t>(row);
    case TypeKind::kInt32: return column.Get<int32_t>(row);
    case TypeKind::kInt64: return static_cast<double>(column.Get<int64_t>(row));
    case TypeKind::kUInt64: return static_cast<double>(column.Get<uint64_t>(row));
    case TypeKind::kFloat: return column.Get<float>(row);
    case TypeKind::kDouble: return column.Get<double>(row);
    default: return text::ParseDouble(column.Bytes(row));
  }
}

/// Nothing for the infinities.
std::optional<int32_t> DayAt(const Column& column, int64_t row) {
  if (column.type().kind == TypeKind::kDate) {
    const auto day = column.Get<int32_t>(row);
    return day == INT32_MAX || day == INT32_MIN ? std::nullopt : std::optional(day);
  }
  const auto micros = column.Get<int64_t>(row);
  if (micros == INT64_MAX || micros == INT64_MIN) return std::nullopt;
  const int64_t day = micros / kDay - (micros % kDay < 0 ? 1 : 0);
  return static_cast<int32_t>(std::clamp<int64_t>(day, INT32_MIN + 1, INT32_MAX - 1));
}

/// What is gathered of one column; which part depends on its role.
struct Gathered {
  Role role = Role::kOther;
  std::optional<NumericColumn> numbers;
  std::optional<DateColumn> dates;
  std::optional<ValueCounts> values;
  std::optional<PatternColumn> patterns;
};

Gathered Begin(const Field& field, const ScanOptions& options, uint64_t seed) {
  Gathered gathered{.role = RoleOf(field.type.kind)};
  if (gathered.role == Role::kNumber) gathered.numbers.emplace(field.name, options.sample, seed);
  if (gathered.role == Role::kDate) gathered.dates.emplace(field.name, options.today, options.sample, seed);
  if (gathered.role != Role::kText) return gathered;
  gathered.values.emplace(options.distinct_most);
  gathered.patterns.emplace(field.name, options.patterns_most);
  return gathered;
}

}  // namespace

struct ColumnScan::State {
  SchemaPtr schema;  // shared with the batches; immutable
  std::vector<Gathered> columns;
  std::vector<size_t> date_columns;
  DateOrder order;
  std::vector<size_t> combined;
  Combinations combinations;
  int64_t rows = 0;
  std::vector<Combinations::Cell> cells;  // of one row, kept for their memory
  std::vector<std::optional<int32_t>> days;

  void AddRow(const Batch& batch, int64_t row);
  /// Gathers one value; what combinations and orders need of it is returned.
  Combinations::Cell AddCell(Gathered& gathered, const Column& column, int64_t row, std::optional<int32_t>& day);
};

namespace {

std::vector<size_t> ColumnsOf(const Schema& schema, auto wanted, size_t most) {
  std::vector<size_t> columns;
  for (size_t index = 0; index < schema.fields.size() && columns.size() < most; ++index)
    if (wanted(RoleOf(schema.fields[index].type.kind))) columns.push_back(index);
  return columns;
}

std::vector<std::string> NamesOf(const Schema& schema, const std::vector<size_t>& columns) {
  std::vector<std::string> names;
  for (const size_t column : columns) names.push_back(schema.fields[column].name);
  return names;
}

constexpr size_t kDateColumnsMost = 12;

/// Whether a row was found odd already, in one of the columns by itself or in their order.
bool IsTold(const std::vector<Anomaly>& found, const Anomaly& combination) {
  const auto shares_column = [&combination](const Anomaly& one) {
    return std::ranges::find_first_of(one.columns, combination.columns) != one.columns.end();
  };
  return std::ranges::any_of(found, [&](const Anomaly& one) {
    return one.kind != AnomalyKind::kRareCombination && shares_column(one) &&
           std::ranges::any_of(one.examples, [&combination](const AnomalyExample& example) {
             return example.row == combination.examples[0].row;
           });
  });
}

std::vector<bool> AreDates(const Schema& schema, const std::vector<size_t>& columns) {
  std::vector<bool> dates;
  for (const size_t column : columns) dates.push_back(RoleOf(schema.fields[column].type.kind) == Role::kDate);
  return dates;
}

}  // namespace

Combinations::Cell ColumnScan::State::AddCell(Gathered& gathered, const Column& column, int64_t row,
                                              std::optional<int32_t>& day) {
  if (column.IsNull(row)) return {};
  switch (gathered.role) {
    case Role::kNumber: {
      const auto number = NumberAt(column, row);
      if (!number) return {};
      gathered.numbers->Add(rows, *number);
      return *number;
    }
    case Role::kDate:
      day = DayAt(column, row);
      if (!day) return {};
      gathered.dates->Add(rows, *day);
      return static_cast<double>(*day);
    case Role::kText:
      gathered.values->Add(rows, column.Bytes(row));
      gathered.patterns->Add(rows, column.Bytes(row));
      return column.Bytes(row);
    case Role::kFlag: return column.Get<uint8_t>(row) != 0 ? std::string_view("true") : std::string_view("false");
    default: return {};
  }
}

void ColumnScan::State::AddRow(const Batch& batch, int64_t row) {
  cells.clear();
  days.clear();
  for (size_t index = 0; index < columns.size(); ++index) {
    std::optional<int32_t> day;
    const Combinations::Cell cell = AddCell(columns[index], batch.columns[index], row, day);
    if (cells.size() < combined.size() && combined[cells.size()] == index) cells.push_back(cell);
    if (days.size() < date_columns.size() && date_columns[days.size()] == index) days.push_back(day);
  }
  combinations.Add(rows, cells);
  order.Add(rows, days);
  ++rows;
}

ColumnScan::ColumnScan(SchemaPtr schema, ScanOptions options) {
  const auto dates = ColumnsOf(
      *schema, [](Role role) { return role == Role::kDate; }, kDateColumnsMost);
  const auto combined = ColumnsOf(
      *schema, [](Role role) { return role != Role::kOther; }, Combinations::kColumnsMost);
  std::vector<Gathered> columns;
  for (const Field& field : schema->fields) columns.push_back(Begin(field, options, options.seed + columns.size()));
  state_ = std::make_unique<State>(State{
      .schema = schema,
      .columns = std::move(columns),
      .date_columns = dates,
      .order = DateOrder(NamesOf(*schema, dates)),
      .combined = combined,
      .combinations =
          Combinations(NamesOf(*schema, combined),
                       {.rows = options.combination_rows, .days = AreDates(*schema, combined), .seed = options.seed})});
}

ColumnScan::~ColumnScan() = default;
ColumnScan::ColumnScan(ColumnScan&&) noexcept = default;
ColumnScan& ColumnScan::operator=(ColumnScan&&) noexcept = default;

void ColumnScan::Add(const Batch& batch) {
  for (int64_t row = 0; row < batch.rows; ++row) state_->AddRow(batch, row);
}

std::vector<Anomaly> ColumnScan::Find() const {
  std::vector<Anomaly> found;
  const auto take = [&found](std::vector<Anomaly> more) { std::ranges::move(more, std::back_inserter(found)); };
  for (size_t index = 0; index < state_->columns.size(); ++index) {
    const Gathered& gathered = state_->columns[index];
    if (gathered.numbers) take(gathered.numbers->Find());
    if (gathered.dates) take(gathered.dates->Find());
    if (gathered.values) take(FindCategoryAnomalies(state_->schema->fields[index].name, *gathered.values));
    if (gathered.patterns) take(gathered.patterns->Find());
  }
  take(state_->order.Find());
  for (Anomaly& combination : state_->combinations.Find())
    if (!IsTold(found, combination)) found.push_back(std::move(combination));
  std::ranges::sort(found, [](const Anomaly& left, const Anomaly& right) {
    return std::tie(right.score, left.columns, left.examples[0].row, left.how) <
           std::tie(left.score, right.columns, right.examples[0].row, right.how);
  });
  return found;
}

}  // namespace migrateiq::anomaly
