#pragma once

#include <cstdint>
#include <string_view>

#include "connectors/file/number_scan.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::file {

/// "YYYY-MM-DD" of a day that exists. Eight bytes behind the text must be readable.
inline bool PlainDate(std::string_view text, int32_t& days) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  uint64_t year, month, day;
  if (!EightDigits(text.data(), 4, year) || !EightDigits(text.data() + 5, 2, month)) return false;
  if (!EightDigits(text.data() + 8, 2, day)) return false;
  if (!text::IsValidDate(static_cast<int64_t>(year), static_cast<unsigned>(month), static_cast<unsigned>(day)))
    return false;
  days = text::DaysFromCivil(static_cast<int64_t>(year), static_cast<unsigned>(month), static_cast<unsigned>(day));
  return true;
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
