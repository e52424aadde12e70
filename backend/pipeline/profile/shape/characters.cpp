#include "pipeline/profile/shape/characters.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <array>
#include <vector>

#include "pipeline/profile/scan/accumulator.hpp"

namespace migrateiq {

namespace {

constexpr size_t kMostExamples = 5;
constexpr char32_t kReplacement = 0xFFFD;

CharacterClass ClassBeyondAscii(char32_t letter) {
  const auto point = static_cast<UChar32>(letter);
  switch (u_charType(point)) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER: return CharacterClass::kUpper;
    case U_LOWERCASE_LETTER: return CharacterClass::kLower;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER: return CharacterClass::kOtherLetter;
    case U_DECIMAL_DIGIT_NUMBER: return CharacterClass::kDigit;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK: return CharacterClass::kMark;
    case U_SPACE_SEPARATOR: return CharacterClass::kBlank;
    case U_CONTROL_CHAR: return CharacterClass::kControl;
    default: return CharacterClass::kPunctuation;
  }
}

CharacterClass ClassOfAscii(char32_t letter) {
  if (letter >= 'a' && letter <= 'z') return CharacterClass::kLower;
  if (letter >= 'A' && letter <= 'Z') return CharacterClass::kUpper;
  if (letter >= '0' && letter <= '9') return CharacterClass::kDigit;
  if (letter == ' ' || letter == '\t') return CharacterClass::kBlank;
  return letter < 0x20 || letter == 0x7F ? CharacterClass::kControl : CharacterClass::kPunctuation;
}

bool IsLetter(CharacterClass one) {
  return one == CharacterClass::kUpper || one == CharacterClass::kLower || one == CharacterClass::kOtherLetter;
}

struct Seen {
  std::array<int64_t, 8> classes{};
  int64_t beyond_ascii = 0, characters = 0;
  int64_t of(CharacterClass one) const { return classes[static_cast<size_t>(one)]; }
};

Seen Look(std::string_view text) {
  Seen seen;
  for (size_t at = 0; at < text.size(); ++seen.characters) {
    const char32_t letter = NextCharacter(text, at);
    ++seen.classes[static_cast<size_t>(ClassOf(letter))];
    seen.beyond_ascii += letter >= 0x80 ? 1 : 0;
  }
  return seen;
}

// --- mojibake --------------------------------------------------------------------------------------------------------

/// The byte that Windows-1252 (or Latin-1) has for a character; -1 = none.
int AsOneByte(char32_t letter) {
  static constexpr std::array<char32_t, 32> kUpperControls = {
      0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (letter <= 0xFF) return static_cast<int>(letter);
  for (size_t i = 0; i < kUpperControls.size(); ++i) {
    if (kUpperControls[i] == letter) return 0x80 + static_cast<int>(i);
  }
  return -1;
}

int SequenceLength(int lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  return lead >= 0xE0 && lead <= 0xEF ? 3 : (lead >= 0xF0 && lead <= 0xF4 ? 4 : 0);
}

/// How surely the bytes from `at` on are UTF-8 by intention: 2 = a letter of Western Europe or a longer sequence, 1 =
/// could also be chance, 0 = no.
int SequenceWeight(const std::vector<int>& bytes, size_t at) {
  const int length = SequenceLength(bytes[at]);
  if (length == 0 || at + static_cast<size_t>(length) > bytes.size()) return 0;
  for (int i = 1; i < length; ++i) {
    const int byte = bytes[at + static_cast<size_t>(i)];
    if (byte < 0x80 || byte > 0xBF) return 0;
  }
  return length > 2 || bytes[at] <= 0xC3 ? 2 : 1;
}

// --- scripts and normal form
// -------------------------------------------------------------------------------------------

bool IsAlphabet(UScriptCode script) {
  return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK ||
         script == USCRIPT_ARMENIAN || script == USCRIPT_HEBREW || script == USCRIPT_ARABIC;
}

/// Letters of two alphabets side by side within one word.
bool MixesScripts(std::string_view text) {
  UScriptCode before = USCRIPT_COMMON;
  for (size_t at = 0; at < text.size();) {
    const char32_t letter = NextCharacter(text, at);
    if (letter == kBadByte || !IsLetter(ClassOf(letter))) {
      before = USCRIPT_COMMON;
      continue;
    }
    UErrorCode failure = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(letter), &failure);
    if (!IsAlphabet(script)) continue;
    if (before != USCRIPT_COMMON && script != before) return true;
    before = script;
  }
  return false;
}

bool IsComposed(std::string_view text) {
  UErrorCode failure = U_ZERO_ERROR;
  const UNormalizer2* composed = unorm2_getNFCInstance(&failure);
  std::vector<UChar> wide(text.size() + 1);
  int32_t length = 0;
  u_strFromUTF8WithSub(wide.data(), static_cast<int32_t>(wide.size()), &length, text.data(),
                       static_cast<int32_t>(text.size()), static_cast<UChar32>(kReplacement), nullptr, &failure);
  return U_FAILURE(failure) != 0 || unorm2_isNormalized(composed, wide.data(), length, &failure) != 0;
}

bool IsPlainAscii(std::string_view text) {
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (code >= 0x7F || (code < 0x20 && code != '\t' && code != '\n' && code != '\r')) return false;
  }
  return true;
}

