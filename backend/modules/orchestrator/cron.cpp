#include "modules/orchestrator/cron.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "base/errors/api.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                   "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> kWeekdays{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};
constexpr int kYearsAhead = 8;  // a 29 February is at most 8 years away

struct Field {
  const char* name;
  int first, last;
  std::span<const std::string_view> words;  ///< the first one means `first`
};

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

Error Wrong(const Field& field, std::string_view text) {
  return Error(codes::kApiField, "'" + std::string(text) + "' is no " + field.name + " of a cron expression (" +
                                     std::to_string(field.first) + " to " + std::to_string(field.last) +
                                     ", with , - / and *)")
      .At("/cron");
}

Result<int> ParseValue(const Field& field, std::string_view text) {
  std::string upper(text);
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  if (const auto word = std::ranges::find(field.words, upper); word != field.words.end())
    return field.first + static_cast<int>(word - field.words.begin());
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < field.first || value > field.last)
    return Fail(Wrong(field, text));
  return value;
}

/// One item of a list: "*", "5", "1-5", "*/15", "10-50/10".
template <size_t kSize>
Status AddItem(const Field& field, std::string_view item, std::bitset<kSize>& set) {
  const size_t slash = item.find('/');
  int step = 1, from = field.first, to = field.last;
  if (slash != std::string_view::npos) {
    const std::string_view text = item.substr(slash + 1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
    if (error != std::errc() || end != text.data() + text.size() || step < 1) return Fail(Wrong(field, item));
  }
  const std::string_view range = item.substr(0, slash);
  if (range != "*") {
    const size_t dash = range.find('-');
    MIQ_ASSIGN(from, ParseValue(field, range.substr(0, dash)));
    to = slash != std::string_view::npos ? field.last : from;  // "5/10" counts from 5
    if (dash != std::string_view::npos) { MIQ_ASSIGN(to, ParseValue(field, range.substr(dash + 1))); }
  }
  if (from > to) return Fail(Wrong(field, item));
  for (int value = from; value <= to; value += step) set.set(static_cast<size_t>(value) % kSize);
  return {};
}

template <size_t kSize>
Status ParseField(const Field& field, std::string_view text, std::bitset<kSize>& set) {
  for (const std::string_view item : Split(text, ',')) MIQ_TRY(AddItem(field, item, set));
  return {};
}

std::string Spelled(const std::string& expression) {
  if (expression == "@hourly") return "0 * * * *";
  if (expression == "@daily" || expression == "@midnight") return "0 0 * * *";
  if (expression == "@weekly") return "0 0 * * 0";
  if (expression == "@monthly") return "0 0 1 * *";
  if (expression == "@yearly" || expression == "@annually") return "0 0 1 1 *";
  return expression;
}

std::vector<std::string_view> Words(const std::string& text) {
  std::vector<std::string_view> words = Split(text, ' ');
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  return words;
}

const date::time_zone* FindZone(const std::string& zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) { return nullptr; }
}

/// The moment of a wall time: the first of two, or the moment of the change for one that does not exist.
Micros ToMoment(const date::time_zone& zone, date::local_seconds wall) {
  const date::local_info info = zone.get_info(wall);
  if (info.result == date::local_info::nonexistent)
    return std::chrono::microseconds(info.second.begin.time_since_epoch()).count();
  return std::chrono::microseconds((wall.time_since_epoch() - info.first.offset)).count();
}

}  // namespace

Result<Cron> Cron::Parse(const std::string& expression, const std::string& zone) {
  Cron cron;
  cron.zone_ = zone;
  if (FindZone(zone) == nullptr)
    return Fail(
        Error(codes::kApiField, "'" + zone + "' is no time zone, such as Europe/Berlin or UTC").At("/time_zone"));
  const std::string spelled = Spelled(expression);
  const auto words = Words(spelled);
  if (words.size() != 5)
    return Fail(
        Error(codes::kApiField, "a cron expression has five fields: minute hour day month weekday").At("/cron"));
  MIQ_TRY(ParseField({"minute", 0, 59, {}}, words[0], cron.minutes_));
  MIQ_TRY(ParseField({"hour", 0, 23, {}}, words[1], cron.hours_));
  MIQ_TRY(ParseField({"day of the month", 1, 31, {}}, words[2], cron.days_));
  MIQ_TRY(ParseField({"month", 1, 12, kMonths}, words[3], cron.months_));
  MIQ_TRY(ParseField({"day of the week", 0, 7, kWeekdays}, words[4], cron.weekdays_));
  cron.any_day_ = words[2].starts_with('*');
  cron.any_weekday_ = words[4].starts_with('*');
  return cron;
}

std::optional<Micros> Cron::Next(Micros after) const {
  using namespace std::chrono;
  const date::time_zone& zone = *FindZone(zone_);
  const date::sys_time<microseconds> start{microseconds(after)};
  const auto first_day = date::floor<date::days>(zone.to_local(date::floor<seconds>(start)));
  for (int offset = -1; offset < kYearsAhead * 366;
       ++offset) {  // from the day before: its times may be due by a change of clocks
    const date::local_days day = first_day + date::days(offset);
    const date::year_month_day date{day};
    const auto weekday = date::weekday(day).c_encoding();
    const bool day_fits = days_.test(static_cast<unsigned>(date.day())), weekday_fits = weekdays_.test(weekday);
    const bool fits = any_day_ || any_weekday_ ? day_fits && weekday_fits : day_fits || weekday_fits;
    if (!fits || !months_.test(static_cast<unsigned>(date.month()))) continue;
    for (int hour = 0; hour < 24; ++hour) {
      if (!hours_.test(static_cast<size_t>(hour))) continue;
      for (int minute = 0; minute < 60; ++minute) {
        if (!minutes_.test(static_cast<size_t>(minute))) continue;
        const Micros moment = ToMoment(zone, day + hours(hour) + minutes(minute));
        if (moment > after) return moment;
      }
    }
  }
  return std::nullopt;
}

}  // namespace migrateiq::orchestrator
