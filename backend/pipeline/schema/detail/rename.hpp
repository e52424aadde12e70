#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/schema/expression.hpp"

namespace migrateiq::detail {

/// The same text with columns renamed, for an expression that stays in its dialect. Without anything to rename the text
/// passes untouched, understood or not; with renames it must at least be cut into tokens, else nullopt.
std::optional<std::string> RenameColumns(std::string_view expression, const ExpressionRules& rules,
                                         const std::map<std::string, std::string>* rename);

}  // namespace migrateiq::detail
