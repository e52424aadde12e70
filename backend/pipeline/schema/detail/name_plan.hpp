#pragma once

#include <map>
#include <set>
#include <string>

#include "pipeline/schema/convert.hpp"

namespace migrateiq::detail {

/// A source table's names in the target.
struct TableNames {
  TableName target;
  std::map<std::string, std::string> columns;  ///< source -> target, dropped ones left out
  std::set<std::string> dropped;
};

using NamePlan = std::map<TableName, TableNames>;

/// Names for all tables and columns; kSchemaCollision when two become the same in the target.
Result<NamePlan> PlanNames(const Catalog& source, const Dialect& from, const Dialect& to,
                           const ConvertOptions& options);

/// The schema and name an object of the source gets by the naming rules alone.
TableName RuleName(const TableName& source, const Dialect& from, const Dialect& to, const ConvertOptions& options);

/// Names that must be unique within a scope (a schema, a table): gives each a free one.
class NameScopes {
 public:
  explicit NameScopes(const Dialect& to) : to_(to) {}

  void Reserve(const std::string& scope, const std::string& name);
  /// `wanted`, else `table_wanted`, else that with a number.
  std::string Take(const std::string& scope, const std::string& wanted, const std::string& table);

 private:
  bool Try(const std::string& scope, const std::string& name);

  const Dialect& to_;
  std::map<std::string, std::set<std::string>> used_;
};

/// As the target compares identifiers.
std::string Folded(std::string_view name, const Dialect& to);

}  // namespace migrateiq::detail
