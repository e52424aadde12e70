#include <algorithm>

#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr int64_t kLargeTable = 1'000'000;

std::string Join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void FindMissingKey(const Context& context, const Table& table, RiskBook& book) {
  if (!table.KeyColumns().empty()) return;
  const int64_t rows = context.RowsOf(table);
  const TableProfile* profile = context.ProfileOf(table);
  std::string text = rows < 0 ? "no key" : "no key, " + Count(rows, "row");
  if (profile != nullptr && !profile->candidate_keys.empty()) {
    text += "; the values would allow (" + Join(profile->candidate_keys.front().columns) + ")";
  }
  book.Add("no_key", rows >= kLargeTable ? RiskSeverity::medium : RiskSeverity::low,
           {.table = table.name.ToString(), .text = std::move(text)});
}

/// A declared key that the values break: SQLite and files do not enforce it, or a file names no key at all.
void FindBrokenKeys(const TableProfile& table, RiskBook& book) {
  for (const CandidateKey& key : table.candidate_keys) {
    if (!key.declared || key.distinct >= key.rows) continue;
    book.Add("broken_key", RiskSeverity::high,
             {.table = table.name,
              .text = "(" + Join(key.columns) + ") has " + Count(key.rows - key.distinct, "row") + " too many",
              .count = key.rows - key.distinct,
              .of = key.rows,
              .sampled = key.basis == Basis::sample});
  }
}

void FindTextKeys(const Context& context, const Table& table, RiskBook& book) {
  if (!table.primary_key || context.SameDialect()) return;
  for (const IndexPart& part : table.primary_key->parts) {
    const CatalogColumn* column = table.Find(part.column);
    if (column == nullptr || !(column->case_insensitive || column->accent_insensitive)) continue;
    book.Add(
        "text_keys", RiskSeverity::low,
        {.table = table.name.ToString(), .column = column->name, .text = column->native + " " + column->collation});
  }
}

void FindCaseInsensitive(const Context& context, const Table& table, RiskBook& book) {
  if (context.SameDialect() || (context.to != nullptr && context.to->name() == "mysql")) return;
  for (const Index& index : table.indexes) {
    if (!index.unique) continue;
    for (const IndexPart& part : index.parts) {
      const CatalogColumn* column = part.column.empty() ? nullptr : table.Find(part.column);
      if (column == nullptr || !column->case_insensitive || column->type.kind == TypeKind::kEnum) continue;
      book.Add("case_insensitive_unique", RiskSeverity::low,
               {.table = table.name.ToString(), .column = column->name, .text = "unique by " + index.name});
    }
  }
}

RiskEvidence Reference(const Context& context, const TableProfile& table, const InclusionDependency& found) {
  RiskEvidence evidence{.table = table.name,
                        .column = Join(found.columns),
                        .text = "refers to " + found.parent + " (" + Join(found.parent_columns) + ")",
                        .count = found.orphans,
                        .of = found.rows,
                        .sampled = found.basis == Basis::sample};
  if (found.columns.size() == 1) {
    evidence.samples = context.masking.Show(table.name, found.columns.front(), found.examples);
  }
  return evidence;
}

void FindReferences(const Context& context, const TableProfile& table, RiskBook& book) {
  for (const InclusionDependency* reference : ReferencesFrom(*context.profile, table)) {
    const InclusionDependency& found = *reference;
    if (found.orphans > 0) {
      RiskEvidence evidence = Reference(context, table, found);
      evidence.text += ": " + Count(found.orphans, "row") + " without a parent" +
                       (found.declared ? "" : " (the reference is not declared)");
      book.Add("orphans", found.declared ? RiskSeverity::high : RiskSeverity::low, std::move(evidence));
    }
    if (found.declared) continue;
    RiskEvidence evidence = Reference(context, table, found);
    evidence.text += ", confidence " + Percent(found.confidence);
    evidence.count = evidence.of = -1;
    evidence.samples.clear();
    book.Add("undeclared_keys", RiskSeverity::low, std::move(evidence));
  }
}

void FindDuplicates(const TableProfile& table, RiskBook& book) {
  if (!table.duplicate_rows || table.duplicate_rows->surplus == 0) return;
  const DuplicateRows& rows = *table.duplicate_rows;
  book.Add("duplicates", RiskSeverity::medium,
           {.table = table.name,
            .text = Count(rows.surplus, "row") + " equal to another one in every column",
            .count = rows.surplus,
            .of = rows.checked,
            .sampled = rows.basis == Basis::sample});
}

/// Different values of the dependent column for one of the determinant: near 1 for a code and its name, near 0 where
/// many codes share a value (a price, a flag), which then is no property of the code.
double NamesPerCode(const TableProfile& table, const FunctionalDependency& found) {
  const ColumnProfile* dependent = Find(table, found.dependent);
  if (dependent == nullptr || found.groups == 0) return 0;
  return static_cast<double>(dependent->distinct.value) / static_cast<double>(found.groups);
}

constexpr double kLikeAName = 0.5;

/// A rule nearly always kept is probably meant; many rows a group make it more than chance.
bool IsTelling(const TableProfile& table, const FunctionalDependency& found) {
  if (NamesPerCode(table, found) < kLikeAName) return false;
  const auto rows = static_cast<double>(found.rows);
  return found.violations > 0 && static_cast<double>(found.violations) <= 0.01 * rows &&
         rows >= 5 * static_cast<double>(std::max<int64_t>(found.groups, 1));
}

void FindContradictions(const TableProfile& table, RiskBook& book) {
  for (const FunctionalDependency& found : table.functional_dependencies) {
    if (!IsTelling(table, found)) continue;
    book.Add(
        "contradictions", RiskSeverity::low,
        {.table = table.name,
         .column = found.dependent,
         .text = Join(found.determinant) + " tells " + found.dependent + ", but for " + Count(found.violations, "row"),
         .count = found.violations,
         .of = found.rows,
         .sampled = found.basis == Basis::sample});
  }
}

}  // namespace

void FindKeyRisks(const Context& context, const TableReferences& dependencies, RiskBook& book) {
  for (const std::vector<std::string>& ring : dependencies.cycles) {
    book.Add("key_cycles", RiskSeverity::low, {.table = ring.front(), .text = Join(ring)});
  }
  for (const Table& table : context.catalog.tables) {
    FindMissingKey(context, table, book);
    FindTextKeys(context, table, book);
    FindCaseInsensitive(context, table, book);
  }
  if (context.profile == nullptr) return;
  for (const TableProfile& table : context.profile->tables) {
    FindBrokenKeys(table, book);
    FindReferences(context, table, book);
    FindDuplicates(table, book);
    FindContradictions(table, book);
  }
}

}  // namespace migrateiq::assess
