#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace migrateiq {

/// RFC 4648 section 5, without padding.
std::string ToBase64Url(std::string_view bytes);
std::optional<std::string> FromBase64Url(std::string_view text);
std::string ToHexText(std::string_view bytes);  ///< lower case
std::string Sha256(std::string_view bytes);     ///< 32 raw bytes
std::string HmacSha256(std::string_view key, std::string_view bytes);
/// Equal in a time that does not depend on where they differ.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace migrateiq
