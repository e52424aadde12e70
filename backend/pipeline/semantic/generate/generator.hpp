#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/semantic/generate/words.hpp"

namespace migrateiq::generate {

/// How a column is named.
enum class Naming : uint8_t { kFull, kShortened, kMeaningless };

/// A column with what it means.
struct LabelledColumn {
  std::string kind;  ///< empty: it means nothing
  std::string locale;
  std::string table;
  std::string name;
  Naming naming = Naming::kFull;
  bool unseen_name = false;    ///< its name is kept from the detector under evaluation
  bool told_by_values = true;  ///< false: written so plainly that without its name nobody could tell
  double noise = 0;            ///< share of values that are damaged, missing or of something else
  std::vector<std::string> values;
  std::vector<std::string> neighbours;

  /// Whether anybody could know the answer.
  bool IsDecidable() const { return kind.empty() || told_by_values || naming != Naming::kMeaningless; }
};

struct GenerateOptions {
  uint64_t seed = 1;
  int columns_per_kind = 6;
  int values = 100;
  double most_noise = 0.10;
  double meaningless_share = 0.45;  ///< of all columns: those that mean nothing
  double mixed_share = 0.2;         ///< of the columns with a meaning: those in which two ways of writing are mixed
  Words words = Words::kAll;
};

/// Columns of all kinds, over all locales (numbers of a country in its language), and columns that mean nothing.
std::vector<LabelledColumn> Generate(const GenerateOptions& options);

}  // namespace migrateiq::generate
