#include "pipeline/suite/detail/propose_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>

#include "pipeline/batch/text.hpp"

namespace migrateiq::detail {

namespace {

constexpr int64_t kMostValues = 20;      ///< of a set
constexpr int64_t kLeastOfEach = 8;      ///< rows with the rarest value of a set
constexpr int64_t kLeastForShape = 200;  ///< rows from which shapes and distributions are concluded
constexpr size_t kLongestPattern = 50;   ///< longer ones are cut
constexpr int64_t kDaySeconds = 86400;

/// What the share of a value that was not seen among n may be, with 95 of 100.
double UnseenShare(int64_t seen) { return seen > 0 ? 3 / static_cast<double>(seen) : 1; }

std::string NumberText(double number) {
  std::string text, normal;
  text::AppendDouble(text, number);
  return text::NormalizeDecimal(text, normal) ? normal : text;
}

/// Away from zero to two digits, so that bounds look like bounds.
double RoundedOut(double number, bool up) {
  if (number == 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(std::abs(number))) - 1);
  return (up ? std::ceil(number / unit) : std::floor(number / unit)) * unit;
}

class ColumnProposer {
 public:
  ColumnProposer(const ColumnProfile& column, int64_t now, const std::function<void(ProposedCheck)>& add)
      : column_(column), now_(now), add_(add) {}

  void Propose() {
    const bool set = Values();
    if (column_.family == ValueFamily::number && !set) Range();
    if (column_.family == ValueFamily::text && !set) {
      Lengths();
      Pattern();
    }
    if (column_.family == ValueFamily::date || column_.family == ValueFamily::timestamp) Freshness();
    if (column_.family == ValueFamily::number && !set) Distribution();
  }

 private:
  int64_t Valued() const { return column_.count - column_.nulls; }

  ProposedCheck Make(CheckKind kind, double confidence, std::string reason) const {
    ProposedCheck proposed{.check = {}, .confidence = confidence, .reason = std::move(reason)};
    proposed.check.kind = kind;
    proposed.check.columns = {column_.name};
    return proposed;
  }

  /// A set is proposed when even the rarest value was met several times: then another one is rare indeed.
  bool Values() {
    const bool few = column_.distinct.value >= 1 && column_.distinct.value <= kMostValues;
    const bool fit = column_.family == ValueFamily::text || IsWhole();
    if (!few || !fit || column_.distinct.value != static_cast<int64_t>(column_.top_values.size())) return false;
    const auto rarest = std::ranges::min_element(column_.top_values, {}, &ValueCount::count);
    const int64_t seen = std::accumulate(column_.top_values.begin(), column_.top_values.end(), int64_t{0},
                                         [](int64_t sum, const ValueCount& value) { return sum + value.count; });
    const bool cut = std::ranges::any_of(column_.top_values, [](const auto& one) { return one.value.size() >= 200; });
    if (rarest->count < kLeastOfEach || cut) return false;
    ProposedCheck proposed =
        Make(CheckKind::kIn, 1 - UnseenShare(seen),
             fmt::format("{} values in {} rows, the rarest {} times", column_.distinct.value, seen, rarest->count));
    for (const ValueCount& value : column_.top_values) proposed.check.values.push_back(value.value);
    std::ranges::sort(proposed.check.values);
    add_(std::move(proposed));
    if (seen >= kLeastForShape && column_.family == ValueFamily::text && column_.top_values.size() > 1) Shares(seen);
    return true;
  }

  bool IsWhole() const {
    return column_.family == ValueFamily::number &&
           (column_.batch_type.starts_with("int") || column_.batch_type.starts_with("uint"));
  }

  void Shares(int64_t seen) {
    ProposedCheck proposed = Make(CheckKind::kDistribution, 0.9, "the shares of the values as they are");
    Baseline baseline;
    for (const ValueCount& value : column_.top_values) {
      baseline.values.push_back(value.value);
      baseline.shares.push_back(std::round(1e4 * static_cast<double>(value.count) / static_cast<double>(seen)) / 1e4);
    }
    baseline.shares.push_back(0);
    proposed.check.baseline = std::move(baseline);
    proposed.check.max = "0.25";
    add_(std::move(proposed));
  }

