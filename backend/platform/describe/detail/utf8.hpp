#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace migrateiq::detail {

/// How many code points; nothing when the bytes are not UTF-8.
std::optional<size_t> CountCharacters(std::string_view text);

/// Control characters (C0 without tab and line feed, DEL, C1) somewhere in valid UTF-8?
bool HasControlCharacter(std::string_view text);

}  // namespace migrateiq::detail
