#pragma once

#include "pipeline/semantic/detail/name_table.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"
#include "pipeline/semantic/semantic.hpp"

namespace migrateiq::detail {

/// Detect with vocabularies of choice: an evaluation gives it less than the product knows.
SemanticGuess DetectWith(const ColumnSample& column, const Vocabulary& words, const NameTable& names);

}  // namespace migrateiq::detail
