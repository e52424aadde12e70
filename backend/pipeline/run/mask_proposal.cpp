#include "pipeline/run/mask_proposal.hpp"

#include <algorithm>
#include <vector>

#include "pipeline/semantic/semantic.hpp"

namespace migrateiq {

namespace {

std::vector<std::string_view> NamesBeside(const Table& table, const CatalogColumn& column) {
  std::vector<std::string_view> names;
  for (const CatalogColumn& other : table.columns) {
    if (&other != &column) names.push_back(other.name);
  }
  return names;
}

SemanticGuess MeaningOf(const Table& table, const CatalogColumn& column, std::span<const std::string_view> values) {
  const std::vector<std::string_view> neighbours = NamesBeside(table, column);
  return Detect({.name = column.name,
                 .table = table.name.name,
                 .type = column.native,
                 .comment = column.comment,
                 .values = values,
                 .neighbours = neighbours});
}

const MaskKindInfo* FittingMask(std::string_view id, const TableTask& task, const Field& target) {
  const auto kinds = MaskKinds();
  const auto found = std::ranges::find(kinds, id, &MaskKindInfo::id);
  if (found == kinds.end() || !FitsMask(found->kind, target.type.kind)) return nullptr;
  const bool key_alone = task.target.KeyColumns() == std::vector<std::string>{target.name};
  return found->distinct || !key_alone ? &*found : nullptr;
}

}  // namespace

std::optional<MaskProposal> ProposeMask(const TableTask& task, const std::string& source_column,
                                        std::span<const std::string_view> values, const Field& target) {
  const CatalogColumn* column = task.source.Find(source_column);
  if (column == nullptr) return std::nullopt;
  const SemanticGuess guess = MeaningOf(task.source, *column, values);
  if (!guess || !guess.is_pii) return std::nullopt;
  return MaskProposal{.meaning = std::string(guess.kind),
                      .title = std::string(FindSemanticKind(guess.kind)->title),
                      .confidence = guess.confidence,
                      .mask = FittingMask(guess.mask, task, target)};
}

}  // namespace migrateiq
