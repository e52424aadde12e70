#pragma once

#include <optional>
#include <string>

#include "pipeline/plan/plan.hpp"
#include "pipeline/schema/catalog.hpp"
#include "pipeline/schema/dialect.hpp"

/// Questions about the values of a column in a system's SQL. What has no answer there that is surely the one that
/// reading the rows gives is nullopt.
namespace migrateiq::detail {

/// What the values of a column are to SQL.
enum class ValueClass : uint8_t { kNone, kInteger, kDecimal, kDouble, kText, kMoment, kUuid };

/// A column as a system's SQL has it.
struct AskedColumn {
  const CatalogColumn* column = nullptr;
  const Dialect* dialect = nullptr;
  const ValueSql* sql = nullptr;  ///< null: nothing can be asked

  AskedColumn(const CatalogColumn& of, const Dialect& in) : column(&of), dialect(&in), sql(in.value_sql()) {}

  ValueClass Class() const;
  std::string Quoted() const { return dialect->Quote(column->name); }
  /// A condition for what is stored but is no value of the column's type; empty: there is no such thing.
  std::string Odd() const;
  /// The same for what can be there, but has no order.
  std::string OddOrUnordered() const;
  /// The value, NULL where it is odd or has no order.
  std::string Value() const;
  /// A text that compares by its bytes, without the blanks that do not count.
  std::string Text() const;
  /// Equal for equal values, and for those only: to group and count by.
  std::optional<std::string> Key() const;
};

/// A condition that holds for the rows which break the rule.
std::optional<std::string> BreakCondition(const Rule& rule, const AskedColumn& column);

/// The literal of a number as the column compares with it; nullopt when it is none.
std::optional<std::string> NumberLiteral(const std::string& text, ValueClass value_class);

/// The pattern as every engine understands it in the same way, with `end` for the end of the text; nullopt for
/// anything beyond a common subset (ASCII, classes, groups, alternatives, greedy repetition, anchors).
std::optional<std::string> CommonRegex(const std::string& pattern, const std::string& end);

/// `text` with every `$1` replaced.
std::string Filled(std::string text, const std::string& first, const std::string& second = "");

}  // namespace migrateiq::detail