bool Holds(std::string_view text, bool (*is)(char32_t)) {
  for (size_t at = 0; at < text.size();) {
    if (is(NextCharacter(text, at))) return true;
  }
  return false;
}

bool IsControl(char32_t letter) {
  if (letter == kBadByte || letter == '\t' || letter == '\n' || letter == '\r') return false;
  return ClassOf(letter) == CharacterClass::kControl;
}

}  // namespace

char32_t NextCharacter(std::string_view text, size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) {
    ++at;
    return first;
  }
  auto place = static_cast<int32_t>(at);
  UChar32 letter = 0;
  U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), place, static_cast<int32_t>(text.size()), letter);
  at = letter < 0 ? at + 1 : static_cast<size_t>(place);
  return letter < 0 ? kBadByte : static_cast<char32_t>(letter);
}

CharacterClass ClassOf(char32_t letter) {
  if (letter < 0x80) return ClassOfAscii(letter);
  return letter == kBadByte ? CharacterClass::kPunctuation : ClassBeyondAscii(letter);
}

CharacterProfile Characters(const std::vector<CountedText>& texts) {
  CharacterProfile profile;
  for (const auto& [text, count] : texts) {
    if (text.empty()) continue;
    const Seen seen = Look(text);
    const int64_t upper = seen.of(CharacterClass::kUpper), lower = seen.of(CharacterClass::kLower);
    const int64_t letters = upper + lower + seen.of(CharacterClass::kOtherLetter);
    const int64_t digits = seen.of(CharacterClass::kDigit);
    const auto add = [count = count](int64_t& to, bool is) { to += is ? count : 0; };
    add(profile.letters, letters > 0);
    add(profile.digits, digits > 0);
    add(profile.blanks, seen.of(CharacterClass::kBlank) > 0);
    add(profile.punctuation, seen.of(CharacterClass::kPunctuation) > 0);
    add(profile.beyond_ascii, seen.beyond_ascii > 0);
    add(profile.all_upper, letters > 0 && upper == letters);
    add(profile.all_lower, letters > 0 && lower == letters);
    add(profile.all_digits, digits == seen.characters);
    add(profile.outer_blanks, text.front() == ' ' || text.back() == ' ' || text.front() == '\t' || text.back() == '\t');
  }
  return profile;
}

bool IsMojibake(std::string_view text) {
  std::vector<int> bytes;
  for (size_t at = 0; at < text.size();) bytes.push_back(AsOneByte(NextCharacter(text, at)));
  int weight = 0;
  for (size_t at = 0; at < bytes.size(); ++at) weight += SequenceWeight(bytes, at);
  return weight >= 2;
}

std::optional<EncodingProfile> EncodingTrouble(const std::vector<CountedText>& texts) {
  EncodingProfile trouble;
  for (const auto& [text, count] : texts) {
    if (IsPlainAscii(text)) continue;
    const int64_t before = trouble.Total();
    const auto add = [count = count](int64_t& to, bool is) { to += is ? count : 0; };
    add(trouble.invalid_utf8, Holds(text, [](char32_t letter) { return letter == kBadByte; }));
    add(trouble.replacement, Holds(text, [](char32_t letter) { return letter == kReplacement; }));
    add(trouble.control, Holds(text, IsControl));
    add(trouble.mojibake, IsMojibake(text));
    add(trouble.mixed, MixesScripts(text));
    add(trouble.not_normalized, !IsComposed(text));
    if (trouble.Total() > before && trouble.examples.size() < kMostExamples) trouble.examples.push_back(Shown(text));
  }
  return trouble.Total() > 0 ? std::optional(trouble) : std::nullopt;
}

}  // namespace migrateiq
