#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/schema/catalog.hpp"
#include "pipeline/schema/dialect.hpp"

namespace migrateiq {

enum class NameCase : uint8_t { kKeep, kSnake, kLower };

/// One line of the report's `objects`.
struct ObjectReport {
  std::string kind;  ///< "index", "view", "column" ...
  std::string name;
  std::string status;  ///< created | skipped | failed | manual
  std::string why;
  std::string source;  ///< source text of what is manual
};

/// A plan's `types:` entry. Patterns are shell globs, matched case-insensitively; empty = any.
struct TypeOverride {
  std::string source_type, table, column;
  std::string to;  ///< a type of the target
};

struct ConvertOptions {
  NameCase name_case = NameCase::kKeep;
  std::string
      target_schema;  ///< all tables go there; empty = the source's schemas are kept where the target has schemas
  std::vector<TypeOverride> types;
  std::map<TableName, TableName> table_names;  ///< source -> target, from the plan's mappings; beats naming
  /// Source table -> source column -> target column, from the plan. Indexes, keys, checks, generated expressions and
  /// foreign keys follow. Beats naming.
  std::map<TableName, std::map<std::string, std::string>> column_names;
  /// Source columns that are not carried over. What needs one of them (index, key, check ...) is reported as `skipped`.
  std::map<TableName, std::set<std::string>> dropped_columns;
  bool zero_date_null = true;  ///< dates that become NULL make NOT NULL date columns nullable (MySQL sources)
};

/// A column on its way: `source` empty when it is computed.
struct ConvertedColumn {
  std::string source;
  std::string target;
};

struct ConvertedTable {
  TableName source;
  Table target;                          ///< in the target's dialect, ready for its DDL
  std::vector<ConvertedColumn> columns;  ///< in target order, generated columns left out
  std::vector<DdlStep> before;           ///< types its columns need (TypeChoice.before): run ahead of CreateSteps
  std::vector<ObjectReport> objects;     ///< what is manual or was changed on the way
};

struct ConvertedCatalog {
  std::vector<ConvertedTable> tables;  ///< in load order (parents first where the graph has no cycle)
  std::vector<Sequence> sequences;
  std::vector<ObjectReport> objects;  ///< views, triggers, ... : manual
};

/// Converts the catalog (already reduced to the chosen tables) from one dialect to another. Foreign keys to tables that
/// are not in the catalog become manual. Errors: kSchemaCollision, kSchemaType.
Result<ConvertedCatalog> ConvertCatalog(const Catalog& source, const Dialect& from, const Dialect& to,
                                        const ConvertOptions& options);

/// A name as the target will have it: case rule, then shortened with a hash suffix when over `max_bytes` (0 = no
/// limit).
std::string ConvertName(std::string_view name, NameCase name_case, int max_bytes);
/// The same, as long as the system's names may be.
std::string ConvertName(std::string_view name, NameCase name_case, const Dialect& to);

/// Shell glob: `*` and `?`; case-insensitive.
bool MatchesGlob(std::string_view pattern, std::string_view text);

}  // namespace migrateiq
