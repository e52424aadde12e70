#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/suite/check_suite.hpp"
#include "pipeline/suite/result_json.hpp"
#include "pipeline/suite/suite_file.hpp"

/// The same two tables in any system, with breaks planted in them, and what a suite must say about them.
namespace migrateiq::suite_test {

using Cells = std::vector<std::optional<std::string>>;

struct MadeTable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> columns;  ///< name and a type that all engines understand
  std::vector<Cells> rows;
};

inline constexpr const char* kNow = "2026-11-23T00:00:00Z";

inline Cells CustomerRow(int id) {
  Cells row = {std::to_string(id),
               fmt::format("user{}@example.com", id),
               std::string(id % 3 == 0   ? "DE"
                           : id % 3 == 1 ? "AT"
                                         : "CH"),
               std::to_string(18 + id % 50),
               fmt::format("{}.{:02}", id * 3, id),
               fmt::format("{}.5", id),
               fmt::format("2024-03-{:02}", 1 + id % 28),
               fmt::format("2026-11-22 10:{:02}:00", id % 60),
               fmt::format("Näme {}", id)};
  switch (id) {
    case 7: row[1] = std::nullopt; break;
    case 8: row[1] = "not an address"; break;
    case 9: row[1] = "USER12@EXAMPLE.COM"; break;
    case 10: row[1] = row[8] = "user11@example.com"; break;
    case 12: row[2] = "XX"; break;
    case 13: row[2] = "de"; break;
    case 14: row[3] = "-1"; break;
    case 15: row[3] = "200"; break;
    case 16: row[3] = std::nullopt; break;
    case 17: row[4] = "99999.99"; break;
    case 18: row[6] = "1890-01-01"; break;
    case 19: row[8] = "x"; break;
    default: break;
  }
  return row;
}

inline MadeTable Customers(int rows = 60) {
  MadeTable table{"customer",
                  {{"id", "INTEGER"},
                   {"email", "VARCHAR(100)"},
                   {"country", "VARCHAR(8)"},
                   {"age", "INTEGER"},
                   {"balance", "DECIMAL(12,2)"},
                   {"score", "DOUBLE PRECISION"},
                   {"joined", "DATE"},
                   {"seen", "TIMESTAMP"},
                   {"name", "VARCHAR(100)"}},
                  {}};
  for (int id = 1; id <= rows; ++id) table.rows.push_back(CustomerRow(id));
  return table;
}

inline MadeTable Orders() {
  MadeTable table{"orders", {{"id", "INTEGER"}, {"customer_id", "INTEGER"}, {"country", "VARCHAR(8)"}}, {}};
  for (int id = 1; id <= 90; ++id) {
    const int customer = id == 5 ? 999 : id == 6 ? 998 : id % 60 + 1;
    table.rows.push_back({std::to_string(id), std::to_string(customer), id % 2 == 0 ? "DE" : "AT"});
  }
  table.rows[9][1] = std::nullopt;
  return table;
}

/// Makes a table in a database.
inline void Make(Target& target, const MadeTable& made) {
  const Dialect& dialect = target.dialect();
  std::string columns, rows;
  for (const auto& [name, type] : made.columns) {
    columns += (columns.empty() ? "" : ", ") + dialect.Quote(name) + " " + type;
    if (name == "id") columns += " PRIMARY KEY";
    if (type == "TIMESTAMP") columns += " NULL";
  }
  for (const Cells& cells : made.rows) {
    std::string row;
    for (const auto& cell : cells) row += (row.empty() ? "" : ", ") + (cell ? dialect.QuoteLiteral(*cell) : "NULL");
    rows += (rows.empty() ? "(" : ", (") + row + ")";
  }
  const Status done = target.Execute({"CREATE TABLE " + dialect.Quote(made.name) + " (" + columns + ")",
                                      "INSERT INTO " + dialect.Quote(made.name) + " VALUES " + rows});
  ASSERT_TRUE(done) << done.error().ToString();
}

/// The same as a CSV file of a folder.
inline void MakeFile(const std::filesystem::path& folder, const MadeTable& made) {
  std::ofstream file(folder / (made.name + ".csv"));
  for (size_t i = 0; i < made.columns.size(); ++i) file << (i == 0 ? "" : ",") << made.columns[i].first;
  file << "\n";
  for (const Cells& cells : made.rows) {
    for (size_t i = 0; i < cells.size(); ++i) file << (i == 0 ? "" : ",") << cells[i].value_or("");
    file << "\n";
  }
}

inline Url UrlOf(const std::string& text) {
  auto url = ParseUrl(text, Secrets::kRefuse);
  EXPECT_TRUE(url) << url.error().ToString();
  return url ? *url : Url{};
}

inline CheckOptions Options(bool push_down) {
  CheckOptions options;
  options.now = *ParseTime(kNow);
  options.push_down = push_down;
  return options;
}

