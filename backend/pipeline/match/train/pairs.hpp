#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "pipeline/match/table.hpp"

/// Two tables and which of their columns are the same.
namespace migrateiq::match {

using ColumnPair = std::pair<size_t, size_t>;  ///< source column, target column

struct LabelledPair {
  std::string name, family;
  MatchTable source, target;
  std::set<ColumnPair> truth;
};

/// A folder a pair: source.csv, target.csv, truth.json {"matches": [[source column, target column], ...]}. The family
/// is the folder's name up to "__". Sorted by name. Errors: kMatchInput with the file.
Result<std::vector<LabelledPair>> ReadPairFolders(const std::string& folder);

/// Pairs that are names alone: "== name", then lines "source = target", "source -" and "- target".
std::vector<LabelledPair> ReadNamePairs(std::string_view text, const std::string& family);

}  // namespace migrateiq::match
