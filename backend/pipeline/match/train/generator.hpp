#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/match/lexicon.hpp"
#include "pipeline/match/train/pairs.hpp"

/// Makes labelled pairs of tables: one table of tables.txt, written down twice by two systems that know nothing of each
/// other. Names differ by habit (case, order of words, synonyms, languages, abbreviations, codes, prefixes), values by
/// rows, formats, codes, noise and gaps; columns are left out on either side. Equal seeds give equal pairs.
namespace migrateiq::match {

struct GeneratorOptions {
  uint64_t seed = 1;
  int pairs = 200;
  int rows = 60;
};

std::vector<LabelledPair> GeneratePairs(std::string_view tables, const Lexicon& lexicon,
                                        const GeneratorOptions& options);

/// How a name may be written by one system.
struct NameHabit {
  enum class Case : uint8_t { kSnake, kCamel, kPascal, kUpperSnake, kLower, kUpper, kSpaces } name_case = Case::kSnake;
  double synonyms = 0, forms = 0, abbreviations = 0, codes = 0, reorder = 0;
  size_t longest = 64;
  std::string prefix;
};

/// How values may be written by one system.
struct ValueHabit {
  int date_format = 0;
  int bool_format = 0;
  bool cents = false, upper = false, recoded = false;
  double noise = 0, nulls = 0;
};

}  // namespace migrateiq::match