inline SuiteResult CheckText(const std::string& text, const SuiteSystems& systems, const CheckOptions& options) {
  const auto suite = ParseSuite(text, "suite.yaml");
  EXPECT_TRUE(suite) << suite.error().ToString();
  if (!suite) return {};
  auto result = CheckSuite(*suite, systems, options);
  EXPECT_TRUE(result) << result.error().ToString();
  return result ? std::move(*result) : SuiteResult{};
}

inline SuiteResult CheckOne(const std::string& text, const Url& url, bool push_down = true) {
  return CheckText(text, {OpenerOf(url), OpenerOf(url)}, Options(push_down));
}

/// Every kind that looks at rows; a name ends in what must come of it: _ok, _fails, _error.
inline constexpr const char* kEveryKind = R"(version: 1
name: every kind
attach: source
checks:
  - {kind: not_null, table: customer, column: id, name: not_null_ok}
  - {kind: not_null, table: customer, column: email, name: not_null_fails}
  - {kind: not_null, table: customer, column: nowhere, name: not_null_error}
  - {kind: not_null, table: customer, column: email, tolerance: 1, name: not_null_tolerated_ok}
  - {kind: not_null, table: customer, column: email, tolerance: 1%, name: not_null_share_fails}
  - {kind: range, table: customer, column: age, min: -1, max: 200, name: range_ok}
  - {kind: range, table: customer, column: age, min: 0, max: 150, name: range_fails}
  - {kind: range, table: customer, column: age, min: young, name: range_error}
  - {kind: range, table: customer, column: balance, max: 1000, name: range_decimal_fails}
  - {kind: range, table: customer, column: score, min: 1.5, max: 60.5, name: range_double_ok}
  - {kind: range, table: customer, column: score, min: 2.5, name: range_double_fails}
  - {kind: range, table: customer, column: joined, min: 1900-01-01, name: range_date_fails}
  - {kind: range, table: customer, column: seen, min: "2026-11-22 10:00:00", max: "2026-11-22 10:59:00", name: range_moment_ok}
  - {kind: range, table: customer, column: country, min: A, max: Z, name: range_text_fails}
  - {kind: length, table: customer, column: name, min: 1, max: 100, name: length_ok}
  - {kind: length, table: customer, column: name, min: 6, max: 7, name: length_fails}
  - {kind: regex, table: customer, column: name, pattern: ".", name: regex_ok}
  - {kind: regex, table: customer, column: email, pattern: '^[a-z0-9]+@[a-z]+\.com$', name: regex_fails}
  - {kind: regex, table: customer, column: email, pattern: "(", name: regex_error}
  - {kind: in, table: customer, column: country, values: [DE, AT, CH, XX, de], name: in_ok}
  - {kind: in, table: customer, column: country, values: [DE, AT, CH], name: in_fails}
  - {kind: in, table: customer, column: age, values: [x], name: in_error}
  - {kind: expr, table: customer, expr: "age < 100 OR age = 200 OR age IS NULL", name: expr_ok}
  - {kind: expr, table: customer, expr: "age >= 0 AND length(country) = 2", name: expr_fails}
  - {kind: expr, table: customer, expr: "agee > 0", name: expr_error}
  - {kind: unique, table: customer, column: id, name: unique_ok}
  - {kind: unique, table: customer, column: email, name: unique_fails}
  - {kind: unique, table: customer, column: nowhere, name: unique_error}
  - {kind: unique, table: orders, column: [id, customer_id], name: unique_two_ok}
  - {kind: unique, table: orders, column: [customer_id, country], name: unique_two_fails}
  - {kind: completeness, table: customer, column: email, min: 98%, name: completeness_ok}
  - {kind: completeness, table: customer, column: email, min: 0.99, name: completeness_fails}
  - {kind: completeness, table: nowhere, column: email, min: 0.99, name: completeness_error}
  - {kind: uniqueness, table: customer, column: email, min: 0.9, name: uniqueness_ok}
  - {kind: uniqueness, table: customer, column: country, min: 0.9, name: uniqueness_fails}
  - {kind: uniqueness, table: customer, column: nowhere, min: 0.9, name: uniqueness_error}
  - {kind: row_count, table: customer, min: 60, max: 60, name: row_count_ok}
  - {kind: row_count, table: customer, min: 61, name: row_count_fails}
  - {kind: row_count, table: nowhere, min: 61, name: row_count_error}
  - {kind: row_count, table: customer, against: {table: orders}, tolerance: 40%, name: row_count_against_ok}
  - {kind: row_count, table: customer, against: {table: orders}, name: row_count_against_fails}
  - {kind: freshness, table: customer, column: seen, max_age: 14h, name: freshness_ok}
  - {kind: freshness, table: customer, column: seen, max_age: 13h, name: freshness_fails}
  - {kind: freshness, table: customer, column: joined, max_age: 52w, name: freshness_date_fails}
  - {kind: freshness, table: customer, column: age, max_age: 13h, name: freshness_error}
  - {kind: distribution, table: customer, column: country, max: 0.2, baseline: {values: [DE, AT, CH], shares: [0.33, 0.33, 0.3, 0.04]}, name: distribution_ok}
  - {kind: distribution, table: customer, column: country, max: 0.2, against: {table: orders}, name: distribution_fails}
  - {kind: distribution, table: customer, column: country, max: 0.2, distance: js, against: {table: orders}, name: distribution_js_fails}
  - {kind: distribution, table: customer, column: age, max: 0.5, distance: ks, baseline: {edges: [0, 30, 60], shares: [1, 16, 30, 10]}, name: distribution_ks_ok}
  - {kind: distribution, table: customer, column: age, max: 0.1, against: {column: id}, name: distribution_number_fails}
  - {kind: distribution, table: customer, column: seen, max: 0.2, against: {table: customer}, name: distribution_error}
  - {kind: references, table: orders, column: id, against: {table: orders, column: id}, name: references_ok}
  - {kind: references, table: orders, column: customer_id, against: {table: customer, column: id}, name: references_fails}
  - {kind: references, table: orders, column: country, against: {table: customer, column: country}, name: references_text_ok}
  - {kind: references, table: customer, column: country, against: {table: orders, column: country}, name: references_text_fails}
  - {kind: references, table: orders, column: customer_id, against: {table: nowhere, column: id}, name: references_error}
  - {kind: column, table: customer, column: email, name: column_ok}
  - {kind: column, table: customer, column: emial, name: column_fails}
  - {kind: column, table: customer, column: age, type: date, name: column_type_fails}
  - {kind: not_null, table: customer, column: email, where: "id < 7", name: where_ok}
  - {kind: unique, table: customer, column: country, where: "id < 4", name: where_unique_ok}
  - {kind: range, table: customer, column: age, min: 0, where: "id = 14", name: where_fails}
  - {kind: not_null, table: customer, column: email, where: "nowhere = 1", name: where_error}
  - {kind: not_null, table: customer, column: email, enabled: false, name: not_enabled}
)";

