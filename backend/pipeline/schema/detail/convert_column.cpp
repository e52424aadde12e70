#include <algorithm>
#include <charconv>
#include <limits>

#include "pipeline/schema/detail/conversion.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

bool IsInKey(const Table& table, const std::string& column) {
  return table.primary_key &&
         std::ranges::find(table.primary_key->parts, column, &IndexPart::column) != table.primary_key->parts.end();
}

bool IsInUnique(const Table& table, const std::string& column) {
  const auto has = [&](const Index& index) {
    return index.unique && std::ranges::find(index.parts, column, &IndexPart::column) != index.parts.end();
  };
  return IsInKey(table, column) || std::ranges::any_of(table.indexes, has);
}

bool MayHoldZeroDates(const CatalogColumn& column) {
  const bool date = column.type.kind == TypeKind::kDate || column.type.kind == TypeKind::kTimestamp ||
                    column.type.kind == TypeKind::kTimestampTz;
  const bool zero = (column.default_sql && column.default_sql->find("0000-00-00") != std::string::npos) ||
                    Lower(column.note).find("zero") != std::string::npos;
  return date && zero;
}

/// A primary key's column may be NULL only where source and target are the same system (SQLite allows it).
bool KeyNullable(TableConversion& table, const CatalogColumn& source) {
  if (!source.nullable || table.all.SameDialect()) return source.nullable;
  table.Report("column", table.ColumnTitle(source.name), "created",
               "part of the primary key: NOT NULL in the target, though the source allows NULL");
  return false;
}

/// Whether the target may hold NULL; `required_if_whole` is set where the load will tell.
bool Nullable(TableConversion& table, const CatalogColumn& source, bool& required_if_whole) {
  if (IsInKey(table.source, source.name)) return KeyNullable(table, source);
  if (source.nullable) return true;
  const Conversion& all = table.all;
  if (!all.options.zero_date_null || !all.FromMySql()) return false;
  required_if_whole = source.required_if_whole;
  if (required_if_whole) return true;
  if (!MayHoldZeroDates(source)) return false;
  table.Report("column", table.ColumnTitle(source.name), "created",
               "NOT NULL was dropped: zero dates become NULL in the target");
  return true;
}

/// The dialect has seen to it, or said in its note how far.
bool ComparesWithoutCase(const TypeChoice& choice) {
  const std::string lower = Lower(choice.native);
  if (Lower(choice.note).find("case") != std::string::npos) return true;
  return lower.find("citext") != std::string::npos || lower.find("nocase") != std::string::npos ||
         lower.find("collate") != std::string::npos;
}

void ReportUnsigned(TableConversion& table, const CatalogColumn& source, const TypeChoice& choice) {
  const bool lost = Lower(source.native).find("unsigned") != std::string::npos &&
                    Lower(choice.native).find("unsigned") == std::string::npos;
  if (!lost || !choice.note.empty() || source.identity != Identity::kNone) return;
  table.Report("column", table.ColumnTitle(source.name), "created",
               "unsigned in the source; the target's " + choice.native + " takes negative numbers too");
}

void ReportName(TableConversion& table, const CatalogColumn& source, const CatalogColumn& target) {
  const ConvertOptions& options = table.all.options;
  const auto mapped = options.column_names.find(table.source.name);
  const bool chosen = mapped != options.column_names.end() && mapped->second.contains(source.name);
  if (chosen || target.name == ConvertName(source.name, options.name_case, 0)) return;
  table.Report("column", table.ColumnTitle(source.name), "created",
               "is called " + target.name + ": the target cannot have its name, or none so long");
}

/// What the types say about loss.
void ReportType(TableConversion& table, const CatalogColumn& source, const PlannedType& type) {
  const std::string title = table.ColumnTitle(source.name);
  if (!source.note.empty()) table.Report("column", title, "created", source.note);
  if (!type.choice.note.empty()) table.Report("column", title, "created", type.choice.note);
  if (table.all.SameDialect()) return;
  ReportUnsigned(table, source, type.choice);
  const bool set = source.type.kind == TypeKind::kEnum && source.type.set && type.choice.type.kind != TypeKind::kEnum;
  if (set && type.choice.note.empty()) {
    table.Report("column", title, "created", "a SET becomes text, its members joined by commas; they are not enforced");
  }
  if (source.case_insensitive && IsInUnique(table.source, source.name) && !table.all.ToMySql() &&
      !table.all.ToFiles() && !ComparesWithoutCase(type.choice) && GroupOf(type.choice.type.kind) == Group::kText &&
      source.type.kind != TypeKind::kEnum) {
    table.Report("column", title, "created",
                 "unique without regard to case in the source; the target is held to that by lower-cased values only, "
                 "not by the "
                 "other equalities of its collation (accents, trailing blanks)");
  }
}