  /// Numbers that count up have no greatest one.
  bool CountsUp() const {
    const double width = *column_.maximum_number - *column_.minimum_number;
    return column_.in_primary_key || (IsWhole() && NamesAKey(column_.name) && column_.distinct.value * 2 > Valued()) ||
           (IsWhole() && column_.distinct.value * 10 > Valued() * 9 && width < 1.5 * static_cast<double>(Valued()));
  }

  /// Room beyond what was seen: as much as the values' own width, more where they thin out slowly.
  void Range() {
    if (!column_.minimum_number || !column_.maximum_number || Valued() < kLeastForShape) return;
    const double low = *column_.minimum_number, high = *column_.maximum_number, width = high - low;
    const bool counts = CountsUp();
    const double tail = std::max(TailOf(0.99, high), TailOf(0.01, low));
    const double room = (width > 0 ? width : std::max(1.0, std::abs(high))) * (tail > 2 ? 4 : 1);
    const double least = low >= 0 && low - room < 0 ? 0 : RoundedOut(low - room, false);
    ProposedCheck proposed =
        Make(CheckKind::kRange, 1 - UnseenShare(Valued()),
             fmt::format("{} to {} in {} rows, with room", *column_.minimum, *column_.maximum, Valued()));
    proposed.check.min = NumberText(least);
    if (!counts) proposed.check.max = NumberText(high <= 0 && high + room > 0 ? 0 : RoundedOut(high + room, true));
    add_(std::move(proposed));
  }

  /// How far the end is from a quantile near it, in distances of that quantile from the middle.
  double TailOf(double at, double end) const {
    const auto near = std::ranges::find(column_.quantiles, at, &Quantile::at);
    const auto middle = std::ranges::find(column_.quantiles, 0.5, &Quantile::at);
    if (near == column_.quantiles.end() || middle == column_.quantiles.end()) return 10;
    const double distance = std::abs(near->number - middle->number);
    return distance > 0 ? std::abs(end - near->number) / distance : 10;
  }

  void Lengths() {
    if (!column_.lengths || Valued() < kLeastForShape || column_.lengths->minimum < 1) return;
    const LengthProfile& lengths = *column_.lengths;
    const bool fixed = lengths.minimum == lengths.maximum;
    ProposedCheck proposed = Make(CheckKind::kLength, 1 - UnseenShare(Valued()),
                                  fixed ? fmt::format("{} characters in all {} rows", lengths.minimum, Valued())
                                        : fmt::format("no empty text in {} rows", Valued()));
    proposed.check.min = std::to_string(fixed ? lengths.minimum : 1);
    if (fixed) proposed.check.max = proposed.check.min;
    add_(std::move(proposed));
  }

  void Pattern() {
    if (column_.sampled < kLeastForShape || column_.patterns.empty() || column_.patterns.size() > 3) return;
    if (column_.empty + column_.blank > 0) return;  // patterns do not count them
    if (column_.characters && column_.characters->beyond_ascii > 0) return;
    std::string regex;
    double share = 0;
    for (const PatternCount& pattern : column_.patterns) {
      // A pattern writes a blank as `_` and a long run with `+`: texts that hold these themselves cannot be told apart.
      const bool unclear = pattern.example.find_first_of("+_") != std::string::npos;
      const std::string one = RegexOf(pattern.pattern);
      if (unclear || one.empty() || pattern.share < 0.05 || pattern.pattern.size() > kLongestPattern) return;
      share += pattern.share;
      regex += (regex.empty() ? "" : "|") + one;
    }
    if (share < 0.999999) return;
    ProposedCheck proposed =
        Make(CheckKind::kRegex, 1 - UnseenShare(column_.sampled),
             fmt::format("all {} values looked at are written so: {}", column_.sampled, column_.patterns[0].example));
    proposed.check.pattern = column_.patterns.size() == 1 ? "^" + regex + "$" : "^(" + regex + ")$";
    add_(std::move(proposed));
  }

