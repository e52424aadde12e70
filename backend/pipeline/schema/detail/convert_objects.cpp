#include <algorithm>

#include "pipeline/schema/detail/conversion.hpp"

namespace migrateiq::detail {
namespace {

std::string SourceText(const Sequence& sequence) {
  return "CREATE SEQUENCE " + sequence.name.ToString() + " AS " + sequence.type + " INCREMENT " + sequence.increment +
         " START " + sequence.start + (sequence.cycle ? " CYCLE" : "");
}

void ConvertSequence(const Conversion& all, const Sequence& source, ConvertedCatalog& result) {
  Sequence target = source;
  target.name = RuleName(source.name, all.from, all.to, all.options);
  const auto owner = all.names.find(source.owned_by);
  if (owner != all.names.end()) {
    const auto column = owner->second.columns.find(source.owned_column);
    target.owned_by = owner->second.target;
    target.owned_column = column == owner->second.columns.end() ? std::string() : column->second;
  }
  if (owner == all.names.end() || target.owned_column.empty()) target.owned_by = {}, target.owned_column.clear();
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
