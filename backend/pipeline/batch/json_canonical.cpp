#include "pipeline/batch/json_canonical.hpp"

#include <map>
#include <optional>

#include "pipeline/batch/text.hpp"

namespace migrateiq {

namespace {

constexpr int kMaxDepth = 1000;

void AppendUtf8(std::string& out, uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 63));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 63));
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  }
}

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<uint8_t>(c) < 0x20) {
      out += "\\u00";
      text::AppendHex(out, {&c, 1});
    } else {
      out += c;
    }
  }
  out += '"';
}

class Canonicalizer {
 public:
  Canonicalizer(std::string_view json, JsonNotes& notes) : json_(json), notes_(notes) {}

  bool Run(std::string& out) {
    SkipBlanks();
    if (!Value(out, 0)) return false;
    SkipBlanks();
    return at_ == json_.size();
  }

 private:
  char Peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  bool TakeWord(std::string_view word) {
    if (json_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void SkipBlanks() {
    while (Peek() == ' ' || Peek() == '\n' || Peek() == '\r' || Peek() == '\t') ++at_;
  }

  bool Value(std::string& out, int depth) {
    if (depth > kMaxDepth) return false;
    switch (Peek()) {
      case '{': return Object(out, depth);
      case '[': return Array(out, depth);
      case '"': return StringValue(out);
      case 't': out += "true"; return TakeWord("true");
      case 'f': out += "false"; return TakeWord("false");
      case 'n': out += "null"; return TakeWord("null");
      default: return Number(out);
    }
  }

  bool Object(std::string& out, int depth) {
    ++at_;
    std::map<std::string, std::string> members;
    SkipBlanks();
    if (!Take('}') && !Members(members, depth)) return false;
    out += '{';
    for (const auto& [key, value] : members) {
      if (out.back() != '{') out += ',';
      AppendQuoted(out, key);
      out += ':';
      out += value;
    }
    out += '}';
    return true;
  }

  bool Members(std::map<std::string, std::string>& members, int depth) {
    do {
      SkipBlanks();
      std::string key;
      std::string value;
      if (!String(key)) return false;
      SkipBlanks();
      if (!Take(':')) return false;
      SkipBlanks();
      if (!Value(value, depth + 1)) return false;
      notes_.duplicate_key |= !members.insert_or_assign(std::move(key), std::move(value)).second;
      SkipBlanks();
    } while (Take(','));
    return Take('}');
  }

  bool Array(std::string& out, int depth) {
    ++at_;
    out += '[';
    SkipBlanks();
    if (Take(']')) {
      out += ']';
      return true;
    }
    while (true) {
      SkipBlanks();
      if (!Value(out, depth + 1)) return false;
      SkipBlanks();
      if (Take(']')) {
        out += ']';
        return true;
      }
      if (!Take(',')) return false;
      out += ',';
    }
  }

  bool StringValue(std::string& out) {
    std::string text;
    if (!String(text)) return false;
    AppendQuoted(out, text);
    return true;
  }

  bool String(std::string& out) {
    if (!Take('"')) return false;
    while (at_ < json_.size()) {
      const char c = json_[at_++];
      if (c == '"') return true;
      if (static_cast<uint8_t>(c) < 0x20) return false;
      if (c != '\\') {
        out += c;
        continue;
      }
      if (!Escape(out)) return false;
    }
    return false;
  }

  bool Escape(std::string& out) {
    const char c = Peek();
    ++at_;
    switch (c) {
      case '"':
      case '\\':
      case '/': out += c; return true;
      case 'b': out += '\b'; return true;
      case 'f': out += '\f'; return true;
      case 'n': out += '\n'; return true;
      case 'r': out += '\r'; return true;
      case 't': out += '\t'; return true;
      case 'u': return UnicodeEscape(out);
      default: return false;
    }
  }

  std::optional<uint32_t> FourHex() {
    if (at_ + 4 > json_.size()) return std::nullopt;
    uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = json_[at_++];
      const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
      if (digit < 0) return std::nullopt;
      code = code << 4 | static_cast<uint32_t>(digit);
    }
    return code;
  }

  bool UnicodeEscape(std::string& out) {
    auto code = FourHex();
    if (!code) return false;
    if (*code == 0) notes_.nul_escape = true;
    if (*code >= 0xD800 && *code < 0xDC00 && TakeWord("\\u")) {
      const auto low = FourHex();
      if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
    AppendUtf8(out, *code);
    return true;
  }

  bool Number(std::string& out) {
    const size_t begin = at_;
    Take('-');
    if (Peek() < '0' || Peek() > '9') return false;
    if (Peek() == '0' && at_ + 1 < json_.size() && json_[at_ + 1] >= '0' && json_[at_ + 1] <= '9') return false;
    while (at_ < json_.size() && std::string_view("0123456789.eE+-").find(json_[at_]) != std::string_view::npos) ++at_;
    const std::string_view token = json_.substr(begin, at_ - begin);
    std::string number;
    if (token.back() == '.' || token.find(".e") != std::string_view::npos || !text::NormalizeDecimal(token, number)) {
      return false;
    }
    if (number.find('.') != std::string::npos) {
      number.erase(number.find_last_not_of('0') + 1);
      if (number.back() == '.') number.pop_back();
    }
    out += number == "-0" ? "0" : number;
    return true;
  }

  std::string_view json_;
  JsonNotes& notes_;
  size_t at_ = 0;
};

}  // namespace

bool CanonicalizeJson(std::string_view json, std::string& out, JsonNotes* notes) {
  JsonNotes ignored;
  out.clear();
  return Canonicalizer(json, notes != nullptr ? *notes : ignored).Run(out);
}

}  // namespace migrateiq
