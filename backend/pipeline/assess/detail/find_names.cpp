#include <algorithm>
#include <array>

#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

/// Words that the grammar of at least one common system keeps for itself.
constexpr auto kReserved = std::to_array<std::string_view>(
    {"all",       "alter",     "analyze",   "and",       "any",     "array",     "as",         "asc",        "begin",
     "between",   "by",        "case",      "check",     "column",  "condition", "constraint", "create",     "cross",
     "current",   "cursor",    "database",  "default",   "delete",  "desc",      "describe",   "distinct",   "drop",
     "else",      "end",       "except",    "exists",    "explain", "fetch",     "filter",     "for",        "foreign",
     "from",      "full",      "function",  "grant",     "group",   "groups",    "having",     "in",         "index",
     "inner",     "insert",    "intersect", "interval",  "into",    "is",        "join",       "key",        "keys",
     "lag",       "lateral",   "lead",      "left",      "like",    "limit",     "lock",       "match",      "natural",
     "not",       "null",      "of",        "offset",    "on",      "option",    "or",         "order",      "outer",
     "over",      "partition", "primary",   "procedure", "range",   "rank",      "read",       "references", "release",
     "returning", "revoke",    "right",     "row",       "rows",    "schema",    "select",     "set",        "show",
     "signal",    "system",    "table",     "then",      "to",      "trigger",   "union",      "unique",     "update",
     "usage",     "use",       "user",      "using",     "values",  "when",      "where",      "window",     "with",
     "write"});

static_assert(std::ranges::is_sorted(kReserved));

bool IsReserved(std::string_view name) {
  const std::string lower = Lower(name);
  return std::ranges::binary_search(kReserved, std::string_view(lower));
}

bool IsMixed(std::string_view name) {
  const bool upper = std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
  const bool lower = std::ranges::any_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
  return upper && lower;
}

/// A name is looked at once for the table and once for each of its columns.
void FindName(const Context& context, const TableName& place, const std::string& column, RiskBook& book) {
  const std::string& name = column.empty() ? place.name : column;
  const std::string table = place.ToString();
  if (IsReserved(name)) {
    book.Add("reserved_words", RiskSeverity::low, {.table = table, .column = column, .text = "a word of SQL"});
  }
  if (context.MayGoTo("postgresql") && !context.From("postgresql") && IsMixed(name)) {
    book.Add("mixed_case_names", RiskSeverity::low, {.table = table, .column = column, .text = "upper and lower case"});
  }
  const int most = context.to != nullptr ? context.to->max_identifier_bytes() : 63;
  if (most > 0 && static_cast<int>(name.size()) > most) {
    book.Add("long_names", RiskSeverity::medium,
             {.table = table,
              .column = column,
              .text = Number(static_cast<int64_t>(name.size())) + " bytes, the limit is " + Number(most)});
  }
}

}  // namespace

void FindNameRisks(const Context& context, RiskBook& book) {
  if (context.SameDialect()) return;
  for (const Table& table : context.catalog.tables) {
    FindName(context, table.name, "", book);
    for (const CatalogColumn& column : table.columns) FindName(context, table.name, column.name, book);
  }
}

}  // namespace migrateiq::assess
