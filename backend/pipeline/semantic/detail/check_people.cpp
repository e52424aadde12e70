// What is told by lists of words: names, and what is said of people.
#include <algorithm>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/checksum.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/tokens.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"

namespace migrateiq::detail::check {
namespace {

bool Knows(const Value& value, WordList list, const std::string& word) { return value.words->Has(list, word); }

/// A word, or all the parts of "Anna-Lena", "García Márquez". Not "Anna Schmidt", which is more than that.
bool KnowsAllParts(const Value& value, WordList list) {
  if (Knows(value, list, value.folded)) return true;
  if (!value.Has(kSpace | kDash)) return false;
  const std::vector<std::string> words = WordsOf(value.folded, 4);
  return !words.empty() &&
         std::ranges::all_of(words, [&](const std::string& word) { return Knows(value, list, word); });
}

bool IsShortName(const Value& value, size_t most_words) {
  if (value.folded.empty() || !IsNameText(value.text) || value.Has(kComma)) return false;
  if (const size_t letters = EastAsianLength(value.text); letters > 0) return letters <= 3;
  return static_cast<size_t>(std::ranges::count(value.text, ' ')) < most_words && value.text.size() > 1;
}

/// A closed list: the whole value stands in it; a single letter is only a hint.
Fit InList(const Value& value, WordList list) {
  return value.folded.empty() ? Fit::kNo : StrongOrNo(Knows(value, list, value.folded));
}

/// An open list: other short texts may belong to it too.
Fit InOpenList(const Value& value, WordList list, size_t most_words) {
  if (value.folded.empty() || !IsNameText(value.text)) return Fit::kNo;
  if (Knows(value, list, value.folded)) return Fit::kStrong;
  return WeakIf(static_cast<size_t>(std::ranges::count(value.text, ' ')) < most_words && value.text.size() > 1);
}

Fit EastAsianFullName(const Value& value) {
  const size_t letters = EastAsianLength(value.text);
  if (letters < 2 || letters > 6) return Fit::kNo;
  // Names of one letter begin many other words too: they count with no more than three letters in all.
  const bool one = letters <= 4 && value.words->StartsWith(WordList::kLastName, value.text);
  if (!one) return WeakIf(letters <= 4);
  return StrongIf(letters >= 2);
}

/// "Anna Maria Schmidt", "Schmidt, Anna", "Dr. A. Schmidt".
Fit WesternFullName(const Value& value) {
  const std::vector<std::string> words = WordsOf(value.folded, 6);
  if (words.size() < 2 || words.size() > 5) return Fit::kNo;
  const auto known = [&](const std::string& word) {
    return Knows(value, WordList::kFirstName, word) || Knows(value, WordList::kLastName, word);
  };
  const bool begins = Knows(value, WordList::kFirstName, words[0]) || Knows(value, WordList::kSalutation, words[0]) ||
                      (value.Has(kComma) && Knows(value, WordList::kFirstName, words[1]));
  const auto hits = std::ranges::count_if(words, known);
  return StrongIf(hits >= 2 || (begins && hits >= 1));
}

}  // namespace

Fit FirstName(const Value& value) {
  return IsShortName(value, 3) ? StrongIf(KnowsAllParts(value, WordList::kFirstName)) : Fit::kNo;
}

Fit MiddleName(const Value& value) {
  const bool initial = value.text.size() <= 2 && IsNameText(value.text);
  return initial ? Fit::kWeak : FirstName(value) == Fit::kNo ? Fit::kNo : Fit::kWeak;
}

Fit LastName(const Value& value) {
  return IsShortName(value, 4) ? StrongIf(KnowsAllParts(value, WordList::kLastName)) : Fit::kNo;
}

Fit FullName(const Value& value) {
  if (value.folded.empty() || !IsNameText(value.text)) return Fit::kNo;
  if (Company(value) == Fit::kStrong) return Fit::kNo;
  return EastAsianLength(value.text) > 0 ? EastAsianFullName(value) : WesternFullName(value);
}

Fit Salutation(const Value& value) { return InList(value, WordList::kSalutation); }
Fit Occupation(const Value& value) { return InOpenList(value, WordList::kOccupation, 6); }
Fit MaritalStatus(const Value& value) { return InList(value, WordList::kMaritalStatus); }
Fit Nationality(const Value& value) {
  if (const Fit fit = InOpenList(value, WordList::kNationality, 4); fit != Fit::kWeak) return fit;
  return Fit::kWeak;
}
Fit Religion(const Value& value) { return InList(value, WordList::kReligion); }
Fit Ethnicity(const Value& value) { return InList(value, WordList::kEthnicity); }
Fit PoliticalOpinion(const Value& value) { return InList(value, WordList::kPoliticalOpinion); }
Fit SexualOrientation(const Value& value) { return InList(value, WordList::kSexualOrientation); }

Fit Gender(const Value& value) {
  if (value.text.size() == 1) return WeakIf(std::string_view("mfwdxuhvknoeMFWDXUHVKNOE0129").contains(value.text[0]));
  return InList(value, WordList::kGender);
}

Fit Company(const Value& value) {
  if (value.folded.empty() || !value.Has(kUpper | kLower | kNonAscii) || value.Has(kAt)) return Fit::kNo;
  if (EastAsianLength(value.text) > 0) {
    const bool form = value.words->EndsWith(WordList::kCompanySuffix, value.text) ||
                      value.words->StartsWith(WordList::kCompanySuffix, value.text);
    return StrongIf(form);
  }
  if (std::ranges::count(value.text, ' ') > 9) return Fit::kNo;
  // The legal form is the last word or words; "kg" in small letters is a weight.
  for (size_t at = value.folded.find(' '); at != std::string::npos; at = value.folded.find(' ', at + 1)) {
    const bool written =
        value.folded.size() != value.text.size() || at + 4 < value.folded.size() || IsUpper(value.text[at + 1]);
    if (written && value.digits * 2 < at && Knows(value, WordList::kCompanySuffix, value.folded.substr(at + 1)))
      return Fit::kStrong;
  }
  if (value.folded.contains("(주)")) return Fit::kStrong;
  return WeakIf(value.digits * 3 < value.text.size());
}

Fit BirthDate(const Value& value) {
  if (value.digits < 4 || value.digits > 14) return Fit::kNo;
  const Fit date = Date(value);
  return WeakIf(date != Fit::kNo || DateTime(value) == Fit::kStrong);
}

Fit Age(const Value& value) {
  if (!value.Only(kDigits | kDot) || value.text.size() > 5 || value.digits == 0) return Fit::kNo;
  return WeakIf(checksum::Number(value.text.substr(0, value.text.find('.'))) <= 120 && value.text[0] != '.');
}

}  // namespace migrateiq::detail::check
