#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/schema/expression.hpp"

namespace migrateiq::detail {

enum class TokenKind : uint8_t {
  kWord,        ///< unquoted identifier or keyword; `text` as written
  kIdentifier,  ///< quoted identifier, unquoted here
  kNumber,      ///< decimal literal, no sign
  kString,      ///< unescaped value
  kHex,         ///< digits of X'..' or 0x..
  kBits,        ///< digits of b'..'
  kSymbol,      ///< operator or punctuation
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;
  size_t begin = 0;  ///< place in the text
  size_t end = 0;
};

/// The tokens of an expression, closed by kEnd; nullopt for what is not understood (comments, parameters, dollar
/// quoting, an unclosed string).
std::optional<std::vector<Token>> Tokenize(std::string_view text, const ExpressionRules& rules);

/// ASCII lower case.
std::string Lower(std::string_view text);

}  // namespace migrateiq::detail
