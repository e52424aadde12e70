#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/semantic/generate/random.hpp"

namespace migrateiq::generate {

/// A language with the habits of a country.
struct Locale {
  std::string_view id;        ///< "en_GB"
  std::string_view language;  ///< of the word lists: "en"
};

const std::vector<Locale>& Locales();

/// Which words a generator takes: all, or only those that the detector under evaluation does not know.
enum class Words : uint8_t { kAll, kUnseen };

/// The word lists by name and language, as they are written.
class WordSource {
 public:
  explicit WordSource(Words words);

  /// The list in a language; in English when there is none; that of everywhere when there is one only.
  const std::vector<std::string>& List(std::string_view name, std::string_view language) const;
  const std::string& Pick(Random& random, std::string_view name, std::string_view language) const {
    return random.Of(List(name, language));
  }
  /// What columns of a kind ("-": of none) are called in a language, or in English.
  const std::vector<std::string>& ColumnNames(std::string_view kind, std::string_view language) const;

 private:
  using Lists = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

  Lists lists_;
  Lists names_;
};

}  // namespace migrateiq::generate
