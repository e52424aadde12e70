#include "pipeline/profile/shape/date_formats.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

#include "pipeline/batch/text.hpp"

namespace migrateiq {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr size_t kTried = 200;       ///< texts that tell whether it is worth looking at all
constexpr double kLeastShare = 0.5;  ///< of the texts have to be dates
constexpr int64_t kDaySeconds = 86400;

char Lower(char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); }

/// Reads a text piece by piece, as the fields of a format ask for it.
class MomentReader {
 public:
  explicit MomentReader(std::string_view text) : text_(text) {}

  bool Take(char field) {
    switch (field) {
      case 'Y': return Number(4, 4, 0, 9999, year_);
      case 'y': return ShortYear();
      case 'm': return Number(1, 2, 1, 12, month_);
      case 'd': return Number(1, 2, 1, 31, day_);
      case 'b': return MonthName(3);
      case 'B': return MonthName(0);
      case 'H': return Number(1, 2, 0, 23, hour_);
      case 'I': return Number(1, 2, 1, 12, hour_);
      case 'M': return Number(2, 2, 0, 59, minute_);
      case 'S': return Number(2, 2, 0, 59, second_) && Fraction();
      case 'p': return HalfOfDay();
      case 'z': return Zone();
      default: return false;
    }
  }
  bool TakeLetter(char letter) {
    if (at_ >= text_.size() || text_[at_] != letter) return false;
    ++at_;
    return true;
  }
  ReadMoment Finish(bool has_date) const {
    if (at_ != text_.size()) return {};
    const int64_t time = hour_ * 3600 + minute_ * 60 + second_;
    if (!has_date) return {true, time};
    if (!text::IsValidDate(year_, static_cast<unsigned>(month_), static_cast<unsigned>(day_))) return {};
    const int64_t days = text::DaysFromCivil(year_, static_cast<unsigned>(month_), static_cast<unsigned>(day_));
    return {true, days * kDaySeconds + time};
  }

 private:
  bool Number(size_t least, size_t most, int64_t low, int64_t high, int64_t& out) {
    size_t digits = 0;
    int64_t value = 0;
    for (; digits < most && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_, ++digits) {
      value = value * 10 + (text_[at_] - '0');
    }
    out = value;
    return digits >= least && value >= low && value <= high;
  }
  bool ShortYear() {
    if (!Number(2, 2, 0, 99, year_)) return false;
    year_ += year_ < 70 ? 2000 : 1900;
    return true;
  }
  /// `letters` = 0: the whole name.
  bool MonthName(size_t letters) {
    for (size_t month = 0; month < kMonths.size(); ++month) {
      const std::string_view name = letters == 0 ? kMonths[month] : kMonths[month].substr(0, letters);
      const std::string_view found = text_.substr(at_, name.size());
      if (!std::ranges::equal(found, name, {}, Lower)) continue;
      const size_t next = at_ + name.size();
      if (next < text_.size() && std::isalpha(static_cast<unsigned char>(text_[next])) != 0) continue;
      month_ = static_cast<int64_t>(month) + 1;
      at_ = next;
      return true;
    }
    return false;
  }
  bool Fraction() {
    if (at_ >= text_.size() || (text_[at_] != '.' && text_[at_] != ',')) return true;
    const size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ > begin;
  }
  bool HalfOfDay() {
    if (at_ + 2 > text_.size() || Lower(text_[at_ + 1]) != 'm') return false;
    const char half = Lower(text_[at_]);
    if (half != 'a' && half != 'p') return false;
    hour_ = hour_ % 12 + (half == 'p' ? 12 : 0);
    at_ += 2;
    return true;
  }
  bool Zone() {
    if (TakeLetter('Z')) return true;
    if (!TakeLetter('+') && !TakeLetter('-')) return false;
    int64_t ignored = 0;
    if (!Number(2, 2, 0, 18, ignored)) return false;
    if (at_ == text_.size()) return true;
    TakeLetter(':');
    return Number(2, 2, 0, 59, ignored);
  }

  std::string_view text_;
  size_t at_ = 0;
  int64_t year_ = 1970, month_ = 1, day_ = 1, hour_ = 0, minute_ = 0, second_ = 0;
};

bool HasDate(std::string_view format) { return format.find("%d") != std::string_view::npos; }

/// The format with day and month in the other order; empty when it names the month or has none.
std::string Swapped(std::string_view format) {
  std::string swapped(format);
  const size_t day = swapped.find("%d"), month = swapped.find("%m");
  if (day == std::string::npos || month == std::string::npos || swapped.starts_with("%Y")) return "";
  std::swap(swapped[day + 1], swapped[month + 1]);
  return swapped;
}

/// Eight digits are a date only where the years are plausible.
bool IsPlausible(std::string_view format, const ReadMoment& moment) {
  constexpr int64_t k1900 = -2208988800, k2100 = 4102444800;
  return format != "%Y%m%d" || (moment.seconds >= k1900 && moment.seconds < k2100);
}

bool Fits(std::string_view text, std::string_view format) {
  const ReadMoment moment = ReadMomentAs(text, format);
  return moment.fits && IsPlausible(format, moment);
}

