#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "connectors/sqlite/sqlite_reader.hpp"
#include "pipeline/batch/any_value.hpp"
#include "pipeline/batch/text.hpp"

// A decoder for each kind of column. What does not fit is reported, never bent.
namespace migrateiq::sqlite {

namespace {

constexpr int64_t kExactInDouble = int64_t{1} << 53;

bool IsAscii(std::string_view text) {
  const char* at = text.data();
  size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    uint64_t eight;
    std::memcpy(&eight, at, 8);
    if ((eight & 0x8080808080808080ULL) != 0) return false;
  }
  for (; left > 0; ++at, --left) {
    if ((*at & 0x80) != 0) return false;
  }
  return true;
}

size_t AppendInteger(Column& column, int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  column.AppendBytes({digits, static_cast<size_t>(end - digits)});
  return static_cast<size_t>(end - digits);
}

size_t AppendText(Column& column, std::string_view text) {
  column.AppendBytes(text);
  return text.size();
}

size_t DecodeBool(SqliteReader& reader, sqlite3_value* value, int c) {
  const int type = sqlite3_value_type(value);
  if (type == SQLITE_TEXT) {
    const auto flag = text::ParseBool(reader.Text(value));
    if (!flag) return reader.Report(value, c, FindingKind::kWrongType);
    reader.column(c).Append<uint8_t>(*flag ? 1 : 0);
    return 1;
  }
  const double number = type == SQLITE_BLOB ? -1 : sqlite3_value_double(value);
  if (number != 0.0 && number != 1.0) return reader.Report(value, c, FindingKind::kWrongType);
  reader.column(c).Append<uint8_t>(number != 0.0 ? 1 : 0);
  return 1;
}

template <class T>
size_t DecodeInt(SqliteReader& reader, sqlite3_value* value, int c) {
  if (sqlite3_value_type(value) != SQLITE_INTEGER) return reader.Report(value, c, FindingKind::kWrongType);
  const int64_t number = sqlite3_value_int64(value);
  if (!std::in_range<T>(number)) return reader.Report(value, c, FindingKind::kOutOfRange);
  reader.column(c).Append<T>(static_cast<T>(number));
  return sizeof(T);
}

size_t DecodeDouble(SqliteReader& reader, sqlite3_value* value, int c) {
  const int type = sqlite3_value_type(value);
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return reader.Report(value, c, FindingKind::kWrongType);
  const int64_t whole = type == SQLITE_INTEGER ? sqlite3_value_int64(value) : 0;
  if (whole > kExactInDouble || whole < -kExactInDouble) return reader.Report(value, c, FindingKind::kPrecision);
  reader.column(c).Append<double>(sqlite3_value_double(value));
  return sizeof(double);
}

size_t DecodeFloat(SqliteReader& reader, sqlite3_value* value, int c) {
  const int type = sqlite3_value_type(value);
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return reader.Report(value, c, FindingKind::kWrongType);
  const double number = sqlite3_value_double(value);
  const auto narrow = static_cast<float>(number);
  if (static_cast<double>(narrow) != number) return reader.Report(value, c, FindingKind::kPrecision);
  reader.column(c).Append<float>(narrow);
  return sizeof(float);
}

constexpr double kPowers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
constexpr int kExactDigits = 15;

size_t AppendScaled(Column& column, int64_t units, int scale) {
  char digits[40];
  char* at = digits;
  if (units < 0) *at++ = '-';
  char plain[24];
  const auto end = std::to_chars(plain, plain + sizeof(plain), units < 0 ? -units : units).ptr;
  const int length = static_cast<int>(end - plain);
  for (int i = std::max(length, scale + 1); i > 0; --i) {
    if (i == scale) *at++ = '.';
    *at++ = i > length ? '0' : plain[length - i];
  }
  return AppendText(column, {digits, static_cast<size_t>(at - digits)});
}

/// The usual case, without looking for the shortest text: a real that is nearest to a number of the column's scale,
/// which up to 15 digits is the only one it can stand for. False when it is not.
bool AppendFixed(Column& column, double real, size_t& bytes) {
  const LogicalType& type = column.type();
  if (type.precision == 0 || type.precision > kExactDigits || type.scale <= 0 || type.scale > kExactDigits)
    return false;
  const double power = kPowers[type.scale];
  const double units = std::nearbyint(real * power);
  if (std::fabs(units) >= 1e15 || units / power != real) return false;
  bytes = AppendScaled(column, static_cast<int64_t>(units), type.scale);
  return true;
}

size_t DecodeDecimal(SqliteReader& reader, sqlite3_value* value, int c) {
  const int type = sqlite3_value_type(value);
  if (type == SQLITE_INTEGER) return AppendInteger(reader.column(c), sqlite3_value_int64(value));
  if (type == SQLITE_BLOB) return reader.Report(value, c, FindingKind::kWrongType);
  char shortest[32];
  std::string_view number;
  if (type == SQLITE_FLOAT) {
    const double real = sqlite3_value_double(value);
    if (size_t bytes = 0; AppendFixed(reader.column(c), real, bytes)) return bytes;
    if (std::isinf(real)) return AppendText(reader.column(c), real > 0 ? "Infinity" : "-Infinity");
    const auto end = std::to_chars(shortest, shortest + sizeof(shortest), real).ptr;
    number = {shortest, static_cast<size_t>(end - shortest)};
  } else {
    number = reader.Text(value);
  }
  if (!text::NormalizeDecimal(number, reader.scratch())) return reader.Report(value, c, FindingKind::kWrongType);
  return AppendText(reader.column(c), reader.scratch());
}

size_t AppendReal(SqliteReader& reader, sqlite3_value* value, int c) {
  reader.scratch().clear();
  text::AppendDouble(reader.scratch(), sqlite3_value_double(value));
  return AppendText(reader.column(c), reader.scratch());
}

size_t AppendChecked(SqliteReader& reader, sqlite3_value* value, int c, bool limited) {
  const std::string_view text = reader.Text(value);
  if (!IsAscii(text) && text::FindInvalidUtf8(text) != std::string_view::npos) {
    return reader.Report(value, c, FindingKind::kEncoding);
  }
  const auto most = static_cast<size_t>(reader.column(c).type().length);
  if (limited && most != 0 && text.size() > most && std::cmp_greater(text::CountCharacters(text), most)) {
    return reader.Report(value, c, FindingKind::kTooLong);
  }
  return AppendText(reader.column(c), text);
}

size_t DecodeString(SqliteReader& reader, sqlite3_value* value, int c) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_TEXT: return AppendChecked(reader, value, c, true);
    case SQLITE_INTEGER: return AppendInteger(reader.column(c), sqlite3_value_int64(value));
    case SQLITE_FLOAT: return AppendReal(reader, value, c);
    default: return reader.Report(value, c, FindingKind::kWrongType);
  }
}

