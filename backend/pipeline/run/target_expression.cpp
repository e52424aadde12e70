#include "pipeline/run/target_expression.hpp"

#include <boost/algorithm/string/find.hpp>

#include "pipeline/schema/expression.hpp"

namespace migrateiq {

namespace {

ExpressionRules MakeDuckRules() {
  ExpressionRules rules;
  rules.casts_with_colons = true;
  rules.functions = {
      {"lower", "lower($1)"},
      {"upper", "upper($1)"},
      {"char_length", "length($1)"},
      {"trim", "trim($1)"},
      {"ltrim", "ltrim($1)"},
      {"rtrim", "rtrim($1)"},
      {"substr", "substr($*)"},
      {"replace", "replace($*)"},
      {"coalesce", "COALESCE($*)"},
      {"ifnull", "COALESCE($*)"},
      {"nullif", "NULLIF($*)"},
      {"abs", "abs($1)"},
      {"ceil", "ceil($1)"},
      {"floor", "floor($1)"},
      {"greatest", "GREATEST($*)"},
      {"least", "LEAST($*)"},
      {"year", "year($1)"},
      {"month", "month($1)"},
      {"day", "day($1)"},
      {"hour", "hour($1)"},
      {"minute", "minute($1)"},
      {"json_valid", "json_valid($1)"},
  };
  rules.cast_types = {{"text", "VARCHAR"},  {"integer", "INTEGER"}, {"bigint", "BIGINT"},  {"decimal", "DECIMAL"},
                      {"double", "DOUBLE"}, {"date", "DATE"},       {"boolean", "BOOLEAN"}};
  return rules;
}

/// Whether the text may name a text column whose comparisons are not those of bytes.
bool ComparesByCollation(const std::string& expression, const Table& table, const Dialect& target) {
  for (const CatalogColumn& column : table.columns) {
    const bool text = column.type.kind == TypeKind::kString || column.type.kind == TypeKind::kChar ||
                      column.type.kind == TypeKind::kEnum;
    if (!text || !boost::algorithm::ifind_first(expression, column.name)) continue;
    const TextEquality equality = target.EqualityOf(column, "");
    if (!equality.sql.empty() || !equality.trailing_blanks) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> InDuckSql(const std::string& expression, const Table& table, const Dialect& target) {
  static const ExpressionRules kDuckRules = MakeDuckRules();
  if (ComparesByCollation(expression, table, target)) return std::nullopt;
  std::optional<std::string> sql = TranslateExpression(expression, target.expressions(), kDuckRules);
  if (sql && sql->contains(" / ")) return std::nullopt;
  return sql;
}

}  // namespace migrateiq
