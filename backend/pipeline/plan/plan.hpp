#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "pipeline/mask/kinds.hpp"
#include "pipeline/schema/convert.hpp"

/// The plan file of contract section 3, as values. `plan_file.hpp` reads and writes it.
namespace migrateiq {

enum class LoadMode : uint8_t { kDefault, kCreate, kAppend, kTruncate, kUpsert };  ///< kDefault: follow run.schema
enum class SchemaMode : uint8_t { kCreate, kReuse, kReplace };
enum class VerifyLevel : uint8_t { kNone, kCounts, kChecksum, kDiff };
enum class Severity : uint8_t { kWarn, kReject, kFail };
enum class RuleKind : uint8_t { kNotNull, kRange, kLength, kRegex, kIn, kExpr };
enum class ZeroDate : uint8_t { kNull, kError, kEpoch };
enum class NulByte : uint8_t { kStrip, kReject, kError };
enum class OrphanRow : uint8_t { kReport, kQuarantine, kError };
enum class RowError : uint8_t { kQuarantine, kFail };
enum class Rest : uint8_t { kMap, kDrop, kFail };

/// A check on the rows on their way, after transformation. Columns are target names.
struct Rule {
  RuleKind kind = RuleKind::kNotNull;
  std::string name;  ///< for reports; derived from kind and column when not given
  std::string column;
  Severity severity = Severity::kReject;
  std::optional<std::string> min, max;  ///< range: values as text; length: characters
  std::string pattern;                  ///< regex (RE2), matched anywhere
  std::vector<std::string> values;      ///< in
  std::string expr;                     ///< DuckDB SQL over the target row; true or NULL passes
};

/// What replaces the values of a column on their way.
struct MaskUse {
  MaskKind kind = MaskKind::kToken;
  std::string key;    ///< a key's name; empty for kinds without one
  std::string place;  ///< "plan.yaml:12:40", for messages
};

struct ColumnMapping {
  std::string target;
  std::string source;       ///< exactly one of source and expr
  std::string expr;         ///< DuckDB SQL over the source row
  std::string type;         ///< target type; empty = chosen
  std::string assume_zone;  ///< IANA name: the source's wall time is of this zone
  std::optional<MaskUse> mask;
  std::string remark;  ///< written as a comment; no part of what the plan does
};

struct TableMapping {
  std::string source;  ///< table, possibly schema-qualified; empty when `sql`
  std::string sql;
  std::string target;  ///< empty = named by the naming rule
  LoadMode mode = LoadMode::kDefault;
  std::vector<std::string> key;
  std::string where;
  std::vector<ColumnMapping> columns;
  Rest rest = Rest::kMap;
  std::vector<Rule> rules;
  std::string place;                   ///< "plan.yaml:12:5", for messages
  std::vector<std::string> remarks;    ///< written as comments above the mapping; no part of what the plan does
  std::vector<std::string> questions;  ///< written as comments below the columns: what a person has to decide
};

struct Endpoint {
  std::string url;         ///< as written, references unresolved
  std::string connection;  ///< instead of a URL: the name of a connection that a server has stored
  std::string schema;      ///< target only
  std::string place;       ///< "plan.yaml:4:9", for messages
};

struct Throttle {
  int64_t rows_per_second = 0;
  int64_t bytes_per_second = 0;
  double pause_when_source_load_above = 0;
};

struct OnPolicy {
  ZeroDate zero_date = ZeroDate::kNull;
  NulByte nul_byte = NulByte::kStrip;
  OrphanRow orphan_row = OrphanRow::kReport;
  RowError row_error = RowError::kQuarantine;
  int64_t max_row_errors = 1000;
};

struct RunOptions {
  int workers = 0;
  int64_t chunk_rows = 0;  ///< 0 = auto
  SchemaMode schema = SchemaMode::kCreate;
  VerifyLevel verify = VerifyLevel::kChecksum;
  bool undo_journal = true;
  std::string ledger_schema;
  bool create_database = false;
  int parts = 0;
  Throttle throttle;
};

struct Plan {
  int version = 1;
  std::string name;
  Endpoint source, target;
  std::vector<std::string> include{"*"}, exclude;
  NameCase name_case = NameCase::kKeep;
  std::vector<TableMapping> mappings;
  std::vector<std::string> remarks;  ///< written as comments above the mappings; no part of what the plan does
  std::vector<TypeOverride> types;
  OnPolicy on;
  RunOptions run;
  /// Bytes of keys by name, put there by whoever resolves what the plan names (a server); never written anywhere.
  std::map<std::string, std::string> mask_keys;
};

/// The names of the keys that the plan's masks need, each once.
std::set<std::string> MaskKeyNames(const Plan& plan);

}  // namespace migrateiq