/// Kinds whose text is kept as it is; a number in their place is no such value.
size_t DecodeLabel(SqliteReader& reader, sqlite3_value* value, int c) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) return reader.Report(value, c, FindingKind::kWrongType);
  return AppendChecked(reader, value, c, false);
}

size_t DecodeBits(SqliteReader& reader, sqlite3_value* value, int c) {
  const std::string_view text = sqlite3_value_type(value) == SQLITE_TEXT ? reader.Text(value) : "?";
  if (text.find_first_not_of("01") != std::string_view::npos) return reader.Report(value, c, FindingKind::kWrongType);
  return AppendText(reader.column(c), text);
}

size_t DecodeBytes(SqliteReader& reader, sqlite3_value* value, int c) {
  const int type = sqlite3_value_type(value);
  if (type != SQLITE_BLOB && type != SQLITE_TEXT) return reader.Report(value, c, FindingKind::kWrongType);
  const std::string_view bytes = type == SQLITE_BLOB ? SqliteReader::Blob(value) : reader.Text(value);
  const auto most = static_cast<size_t>(reader.column(c).type().length);
  if (most != 0 && bytes.size() > most) return reader.Report(value, c, FindingKind::kTooLong);
  return AppendText(reader.column(c), bytes);
}

size_t DecodeGeometry(SqliteReader& reader, sqlite3_value* value, int c) {
  if (sqlite3_value_type(value) != SQLITE_BLOB) return reader.Report(value, c, FindingKind::kWrongType);
  return AppendText(reader.column(c), SqliteReader::Blob(value));
}

size_t DecodeDate(SqliteReader& reader, sqlite3_value* value, int c) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) return reader.Report(value, c, FindingKind::kWrongType);
  const std::string_view text = reader.Text(value);
  int32_t days = 0;
  if (text == "infinity")
    days = std::numeric_limits<int32_t>::max();
  else if (text == "-infinity")
    days = std::numeric_limits<int32_t>::min();
  else if (const auto state = text::ParseDate(text, days); state != text::DateState::kValid) {
    const bool zero = state == text::DateState::kZeroOrImpossible;
    return reader.Report(value, c, zero ? FindingKind::kZeroDate : FindingKind::kWrongType);
  }
  reader.column(c).Append<int32_t>(days);
  return 4;
}

