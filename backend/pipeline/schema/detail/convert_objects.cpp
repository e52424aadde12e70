#include <algorithm>

#include "pipeline/schema/detail/conversion.hpp"

namespace migrateiq::detail {
namespace {

std::string SourceText(const Sequence& sequence) {
  return "CREATE SEQUENCE " + sequence.name.ToString() + " AS " + sequence.type + " INCREMENT " + sequence.increment +
         " START " + sequence.start + (sequence.cycle ? " CYCLE" : "");
}

/// The column whose counter the sequence is; a table has that only for what is not an ordinary counter.
const CatalogColumn* CountedColumn(const Catalog& catalog, const Sequence& sequence) {
  const Table* table = catalog.Find(sequence.owned_by);
  const CatalogColumn* column = table == nullptr ? nullptr : table->Find(sequence.owned_column);
  return column == nullptr || column->identity == Identity::kNone ? nullptr : column;
}

/// A counter goes with its column: between systems of one kind as it is, else the target counts in its own way.
void ConvertCounter(const Conversion& all, const Sequence& source, ConvertedCatalog& result) {
  const auto owner = all.names.find(source.owned_by);
  if (owner == all.names.end()) return;
  const auto column = owner->second.columns.find(source.owned_column);
  if (column == owner->second.columns.end()) return;
  if (all.SameDialect()) {
    Sequence& target = result.sequences.emplace_back(source);
    target.owned_by = owner->second.target;
    target.owned_column = column->second;
    return;
  }
  result.objects.push_back({"sequence", source.name.ToString(), "manual",
                            "the counter of " + source.owned_by.ToString() + "." + source.owned_column +
                                " has a start, step or limits of its own; the target's counts up by one",
                            SourceText(source)});
}

void ConvertSequence(const Conversion& all, const Sequence& source, ConvertedCatalog& result) {
  if (CountedColumn(all.source, source) != nullptr) return ConvertCounter(all, source, result);
  Sequence target = source;
  target.name = RuleName(source.name, all.from, all.to, all.options);
  target.owned_by = {};
  target.owned_column.clear();
  if (!all.to.SequenceSteps(target).empty()) {
    result.sequences.push_back(std::move(target));
    return;
  }
  result.objects.push_back(
      {"sequence", source.name.ToString(), "manual", "the target has no sequences", SourceText(source)});
}

bool IsUsed(const Catalog& catalog, const EnumType& type) {
  return std::ranges::any_of(catalog.tables, [&](const Table& table) {
    return std::ranges::any_of(table.columns, [&](const CatalogColumn& column) {
      return column.type.kind == TypeKind::kEnum && column.type.labels == type.labels;
    });
  });
}

std::string SourceText(const EnumType& type) {
  std::string labels;
  for (const std::string& label : type.labels) labels += (labels.empty() ? "'" : ", '") + label + "'";
  return "CREATE TYPE " + type.name.ToString() + " AS ENUM (" + labels + ")";
}

std::string WithArticle(const std::string& kind) {
  const bool vowel = std::string_view("aeio").find(kind.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + kind;
}

}  // namespace

void ConvertObjects(const Conversion& conversion, ConvertedCatalog& result) {
  for (const Sequence& sequence : conversion.source.sequences) ConvertSequence(conversion, sequence, result);
  for (const EnumType& type : conversion.source.enums) {
    if (IsUsed(conversion.source, type)) continue;
    result.objects.push_back({"type", type.name.ToString(), "manual", "no migrated column uses it", SourceText(type)});
  }
  for (const OtherObject& other : conversion.source.others) {
    const std::string why = other.why.empty() ? WithArticle(other.kind) + " is not migrated" : other.why;
    result.objects.push_back({other.kind, other.name, "manual", why, other.source});
  }
}

}  // namespace migrateiq::detail
