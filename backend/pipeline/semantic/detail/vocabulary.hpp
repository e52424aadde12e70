#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace migrateiq::detail {

/// The lists that checks ask; in the order of the names in vocabulary.cpp.
enum class WordList : uint8_t {
  kFirstName,
  kLastName,
  kSalutation,
  kOccupation,
  kGender,
  kMaritalStatus,
  kReligion,
  kEthnicity,
  kPoliticalOpinion,
  kSexualOrientation,
  kCity,
  kRegion,
  kCountry,
  kNationality,
  kStreet,
  kCompanySuffix,
  kAlpha2,
  kAlpha3,
  kCurrency,
  kLanguage,
  kLanguageName,
  kAirport,
  kCardBrand,
  kBlood,
  kColorName,
  kBoolean,
  kPlaceholder,
  kStop,
};

constexpr size_t kWordLists = 28;

/// Which words a vocabulary knows: all, or of names, places and occupations only half (to evaluate on words never
/// seen).
enum class Knowledge : uint8_t { kAll, kHalf };

/// The word lists of all locales, folded. Immutable: any number of threads.
class Vocabulary {
 public:
  explicit Vocabulary(Knowledge knowledge);

  const std::unordered_set<std::string>& List(WordList list) const { return lists_[static_cast<size_t>(list)]; }
  bool Has(WordList list, const std::string& folded) const { return List(list).contains(folded); }
  /// Some word of the list ends the text ("hauptstrasse", "...有限公司").
  bool EndsWith(WordList list, std::string_view folded) const;
  bool StartsWith(WordList list, std::string_view folded) const;
  bool Contains(WordList list, std::string_view folded) const;

 private:
  void Add(std::string_view text, Knowledge knowledge);

  std::array<std::unordered_set<std::string>, kWordLists> lists_;
};

/// The one that the product uses.
const Vocabulary& WholeVocabulary();

}  // namespace migrateiq::detail