void ReportOnUpdate(TableConversion& table, const CatalogColumn& source, CatalogColumn& target) {
  target.on_update_now = source.on_update_now && table.all.SameDialect();
  if (!source.on_update_now || target.on_update_now) return;
  table.Report("column", table.ColumnTitle(source.name), "manual",
               table.all.ToFiles() ? "files change no values by themselves"
                                   : "the target has no ON UPDATE CURRENT_TIMESTAMP; a trigger does the same",
               "ON UPDATE CURRENT_TIMESTAMP");
}

/// How values compare is kept for the target's DDL; what the collation is called means something only at home.
void KeepCollation(const TableConversion& table, const CatalogColumn& source, CatalogColumn& target) {
  if (table.all.SameDialect()) {
    target.charset = source.charset;
    target.collation = source.collation;
  }
  target.case_insensitive = source.case_insensitive;
  target.accent_insensitive = source.accent_insensitive;
  target.pad_space = source.pad_space;
}

bool FitsGenerated(const Conversion& all, const Translated& translated, TypeKind kind) {
  if (!translated.text) return false;
  if (all.SameDialect() || translated.group == Group::kUnknown) return true;
  const Group wanted = GroupOf(kind);
  if (translated.group == wanted) return true;
  const bool numbers = wanted == Group::kInteger || wanted == Group::kNumber;
  const bool loose = translated.group == Group::kBool && !all.ToPostgres();
  return numbers && (translated.group == Group::kInteger || translated.group == Group::kNumber || loose);
}

/// PostgreSQL computes no column from one that is computed itself.
std::string NeedsGenerated(const TableConversion& table, const CatalogColumn& source) {
  if (!table.all.ToPostgres() || table.all.SameDialect()) return {};
  std::set<std::string> generated;
  for (const CatalogColumn& column : table.source.columns) {
    if (column.IsGenerated()) generated.insert(column.name);
  }
  return FindNamed(source.generated_sql, table.all.from.expressions(), generated);
}

/// A function that SQLite computes otherwise: it changes the case of ASCII letters only, and NULL is no valid JSON to
/// it.
std::string OtherInSqlite(const TableConversion& table, const CatalogColumn& source) {
  if (table.all.to.name() != "sqlite" || table.all.SameDialect()) return {};
  return FindNamed(source.generated_sql, table.all.from.expressions(),
                   {"lower", "upper", "lcase", "ucase", "json_valid"});
}

/// Why the expression cannot be computed from the columns that it names, or "".
std::string WhyNotComputed(const TableConversion& table, const CatalogColumn& source) {
  if (table.all.ToFiles()) return "the target computes no columns";
  const std::string generated = NeedsGenerated(table, source);
  if (!generated.empty()) return "it needs " + generated + ", which is generated itself";
  const std::string other = OtherInSqlite(table, source);
  if (!other.empty()) return "SQLite's " + Lower(other) + " gives other values";
  const std::string numbered = NeedsIdentity(table, source.generated_sql);
  return numbered.empty() ? "" : "it needs " + numbered + ", which gives out numbers";
}

std::string WhyNotGenerated(const Translated& translated) {
  if (!translated.dropped.empty()) return "it needs the column " + translated.dropped + ", which is dropped";
  return "its expression has no safe equal in the target";
}

void ConvertGenerated(TableConversion& table, const CatalogColumn& source, CatalogColumn& target) {
  if (!source.IsGenerated()) return;
  const Translated translated = TranslateFor(table, source.generated_sql, false, true);
  const std::string title = table.ColumnTitle(source.name);
  std::string why = WhyNotComputed(table, source);
  if (why.empty() && !FitsGenerated(table.all, translated, target.type.kind)) why = WhyNotGenerated(translated);
  if (!why.empty()) {
    table.Report("generated column", title, "manual",
                 why + "; an ordinary column with the source's computed values was made", source.generated_sql);
    return;
  }
  target.generated_sql = *translated.text;
  target.generated_stored = source.generated_stored || (table.all.ToPostgres() && !table.all.SameDialect());
  if (target.generated_stored != source.generated_stored) {
    table.Report("generated column", title, "created", "VIRTUAL in the source, STORED in the target");
  }
}

/// The last number that the target's counter gives out; what is wider than bigint there still counts as one.
uint64_t LastNumber(TypeKind kind) {
  switch (kind) {
    case TypeKind::kInt8: return std::numeric_limits<int8_t>::max();
    case TypeKind::kInt16: return std::numeric_limits<int16_t>::max();
    case TypeKind::kInt32: return std::numeric_limits<int32_t>::max();
    case TypeKind::kUInt64: return std::numeric_limits<uint64_t>::max();
    default: return std::numeric_limits<int64_t>::max();
  }
}

