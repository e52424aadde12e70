#include "pipeline/schema/detail/token.hpp"

#include <algorithm>
#include <array>

namespace migrateiq::detail {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsWordStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool IsWordPart(char c) { return IsWordStart(c) || IsDigit(c) || c == '$'; }

/// Longest first, so that `<=>` is not read as `<=` and `>`.
constexpr std::array<std::string_view, 37> kSymbols = {
    "!~~*", "<=>", "!~~", "!~*", "->>", "~~*", "::", "<=", ">=", "<>", "!=", "==", "||",
    "&&",   "<<",  ">>",  "->",  "~~",  "!~",  "~*", "(",  ")",  ",",  ".",  "+",  "-",
    "*",    "/",   "%",   "<",   ">",   "=",   "[",  "]",  "!",  "~",  "^"};

/// MySQL's backslash escapes; in PostgreSQL those of E'..' that mean the same there.
std::optional<char> Unescape(char c) {
  switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'b': return '\b';
    case '\\':
    case '\'':
    case '"': return c;
    default: return std::nullopt;
  }
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const ExpressionRules& rules) : text_(text), rules_(rules) {}

  std::optional<std::vector<Token>> Run() {
    while (SkipSpace()) {
      const size_t begin = at_;
      if (!One()) return std::nullopt;
      tokens_.back().begin = begin;
      tokens_.back().end = at_;
    }
    tokens_.push_back({.kind = TokenKind::kEnd, .begin = at_, .end = at_});
    return std::move(tokens_);
  }

 private:
  char Peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  bool SkipSpace() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
    return at_ < text_.size();
  }

  bool Add(TokenKind kind, std::string text) {
    tokens_.push_back({.kind = kind, .text = std::move(text)});
    return true;
  }

  bool One() {
    const char c = Peek();
    if (text_.substr(at_, 2) == "--" || text_.substr(at_, 2) == "/*" || c == '\0') return false;
    if (c == '\'' || (c == '"' && rules_.double_quote_is_string)) return String(c, rules_.backslash_escapes);
    if (c == '"' || c == '`') return Quoted(c);
    if (c == '[' && !rules_.casts_with_colons) return Bracketed();
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return Number();
    if (IsWordStart(c)) return Word();
    return Symbol();
  }

  /// With `backslash`, \x is an escape; an escape with another meaning somewhere (\%, \0, \x41) is refused.
  bool String(char quote, bool backslash) {
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == quote && Peek(1) != quote) return ++at_, Add(TokenKind::kString, std::move(value));
      if (c == quote) ++at_;
      if (c == '\\' && backslash) {
        const auto plain = Unescape(Peek(1));
        if (!plain) return false;
        value += *plain;
        ++at_;
      } else {
        value += c;
      }
    }
    return false;
  }

  bool Quoted(char quote) {
    std::string name;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote && Peek(1) != quote) return ++at_, Add(TokenKind::kIdentifier, std::move(name));
      if (text_[at_] == quote) ++at_;
      name += text_[at_];
    }
    return false;
  }

  bool Bracketed() {
    const size_t close = text_.find(']', at_);
    if (close == std::string_view::npos) return false;
    Add(TokenKind::kIdentifier, std::string(text_.substr(at_ + 1, close - at_ - 1)));
    at_ = close + 1;
    return true;
  }

  bool Number() {
    if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X')) return HexNumber();
    const size_t begin = at_;
    Digits();
    if (Peek() == '.') ++at_, Digits();
    if ((Peek() == 'e' || Peek() == 'E') && ExponentFollows()) {
      at_ += IsDigit(Peek(1)) ? 1 : 2;
      Digits();
    }
    if (IsWordStart(Peek())) return false;
    return Add(TokenKind::kNumber, std::string(text_.substr(begin, at_ - begin)));
  }

  void Digits() {
    while (IsDigit(Peek())) ++at_;
  }

  bool ExponentFollows() const { return IsDigit(Peek(1)) || ((Peek(1) == '+' || Peek(1) == '-') && IsDigit(Peek(2))); }

  bool HexNumber() {
    const size_t begin = at_ + 2;
    at_ = begin;
    while (IsHexDigit(Peek())) ++at_;
    const bool whole = at_ > begin && (at_ - begin) % 2 == 0 && !IsWordStart(Peek());
    return whole && Add(TokenKind::kHex, std::string(text_.substr(begin, at_ - begin)));
  }

  bool Word() {
    const size_t begin = at_;
    while (IsWordPart(Peek())) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (IsIntroducer(word)) return IntroducedString();
    if (Peek() == '\'' && word.size() == 1) return PrefixedString(word[0]);
    return Add(TokenKind::kWord, std::string(word));
  }

  /// `_utf8mb4'x'`: the character set is dropped, the text is the same. `_binary` is not text.
  bool IsIntroducer(std::string_view word) const {
    if (word.front() != '_' || (Peek() != '\'' && text_.substr(at_, 2) != "\\'")) return false;
    const std::string set = Lower(word);
    return set == "_utf8mb4" || set == "_utf8mb3" || set == "_utf8" || set == "_latin1" || set == "_ascii";
  }

  /// MySQL's information_schema shows the quotes of such strings as \'.
  bool IntroducedString() {
    if (Peek() == '\'') return String('\'', rules_.backslash_escapes);
    const size_t begin = at_ + 2;
    const size_t close = text_.find("\\'", begin);
    if (close == std::string_view::npos) return false;
    const std::string_view value = text_.substr(begin, close - begin);
    at_ = close + 2;
    if (value.find('\\') != std::string_view::npos) return false;
    return Add(TokenKind::kString, std::string(value));
  }

  bool PrefixedString(char prefix) {
    switch (prefix) {
      case 'e':
      case 'E': return String('\'', true);
      case 'n':
      case 'N': return String('\'', rules_.backslash_escapes);
      case 'b':
      case 'B': return Digits(TokenKind::kBits, [](char c) { return c == '0' || c == '1'; });
      case 'x':
      case 'X': return !rules_.casts_with_colons && Digits(TokenKind::kHex, IsHexDigit);
      default: return false;
    }
  }

  bool Digits(TokenKind kind, bool (*allowed)(char)) {
    if (!String('\'', false)) return false;
    Token& token = tokens_.back();
    token.kind = kind;
    return std::ranges::all_of(token.text, allowed) && (kind != TokenKind::kHex || token.text.size() % 2 == 0);
  }

  bool Symbol() {
    for (const std::string_view symbol : kSymbols) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      at_ += symbol.size();
      return Add(TokenKind::kSymbol, std::string(symbol));
    }
    return false;
  }

  std::string_view text_;
  const ExpressionRules& rules_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::optional<std::vector<Token>> Tokenize(std::string_view text, const ExpressionRules& rules) {
  return Tokenizer(text, rules).Run();
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace migrateiq::detail
