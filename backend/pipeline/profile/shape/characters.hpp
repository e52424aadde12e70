#pragma once

#include <string_view>
#include <vector>

#include "pipeline/profile/profile.hpp"
#include "pipeline/profile/shape/dictionary.hpp"

namespace migrateiq {

enum class CharacterClass : uint8_t { kUpper, kLower, kOtherLetter, kDigit, kBlank, kPunctuation, kControl, kMark };

/// Marks a byte that is no UTF-8.
inline constexpr char32_t kBadByte = 0xFFFFFFFF;

/// The character at `at`, which moves behind it; kBadByte for one byte that is no UTF-8.
char32_t NextCharacter(std::string_view text, size_t& at);
CharacterClass ClassOf(char32_t letter);

CharacterProfile Characters(const std::vector<CountedText>& texts);

/// What the bytes tell of wrong conversions. Nothing when there is no trouble at all.
std::optional<EncodingProfile> EncodingTrouble(const std::vector<CountedText>& texts);
/// UTF-8 read as Windows-1252 or Latin-1 and written as UTF-8 again: at least one such character.
bool IsMojibake(std::string_view text);

}  // namespace migrateiq
