#pragma once

#include <cstdint>
#include <string_view>

namespace migrateiq {

/// A place in a text, as people and editors count.
struct TextPosition {
  int64_t units = 0;             ///< UTF-16 code units before it: JavaScript's and most editors' offset
  int64_t line = 1, column = 1;  ///< from 1; columns in characters
};

/// The place of a byte of UTF-8; of the end, when it lies behind it.
inline TextPosition PositionAt(std::string_view utf8, size_t byte) {
  TextPosition position;
  for (const char letter : utf8.substr(0, byte)) {
    const auto code = static_cast<unsigned char>(letter);
    if ((code & 0xC0) == 0x80) continue;     // the rest of a character
    position.units += code >= 0xF0 ? 2 : 1;  // beyond the first plane: a surrogate pair
    ++position.column;
    if (code != '\n') continue;
    ++position.line;
    position.column = 1;
  }
  return position;
}

}  // namespace migrateiq
