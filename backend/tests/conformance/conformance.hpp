#pragma once

#include <gtest/gtest.h>

#include <expected>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace migrateiq::conformance {

/// What a connector says about itself to inherit the suite.
struct ConformanceQuirks {
  std::string connector;  ///< names the instances
  /// URL of a fresh, empty target; the error says why there is none here (then everything is skipped with that reason).
  std::function<std::expected<std::string, std::string>()> make_url;
  /// Takes away what make_url made. May be empty.
  std::function<void(const std::string& url)> remove;
  std::string id_native = "bigint";                        ///< declared type of the 64-bit key column
  std::string text_native = "text";                        ///< declared type of an unbounded text column
  std::vector<std::string> natives;                        ///< declared types to carry edge values through
  std::map<std::string, std::vector<std::string>> values;  ///< instead of the type's edge values, by declared type
  std::set<std::string> not_kept;                          ///< edge values, as text, that this system has no value for
  bool has_tables = true;                                  ///< DDL, keys, swaps: false for files
};

std::ostream& operator<<(std::ostream& out, const ConformanceQuirks& quirks);

/// Inherit with `INSTANTIATE_TEST_SUITE_P(Sqlite, Conformance, testing::Values(Quirks()));`
class Conformance : public testing::TestWithParam<ConformanceQuirks> {};

}  // namespace migrateiq::conformance