size_t DecodeTime(SqliteReader& reader, sqlite3_value* value, int c) {
  int64_t micros = 0;
  if (sqlite3_value_type(value) != SQLITE_TEXT || !text::ParseTime(reader.Text(value), micros)) {
    return reader.Report(value, c, FindingKind::kWrongType);
  }
  reader.column(c).Append<int64_t>(micros);
  return 8;
}

text::DateState ParseMidnight(std::string_view text, int64_t& micros) {
  int32_t days = 0;
  const text::DateState state = text::ParseDate(text, days);
  micros = int64_t{days} * 86'400'000'000;
  return state;
}

/// A date alone is midnight, as everywhere in SQLite; a zone is taken only by columns that have one.
template <bool kZoned>
size_t DecodeTimestamp(SqliteReader& reader, sqlite3_value* value, int c) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) return reader.Report(value, c, FindingKind::kWrongType);
  const std::string_view text = reader.Text(value);
  int64_t micros = 0;
  std::optional<int32_t> zone;
  auto state = text::ParseTimestamp(text, micros, kZoned ? &zone : nullptr);
  if (state == text::DateState::kNotADate) state = ParseMidnight(text, micros);
  if (state != text::DateState::kValid) {
    const bool zero = state == text::DateState::kZeroOrImpossible;
    return reader.Report(value, c, zero ? FindingKind::kZeroDate : FindingKind::kWrongType);
  }
  reader.column(c).Append<int64_t>(micros);
  return 8;
}

size_t DecodeInterval(SqliteReader& reader, sqlite3_value* value, int c) {
  const auto interval =
      sqlite3_value_type(value) == SQLITE_TEXT ? text::ParseInterval(reader.Text(value)) : std::nullopt;
  if (!interval) return reader.Report(value, c, FindingKind::kWrongType);
  reader.column(c).Append<Interval>(*interval);
  return 16;
}

size_t DecodeUuid(SqliteReader& reader, sqlite3_value* value, int c) {
  std::array<uint8_t, 16> uuid;
  const int type = sqlite3_value_type(value);
  const std::string_view blob = type == SQLITE_BLOB ? SqliteReader::Blob(value) : std::string_view();
  if (blob.size() == 16)
    std::memcpy(uuid.data(), blob.data(), 16);
  else if (type != SQLITE_TEXT || !text::ParseUuid(reader.Text(value), uuid.data())) {
    return reader.Report(value, c, FindingKind::kWrongType);
  }
  reader.column(c).Append(uuid);
  return 16;
}

size_t DecodeAny(SqliteReader& reader, sqlite3_value* value, int c) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return AppendText(reader.column(c), any::OfInteger(sqlite3_value_int64(value)));
    case SQLITE_FLOAT: return AppendText(reader.column(c), any::OfReal(sqlite3_value_double(value)));
    case SQLITE_BLOB: return AppendText(reader.column(c), any::OfBlob(SqliteReader::Blob(value)));
    default: return AppendText(reader.column(c), any::OfText(reader.Text(value)));
  }
}

}  // namespace

SqliteReader::Decoder DecoderFor(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool: return DecodeBool;
    case TypeKind::kInt8: return DecodeInt<int8_t>;
    case TypeKind::kInt16: return DecodeInt<int16_t>;
    case TypeKind::kInt32: return DecodeInt<int32_t>;
    case TypeKind::kInt64: return DecodeInt<int64_t>;
    case TypeKind::kUInt64: return DecodeInt<uint64_t>;
    case TypeKind::kFloat: return DecodeFloat;
    case TypeKind::kDouble: return DecodeDouble;
    case TypeKind::kDecimal: return DecodeDecimal;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kJson: return DecodeString;
    case TypeKind::kEnum:
    case TypeKind::kArray: return DecodeLabel;
    case TypeKind::kBytes: return DecodeBytes;
    case TypeKind::kDate: return DecodeDate;
    case TypeKind::kTime: return DecodeTime;
    case TypeKind::kTimestamp: return DecodeTimestamp<false>;
    case TypeKind::kTimestampTz: return DecodeTimestamp<true>;
    case TypeKind::kInterval: return DecodeInterval;
    case TypeKind::kUuid: return DecodeUuid;
    case TypeKind::kBit: return DecodeBits;
    case TypeKind::kGeometry: return DecodeGeometry;
    case TypeKind::kAny: return DecodeAny;
  }
  return DecodeString;
}

}  // namespace migrateiq::sqlite
