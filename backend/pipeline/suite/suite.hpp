#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/plan/plan.hpp"

/// A suite of checks, as values. `suite_file.hpp` reads and writes it.
namespace migrateiq {

enum class SuiteSide : uint8_t { kSource, kTarget };
/// Which systems a suite is about; a flow has both sides.
enum class SuiteAttach : uint8_t { kSource, kTarget, kFlow };
enum class CheckSeverity : uint8_t { kInfo, kWarn, kError };
enum class CheckKind : uint8_t {
  kNotNull,
  kRange,
  kLength,
  kRegex,
  kIn,
  kExpr,
  kUnique,
  kCompleteness,
  kUniqueness,
  kRowCount,
  kFreshness,
  kDistribution,
  kReferences,
  kColumn,
  kSql
};
enum class Distance : uint8_t {
  kPsi,  ///< population stability index; 0.1 is a shift, 0.25 a large one
  kKs,   ///< greatest difference of the cumulated shares (numbers only), 0 .. 1
  kJs    ///< Jensen-Shannon distance, 0 .. 1
};

/// How many rows may break a check that still passes.
struct Tolerance {
  double amount = 0;
  bool share = false;  ///< `amount` is a share of the rows, 0 .. 1
  bool operator==(const Tolerance&) const = default;
};

/// What a check compares with: columns of another table, or of the same one on the other side.
struct Against {
  std::optional<SuiteSide> side;     ///< the check's own when not given
  std::string table;                 ///< empty: the check's own
  std::vector<std::string> columns;  ///< empty: the check's own
  std::string where;
  bool operator==(const Against&) const = default;
};

/// How values were distributed. Numbers: `edges` ascending, a value belongs to the first bin whose edge it does not
/// exceed, and to the last one beyond all. Others: `values`, and one more bin for all that is not listed.
struct Baseline {
  std::vector<std::string> edges, values;
  std::vector<double> shares;  ///< of the values that are not NULL; one more than edges or values
  bool operator==(const Baseline&) const = default;
};

struct SuiteCheck {
  CheckKind kind = CheckKind::kNotNull;
  std::string name;  ///< unique in its suite; derived from kind, table and columns when not given
  SuiteSide side = SuiteSide::kSource;
  std::string table;
  std::vector<std::string> columns;
  std::string where;  ///< only these rows: SQL of the system, DuckDB SQL over files
  CheckSeverity severity = CheckSeverity::kError;
  Tolerance tolerance;
  std::string owner, description;
  bool enabled = true;

  std::optional<std::string> min, max;  ///< range, length, row_count, distribution (max), rates (min), a scalar of sql
  std::string pattern;
  std::vector<std::string> values;
  std::string expr;
  std::optional<Against> against;
  int64_t max_age_seconds = 0;  ///< freshness
  Distance distance = Distance::kPsi;
  int bins = 10;
  std::optional<Baseline> baseline;
  std::string sql;
  bool scalar = false;  ///< sql yields one number, kept within min and max, instead of rows that break the check
  std::string type;     ///< column: as the system prints it, or as this program calls it
  std::optional<bool> nullable;

  std::string place;  ///< "suite.yaml:12:5", for messages
};

struct Suite {
  std::string name, description, owner;
  SuiteAttach attach = SuiteAttach::kSource;
  std::vector<SuiteCheck> checks;
};

/// Does it run SQL of its own: checks of kind sql, or conditions?
bool HasOwnSql(const Suite& suite);

}  // namespace migrateiq
