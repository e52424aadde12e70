#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq {

/// How one dialect spells SQL expressions (defaults, checks, generated columns, index expressions, predicates).
/// Given by each connector's Dialect as data; the translator itself knows no vendor.
struct ExpressionRules {
  char identifier_quote = '"';                   ///< '`' for MySQL
  bool backslash_escapes = false;                ///< '\n' inside strings is an escape
  bool double_quote_is_string = false;           ///< MySQL without ANSI_QUOTES
  bool concat_with_pipes = true;                 ///< `||` concatenates (MySQL: CONCAT(a, b))
  bool has_boolean = true;                       ///< TRUE / FALSE are values of their own (else 1 / 0)
  bool casts_with_colons = false;                ///< `a::type` is understood and preferred when printing
  bool expression_default_needs_parens = false;  ///< MySQL 8, SQLite: DEFAULT (expr)
  /// Canonical function or constant name -> this dialect's template, with $1 $2 ... or $* for the arguments.
  /// Canonical names: lower, upper, length, char_length, octet_length, trim, ltrim, rtrim, substr, replace, coalesce,
  /// nullif, abs, round, ceil, floor, mod, power, sqrt, concat, greatest, least, now (with fraction digits as $1 or
  /// none), current_date, current_time, utc_now, uuid, random, year, month, day, hour, minute, second, date, unix_now,
  /// json_valid, ifnull ... What is missing here does not translate.
  std::map<std::string, std::string, std::less<>> functions;
  /// This dialect's spelling -> canonical name (lower case), for parsing; `ifnull` -> `coalesce` and so on.
  std::map<std::string, std::string, std::less<>> aliases;
  /// Cast target types by canonical name (text, integer, bigint, decimal, double, date, timestamp, time, boolean,
  /// binary, json).
  std::map<std::string, std::string, std::less<>> cast_types;

  bool operator==(const ExpressionRules&) const = default;
};

/// The expression rewritten from one dialect to another; nullopt when any part has no safe equal (then it is `manual`).
/// `rename_column` maps source column names to target ones (identity when null).
std::optional<std::string> TranslateExpression(std::string_view expression, const ExpressionRules& from,
                                               const ExpressionRules& to,
                                               const std::map<std::string, std::string>* rename_column = nullptr);

/// The value of an expression that is a plain literal (a default like `'x'::character varying`, `-1`, `_utf8mb4'a'`):
/// its text, unquoted and unescaped; TRUE and FALSE as "true" and "false". nullopt for anything else, NULL included.
std::optional<std::string> LiteralValue(std::string_view expression, const ExpressionRules& rules);

}  // namespace migrateiq
