#include "pipeline/semantic/detail/vocabulary.hpp"

#include <algorithm>
#include <optional>

#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/lists.hpp"

namespace migrateiq::detail {
namespace {

constexpr std::array<std::string_view, kWordLists> kNames = {"first_name",
                                                             "last_name",
                                                             "salutation",
                                                             "occupation",
                                                             "gender",
                                                             "marital_status",
                                                             "religion",
                                                             "ethnicity",
                                                             "political_opinion",
                                                             "sexual_orientation",
                                                             "city",
                                                             "region",
                                                             "country",
                                                             "nationality",
                                                             "street",
                                                             "company_suffix",
                                                             "alpha2",
                                                             "alpha3",
                                                             "currency",
                                                             "language",
                                                             "language_name",
                                                             "airport",
                                                             "card_brand",
                                                             "blood",
                                                             "color_name",
                                                             "boolean",
                                                             "placeholder",
                                                             "stop"};

std::optional<WordList> ListOf(std::string_view name) {
  const auto at = std::ranges::find(kNames, name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<WordList>(at - kNames.begin());
}

/// Lists that are long in life, of which nobody knows all words.
bool IsOpen(WordList list) {
  switch (list) {
    case WordList::kFirstName:
    case WordList::kLastName:
    case WordList::kOccupation:
    case WordList::kCity:
    case WordList::kRegion:
    case WordList::kCountry:
    case WordList::kNationality: return true;
    default: return false;
  }
}

}  // namespace

Vocabulary::Vocabulary(Knowledge knowledge) {
  for (const char* text : {lists::person_words, lists::place_words, lists::code_words}) Add(text, knowledge);
}

void Vocabulary::Add(std::string_view text, Knowledge knowledge) {
  for (const lists::Section& section : lists::Parse(text)) {
    const std::optional<WordList> list = ListOf(section.name);
    if (!list) continue;
    const bool halved = knowledge == Knowledge::kHalf && IsOpen(*list);
    for (const std::string& word : section.words) {
      if (!halved || lists::IsKept(word)) lists_[static_cast<size_t>(*list)].insert(Fold(word));
    }
  }
}

bool Vocabulary::EndsWith(WordList list, std::string_view folded) const {
  return std::ranges::any_of(List(list), [&](const std::string& word) { return folded.ends_with(word); });
}

bool Vocabulary::StartsWith(WordList list, std::string_view folded) const {
  return std::ranges::any_of(List(list), [&](const std::string& word) { return folded.starts_with(word); });
}

bool Vocabulary::Contains(WordList list, std::string_view folded) const {
  return std::ranges::any_of(List(list), [&](const std::string& word) { return folded.contains(word); });
}

const Vocabulary& WholeVocabulary() {
  static const Vocabulary kWhole(Knowledge::kAll);
  return kWhole;
}

}  // namespace migrateiq::detail