/// How many rows break it, of those where that is the point.
inline const std::map<std::string, int64_t> kBroken = {
    {"not_null_fails", 1},
    {"not_null_tolerated_ok", 1},
    {"not_null_share_fails", 1},
    {"range_fails", 2},
    {"range_decimal_fails", 1},
    {"range_double_fails", 1},
    {"range_date_fails", 1},
    {"range_text_fails", 1},
    {"length_fails", 2},
    {"regex_fails", 2},
    {"in_fails", 2},
    {"expr_fails", 1},
    {"unique_fails", 1},
    {"unique_two_fails", 27},
    {"completeness_ok", 1},
    {"row_count_against_ok", 30},
    {"row_count_against_fails", 30},
    {"references_fails", 2},
    {"where_fails", 1},
};

inline void ExpectAsNamed(const SuiteResult& result) {
  for (const CheckResult& check : result.checks) {
    const std::string told =
        fmt::format("{} ({}): {} {}", check.name, check.how, NameOfStatus(check.status), check.message);
    const CheckStatus expected = check.name.ends_with("_ok")      ? CheckStatus::kPassed
                                 : check.name.ends_with("_fails") ? CheckStatus::kFailed
                                 : check.name.ends_with("_error") ? CheckStatus::kError
                                                                  : CheckStatus::kSkipped;
    EXPECT_EQ(check.status, expected) << told;
    if (check.status == CheckStatus::kError) { EXPECT_FALSE(check.code.empty() || check.fix.empty()) << told; }
    const auto broken = kBroken.find(check.name);
    if (broken == kBroken.end()) continue;
    EXPECT_EQ(check.rows_broken, broken->second) << told;
    EXPECT_EQ(check.samples.empty(), check.kind == CheckKind::kRowCount) << told;
  }
}

inline void ExpectSame(const SuiteResult& one, const SuiteResult& other) {
  ASSERT_EQ(one.checks.size(), other.checks.size());
  for (size_t i = 0; i < one.checks.size(); ++i) {
    const CheckResult &a = one.checks[i], &b = other.checks[i];
    EXPECT_EQ(a.status, b.status) << a.name << ": " << a.message << " / " << b.message;
    EXPECT_EQ(a.rows_checked, b.rows_checked) << a.name;
    EXPECT_EQ(a.rows_broken, b.rows_broken) << a.name;
    EXPECT_EQ(a.measured.has_value(), b.measured.has_value()) << a.name;
    EXPECT_NEAR(a.measured.value_or(0), b.measured.value_or(0), 1e-9) << a.name;
    EXPECT_EQ(a.message, b.message) << a.name;
  }
}

/// In SQL where that is possible, over batches, and as planted.
inline void ExpectEveryKindBothWays(const Url& url, int in_sql) {
  const SuiteResult pushed = CheckOne(kEveryKind, url, true), read = CheckOne(kEveryKind, url, false);
  ExpectAsNamed(pushed);
  ExpectAsNamed(read);
  ExpectSame(pushed, read);
  int count = 0;
  for (const CheckResult& check : pushed.checks) count += check.how == "sql" ? 1 : 0;
  EXPECT_GE(count, in_sql);
  for (const CheckResult& check : read.checks) EXPECT_NE(check.how, "sql") << check.name;
}

}  // namespace migrateiq::suite_test
