#include "pipeline/semantic/detail/free_text.hpp"

#include <algorithm>

#include "pipeline/semantic/detail/checks.hpp"
#include "pipeline/semantic/detail/fold.hpp"

namespace migrateiq::detail {
namespace {

constexpr size_t kLongest = 20000;  // of a text, in bytes: what comes after is not looked at

std::string_view Stripped(std::string_view word) {
  constexpr std::string_view kMarks = ",.;:!?()<>[]\"'";
  const size_t begin = word.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return {};
  return word.substr(begin, word.find_last_not_of(kMarks) - begin + 1);
}

void Add(std::string_view what, std::vector<std::string_view>& found) {
  if (std::ranges::find(found, what) == found.end()) found.push_back(what);
}

/// A word by itself, or a word with an "@" in it.
void LookAtWord(std::string_view word, const Vocabulary& words, std::vector<std::string_view>& found) {
  if (word.size() < 6 || word.size() > 100) return;
  const Value value = MakeValue(word, words);
  if (value.Has(kAt) && check::Email(value) == Fit::kStrong) return Add("an e-mail address", found);
  if (value.compact.size() >= 15 && value.compact.size() <= 34 && IsAsciiLetter(word[0]) &&
      check::Iban(value) == Fit::kStrong) {
    Add("an IBAN", found);
  }
}

/// A stretch of digits and what may stand between them.
void LookAtNumber(std::string_view stretch, const Vocabulary& words, std::vector<std::string_view>& found) {
  const Value value = MakeValue(Stripped(stretch), words);
  if (value.digits < 9 || value.text.empty()) return;
  const size_t size = value.compact.size();
  if (size >= 15 && size <= 19 && check::CreditCard(value) == Fit::kStrong) return Add("a card number", found);
  if (size == 9 && check::UsSsn(value) == Fit::kStrong) return Add("a social security number", found);
  const bool phone =
      stretch.contains('+') || stretch.contains('(') || value.text.find_first_of(" -/") != std::string_view::npos;
  if (phone && check::Phone(value) == Fit::kStrong) Add("a phone number", found);
}

void LookForNumbers(std::string_view text, const Vocabulary& words, std::vector<std::string_view>& found) {
  const auto joins = [](char c) { return IsDigit(c) || std::string_view(" +-/()").contains(c); };
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    size_t digits = 0;
    while (end < text.size() && joins(text[end])) digits += IsDigit(text[end++]) ? 1 : 0;
    if (digits >= 9 && digits <= 19) {
      std::string_view stretch = text.substr(at, end - at);
      while (!stretch.empty() && std::string_view(" -/").contains(stretch.front())) stretch.remove_prefix(1);
      while (!stretch.empty() && std::string_view(" -/(").contains(stretch.back())) stretch.remove_suffix(1);
      LookAtNumber(stretch, words, found);
    }
    at = end + 1;
  }
}

}  // namespace

bool IsProse(std::string_view text) {
  if (text.starts_with('<') || text.starts_with('{') || text.starts_with('[')) return false;
  size_t blanks = 0, wide = 0, letters = 0;
  for (size_t at = 0; at < std::min<size_t>(text.size(), 400);) {
    const uint32_t c = NextCodePoint(text, at);
    blanks += c == ' ' ? 1 : 0;
    wide += IsEastAsian(c) ? 1 : 0;
    letters += IsLetter(c) ? 1 : 0;
  }
  return (blanks >= 3 || wide >= 8) && letters >= 10;
}

std::vector<std::string_view> FindPersonal(const Value& value) {
  std::vector<std::string_view> found;
  const std::string_view text = value.text.substr(0, kLongest);
  const bool mail = value.Has(kAt);
  for (size_t at = 0; at < text.size() && (mail || value.digits >= 10);) {
    const size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
    LookAtWord(Stripped(text.substr(at, end - at)), *value.words, found);
    at = end + 1;
  }
  if (value.digits >= 9) LookForNumbers(text, *value.words, found);
  return found;
}

}  // namespace migrateiq::detail
