#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/run/task.hpp"

namespace migrateiq {

/// What a column of the source looks like when it looks like personal data, and the mask that would keep its format.
struct MaskProposal {
  std::string meaning;  ///< id of a SemanticKind
  std::string title;    ///< "E-mail address"
  double confidence = 0;
  const MaskKindInfo* mask = nullptr;  ///< of the table of kinds; null where none fits the target's column
};

/// By the column's name and `values`, some of its own. Nothing when it does not look like personal data.
std::optional<MaskProposal> ProposeMask(const TableTask& task, const std::string& source_column,
                                        std::span<const std::string_view> values, const Field& target);

}  // namespace migrateiq