/// The formats that at least one of the first texts fits.
std::vector<std::string_view> WorthTrying(const std::vector<CountedText>& texts) {
  std::vector<std::string_view> formats;
  const auto tried =
      std::ranges::subrange(texts.begin(), texts.begin() + static_cast<ptrdiff_t>(std::min(kTried, texts.size())));
  for (const std::string_view format : KnownDateFormats()) {
    if (std::ranges::any_of(tried, [format](const CountedText& text) { return Fits(text.text, format); })) {
      formats.push_back(format);
    }
  }
  return formats;
}

bool IsAmbiguous(const std::string& format, const std::vector<CountedText>& texts) {
  const std::string swapped = Swapped(format);
  if (swapped.empty()) return false;
  return std::ranges::all_of(
      texts, [&](const CountedText& text) { return !Fits(text.text, format) || Fits(text.text, swapped); });
}

int64_t CountFitting(const std::vector<CountedText>& texts, std::string_view format) {
  return std::accumulate(texts.begin(), texts.end(), int64_t{0}, [format](int64_t sum, const CountedText& text) {
    return sum + (Fits(text.text, format) ? text.count : 0);
  });
}

}  // namespace

const std::vector<std::string_view>& KnownDateFormats() {
  static const std::vector<std::string_view> formats = {"%Y-%m-%dT%H:%M:%S%z",
                                                        "%Y-%m-%d %H:%M:%S%z",
                                                        "%Y-%m-%d %H:%M:%S %z",
                                                        "%Y-%m-%dT%H:%M:%S",
                                                        "%Y-%m-%d %H:%M:%S",
                                                        "%Y-%m-%dT%H:%M%z",
                                                        "%Y-%m-%dT%H:%M",
                                                        "%Y-%m-%d %H:%M",
                                                        "%Y/%m/%d %H:%M:%S",
                                                        "%Y/%m/%d %H:%M",
                                                        "%d.%m.%Y %H:%M:%S",
                                                        "%d.%m.%Y %H:%M",
                                                        "%d/%m/%Y %H:%M:%S",
                                                        "%m/%d/%Y %H:%M:%S",
                                                        "%d/%m/%Y %H:%M",
                                                        "%m/%d/%Y %H:%M",
                                                        "%m/%d/%Y %I:%M:%S %p",
                                                        "%m/%d/%Y %I:%M %p",
                                                        "%d-%m-%Y %H:%M:%S",
                                                        "%d-%b-%Y %H:%M:%S",
                                                        "%Y-%m-%d",
                                                        "%Y/%m/%d",
                                                        "%Y.%m.%d",
                                                        "%d.%m.%Y",
                                                        "%d/%m/%Y",
                                                        "%m/%d/%Y",
                                                        "%d-%m-%Y",
                                                        "%m-%d-%Y",
                                                        "%d.%m.%y",
                                                        "%d/%m/%y",
                                                        "%m/%d/%y",
                                                        "%d-%m-%y",
                                                        "%Y%m%d",
                                                        "%d-%b-%Y",
                                                        "%d-%b-%y",
                                                        "%d %b %Y",
                                                        "%d. %b %Y",
                                                        "%d %B %Y",
                                                        "%d. %B %Y",
                                                        "%b %d, %Y",
                                                        "%B %d, %Y",
                                                        "%H:%M:%S",
                                                        "%H:%M",
                                                        "%I:%M:%S %p",
                                                        "%I:%M %p"};
  return formats;
}

ReadMoment ReadMomentAs(std::string_view text, std::string_view format) {
  MomentReader reader(text);
  for (size_t at = 0; at < format.size(); ++at) {
    const bool taken = format[at] == '%' ? reader.Take(format[++at]) : reader.TakeLetter(format[at]);
    if (!taken) return {};
  }
  return reader.Finish(HasDate(format));
}

std::vector<DateFormat> DateFormats(const std::vector<CountedText>& texts) {
  std::vector<CountedText> left;
  std::ranges::copy_if(texts, std::back_inserter(left), [](const CountedText& text) { return !text.text.empty(); });
  int64_t total = 0;
  for (const CountedText& text : left) total += text.count;
  std::vector<std::string_view> candidates = WorthTrying(left);
  std::vector<DateFormat> found;
  int64_t covered = 0;
  while (!candidates.empty() && !left.empty()) {
    std::vector<int64_t> counts;
    for (const std::string_view format : candidates) counts.push_back(CountFitting(left, format));
    const auto best = std::ranges::max_element(counts) - counts.begin();
    const std::string format(candidates[static_cast<size_t>(best)]);
    if (counts[static_cast<size_t>(best)] == 0) break;
    const int64_t count = counts[static_cast<size_t>(best)];
    covered += count;
    found.push_back(
        {format, count, static_cast<double>(count) / static_cast<double>(total), IsAmbiguous(format, left)});
    std::erase_if(left, [&](const CountedText& text) { return Fits(text.text, format); });
    candidates.erase(candidates.begin() + best);
  }
  const bool dates = static_cast<double>(covered) >= kLeastShare * static_cast<double>(total);
  return dates ? found : std::vector<DateFormat>{};
}

}  // namespace migrateiq
