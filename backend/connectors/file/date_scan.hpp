#pragma once

#include <cstdint>
#include <string_view>

#include "connectors/file/number_scan.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::file {

/// Days in a month of an ordinary year, and before it in a year that begins with March; 0 is no month.
inline constexpr uint8_t kMonthDays[16] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
inline constexpr uint16_t kDaysBefore[16] = {0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};

/// Days since 1970-01-01; false when there is no such day. `year` is 0 to 9999, `month` below 16.
inline bool DayOf(uint32_t year, uint32_t month, uint32_t day, int32_t& days) {
  constexpr uint32_t kShift = 719468 + 146097 + 1;  // a 400 years' cycle more, lest the year before 0 is negative
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const uint32_t from_march = year + 400 - (month <= 2 ? 1 : 0);
  const uint32_t leap_days = from_march / 4 - from_march / 100 + from_march / 400;
  days = static_cast<int32_t>(from_march * 365 + leap_days + kDaysBefore[month] + day - kShift);
  return day - 1 < uint32_t{kMonthDays[month]} + (month == 2 && leap ? 1U : 0U);
}

/// "YYYY-MM-DD" of a day that exists. Eight bytes behind the text must be readable.
inline bool PlainDate(std::string_view text, int32_t& days) {
  if (text.size() != 10) return false;
  uint64_t head;
  uint16_t tail;
  std::memcpy(&head, text.data(), 8);
  std::memcpy(&tail, text.data() + 8, 2);
  head ^= 0x2D30302D30303030ULL;  // "0000-00-": digits become their values, the dashes 0
  tail ^= 0x3030;
  const bool digits = (((head + 0x7F76767F76767676ULL) | head) & 0x8080808080808080ULL) == 0 &&
                      (((tail + 0x7676) | tail) & 0x8080) == 0;
  if (!digits) return false;
  const auto at = [head](int index) { return static_cast<uint32_t>(head >> (8 * index) & 0xFF); };
  const uint32_t year = at(0) * 1000 + at(1) * 100 + at(2) * 10 + at(3);
  const uint32_t month = at(5) * 10 + at(6);
  return month < 16 && DayOf(year, month, (tail & 0xFFU) * 10 + (tail >> 8), days);
}

/// "HH:MM:SS" of a time that exists on an ordinary day.
inline bool PlainTime(const char* text, int64_t& seconds) {
  uint64_t hour, minute, second;
  if (text[2] != ':' || text[5] != ':') return false;
  if (!EightDigits(text, 2, hour) || !EightDigits(text + 3, 2, minute) || !EightDigits(text + 6, 2, second))
    return false;
  seconds = static_cast<int64_t>(hour * 3600 + minute * 60 + second);
  return hour < 24 && minute < 60 && second < 60;
}

/// "YYYY-MM-DD HH:MM:SS" with a blank or 'T', nothing more.
inline bool PlainTimestamp(std::string_view text, int64_t& micros) {
  int32_t days;
  int64_t seconds;
  if (text.size() != 19 || (text[10] != ' ' && text[10] != 'T')) return false;
  if (!PlainDate(text.substr(0, 10), days) || !PlainTime(text.data() + 11, seconds)) return false;
  micros = (int64_t{days} * 86400 + seconds) * 1'000'000;
  return true;
}

}  // namespace migrateiq::file
