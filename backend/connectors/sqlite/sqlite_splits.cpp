#include "connectors/sqlite/sqlite_splits.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/errors/run.hpp"
#include "connectors/sqlite/sqlite_names.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr std::string_view kAll = "all";
constexpr std::string_view kPrefix = "rowid ";
constexpr int kPoints = 64;            // at which the density of rowids is measured
constexpr int64_t kWindow = 100;       // rows looked at from each
constexpr int64_t kSizedRows = 500;    // rows measured for their size
constexpr int64_t kFewestRows = 1000;  // in a split, unless asked for fewer
constexpr double kUneven = 4;          // times the average

bool ParseEnd(std::string_view text, std::optional<int64_t>& end) {
  if (text.empty()) return true;
  int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  end = value;
  return error == std::errc() && stop == text.data() + text.size();
}

/// Distance over the whole range of int64.
uint64_t Span(int64_t begin, int64_t end) { return static_cast<uint64_t>(end) - static_cast<uint64_t>(begin); }

class Planner {
 public:
  Planner(const Database& database, const Table& table, const SplitOptions& options)
      : database_(database),
        options_(options),
        rowid_(QuoteName(RowidName(table))),
        from_(" FROM " + QuoteName(table.name.name)) {}

  Result<std::vector<Split>> Plan() {
    MIQ_TRY(Measure());
    if (empty_ || Span(smallest_, largest_) < static_cast<uint64_t>(rows_per_split_)) return Whole();
    MIQ_ASSIGN(const bool even, Sample());
    if (even)
      CutEvenly();
    else
      MIQ_TRY(CutByWalking());
    return Splits();
  }

 private:
  Status Measure();
  Result<int64_t> RowBytes();
  Result<bool> Sample();
  int64_t Point(int index) const;
  void CutEvenly();
  Status CutByWalking();
  std::vector<Split> Whole() const;
  std::vector<Split> Splits() const;

  const Database& database_;
  const SplitOptions& options_;
  std::string rowid_, from_;
  bool empty_ = false;
  int64_t smallest_ = 0, largest_ = 0;
  int64_t row_bytes_ = 1;
  int64_t rows_per_split_ = 1;
  std::array<double, kPoints> rows_{};  ///< estimated, between two points
  double total_rows_ = 0;
  std::vector<int64_t> cuts_;  ///< first rowid of each split but the first
};

Result<int64_t> Planner::RowBytes() {
  MIQ_ASSIGN(Statement statement, database_.Prepare("SELECT *" + from_ + " LIMIT " + std::to_string(kSizedRows)));
  int64_t rows = 0;
  int64_t bytes = 0;
  for (;; ++rows) {
    MIQ_ASSIGN(const bool found, statement.Step());
    if (!found) break;
    for (int c = 0; c < sqlite3_column_count(statement.get()); ++c) {
      const int type = sqlite3_column_type(statement.get(), c);
      bytes += type == SQLITE_TEXT || type == SQLITE_BLOB ? 4 + sqlite3_column_bytes(statement.get(), c) : 8;
    }
  }
  return rows == 0 ? 1 : std::max<int64_t>(bytes / rows, 1);
}

Status Planner::Measure() {
  MIQ_ASSIGN(Statement ends, database_.Prepare("SELECT (SELECT min(" + rowid_ + ")" + from_ + "), (SELECT max(" +
                                               rowid_ + ")" + from_ + ")"));
  MIQ_TRY(ends.Step());
  empty_ = ends.IsNull(0);
  smallest_ = ends.Int(0);
  largest_ = ends.Int(1);
  MIQ_ASSIGN(row_bytes_, RowBytes());
  rows_per_split_ =
      options_.target_rows > 0 ? options_.target_rows : std::max(options_.target_bytes / row_bytes_, kFewestRows);
  return {};
}

int64_t Planner::Point(int index) const {
  const uint64_t step = Span(smallest_, largest_) / kPoints;
  return static_cast<int64_t>(static_cast<uint64_t>(smallest_) + step * static_cast<uint64_t>(index));
}

