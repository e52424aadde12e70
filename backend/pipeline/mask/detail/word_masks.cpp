#include <algorithm>
#include <cctype>

#include "base/encoding.hpp"
#include "pipeline/mask/detail/keyed_hash.hpp"
#include "pipeline/mask/detail/text_mask.hpp"
#include "pipeline/mask/detail/words.hpp"

namespace migrateiq::detail {

namespace {

constexpr size_t kMostWords = 6;
constexpr size_t kTokenBytes = 16;

/// A hash as text: of 128 bits, so that two values with one token are not met.
class TokenMask : public TextMask {
 public:
  explicit TokenMask(std::string_view key) : hash_(key, "token") {}

  bool Replace(std::string_view value, std::string& out) override {
    const KeyedHash::Bytes bytes = hash_.Of(value);
    out = ToHexText({reinterpret_cast<const char*>(bytes.data()), kTokenBytes});
    return true;
  }

 private:
  KeyedHash hash_;
};

/// At the domain that RFC 2606 keeps free: nobody gets what is sent there by mistake.
class EmailMask : public TextMask {
 public:
  explicit EmailMask(std::string_view key) : hash_(key, "email") {}

  bool Replace(std::string_view value, std::string& out) override {
    const KeyedHash::Bytes bytes = hash_.Of(value);
    out = "u";
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < kTokenBytes; ++i) {
      bits = bits << 8 | bytes[i];
      for (held += 8; held >= 5; held -= 5) out += kBase32[bits >> (held - 5) & 31];
    }
    out += kBase32[bits << (5 - held) & 31];
    out += "@example.com";
    return true;
  }

 private:
  static constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
  KeyedHash hash_;
};

bool IsBetweenWords(char c) { return std::string_view(" ,.-\t\n\r/()").contains(c); }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

/// `word` in the case of `like`: HARPER for LOVELACE, harper for ada.
std::string InCaseOf(std::string_view like, std::string_view word) {
  std::string out(word);
  const bool any_lower = std::ranges::any_of(like, IsLower), any_upper = std::ranges::any_of(like, IsUpper);
  for (char& c : out) {
    if (any_upper && !any_lower) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (any_lower && !any_upper) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string_view OneOf(std::span<const std::string_view> words, KeyedNumbers& numbers) {
  return words[numbers.Below(words.size())];
}

/// Each word another, an initial another letter; what stands between words stays.
class NameMask : public TextMask {
 public:
  explicit NameMask(std::string_view key) : hash_(key, "name") {}

  bool Replace(std::string_view value, std::string& out) override {
    KeyedNumbers numbers(hash_, value);
    out.clear();
    size_t words = 0;
    for (size_t at = 0; at < value.size() && words < kMostWords;) {
      size_t end = at;
      while (end < value.size() && !IsBetweenWords(value[end])) ++end;
      if (end > at) {
        Append(value.substr(at, end - at), numbers, out);
        ++words;
      }
      for (at = end; at < value.size() && IsBetweenWords(value[at]); ++at) out += value[at];
    }
    return true;
  }

 private:
  static void Append(std::string_view word, KeyedNumbers& numbers, std::string& out) {
    if (word.size() == 1)
      out += static_cast<char>((IsLower(word[0]) ? 'a' : 'A') + static_cast<char>(numbers.Below(26)));
    else
      out += InCaseOf(word, OneOf(words::Names(), numbers));
  }

  KeyedHash hash_;
};

class AddressMask : public TextMask {
 public:
  explicit AddressMask(std::string_view key) : hash_(key, "address") {}

  bool Replace(std::string_view value, std::string& out) override {
    KeyedNumbers numbers(hash_, value);
    const bool street = value.find_first_of("0123456789") != std::string_view::npos;
    out = InCaseOf(value, OneOf(street ? words::Streets() : words::Cities(), numbers));
    if (street) out += " " + std::to_string(1 + numbers.Below(199));
    return true;
  }

 private:
  KeyedHash hash_;
};

class RedactMask : public TextMask {
 public:
  bool Replace(std::string_view, std::string& out) override {
    out = "***";
    return true;
  }
};

}  // namespace

std::unique_ptr<TextMask> MakeTokenMask(std::string_view key) { return std::make_unique<TokenMask>(key); }
std::unique_ptr<TextMask> MakeEmailMask(std::string_view key) { return std::make_unique<EmailMask>(key); }
std::unique_ptr<TextMask> MakeNameMask(std::string_view key) { return std::make_unique<NameMask>(key); }
std::unique_ptr<TextMask> MakeAddressMask(std::string_view key) { return std::make_unique<AddressMask>(key); }
std::unique_ptr<TextMask> MakeRedactMask() { return std::make_unique<RedactMask>(); }

}  // namespace migrateiq::detail
