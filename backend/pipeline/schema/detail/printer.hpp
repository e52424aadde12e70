#pragma once

#include <optional>
#include <string>

#include "pipeline/schema/detail/ast.hpp"
#include "pipeline/schema/expression.hpp"

namespace migrateiq::detail {

/// The tree in a dialect's spelling, operands in parentheses wherever they are not atoms; nullopt when the dialect has
/// no spelling for a function or cast. Says nothing about whether the meaning is the same: see adapt.hpp.
std::optional<std::string> PrintExpression(const Node& node, const ExpressionRules& rules);

/// A string literal of the dialect.
std::string PrintString(std::string_view value, const ExpressionRules& rules);

/// An identifier of the dialect, quoted.
std::string PrintIdentifier(std::string_view name, const ExpressionRules& rules);

}  // namespace migrateiq::detail
