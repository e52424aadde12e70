#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/batch/type.hpp"
#include "pipeline/schema/detail/ast.hpp"
#include "pipeline/schema/expression.hpp"

namespace migrateiq::detail {

/// What decides whether two values may meet in an operator.
enum class Group : uint8_t { kUnknown, kBool, kInteger, kNumber, kText, kTemporal, kOther };

Group GroupOf(TypeKind kind);

/// A column of the table an expression belongs to.
struct ColumnFacts {
  std::string target;  ///< its name in the target
  Group from = Group::kUnknown;
  Group to = Group::kUnknown;
  bool enumerated = false;  ///< a MySQL ENUM or SET: compares with numbers by index
  bool floating = false;    ///< binary floating point: rounds by other rules than decimals
  bool date = false;        ///< a date without time on both sides
  bool zoned = false;       ///< a moment with zone on either side: its wall time depends on the session
  bool json = false;        ///< holds JSON in the target
};
using FactsByColumn = std::map<std::string, ColumnFacts>;

/// What surrounds the expression.
struct Adaptation {
  const ExpressionRules& from;
  const ExpressionRules& to;
  const FactsByColumn* columns = nullptr;                      ///< null: nothing is known; every name passes
  const std::map<std::string, std::string>* rename = nullptr;  ///< used when `columns` is null
};

/// The tree as it means the same in the target; nullopt when any part does not. `predicate`: a truth value is wanted
/// (CHECK, index predicate), and a target with real booleans gets one.
std::optional<Node> AdaptExpression(const Node& node, const Adaptation& adaptation, bool predicate);

/// The group of a value in the target.
Group TargetGroup(const Node& node, const Adaptation& adaptation);

/// The column a name refers to: as written, else without regard to case where the dialect allows it.
const FactsByColumn::value_type* FindColumn(const Node& column, const Adaptation& adaptation);

/// A literal without the casts around it ('5'::integer is the number 5); nullopt when it is not one.
std::optional<Node> FoldLiteral(const Node& node);

}  // namespace migrateiq::detail
