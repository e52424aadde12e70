#include "connectors/mysql/mysql_splits.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "connectors/mysql/key_range.hpp"

namespace migrateiq::mysql {

namespace {

/// Integer ranges are cut by arithmetic while at most this many numbers stand for one row; else the index is walked.
constexpr uint64_t kSparse = 4;
constexpr int64_t kGuessedRowBytes = 100;

struct Size {
  int64_t rows = 0;
  int64_t row_bytes = kGuessedRowBytes;
};

class Planner {
 public:
  Planner(Session& session, const std::string& database, const ReadRequest& request, const SplitOptions& options)
      : session_(session), database_(database), request_(request), options_(options) {}

  Result<std::vector<Split>> Plan() {
    if (request_.table == nullptr) return Whole();
    key_ = ChooseKey(*request_.table);
    if (key_.empty()) return Whole();
    MIQ_TRY(FillCollations());
    MIQ_ASSIGN(size_, Measure());
    rows_each_ = options_.target_rows > 0 ? options_.target_rows : options_.target_bytes / size_.row_bytes;
    rows_each_ = std::max<int64_t>(rows_each_, 1);
    MIQ_ASSIGN(const bool done, CutIntegers());
    if (!done) MIQ_TRY(Walk());
    return Finish();
  }

 private:
  static std::vector<Split> Whole() { return {Split{}}; }

  std::string SchemaLiteral() const {
    const std::string& schema = request_.table->name.schema;
    return QuoteText(schema.empty() ? database_ : schema);
  }

  /// The planned table may come from another system, so the server is asked how it compares.
  Status FillCollations() {
    const bool text = std::ranges::any_of(key_, [](const KeyColumn& c) { return c.form == KeyForm::kText; });
    if (!text) return {};
    MIQ_ASSIGN(const QueryRows rows,
               session_.Query("SELECT column_name, character_set_name, collation_name FROM information_schema.columns "
                              "WHERE table_schema = " +
                              SchemaLiteral() + " AND table_name = " + QuoteText(request_.table->name.name)));
    for (KeyColumn& column : key_) {
      for (const auto& row : rows) {
        if (row[0] != column.name) continue;
        column.charset = row[1].value_or("");
        column.collation = row[2].value_or("");
      }
    }
    return {};
  }

  /// As the server estimates now: a table just loaded has none in its plan.
  Result<Size> Measure() {
    MIQ_ASSIGN(const QueryRows rows,
               session_.Query("SELECT table_rows, data_length FROM information_schema.tables WHERE table_schema = " +
                              SchemaLiteral() + " AND table_name = " + QuoteText(request_.table->name.name)));
    Size size;
    if (rows.empty()) return size;
    const auto number = [](const std::optional<std::string>& text) {
      int64_t value = 0;
      if (text) std::from_chars(text->data(), text->data() + text->size(), value);
      return value;
    };
    size.rows = number(rows[0][0]);
    const int64_t bytes = number(rows[0][1]);
    if (size.rows > 100) size.row_bytes = std::clamp<int64_t>(bytes / size.rows, 1, options_.target_bytes);
    return size;
  }

  static bool ParseBits(const std::string& text, uint64_t& bits) {
    const char* end = text.data() + text.size();
    if (text.starts_with('-')) {
      int64_t value = 0;
      const bool good = std::from_chars(text.data(), end, value).ec == std::errc{};
      bits = static_cast<uint64_t>(value);
      return good;
    }
    return std::from_chars(text.data(), end, bits).ec == std::errc{};
  }

  /// One integer column whose numbers are dense: no range of n numbers has more than n rows. False: not so.
  Result<bool> CutIntegers() {
    if (key_.size() != 1 || !key_[0].integer) return false;
    const std::string name = QuoteName(key_[0].name);
    MIQ_ASSIGN(const QueryRows rows,
               session_.Query("SELECT MIN(" + name + "), MAX(" + name + ") FROM " + FromClause(request_)));
    uint64_t low = 0, high = 0;
    if (rows.empty() || !rows[0][0]) return true;
    if (!ParseBits(*rows[0][0], low) || !ParseBits(*rows[0][1], high)) return false;
    const uint64_t span = high - low, step = static_cast<uint64_t>(rows_each_);
    if (span / kSparse > static_cast<uint64_t>(std::max<int64_t>(size_.rows, 0)) && span >= step) return false;
    const bool is_signed = rows[0][0]->starts_with('-');
    for (uint64_t left = span; left >= step; left -= step) {
      low += step;
      borders_.push_back({is_signed ? std::to_string(static_cast<int64_t>(low)) : std::to_string(low)});
    }
    return true;
  }

  /// Every n-th key of the index, from the last one found on.
  Status Walk() {
    const std::string head = "SELECT " + KeySelect(key_) + " FROM " + FromClause(request_);
    const std::string tail = " ORDER BY " + KeyOrder(key_) + " LIMIT 1 OFFSET " + std::to_string(rows_each_);
    std::string where;
    for (;;) {
      MIQ_ASSIGN(const QueryRows rows, session_.Query(head + where + tail));
      if (rows.empty()) return {};
      KeyValue border;
      for (const auto& value : rows[0]) border.push_back(value.value_or(""));
      where = " WHERE " + KeyAtLeast(key_, border);
      borders_.push_back(std::move(border));
    }
  }

  std::vector<Split> Finish() const {
    std::vector<Split> splits;
    std::optional<KeyValue> from;
    for (size_t i = 0; i <= borders_.size(); ++i) {
      const std::optional<KeyValue> to = i < borders_.size() ? std::optional(borders_[i]) : std::nullopt;
      splits.push_back({KeyRange(key_, from, to), rows_each_, rows_each_ * size_.row_bytes});
      from = to;
    }
    if (splits.size() == 1) splits[0] = {"", size_.rows, size_.rows * size_.row_bytes};
    return splits;
  }

  Session& session_;
  const std::string& database_;
  const ReadRequest& request_;
  const SplitOptions& options_;
  std::vector<KeyColumn> key_;
  std::vector<KeyValue> borders_;
  Size size_;
  int64_t rows_each_ = 1;
};

}  // namespace

std::string FromClause(const ReadRequest& request) {
  if (request.table != nullptr) return QuoteName(request.table->name);
  return "(" + request.sql + "\n) AS miq_query";
}

std::string WhereClause(const ReadRequest& request, const std::string& bounds) {
  std::string sql;
  for (const std::string& condition : {request.where, bounds}) {
    if (!condition.empty()) sql += (sql.empty() ? " WHERE (" : " AND (") + condition + ")";
  }
  return sql;
}

Result<std::vector<Split>> PlanKeySplits(Session& session, const std::string& database, const ReadRequest& request,
                                         const SplitOptions& options) {
  return Planner(session, database, request, options).Plan();
}

}  // namespace migrateiq::mysql
