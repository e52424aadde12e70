#include <algorithm>

#include "pipeline/schema/detail/conversion.hpp"
#include "pipeline/schema/detail/parser.hpp"
#include "pipeline/schema/detail/printer.hpp"
#include "pipeline/schema/detail/rename.hpp"

namespace migrateiq::detail {
namespace {

void CollectColumns(const Node& node, std::vector<const Node*>& columns) {
  if (node.kind == NodeKind::kColumn) columns.push_back(&node);
  for (const Node& child : node.children) CollectColumns(child, columns);
}

bool DependsOnMoment(const Node& node) {
  static const std::set<std::string, std::less<>> kCalls = {"now",  "utc_now", "current_date", "current_time",
                                                            "uuid", "random",  "unix_now"};
  if (node.kind == NodeKind::kCall && kCalls.contains(node.text)) return true;
  return std::ranges::any_of(node.children, DependsOnMoment);
}

bool HasText(const Node& node) { return node.kind == NodeKind::kString || std::ranges::any_of(node.children, HasText); }

bool IgnoresCase(const TableConversion& table, const Node& node, const Adaptation& adaptation) {
  if (!HasText(node)) return false;
  std::vector<const Node*> columns;
  CollectColumns(node, columns);
  return std::ranges::any_of(columns, [&](const Node* column) {
    const auto* facts = FindColumn(*column, adaptation);
    const CatalogColumn* found = facts == nullptr ? nullptr : table.source.Find(facts->first);
    return found != nullptr && found->case_insensitive && found->type.kind != TypeKind::kEnum;
  });
}

}  // namespace

std::string FindNamed(const std::string& text, const ExpressionRules& rules, const std::set<std::string>& columns) {
  if (columns.empty()) return {};
  const auto tokens = Tokenize(text, rules);
  if (!tokens) return {};
  for (const Token& token : *tokens) {
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kIdentifier) continue;
    const auto found =
        std::ranges::find_if(columns, [&](const std::string& name) { return Lower(name) == Lower(token.text); });
    if (found != columns.end()) return *found;
  }
  return {};
}

std::string NeedsIdentity(const TableConversion& table, const std::string& expression) {
  if (table.all.to.computes_from_identity()) return {};
  std::set<std::string> numbered;
  for (const CatalogColumn& column : table.source.columns) {
    if (column.identity != Identity::kNone) numbered.insert(column.name);
  }
  return FindNamed(expression, table.all.from.expressions(), numbered);
}

Translated TranslateFor(const TableConversion& table, const std::string& expression, bool predicate, bool fixed) {
  const ExpressionRules& from = table.all.from.expressions();
  const ExpressionRules& to = table.all.to.expressions();
  Translated result{.dropped = FindNamed(expression, from, table.names.dropped)};
  if (!result.dropped.empty()) return result;
  if (table.all.SameDialect()) {
    result.text = RenameColumns(expression, from, &table.names.columns);
    return result;
  }
  const auto parsed = ParseExpression(expression, from);
  if (!parsed || (fixed && DependsOnMoment(*parsed))) return result;
  const Adaptation adaptation{.from = from, .to = to, .columns = &table.facts};
  const auto adapted = AdaptExpression(*parsed, adaptation, predicate);
  if (!adapted) return result;
  result.text = PrintExpression(*adapted, to);
  result.group = TargetGroup(*parsed, adaptation);
  result.ignores_case = IgnoresCase(table, *parsed, adaptation);
  return result;
}

}  // namespace migrateiq::detail
