#include "base/time.hpp"

#include <charconv>
#include <chrono>
#include <cstdlib>

namespace migrateiq {

namespace {

class RealClock : public Clock {
 public:
  Micros Now() const override {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
};

/// Reads `digits` digits at `at`; -1 when there are others.
int Number(std::string_view text, size_t at, size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (const char letter : text.substr(at, digits)) {
    if (letter < '0' || letter > '9') return -1;
    value = value * 10 + (letter - '0');
  }
  return value;
}

/// The fraction of a second at `at` (behind the point), in microseconds; moves `at` past all its digits.
Micros Fraction(std::string_view text, size_t& at) {
  Micros micros = 0, unit = 100'000;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) micros += (text[at] - '0') * unit;
  return micros;
}

/// With zeros before it; as wide as it is when it is wider.
void AppendDigits(std::string& out, int number, int width) {
  char digits[16];
  const char* end = std::to_chars(digits, digits + sizeof digits, std::abs(number)).ptr;
  if (number < 0) out += '-';
  const auto given = static_cast<int>(end - digits) + (number < 0 ? 1 : 0);
  if (given < width) out.append(static_cast<size_t>(width - given), '0');
  out.append(static_cast<const char*>(digits), end);
}

std::optional<Micros> Offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = Number(text, 1, 2), minutes = Number(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * kHour + minutes * kMinute);
}

}  // namespace

const Clock& SystemClock() {
  static const RealClock clock;
  return clock;
}

void AppendTime(std::string& out, Micros time) {
  using namespace std::chrono;
  const sys_time<microseconds> moment{microseconds(time)};
  const auto day = floor<days>(moment);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<microseconds>(moment - day)};
  AppendDigits(out, static_cast<int>(date.year()), 4);
  AppendDigits(out += '-', static_cast<int>(static_cast<unsigned>(date.month())), 2);
  AppendDigits(out += '-', static_cast<int>(static_cast<unsigned>(date.day())), 2);
  AppendDigits(out += 'T', static_cast<int>(clock.hours().count()), 2);
  AppendDigits(out += ':', static_cast<int>(clock.minutes().count()), 2);
  AppendDigits(out += ':', static_cast<int>(clock.seconds().count()), 2);
  const auto fraction = static_cast<int>(clock.subseconds().count());
  if (fraction != 0) AppendDigits(out += '.', fraction, 6);
  out += 'Z';
}

std::string FormatTime(Micros time) {
  std::string text;
  AppendTime(text, time);
  return text;
}

std::optional<Micros> ParseTime(std::string_view text) {
  using namespace std::chrono;
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
  const int years = Number(text, 0, 4), months = Number(text, 5, 2), days_of_month = Number(text, 8, 2);
  const int hours = Number(text, 11, 2), minutes = Number(text, 14, 2), seconds_of_minute = Number(text, 17, 2);
  if (years < 0 || months < 0 || days_of_month < 0 || hours < 0 || minutes < 0 || seconds_of_minute < 0)
    return std::nullopt;
  const year_month_day date{year(years), month(static_cast<unsigned>(months)),
                            day(static_cast<unsigned>(days_of_month))};
  if (!date.ok() || hours > 23 || minutes > 59 || seconds_of_minute > 60) return std::nullopt;
  size_t at = 19;
  Micros fraction = 0;
  if (text[at] == '.') {
    const size_t digits = ++at;
    fraction = Fraction(text, at);
    if (at == digits) return std::nullopt;
  }
  const auto offset = Offset(text.substr(at));
  if (!offset) return std::nullopt;
  const Micros whole = duration_cast<microseconds>(sys_days(date).time_since_epoch()).count();
  return whole + hours * kHour + minutes * kMinute + seconds_of_minute * kSecond + fraction - *offset;
}

}  // namespace migrateiq
