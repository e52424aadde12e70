// Formatters of pipeline/batch/text.hpp.
#include <charconv>
#include <cmath>
#include <limits>

#include "pipeline/batch/any_value.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::text {

namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerDay = 86400 * kMicrosPerSecond;

void AppendPadded(std::string& out, int64_t value, size_t width) {
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  const auto size = static_cast<size_t>(end - digits);
  if (size < width) out.append(width - size, '0');
  out.append(digits, size);
}

void AppendNumber(std::string& out, int64_t value) { AppendPadded(out, value, 0); }

template <class T>
bool AppendInfinity(std::string& out, T value) {
  if (value == std::numeric_limits<T>::max()) {
    out += "infinity";
    return true;
  }
  if (value == std::numeric_limits<T>::min()) {
    out += "-infinity";
    return true;
  }
  return false;
}

void AppendFraction(std::string& out, int64_t micros) {
  if (micros == 0) return;
  out += '.';
  AppendPadded(out, micros, 6);
}

/// The date without its era; true when it is BC.
bool AppendCivil(std::string& out, int32_t days) {
  int64_t year = 0;
  unsigned month = 0;
  unsigned day = 0;
  CivilFromDays(days, year, month, day);
  const bool bc = year <= 0;
  AppendPadded(out, bc ? 1 - year : year, 4);
  out += '-';
  AppendPadded(out, month, 2);
  out += '-';
  AppendPadded(out, day, 2);
  return bc;
}

void AppendInstant(std::string& out, int64_t micros, std::string_view zone) {
  if (AppendInfinity(out, micros)) return;
  int64_t days = micros / kMicrosPerDay;
  int64_t time = micros % kMicrosPerDay;
  if (time < 0) {
    time += kMicrosPerDay;
    --days;
  }
  const bool bc = AppendCivil(out, static_cast<int32_t>(days));
  out += ' ';
  AppendTime(out, time);
  out += zone;
  if (bc) out += " BC";
}

template <class T>
void AppendFloating(std::string& out, T value) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value > 0 ? "Infinity" : "-Infinity";
    return;
  }
  char digits[40];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, end);
}

void AppendPart(std::string& out, int64_t amount, std::string_view unit) {
  if (amount == 0) return;
  if (!out.empty() && out.back() != ' ') out += ' ';
  AppendNumber(out, amount);
  out += ' ';
  out += unit;
  if (amount != 1) out += 's';
}

}  // namespace

void AppendDate(std::string& out, int32_t days) {
  if (AppendInfinity(out, days)) return;
  if (AppendCivil(out, days)) out += " BC";
}

void AppendTime(std::string& out, int64_t micros) {
  if (micros < 0) {
    out += '-';
    micros = -micros;
  }
  const int64_t seconds = micros / kMicrosPerSecond;
  AppendPadded(out, seconds / 3600, 2);
  out += ':';
  AppendPadded(out, seconds / 60 % 60, 2);
  out += ':';
  AppendPadded(out, seconds % 60, 2);
  AppendFraction(out, micros % kMicrosPerSecond);
}

void AppendTimestamp(std::string& out, int64_t micros) { AppendInstant(out, micros, ""); }
void AppendTimestampTz(std::string& out, int64_t micros) { AppendInstant(out, micros, "+00:00"); }

void AppendInterval(std::string& out, const Interval& value) {
  std::string text;
  AppendPart(text, value.months / 12, "year");
  AppendPart(text, value.months % 12, "mon");
  AppendPart(text, value.days, "day");
  if (value.micros != 0 || text.empty()) {
    if (!text.empty()) text += ' ';
    AppendTime(text, value.micros);
  }
  out += text;
}

void AppendUuid(std::string& out, const uint8_t* bytes) {
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    AppendHex(out, {reinterpret_cast<const char*>(bytes + i), 1});
  }
}

void AppendDouble(std::string& out, double value) { AppendFloating(out, value); }
void AppendFloat(std::string& out, float value) { AppendFloating(out, value); }

void AppendHex(std::string& out, std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

void AppendValue(std::string& out, const Column& column, int64_t row) {
  switch (column.type().kind) {
    case TypeKind::kBool: out += column.Get<uint8_t>(row) != 0 ? "true" : "false"; return;
    case TypeKind::kInt8: return AppendNumber(out, column.Get<int8_t>(row));
    case TypeKind::kInt16: return AppendNumber(out, column.Get<int16_t>(row));
    case TypeKind::kInt32: return AppendNumber(out, column.Get<int32_t>(row));
    case TypeKind::kInt64: return AppendNumber(out, column.Get<int64_t>(row));
    case TypeKind::kUInt64: out += std::to_string(column.Get<uint64_t>(row)); return;
    case TypeKind::kFloat: return AppendFloat(out, column.Get<float>(row));
    case TypeKind::kDouble: return AppendDouble(out, column.Get<double>(row));
    case TypeKind::kDate: return AppendDate(out, column.Get<int32_t>(row));
    case TypeKind::kTime: return AppendTime(out, column.Get<int64_t>(row));
    case TypeKind::kTimestamp: return AppendTimestamp(out, column.Get<int64_t>(row));
    case TypeKind::kTimestampTz: return AppendTimestampTz(out, column.Get<int64_t>(row));
    case TypeKind::kInterval: return AppendInterval(out, column.Get<Interval>(row));
    case TypeKind::kUuid: return AppendUuid(out, column.values() + row * 16);
    case TypeKind::kBytes:
    case TypeKind::kGeometry: out += "\\x"; return AppendHex(out, column.Bytes(row));
    case TypeKind::kAny: out += any::Literal(column.Bytes(row)); return;
    default: out += column.Bytes(row); return;
  }
}

}  // namespace migrateiq::text