/// Whether the source's next number is past those of the target.
bool IsUsedUp(const std::string& next, TypeKind kind) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(next.data(), next.data() + next.size(), number);
  return error == std::errc::result_out_of_range || (error == std::errc() && number > LastNumber(kind));
}

void ConvertIdentity(TableConversion& table, const CatalogColumn& source, CatalogColumn& target) {
  if (source.identity == Identity::kNone) return;
  if (table.all.ToFiles()) {
    table.Report("sequence", table.ColumnTitle(source.name), "manual", "files give out no numbers");
    return;
  }
  if (!IsInteger(target.type.kind) && !table.all.SameDialect() && target.type.kind != TypeKind::kDecimal) {
    table.Report("column", table.ColumnTitle(source.name), "manual",
                 "numbers are no longer given out by themselves: the target type is " + target.native);
    return;
  }
  target.identity = source.identity;
  target.identity_next = source.identity_next;
  target.identity_returns = source.identity_returns && table.all.SameDialect();
  if (!table.all.SameDialect() && IsUsedUp(source.identity_next.value_or(""), target.type.kind)) {
    table.Report("sequence", table.ColumnTitle(source.name), "manual",
                 "the next number, " + *source.identity_next +
                     ", is past the last one that the target gives out: insert numbers of your own, or give out lower "
                     "ones by ALTER SEQUENCE ... RESTART or its equal");
  }
  if (source.identity == Identity::kAlways && !table.all.ToPostgres()) {
    target.identity = Identity::kByDefault;
    table.Report("column", table.ColumnTitle(source.name), "created",
                 "GENERATED ALWAYS becomes a number that is given only when none is inserted");
  }
}

/// An enum that became text keeps its labels by a CHECK.
void AddLabelCheck(TableConversion& table, const CatalogColumn& source, const CatalogColumn& target) {
  const LogicalType& type = source.type;
  const bool enumerated = type.kind == TypeKind::kEnum && !type.set && !type.labels.empty();
  if (!enumerated || GroupOf(target.type.kind) != Group::kText || target.type.kind == TypeKind::kEnum) return;
  std::vector<std::string> labels = type.labels;
  const bool empty = std::ranges::find(labels, "") != labels.end();
  // A MySQL enum may hold '' (an invalid value that was let in): index 0, no label of its own.
  if (table.all.FromMySql() && !empty) labels.emplace_back();
  std::string list;
  for (const std::string& label : labels) list += (list.empty() ? "" : ", ") + table.all.to.QuoteLiteral(label);
  table.result.target.checks.push_back({.name = table.names.target.name + "_" + target.name + "_check",
                                        .expression = table.all.to.Quote(target.name) + " IN (" + list + ")"});
  if (!table.all.types.at({table.source.name, source.name}).choice.note.empty()) return;
  table.Report("column", table.ColumnTitle(source.name), "created",
               "an enum becomes text with a CHECK of its labels; it sorts by text, no longer by the labels' order");
}

void AddTypeStatements(TableConversion& table, const TypeChoice& choice) {
  if (choice.before.empty()) return;
  table.result.before.push_back(
      {.kind = ObjectKind::kType, .name = choice.native, .table = table.names.target, .statements = choice.before});
}

CatalogColumn ConvertColumn(TableConversion& table, const CatalogColumn& source) {
  const PlannedType& type = table.all.types.at({table.source.name, source.name});
  CatalogColumn target{
      .name = table.names.columns.at(source.name), .native = type.choice.native, .type = type.choice.type};
  target.comment = source.comment;
  target.max_chars = source.max_chars;
  target.nullable = Nullable(table, source, target.required_if_whole);
  KeepCollation(table, source, target);
  ReportName(table, source, target);
  ReportType(table, source, type);
  ConvertGenerated(table, source, target);
  ConvertIdentity(table, source, target);
  target.default_sql = ConvertDefault(table, source, target);
  ReportOnUpdate(table, source, target);
  AddLabelCheck(table, source, target);
  AddTypeStatements(table, type.choice);
  return target;
}

}  // namespace

void ConvertColumns(TableConversion& table) {
  for (const CatalogColumn& source : table.source.columns) {
    if (table.names.dropped.contains(source.name)) {
      table.Report("column", table.ColumnTitle(source.name), "skipped", "the plan drops it");
      continue;
    }
    CatalogColumn target = ConvertColumn(table, source);
    if (!target.IsGenerated()) table.result.columns.push_back({.source = source.name, .target = target.name});
    table.result.target.columns.push_back(std::move(target));
  }
}

}  // namespace migrateiq::detail