  /// Three times the age that the newest value has, and a day: a table that is filled is about as old again.
  void Freshness() {
    int64_t micros = 0;
    std::optional<int32_t> zone;
    const std::string& newest = column_.quality.newest;
    int32_t days = 0;
    if (text::ParseTimestamp(newest, micros, &zone) != text::DateState::kValid) {
      if (text::ParseDate(newest, days) != text::DateState::kValid) return;
      micros = int64_t{days} * kDaySeconds * 1'000'000;
    }
    const int64_t age = (now_ - micros) / 1'000'000;
    if (age < 0 || age > 30 * kDaySeconds) return;
    ProposedCheck proposed = Make(CheckKind::kFreshness, 0.8, "the newest value is of " + newest);
    proposed.check.max_age_seconds = (age * 3 / kDaySeconds + 2) * kDaySeconds;
    add_(std::move(proposed));
  }

  /// Bins between quantiles, where enough different values make the quantiles tell the shares.
  void Distribution() {
    const auto& quantiles = column_.quantiles;
    if (Valued() < 5 * kLeastForShape || column_.distinct.value * 20 < Valued() || quantiles.size() < 5 || CountsUp())
      return;
    Baseline baseline;
    double below = 0;
    for (const Quantile& quantile : quantiles) {
      if (quantile.at < 0.05 || quantile.at > 0.95) continue;
      const std::string edge = NumberText(quantile.number);
      if (!baseline.edges.empty() && baseline.edges.back() == edge) return;
      baseline.edges.push_back(edge);
      baseline.shares.push_back(std::round((quantile.at - below) * 1e4) / 1e4);
      below = quantile.at;
    }
    baseline.shares.push_back(std::round((1 - below) * 1e4) / 1e4);
    ProposedCheck proposed = Make(CheckKind::kDistribution, 0.9, "the shares between the quantiles as they are");
    proposed.check.baseline = std::move(baseline);
    proposed.check.max = "0.25";
    add_(std::move(proposed));
  }

  const ColumnProfile& column_;
  int64_t now_;
  const std::function<void(ProposedCheck)>& add_;
};

std::vector<std::string> WordsOf(const std::string& name) {
  std::vector<std::string> words(1);
  bool lower = false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) == 0 || (std::isupper(byte) != 0 && lower)) words.emplace_back();
    if (std::isalnum(byte) != 0) words.back() += static_cast<char>(std::tolower(byte));
    lower = std::islower(byte) != 0;
  }
  return words;
}

}  // namespace

bool NamesAKey(const std::string& name) {
  constexpr std::array<std::string_view, 13> kWords = {"id", "key",    "no",   "nr",   "number", "uuid", "guid",
                                                       "pk", "serial", "isbn", "iban", "sku",    "ean"};
  const std::vector<std::string> words = WordsOf(name);
  return std::ranges::any_of(kWords, [&](std::string_view word) { return words.back() == word; });
}

std::string RegexOf(const std::string& pattern) {
  std::string regex;
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    size_t run = 1;
    while (i + run < pattern.size() && pattern[i + run] == c) ++run;
    const bool more = i + run < pattern.size() && pattern[i + run] == '+' && (c == 'A' || c == 'a' || c == '9');
    if (c < ' ' || c > '~') return "";
    const std::string one = c == 'A'                                           ? "[A-Z]"
                            : c == 'a'                                         ? "[a-z]"
                            : c == '9'                                         ? "[0-9]"
                            : c == '_'                                         ? " "
                            : std::isalnum(static_cast<unsigned char>(c)) != 0 ? std::string(1, c)
                                                                               : std::string("\\") + c;
    regex += one + (more ? "+" : run > 1 ? "{" + std::to_string(run) + "}" : "");
    i += run + (more ? 1 : 0);
  }
  return regex;
}

void ProposeValues(const ColumnProfile& column, int64_t now, const std::function<void(ProposedCheck)>& add) {
  ColumnProposer(column, now, add).Propose();
}

}  // namespace migrateiq::detail
