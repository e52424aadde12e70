#include <cctype>

#include "pipeline/suite/detail/value_question.hpp"

namespace migrateiq::detail {

namespace {

constexpr int kMostRepeated = 255;

/// Reads a pattern of RE2 and writes what POSIX, PCRE and ICU engines read alike.
class RegexRewriter {
 public:
  RegexRewriter(const std::string& pattern, const std::string& end) : in_(pattern), end_(end) {}

  std::optional<std::string> Rewrite() && {
    while (at_ < in_.size()) {
      if (!Element()) return std::nullopt;
    }
    return depth_ == 0 && !out_.empty() ? std::optional(out_) : std::nullopt;
  }

 private:
  static bool IsPlain(char c) { return c >= ' ' && c <= '~'; }
  static bool IsPunctuation(char c) { return IsPlain(c) && std::ispunct(static_cast<unsigned char>(c)) != 0; }

  bool Element() {
    const char c = in_[at_++];
    switch (c) {
      case '^':
        repeatable_ = false;
        out_ += '^';
        return true;
      case '$':
        repeatable_ = false;
        out_ += end_;
        return true;
      case '|':
        repeatable_ = false;
        out_ += '|';
        return true;
      case '.': return Atom("[^\n]");
      case '(': return Open();
      case ')':
        out_ += ')';
        repeatable_ = true;
        return depth_-- > 0;
      case '[': return Class();
      case '\\': return Escape();
      case '*':
      case '+':
      case '?': return Repeat(std::string(1, c));
      case '{': return Count();
      case '}':
      case ']': return false;
      default: return IsPlain(c) && Atom(std::string(1, c));
    }
  }

  bool Atom(const std::string& text) {
    out_ += text;
    repeatable_ = true;
    return true;
  }

  bool Open() {
    if (in_.compare(at_, 2, "?:") == 0)
      at_ += 2;
    else if (at_ < in_.size() && in_[at_] == '?')
      return false;
    out_ += '(';
    ++depth_;
    repeatable_ = false;
    return true;
  }

  /// What `\d` and its like stand for within a class; empty for others.
  static std::string Members(char c) {
    if (c == 'd') return "0-9";
    if (c == 'w') return "0-9A-Za-z_";
    if (c == 's') return "\t\n\f\r ";
    return "";
  }

  bool Escape() {
    if (at_ == in_.size()) return false;
    const char c = in_[at_++];
    if (const std::string members = Members(c); !members.empty()) return Atom("[" + members + "]");
    return IsPunctuation(c) && Atom(std::string("\\") + c);
  }

  bool Class() {
    std::string text = "[";
    if (at_ < in_.size() && in_[at_] == '^') text += in_[at_++];
    bool any = false;
    for (; at_ < in_.size() && in_[at_] != ']'; any = true) {
      const char c = in_[at_++];
      if (!IsPlain(c) || c == '[' || c == '&' || c == '~') return false;
      if (c != '\\') {
        text += c;
        continue;
      }
      if (at_ == in_.size()) return false;
      const char escaped = in_[at_++];
      const std::string members = Members(escaped);
      if (members.empty() && !IsPunctuation(escaped)) return false;
      const bool in_range = text.ends_with('-') || in_.compare(at_, 1, "-") == 0;
      if (!members.empty() && in_range) return false;
      text += members.empty() ? std::string("\\") + escaped : members;
    }
    if (!any || at_ == in_.size()) return false;
    ++at_;
    return Atom(text + "]");
  }

  bool Repeat(const std::string& how) {
    if (!repeatable_) return false;
    repeatable_ = false;
    out_ += how;
    const bool modified = at_ < in_.size() && (in_[at_] == '?' || in_[at_] == '+' || in_[at_] == '*');
    return !modified;
  }

  bool Count() {
    const size_t close = in_.find('}', at_);
    if (close == std::string::npos) return false;
    const std::string body = in_.substr(at_, close - at_);
    at_ = close + 1;
    const size_t comma = body.find(',');
    const std::string low = body.substr(0, comma), high = comma == std::string::npos ? "" : body.substr(comma + 1);
    const auto number = [](const std::string& text) {
      return !text.empty() && text.size() <= 3 && text.find_first_not_of("0123456789") == std::string::npos &&
             std::stoi(text) <= kMostRepeated;
    };
    if (!number(low) || (!high.empty() && !number(high))) return false;
    return Repeat("{" + body + "}");
  }

  const std::string& in_;
  const std::string& end_;
  size_t at_ = 0;
  std::string out_;
  int depth_ = 0;
  bool repeatable_ = false;
};

}  // namespace

std::optional<std::string> CommonRegex(const std::string& pattern, const std::string& end) {
  return RegexRewriter(pattern, end).Rewrite();
}

}  // namespace migrateiq::detail
