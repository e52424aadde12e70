#include "pipeline/schema/expression.hpp"

#include "connectors/postgres/postgres_dialect.hpp"

namespace migrateiq::postgres {

namespace {

ExpressionRules MakeRules() {
  ExpressionRules rules;
  rules.casts_with_colons = true;
  rules.functions = {
      {"lower", "lower($1)"},
      {"upper", "upper($1)"},
      {"length", "char_length($1)"},
      {"char_length", "char_length($1)"},
      {"octet_length", "octet_length($1)"},
      {"trim", "btrim($1)"},
      {"ltrim", "ltrim($1)"},
      {"rtrim", "rtrim($1)"},
      {"substr", "substr($*)"},
      {"replace", "replace($*)"},
      {"coalesce", "COALESCE($*)"},
      {"ifnull", "COALESCE($*)"},
      {"nullif", "NULLIF($*)"},
      {"abs", "abs($1)"},
      {"round", "round($*)"},
      {"ceil", "ceil($1)"},
      {"floor", "floor($1)"},
      {"mod", "mod($1, $2)"},
      {"power", "power($1, $2)"},
      {"sqrt", "sqrt($1)"},
      {"concat", "concat($*)"},
      {"greatest", "GREATEST($*)"},
      {"least", "LEAST($*)"},
      {"now", "CURRENT_TIMESTAMP($1)"},
      {"current_date", "CURRENT_DATE"},
      {"current_time", "CURRENT_TIME"},
      {"utc_now", "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')"},
      {"uuid", "gen_random_uuid()"},
      {"random", "random()"},
      {"year", "EXTRACT(YEAR FROM $1)"},
      {"month", "EXTRACT(MONTH FROM $1)"},
      {"day", "EXTRACT(DAY FROM $1)"},
      {"hour", "EXTRACT(HOUR FROM $1)"},
      {"minute", "EXTRACT(MINUTE FROM $1)"},
      {"second", "EXTRACT(SECOND FROM $1)"},
      {"date", "($1)::date"},
      {"unix_now", "EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)"},
  };
  rules.aliases = {
      {"length", "char_length"},
      {"character_length", "char_length"},
      {"btrim", "trim"},
      {"substring", "substr"},
      {"ceiling", "ceil"},
      {"pow", "power"},
      {"current_timestamp", "now"},
      {"localtimestamp", "now"},
      {"transaction_timestamp", "now"},
      {"gen_random_uuid", "uuid"},
      {"uuid_generate_v4", "uuid"},
  };
  rules.cast_types = {
      {"text", "text"},
      {"integer", "integer"},
      {"bigint", "bigint"},
      {"decimal", "numeric"},
      {"double", "double precision"},
      {"date", "date"},
      {"timestamp", "timestamp"},
      {"time", "time"},
      {"boolean", "boolean"},
      {"binary", "bytea"},
      {"json", "jsonb"},
  };
  return rules;
}

}  // namespace

const ExpressionRules& PostgresDialect::expressions() const {
  static const ExpressionRules rules = MakeRules();
  return rules;
}

const ValueSql* PostgresDialect::value_sql() const {
  static const ValueSql sql = {.text = "CAST($1 AS text) COLLATE \"C\"",
                               .text_odd = "",
                               .integer_odd = "",
                               .number_odd = "",
                               .unordered = "$1 = 'NaN'",
                               .moment_odd = "",
                               .decimals = true,
                               .moments = true,
                               .longest_key = 0,
                               .regex = "CAST($1 AS text) COLLATE \"C\" ~ $2",
                               .regex_end = "\\Z",
                               .alone = "ONLY "};
  return &sql;
}

}  // namespace migrateiq::postgres
