#include "connectors/mysql/text_values.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <limits>

#include "pipeline/batch/text.hpp"

namespace migrateiq::mysql {

namespace {

Decoded Odd(Column& column, Decoded why) {
  column.AppendNull();
  return why;
}

template <class T>
Decoded DecodeInteger(std::string_view text, Column& column) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::result_out_of_range) return Odd(column, Decoded::kOutOfRange);
  if (error != std::errc{} || stopped != end) return Odd(column, Decoded::kWrongType);
  column.Append(value);
  return Decoded::kOk;
}

template <class T>
Decoded DecodeFloating(std::string_view text, Column& column) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::result_out_of_range) return Odd(column, Decoded::kOutOfRange);
  if (error != std::errc{} || stopped != end) return Odd(column, Decoded::kWrongType);
  if (sizeof(T) < sizeof(double) &&
      (value > std::numeric_limits<T>::max() || value < std::numeric_limits<T>::lowest())) {
    return Odd(column, Decoded::kOutOfRange);
  }
  column.Append(static_cast<T>(value));
  return Decoded::kOk;
}

Decoded DecodeBool(std::string_view text, Column& column) {
  if (text != "0" && text != "1") return Odd(column, Decoded::kOutOfRange);
  column.Append(static_cast<uint8_t>(text == "1"));
  return Decoded::kOk;
}

/// ZEROFILL puts zeros in front; expressions may send exponents.
Decoded DecodeDecimal(std::string_view text, Column& column) {
  const bool plain = text.find_first_not_of("-0123456789.") == std::string_view::npos && !text.empty();
  const size_t first = text.starts_with('-') ? 1 : 0;
  const bool canonical = plain && text.size() > first && text[first] != '.' && text.back() != '.' &&
                         (text[first] != '0' || text.size() == first + 1 || text[first + 1] == '.');
  if (canonical && first == 0) {
    column.AppendBytes(text);
    return Decoded::kOk;
  }
  std::string normal;
  if (!text::NormalizeDecimal(text, normal)) return Odd(column, Decoded::kWrongType);
  column.AppendBytes(normal);
  return Decoded::kOk;
}

Decoded DecodeBytes(std::string_view text, Column& column) {
  column.AppendBytes(text);
  return Decoded::kOk;
}

Decoded DecodeCheckedText(std::string_view text, Column& column) {
  if (text::FindInvalidUtf8(text) != std::string_view::npos) return Odd(column, Decoded::kEncoding);
  column.AppendBytes(text);
  return Decoded::kOk;
}

/// `count` digits at `at`, or -1.
int Digits(const char* at, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i) {
    const auto digit = static_cast<unsigned>(at[i] - '0');
    if (digit > 9) return -1;
    value = value * 10 + static_cast<int>(digit);
  }
  return value;
}

constexpr std::array<uint8_t, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/// The first ten characters, "YYYY-MM-DD".
Decoded ParseDay(std::string_view text, int32_t& days) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return Decoded::kWrongType;
  const int year = Digits(text.data(), 4), month = Digits(text.data() + 5, 2), day = Digits(text.data() + 8, 2);
  if (year < 0 || month < 0 || day < 0) return Decoded::kWrongType;
  if (month == 0 || month > 12 || day == 0) return Decoded::kZeroDate;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int most = kDays[static_cast<size_t>(month)] + (month == 2 && leap ? 1 : 0);
  if (day > most) return Decoded::kZeroDate;
  days = text::DaysFromCivil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  return Decoded::kOk;
}

/// ".ffffff" with one to six digits, or nothing.
bool ParseFraction(std::string_view text, int64_t& micros) {
  if (text.empty()) return true;
  if (text[0] != '.' || text.size() < 2 || text.size() > 7) return false;
  const int count = static_cast<int>(text.size()) - 1;
  int value = Digits(text.data() + 1, count);
  if (value < 0) return false;
  for (int i = count; i < 6; ++i) value *= 10;
  micros += value;
  return true;
}

/// "HH:MM:SS[.ffffff]", hours of any length, without sign.
bool ParseClock(std::string_view text, int64_t& micros) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 6 || text.size() < colon + 6 || text[colon + 3] != ':') {
    return false;
  }
  const int hours = Digits(text.data(), static_cast<int>(colon));
  const int minutes = Digits(text.data() + colon + 1, 2), seconds = Digits(text.data() + colon + 4, 2);
  if (hours < 0 || minutes < 0 || seconds < 0 || minutes > 59 || seconds > 59) return false;
  micros = ((int64_t{hours} * 60 + minutes) * 60 + seconds) * 1000000;
  return ParseFraction(text.substr(colon + 6), micros);
}

Decoded DecodeDate(std::string_view text, Column& column) {
  int32_t days = 0;
  const Decoded result = text.size() == 10 ? ParseDay(text, days) : Decoded::kWrongType;
  if (result != Decoded::kOk) return Odd(column, result);
  column.Append(days);
  return Decoded::kOk;
}

