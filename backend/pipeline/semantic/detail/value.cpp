#include "pipeline/semantic/detail/value.hpp"

#include <array>

#include "pipeline/semantic/detail/fold.hpp"

namespace migrateiq::detail {
namespace {

constexpr size_t kCompactLimit = 200;
constexpr size_t kFoldLimit = 200;

uint32_t ClassOf(uint8_t byte) {
  const char c = static_cast<char>(byte);
  if (IsDigit(c)) return kDigits;
  if (IsUpper(c)) return kUpper;
  if (IsLower(c)) return kLower;
  if (byte >= 0x80) return kNonAscii;
  switch (c) {
    case ' ':
    case '\t': return kSpace;
    case '-': return kDash;
    case '.': return kDot;
    case '/': return kSlash;
    case ':': return kColon;
    case '@': return kAt;
    case '+': return kPlus;
    case '(':
    case ')': return kParenthesis;
    case ',': return kComma;
    case '_': return kUnderscore;
    case '<':
    case '>': return kAngle;
    case '{':
    case '}':
    case '[':
    case ']': return kBrace;
    default: return kOther;
  }
}

constexpr std::array<uint32_t, 256> MakeClasses(uint32_t (*of)(uint8_t)) {
  std::array<uint32_t, 256> table{};
  for (size_t i = 0; i < table.size(); ++i) table[i] = of(static_cast<uint8_t>(i));
  return table;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string Compact(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (IsAlnum(c)) out += ToUpper(c);
  }
  return out;
}

}  // namespace

Value MakeValue(std::string_view text, const Vocabulary& words) {
  static const std::array<uint32_t, 256> kClasses = MakeClasses(ClassOf);
  Value value{.text = Trimmed(text), .words = &words};
  for (const char c : value.text) {
    const uint32_t sort = kClasses[static_cast<uint8_t>(c)];
    value.classes |= sort;
    value.digits += sort == kDigits ? 1 : 0;
  }
  constexpr uint32_t kPlain = kDigits | kUpper | kLower | kSpace | kDash | kDot | kSlash;
  if (value.text.size() <= kCompactLimit && value.Only(kPlain)) value.compact = Compact(value.text);
  if (value.text.size() <= kFoldLimit && value.Has(kUpper | kLower | kNonAscii)) value.folded = Fold(value.text);
  return value;
}

}  // namespace migrateiq::detail
