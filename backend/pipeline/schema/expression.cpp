#include "pipeline/schema/expression.hpp"

#include "pipeline/schema/detail/adapt.hpp"
#include "pipeline/schema/detail/parser.hpp"
#include "pipeline/schema/detail/printer.hpp"
#include "pipeline/schema/detail/rename.hpp"

namespace migrateiq {

std::optional<std::string> TranslateExpression(std::string_view expression, const ExpressionRules& from,
                                               const ExpressionRules& to,
                                               const std::map<std::string, std::string>* rename_column) {
  if (&from == &to || from == to) return detail::RenameColumns(expression, from, rename_column);
  const auto parsed = detail::ParseExpression(expression, from);
  if (!parsed) return std::nullopt;
  const detail::Adaptation adaptation{.from = from, .to = to, .rename = rename_column};
  const auto adapted = detail::AdaptExpression(*parsed, adaptation, false);
  return adapted ? detail::PrintExpression(*adapted, to) : std::nullopt;
}

std::optional<std::string> LiteralValue(std::string_view expression, const ExpressionRules& rules) {
  const auto parsed = detail::ParseExpression(expression, rules);
  if (!parsed) return std::nullopt;
  const auto literal = detail::FoldLiteral(*parsed);
  if (!literal || literal->kind == detail::NodeKind::kNull || literal->kind == detail::NodeKind::kBytes) {
    return std::nullopt;
  }
  return literal->text;
}

}  // namespace migrateiq