Decoded DecodeTimestamp(std::string_view text, Column& column) {
  int32_t days = 0;
  int64_t micros = 0;
  const Decoded result = ParseDay(text, days);
  if (result != Decoded::kOk) return Odd(column, result);
  if (text.size() > 10 && (text[10] != ' ' || !ParseClock(text.substr(11), micros))) {
    return Odd(column, Decoded::kWrongType);
  }
  column.Append(int64_t{days} * 86400000000 + micros);
  return Decoded::kOk;
}

bool ParseLongTime(std::string_view text, int64_t& micros) {
  const bool negative = text.starts_with('-');
  if (!ParseClock(text.substr(negative ? 1 : 0), micros)) return false;
  if (negative) micros = -micros;
  return true;
}

Decoded DecodeTime(std::string_view text, Column& column) {
  int64_t micros = 0;
  if (!ParseLongTime(text, micros)) return Odd(column, Decoded::kWrongType);
  if (micros < 0 || micros > 86400000000) return Odd(column, Decoded::kOutOfRange);
  column.Append(micros);
  return Decoded::kOk;
}

Decoded DecodeInterval(std::string_view text, Column& column) {
  Interval value;
  if (!ParseLongTime(text, value.micros)) return Odd(column, Decoded::kWrongType);
  column.Append(value);
  return Decoded::kOk;
}

struct UuidBytes {
  uint8_t bytes[16];
};

Decoded DecodeUuid(std::string_view text, Column& column) {
  UuidBytes value{};
  if (!text::ParseUuid(text, value.bytes)) return Odd(column, Decoded::kWrongType);
  column.Append(value);
  return Decoded::kOk;
}

/// The server sends a bit field as bytes, most significant first.
Decoded DecodeBit(std::string_view bytes, Column& column) {
  const size_t most = bytes.size() * 8;
  const auto declared = static_cast<size_t>(column.type().length);
  const size_t bits = declared == 0 || declared > most ? most : declared;
  auto* out = column.ReserveBytes(bits);
  for (size_t i = 0; i < bits; ++i) {
    const size_t from_left = most - bits + i;
    const auto byte = static_cast<unsigned char>(bytes[from_left / 8]);
    out[i] = static_cast<uint8_t>('0' + (byte >> (7 - from_left % 8) & 1));
  }
  column.CommitBytes(bits);
  return Decoded::kOk;
}

Decoded DecodeGeometry(std::string_view bytes, Column& column) {
  return GeometryToEwkb(bytes, column) ? Decoded::kOk : Odd(column, Decoded::kWrongType);
}

constexpr uint32_t kSridFlag = 0x20000000;

}  // namespace

bool GeometryToEwkb(std::string_view stored, Column& column) {
  if (stored.size() < 9 || stored[4] != 1) return false;
  uint32_t srid = 0, kind = 0;
  std::memcpy(&srid, stored.data(), 4);
  std::memcpy(&kind, stored.data() + 5, 4);
  if (srid == 0) {
    column.AppendBytes(stored.substr(4));
    return true;
  }
  kind |= kSridFlag;
  uint8_t* out = column.ReserveBytes(stored.size());
  out[0] = 1;
  std::memcpy(out + 1, &kind, 4);
  std::memcpy(out + 5, &srid, 4);
  std::memcpy(out + 9, stored.data() + 9, stored.size() - 9);
  column.CommitBytes(stored.size());
  return true;
}

DecodeValue DecoderFor(const LogicalType& type, bool check_utf8) {
  switch (type.kind) {
    case TypeKind::kBool: return DecodeBool;
    case TypeKind::kInt8: return DecodeInteger<int8_t>;
    case TypeKind::kInt16: return DecodeInteger<int16_t>;
    case TypeKind::kInt32: return DecodeInteger<int32_t>;
    case TypeKind::kInt64: return DecodeInteger<int64_t>;
    case TypeKind::kUInt64: return DecodeInteger<uint64_t>;
    case TypeKind::kFloat: return DecodeFloating<float>;
    case TypeKind::kDouble: return DecodeFloating<double>;
    case TypeKind::kDecimal: return DecodeDecimal;
    case TypeKind::kDate: return DecodeDate;
    case TypeKind::kTime: return DecodeTime;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return DecodeTimestamp;
    case TypeKind::kInterval: return DecodeInterval;
    case TypeKind::kUuid: return DecodeUuid;
    case TypeKind::kBit: return DecodeBit;
    case TypeKind::kGeometry: return DecodeGeometry;
    case TypeKind::kBytes: return DecodeBytes;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kJson:
    case TypeKind::kEnum:
    case TypeKind::kArray: return check_utf8 ? DecodeCheckedText : DecodeBytes;
    case TypeKind::kAny: break;
  }
  return DecodeBytes;
}

}  // namespace migrateiq::mysql
