#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The word lists of pipeline/semantic/data, as they stand in the program.
namespace migrateiq::detail::lists {

extern const char column_names[];
extern const char person_words[];
extern const char place_words[];
extern const char code_words[];

/// One line "[section locale]" and the words below it; in column_names one line "locale = words" below "[kind]".
struct Section {
  std::string name;
  std::string locale;  ///< empty: everywhere
  std::vector<std::string> words;
};

std::vector<Section> Parse(std::string_view text);

/// Half of all words, by their hash: the half that a detector under evaluation may know.
bool IsKept(std::string_view word);

/// One name of a column in eight, by its hash, that a detector under evaluation may not know.
bool IsRareName(std::string_view name);

}  // namespace migrateiq::detail::lists
