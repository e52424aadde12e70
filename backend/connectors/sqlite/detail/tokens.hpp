#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::sqlite::detail {

enum class TokenKind : uint8_t { kWord, kName, kString, kNumber, kMark };

/// A token of SQL and where it stands. Comments and blanks yield none.
struct Token {
  TokenKind kind;         ///< kWord: bare, perhaps a keyword; kName: quoted; kMark: one character
  std::string_view text;  ///< as written
  size_t begin = 0;       ///< in the SQL

  size_t end() const { return begin + text.size(); }
  bool Is(std::string_view keyword) const;  ///< a bare word, in any case
  bool Is(char mark) const { return kind == TokenKind::kMark && text.front() == mark; }
  std::string Name() const;  ///< without quotes
};

std::vector<Token> Tokenize(std::string_view sql);

}  // namespace migrateiq::sqlite::detail