/// Estimates the rows between the points; false when they are too unevenly spread for arithmetic.
Result<bool> Planner::Sample() {
  MIQ_ASSIGN(Statement window, database_.Prepare("SELECT " + rowid_ + from_ + " WHERE " + rowid_ + " >= ?1 AND " +
                                                 rowid_ + " <= ?2 ORDER BY 1 LIMIT " + std::to_string(kWindow)));
  double most = 0;
  for (int i = 0; i < kPoints; ++i) {
    const int64_t begin = Point(i);
    const int64_t last = i + 1 == kPoints ? largest_ : Point(i + 1) - 1;
    window.Reset();
    window.Bind(1, begin);
    window.Bind(2, last);
    int64_t found = 0;
    int64_t reached = last;
    while (true) {
      MIQ_ASSIGN(const bool more, window.Step());
      if (!more) break;
      ++found;
      if (found == kWindow) reached = window.Int(0);
    }
    const double share = (static_cast<double>(Span(begin, last)) + 1) / (static_cast<double>(Span(begin, reached)) + 1);
    rows_[static_cast<size_t>(i)] = static_cast<double>(found) * share;
    most = std::max(most, rows_[static_cast<size_t>(i)]);
    total_rows_ += rows_[static_cast<size_t>(i)];
  }
  return most <= kUneven * total_rows_ / kPoints;
}

void Planner::CutEvenly() {
  const double target = static_cast<double>(rows_per_split_);
  double before = 0;
  double next = target;
  for (int i = 0; i < kPoints; ++i) {
    const double here = rows_[static_cast<size_t>(i)];
    const int64_t begin = Point(i);
    const auto width = static_cast<double>(Span(begin, i + 1 == kPoints ? largest_ : Point(i + 1)));
    for (; next < before + here; next += target) {
      const auto offset = static_cast<uint64_t>(width * (next - before) / here);
      cuts_.push_back(static_cast<int64_t>(static_cast<uint64_t>(begin) + offset));
    }
    before += here;
  }
}

Status Planner::CutByWalking() {
  MIQ_ASSIGN(Statement walk, database_.Prepare("SELECT " + rowid_ + from_ + " ORDER BY 1"));
  int64_t rows = 0;
  for (;; ++rows) {
    MIQ_ASSIGN(const bool more, walk.Step());
    if (!more) break;
    if (rows > 0 && rows % rows_per_split_ == 0) cuts_.push_back(walk.Int(0));
  }
  total_rows_ = static_cast<double>(rows);
  return {};
}

std::vector<Split> Planner::Whole() const {
  const auto rows = empty_ ? 0 : static_cast<int64_t>(Span(smallest_, largest_)) + 1;
  return {{RowidRange{}.ToString(), rows, rows * row_bytes_}};
}

std::vector<Split> Planner::Splits() const {
  const auto rows = static_cast<int64_t>(total_rows_) / static_cast<int64_t>(cuts_.size() + 1);
  std::vector<Split> splits;
  RowidRange range;
  for (const int64_t cut : cuts_) {
    if (range.begin && cut <= *range.begin) continue;
    range.end = cut;
    splits.push_back({range.ToString(), rows, rows * row_bytes_});
    range = {.begin = cut};
  }
  splits.push_back({range.ToString(), rows, rows * row_bytes_});
  return splits;
}

}  // namespace

std::string RowidRange::ToString() const {
  if (!begin && !end) return std::string(kAll);
  return std::string(kPrefix) + (begin ? std::to_string(*begin) : "") + ".." + (end ? std::to_string(*end) : "");
}

Result<RowidRange> RowidRange::Parse(std::string_view bounds) {
  RowidRange range;
  if (bounds == kAll) return range;
  const size_t dots = bounds.find("..");
  const bool shaped = bounds.starts_with(kPrefix) && dots != std::string_view::npos;
  if (shaped && ParseEnd(bounds.substr(kPrefix.size(), dots - kPrefix.size()), range.begin) &&
      ParseEnd(bounds.substr(dots + 2), range.end)) {
    return range;
  }
  return Fail(codes::kInternal, "'" + std::string(bounds) + "' is no range of rowids");
}

std::string RowidName(const Table& table) {
  if (table.without_rowid) return "";
  for (const char* name : {"rowid", "_rowid_", "oid"}) {
    const bool taken =
        std::ranges::any_of(table.columns, [&](const auto& column) { return SameName(column.name, name); });
    if (!taken) return name;
  }
  return "";
}

Result<std::vector<Split>> PlanRowidSplits(const Database& database, const Table& table, const SplitOptions& options) {
  if (RowidName(table).empty())
    return std::vector<Split>{{RowidRange{}.ToString(), table.row_estimate, table.byte_estimate}};
  return Planner(database, table, options).Plan();
}

}  // namespace migrateiq::sqlite
