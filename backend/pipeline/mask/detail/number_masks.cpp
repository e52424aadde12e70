#include <algorithm>

#include "pipeline/batch/text.hpp"
#include "pipeline/mask/detail/keyed_hash.hpp"
#include "pipeline/mask/detail/text_mask.hpp"

namespace migrateiq::detail {

namespace {

constexpr size_t kNoisyDigits = 15;  // the rest of a longer number becomes zeros
constexpr std::string_view kDigits = "0123456789";

/// A decimal as its sign, its digits without leading zeros, and how many of them stand after the point.
struct Decimal {
  bool negative = false;
  std::string digits;
  size_t scale = 0;

  explicit Decimal(std::string_view text) : negative(text.starts_with('-')) {
    const size_t point = text.find('.');
    scale = point == std::string_view::npos ? 0 : text.size() - point - 1;
    for (const char c : text)
      if (kDigits.contains(c) && (c != '0' || !digits.empty())) digits += c;
  }

  std::string Text() const {
    std::string text = digits;
    if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
    if (scale > 0) text.insert(text.size() - scale, 1, '.');
    return (negative ? "-" : "") + text;
  }

  /// 7.50 and 7.5 are one value.
  std::string Canonical() const {
    std::string text = Text();
    if (scale > 0) text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
  }
};

bool IsSpecial(std::string_view text) { return text == "NaN" || text == "Infinity" || text == "-Infinity"; }

/// Up to a tenth more or less; never none, never another sign, never more digits.
class NoiseMask : public TextMask {
 public:
  NoiseMask(std::string_view key, std::string most) : hash_(key, "number_noise"), most_(std::move(most)) {}

  bool Replace(std::string_view value, std::string& out) override {
    std::string normal;
    if (!text::NormalizeDecimal(value, normal)) return false;
    out = normal;
    if (IsSpecial(normal)) return true;
    Decimal decimal(normal);
    if (decimal.digits.empty()) return true;  // zero
    KeyedNumbers numbers(hash_, decimal.Canonical());
    const size_t noisy = std::min(decimal.digits.size(), kNoisyDigits), rest = decimal.digits.size() - noisy;
    const std::string changed = Changed(decimal.digits.substr(0, noisy), numbers);
    decimal.digits = changed.empty() ? "" : changed + std::string(rest, '0');
    if (!most_.empty() && decimal.digits.size() == most_.size() && decimal.digits > most_) decimal.digits = most_;
    out = decimal.digits.empty() ? Decimal("0").Text() : decimal.Text();
    return true;
  }

 private:
  static std::string Changed(const std::string& digits, KeyedNumbers& numbers) {
    const int64_t value = std::stoll(digits);
    const int64_t span = std::max<int64_t>(1, value / 10), most = std::stoll(std::string(digits.size(), '9'));
    const auto step = static_cast<int64_t>(1 + numbers.Below(static_cast<uint64_t>(span)));
    const bool up = value + step <= most && (numbers.Below(2) == 0 || value <= step);
    const int64_t changed = up ? value + step : value - step;
    return changed == 0 ? "" : std::to_string(changed);
  }

  KeyedHash hash_;
  const std::string most_;
};

bool IsGeohash(std::string_view text) {
  constexpr std::string_view kLetters = "0123456789bcdefghjkmnpqrstuvwxyz";
  return text.size() >= 5 && text.size() <= 12 && text.find_first_not_of(kLetters) == std::string_view::npos &&
         text.find_first_not_of(kDigits) != std::string_view::npos;
}

/// "52.520008, 13.404954": numbers with a sign perhaps, and blanks, commas or semicolons between.
bool IsNumbers(std::string_view text) { return text.find_first_not_of("0123456789.,; +-") == std::string_view::npos; }

class CoarseMask : public TextMask {
 public:
  bool Replace(std::string_view value, std::string& out) override {
    int32_t days = 0;
    if (IsSpecial(value)) {
      out = value;
      return true;
    }
    if (value.size() >= 10 && text::ParseDate(value.substr(0, 10), days) == text::DateState::kValid) return false;
    if (IsGeohash(value)) {
      out = value.substr(0, 4);
      return true;
    }
    return IsNumbers(value) && Cut(value, out);
  }

 private:
  /// One digit after each point; a number of more than three digits before it is no coordinate.
  static bool Cut(std::string_view value, std::string& out) {
    out.clear();
    for (size_t at = 0; at < value.size();) {
      if (!kDigits.contains(value[at])) {
        out += value[at++];
        continue;
      }
      const size_t whole = std::min(value.find_first_not_of(kDigits, at), value.size());
      if (whole - at > 3) return false;
      out += value.substr(at, whole - at);
      at = whole;
      if (at >= value.size() || value[at] != '.') continue;
      const size_t end = std::min(value.find_first_not_of(kDigits, at + 1), value.size());
      out += value.substr(at, std::min<size_t>(end - at, 2));
      at = end;
    }
    return true;
  }
};

}  // namespace

std::unique_ptr<TextMask> MakeNoiseMask(std::string_view key, std::string most) {
  return std::make_unique<NoiseMask>(key, std::move(most));
}
std::unique_ptr<TextMask> MakeCoarseMask() { return std::make_unique<CoarseMask>(); }

}  // namespace migrateiq::detail
