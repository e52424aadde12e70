#include <algorithm>
#include <cmath>

#include "base/errors/data.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/suite/detail/probes.hpp"

namespace migrateiq::detail {

namespace {

constexpr size_t kMostNumbers = size_t{16} << 20;  ///< 128 MB
constexpr size_t kMostValues = size_t{1} << 20;

std::optional<double> NumberOf(const Column& column, int64_t row) {
  if (column.IsNull(row)) return std::nullopt;
  double number = 0;
  if (column.type().kind == TypeKind::kDouble) {
    number = column.Get<double>(row);
  } else {
    std::string text;
    text::AppendValue(text, column, row);
    number = text::ParseDouble(text).value_or(std::nan(""));
  }
  return std::isnan(number) ? std::nullopt : std::optional(number);
}

std::string CategoryOf(const Column& column, int64_t row) {
  std::string text;
  text::AppendValue(text, column, row);
  if (column.type().kind == TypeKind::kChar) text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

std::string NumberText(double number) {
  std::string text;
  text::AppendDouble(text, number);
  return text;
}

/// The columns whose values SQL puts into bins as we do.
bool InSql(const AskedColumn& column, bool number) {
  const ValueClass value_class = column.Class();
  if (number)
    return value_class == ValueClass::kInteger || value_class == ValueClass::kDecimal ||
           value_class == ValueClass::kDouble;
  return value_class == ValueClass::kText && column.Key().has_value();
}

}  // namespace

bool IsNumber(const CatalogColumn& column) {
  const TypeKind kind = column.type.kind;
  return IsInteger(kind) || kind == TypeKind::kDecimal || kind == TypeKind::kDouble || kind == TypeKind::kFloat;
}

// --- where to cut ----------------------------------------------------------------------------------------------------

BinsProbe::BinsProbe(AskedTable asked, const CatalogColumn& column, int count)
    : Probe(std::move(asked)), column_(column), bins_(count) {
  columns = {&column};
}

std::optional<Question> BinsProbe::Ask() const {
  const AskedColumn asked = table.Column(column_);
  if (!InSql(asked, IsNumber(column_))) return std::nullopt;
  const std::string there = asked.Quoted() + " IS NOT NULL";
  if (IsNumber(column_)) {
    const std::string values = "SELECT " + asked.Value() + " AS v" + table.From(there);
    return Question{
        .aggregates = {},
        .queries = {"SELECT MAX(v) FROM (SELECT v, NTILE(" + std::to_string(bins_) + ") OVER (ORDER BY v) AS b FROM (" +
                    values + ") AS r WHERE v IS NOT NULL) AS q GROUP BY b ORDER BY b"}};
  }
  const std::string values = "SELECT " + *asked.Key() + " AS v" + table.From(there);
  return Question{
      .aggregates = {},
      .queries = {"SELECT v, COUNT(*) AS n FROM (" + values +
                  ") AS q WHERE v IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT " + std::to_string(bins_)}};
}

Status BinsProbe::Take(const Answer& answer) {
  for (const auto& row : answer.queries.at(0)) {
    if (!IsNumber(column_)) {
      bins.values.push_back(row.at(0).value_or(""));
      continue;
    }
    const double edge = text::ParseDouble(row.at(0).value_or("")).value_or(0);
    if (bins.edges.empty() || NumberText(edge) != bins.edges.back()) bins.edges.push_back(NumberText(edge));
  }
  if (bins.edges.size() > 1) bins.edges.pop_back();
  return {};
}

Status BinsProbe::Gather(const Batch& batch) {
  const Column& values = ColumnOf(batch, column_);
  for (int64_t row = 0; row < batch.rows; ++row) {
    if (values.IsNull(row)) continue;
    if (!IsNumber(column_)) {
      ++counts_[CategoryOf(values, row)];
    } else if (const std::optional<double> number = NumberOf(values, row)) {
      numbers_.push_back(*number);
    }
  }
  if (numbers_.size() > kMostNumbers || counts_.size() > kMostValues)
    return Fail(Error(codes::kCheckUnfit, "too many different values to find their distribution")
                    .Fix("Give the check a `baseline`, or a `where` that chooses fewer rows."));
  return {};
}

/// As NTILE does: the first tiles have one more when they cannot all have as many.
Status BinsProbe::Finish() {
  std::ranges::sort(numbers_);
  const size_t tiles = std::min(static_cast<size_t>(bins_), numbers_.size());
  size_t at = 0;
  for (size_t tile = 0; tile + 1 < tiles; ++tile) {
    at += numbers_.size() / static_cast<size_t>(bins_) + (tile < numbers_.size() % static_cast<size_t>(bins_) ? 1 : 0);
    const std::string edge = NumberText(numbers_[at - 1]);
    if (bins.edges.empty() || bins.edges.back() != edge) bins.edges.push_back(edge);
  }
  if (!numbers_.empty() && bins.edges.empty()) bins.edges.push_back(NumberText(numbers_.back()));
  if (bins.edges.size() > 1 && bins.edges.back() == NumberText(numbers_.back())) bins.edges.pop_back();
  std::vector<std::pair<std::string, int64_t>> commonest(counts_.begin(), counts_.end());
  std::ranges::sort(commonest, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  for (size_t i = 0; i < std::min(commonest.size(), static_cast<size_t>(bins_)); ++i)
    bins.values.push_back(commonest[i].first);
  return {};
}

// --- how many in each ------------------------------------------------------------------------------------------------

std::optional<Question> SharesProbe::Ask() const {
  const AskedColumn asked = table.Column(column_);
  const bool number = !bins.edges.empty();
  if (!InSql(asked, number)) return std::nullopt;
  const std::string value = number ? asked.Value() : *asked.Key();
  Question question;
  question.aggregates.push_back("COUNT(" + value + ")");
  for (const std::string& bin : number ? bins.edges : bins.values) {
    const auto literal = number ? NumberLiteral(bin, asked.Class()) : std::optional(table.dialect().QuoteLiteral(bin));
    if (!literal) return std::nullopt;
    question.aggregates.push_back("SUM(CASE WHEN " + value + (number ? " <= " : " = ") + *literal +
                                  " THEN 1 ELSE 0 END)");
  }
  return question;
}

/// Counts up to an edge become counts between two of them.
Status SharesProbe::Take(const Answer& answer) {
  const int64_t all = CountOf(answer.aggregates.at(0));
  int64_t before = 0;
  for (size_t i = 1; i < answer.aggregates.size(); ++i) {
    const int64_t count = CountOf(answer.aggregates[i]);
    counts.push_back(bins.edges.empty() ? count : count - before);
    before = bins.edges.empty() ? before + count : count;
  }
  counts.push_back(all - before);
  return {};
}

Status SharesProbe::Gather(const Batch& batch) {
  const Column& values = ColumnOf(batch, column_);
  counts.resize(std::max(bins.edges.size(), bins.values.size()) + 1);
  if (edges_.empty()) {
    for (const std::string& edge : bins.edges) edges_.push_back(text::ParseDouble(edge).value_or(0));
  }
  for (int64_t row = 0; row < batch.rows; ++row) {
    if (values.IsNull(row)) continue;
    if (bins.edges.empty()) {
      const auto found = std::ranges::find(bins.values, CategoryOf(values, row));
      ++counts[static_cast<size_t>(found - bins.values.begin())];
    } else if (const std::optional<double> number = NumberOf(values, row)) {
      ++counts[static_cast<size_t>(std::ranges::lower_bound(edges_, *number) - edges_.begin())];
    }
  }
  return {};
}

Status SharesProbe::Finish() {
  counts.resize(std::max(bins.edges.size(), bins.values.size()) + 1);
  return {};
}

}  // namespace migrateiq::detail
