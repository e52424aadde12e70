#include "connectors/mysql/mysql_dialect.hpp"

namespace migrateiq::mysql {

namespace {

ExpressionRules MakeRules() {
  ExpressionRules rules;
  rules.identifier_quote = '`';
  rules.backslash_escapes = true;
  rules.double_quote_is_string = true;
  rules.concat_with_pipes = false;
  rules.has_boolean = false;
  rules.expression_default_needs_parens = true;
  rules.functions = {
      {"lower", "lower($*)"},
      {"upper", "upper($*)"},
      {"length", "char_length($1)"},
      {"char_length", "char_length($1)"},
      {"octet_length", "octet_length($1)"},
      {"trim", "trim($1)"},
      {"ltrim", "ltrim($1)"},
      {"rtrim", "rtrim($1)"},
      {"substr", "substr($*)"},
      {"replace", "replace($*)"},
      {"coalesce", "coalesce($*)"},
      {"ifnull", "ifnull($*)"},
      {"nullif", "nullif($*)"},
      {"abs", "abs($1)"},
      {"round", "round($*)"},
      {"ceil", "ceiling($1)"},
      {"floor", "floor($1)"},
      {"mod", "mod($1, $2)"},
      {"power", "pow($1, $2)"},
      {"sqrt", "sqrt($1)"},
      {"concat", "concat($*)"},
      {"greatest", "greatest($*)"},
      {"least", "least($*)"},
      {"now", "current_timestamp($1)"},
      {"current_date", "curdate()"},
      {"current_time", "curtime()"},
      {"utc_now", "utc_timestamp($1)"},
      {"uuid", "uuid()"},
      {"random", "rand()"},
      {"year", "year($1)"},
      {"month", "month($1)"},
      {"day", "dayofmonth($1)"},
      {"hour", "hour($1)"},
      {"minute", "minute($1)"},
      {"second", "second($1)"},
      {"date", "date($1)"},
      {"unix_now", "unix_timestamp()"},
      {"json_valid", "json_valid($1)"},
  };
  rules.aliases = {
      {"lcase", "lower"},           {"ucase", "upper"},          {"character_length", "char_length"},
      {"length", "octet_length"},   {"substring", "substr"},     {"mid", "substr"},
      {"ifnull", "coalesce"},       {"ceiling", "ceil"},         {"pow", "power"},
      {"current_timestamp", "now"}, {"localtime", "now"},        {"localtimestamp", "now"},
      {"curdate", "current_date"},  {"curtime", "current_time"}, {"utc_timestamp", "utc_now"},
      {"dayofmonth", "day"},        {"rand", "random"},          {"unix_timestamp", "unix_now"},
  };
  rules.cast_types = {
      {"text", "char"},
      {"integer", "signed"},
      {"bigint", "signed"},
      {"decimal", "decimal(65,30)"},
      {"double", "double"},
      {"date", "date"},
      {"timestamp", "datetime(6)"},
      {"time", "time(6)"},
      {"boolean", "unsigned"},
      {"binary", "binary"},
      {"json", "json"},
  };
  return rules;
}

}  // namespace

const ExpressionRules& MysqlDialect::expressions() const {
  static const ExpressionRules rules = MakeRules();
  return rules;
}

/// Dates of months or days that are zero are stored, and compare; texts are grouped by their first max_sort_length
/// bytes.
const ValueSql* MysqlDialect::value_sql() const {
  static const ValueSql sql = {.text = "CAST(CONVERT($1 USING utf8mb4) AS BINARY)",
                               .text_odd = "",
                               .integer_odd = "",
                               .number_odd = "",
                               .unordered = "",
                               .moment_odd = "(MONTH($1) = 0 OR DAYOFMONTH($1) = 0)",
                               .decimals = true,
                               .moments = true,
                               .longest_key = 255,
                               .regex = "CONVERT($1 USING utf8mb4) COLLATE utf8mb4_bin REGEXP $2",
                               .regex_end = "\\z",
                               .alone = ""};
  return &sql;
}

}  // namespace migrateiq::mysql
