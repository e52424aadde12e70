#include "connectors/sqlite/detail/tokens.hpp"

#include <algorithm>

#include "connectors/sqlite/sqlite_names.hpp"

namespace migrateiq::sqlite::detail {

namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordStart(char c) { return (UpperChar(c) >= 'A' && UpperChar(c) <= 'Z') || c == '_' || (c & 0x80) != 0; }
bool IsWordPart(char c) { return IsWordStart(c) || IsDigit(c) || c == '$'; }

/// The position after the comment that begins at `at`, or `at` when none does.
size_t SkipComment(std::string_view sql, size_t at) {
  if (sql.substr(at).starts_with("--")) return std::min(sql.find('\n', at), sql.size());
  if (!sql.substr(at).starts_with("/*")) return at;
  const size_t close = sql.find("*/", at + 2);
  return close == std::string_view::npos ? sql.size() : close + 2;
}

size_t EndOfQuoted(std::string_view sql, size_t at, char close) {
  for (size_t i = at + 1; i < sql.size(); ++i) {
    if (sql[i] != close) continue;
    if (close == ']' || i + 1 >= sql.size() || sql[i + 1] != close) return i + 1;
    ++i;
  }
  return sql.size();
}

size_t EndOfWord(std::string_view sql, size_t at) {
  while (at < sql.size() && IsWordPart(sql[at])) ++at;
  return at;
}

size_t EndOfNumber(std::string_view sql, size_t at) {
  while (at < sql.size() && (IsWordPart(sql[at]) || sql[at] == '.')) ++at;
  return at;
}

Token Next(std::string_view sql, size_t at) {
  const char c = sql[at];
  const auto until = [&](TokenKind kind, size_t end) { return Token{kind, sql.substr(at, end - at), at}; };
  if (c == '\'') return until(TokenKind::kString, EndOfQuoted(sql, at, c));
  if (c == '"' || c == '`') return until(TokenKind::kName, EndOfQuoted(sql, at, c));
  if (c == '[') return until(TokenKind::kName, EndOfQuoted(sql, at, ']'));
  if (IsWordStart(c)) return until(TokenKind::kWord, EndOfWord(sql, at));
  if (IsDigit(c)) return until(TokenKind::kNumber, EndOfNumber(sql, at));
  return until(TokenKind::kMark, at + 1);
}

}  // namespace

bool Token::Is(std::string_view keyword) const { return kind == TokenKind::kWord && SameName(text, keyword); }

std::string Token::Name() const {
  if (kind != TokenKind::kName && kind != TokenKind::kString) return std::string(text);
  if (text.size() < 2) return "";
  const char close = text.back();
  std::string name;
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    name += text[i];
    if (text[i] == close && close != ']') ++i;
  }
  return name;
}

std::vector<Token> Tokenize(std::string_view sql) {
  std::vector<Token> tokens;
  size_t at = 0;
  while (at < sql.size()) {
    if (IsBlank(sql[at])) {
      ++at;
    } else if (const size_t after = SkipComment(sql, at); after != at) {
      at = after;
    } else {
      tokens.push_back(Next(sql, at));
      at = tokens.back().end();
    }
  }
  return tokens;
}

}  // namespace migrateiq::sqlite::detail
