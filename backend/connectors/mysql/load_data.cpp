#include "connectors/mysql/load_data.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include "connectors/mysql/mysql_session.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::mysql {

namespace {

enum class Form : bool { kLoad, kInsert };

/// What a backslash is put in front of, and what stands after it; 0 = nothing special.
constexpr std::array<char, 256> MakeEscapes() {
  std::array<char, 256> escapes{};
  escapes['\\'] = '\\';
  escapes['\t'] = 't';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\0'] = '0';
  return escapes;
}
constexpr auto kEscapes = MakeEscapes();

void AppendEscaped(std::string& out, std::string_view text) {
  size_t done = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char escape = kEscapes[static_cast<unsigned char>(text[i])];
    if (escape == 0) continue;
    out.append(text, done, i - done);
    out += '\\';
    out += escape;
    done = i + 1;
  }
  out.append(text, done, text.size() - done);
}

template <class T>
void AppendNumber(std::string& out, T value) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, static_cast<size_t>(end - buffer));
}

void TwoDigits(char* at, unsigned value) {
  at[0] = static_cast<char>('0' + value / 10 % 10);
  at[1] = static_cast<char>('0' + value % 10);
}

/// Year 0 exists here; what is outside 0..9999 is written as the engine's text so that the server refuses it.
void AppendDay(std::string& out, int32_t days) {
  int64_t year = 0;
  unsigned month = 0, day = 0;
  text::CivilFromDays(days, year, month, day);
  if (year < 0 || year > 9999) return text::AppendDate(out, days);
  char buffer[10] = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0'};
  TwoDigits(buffer, static_cast<unsigned>(year / 100));
  TwoDigits(buffer + 2, static_cast<unsigned>(year % 100));
  TwoDigits(buffer + 5, month);
  TwoDigits(buffer + 8, day);
  out.append(buffer, sizeof buffer);
}

void AppendClock(std::string& out, int64_t micros) {
  if (micros < 0) out += '-';
  const auto all = micros < 0 ? 0 - static_cast<uint64_t>(micros) : static_cast<uint64_t>(micros);
  const uint64_t seconds = all / 1000000, hours = seconds / 3600;
  if (hours > 99) AppendNumber(out, hours);
  char buffer[15] = {'0', '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', '0', '0', '0'};
  TwoDigits(buffer, static_cast<unsigned>(hours));
  TwoDigits(buffer + 3, static_cast<unsigned>(seconds / 60 % 60));
  TwoDigits(buffer + 6, static_cast<unsigned>(seconds % 60));
  const auto fraction = static_cast<unsigned>(all % 1000000);
  TwoDigits(buffer + 9, fraction / 10000);
  TwoDigits(buffer + 11, fraction / 100);
  TwoDigits(buffer + 13, fraction);
  const size_t skip = hours > 99 ? 2 : 0;
  out.append(buffer + skip, (fraction == 0 ? 8 : sizeof buffer) - skip);
}

void AppendMoment(std::string& out, int64_t micros) {
  constexpr int64_t kDay = 86400000000;
  int64_t days = micros / kDay, rest = micros % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  if (micros == INT64_MAX || micros == INT64_MIN) return text::AppendTimestamp(out, micros);
  AppendDay(out, static_cast<int32_t>(days));
  out += ' ';
  AppendClock(out, rest);
}

/// Only the time part fits MySQL's TIME; anything with days or months is written as text, for text columns.
void AppendSpan(std::string& out, const Interval& value) {
  if (value.months != 0 || value.days != 0) return text::AppendInterval(out, value);
  AppendClock(out, value.micros);
}

/// Values whose text has no character that needs quoting or escaping.
void AppendPlain(std::string& out, const Column& column, int64_t row) {
  switch (column.type().kind) {
    case TypeKind::kBool: AppendNumber(out, int{column.Get<uint8_t>(row)}); break;
    case TypeKind::kInt8: AppendNumber(out, int{column.Get<int8_t>(row)}); break;
    case TypeKind::kInt16: AppendNumber(out, column.Get<int16_t>(row)); break;
    case TypeKind::kInt32: AppendNumber(out, column.Get<int32_t>(row)); break;
    case TypeKind::kInt64: AppendNumber(out, column.Get<int64_t>(row)); break;
    case TypeKind::kUInt64: AppendNumber(out, column.Get<uint64_t>(row)); break;
    // Widened, because the server reads a double and rounds it to a float itself.
    case TypeKind::kFloat: text::AppendDouble(out, static_cast<double>(column.Get<float>(row))); break;
    case TypeKind::kDouble: text::AppendDouble(out, column.Get<double>(row)); break;
    case TypeKind::kDate: AppendDay(out, column.Get<int32_t>(row)); break;
    case TypeKind::kTime: AppendClock(out, column.Get<int64_t>(row)); break;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: AppendMoment(out, column.Get<int64_t>(row)); break;
    case TypeKind::kInterval: AppendSpan(out, column.Get<Interval>(row)); break;
    case TypeKind::kUuid: text::AppendUuid(out, column.values() + row * 16); break;
    default: out.append(column.Bytes(row));
  }
}

bool IsBinary(TypeKind kind) { return kind == TypeKind::kBytes || kind == TypeKind::kGeometry; }

bool IsText(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kJson || kind == TypeKind::kEnum ||
         kind == TypeKind::kArray;
}

void AppendBinary(std::string& out, const Column& column, int64_t row) {
  if (column.type().kind == TypeKind::kBytes) return text::AppendHex(out, column.Bytes(row));
  text::AppendHex(out, EwkbToGeometry(column.Bytes(row)));
}

void AppendLoadValue(std::string& out, const Column& column, int64_t row) {
  const TypeKind kind = column.type().kind;
  if (column.IsNull(row))
    out += "\\N";
  else if (IsText(kind))
    AppendEscaped(out, column.Bytes(row));
  else if (IsBinary(kind))
    AppendBinary(out, column, row);
  else
    AppendPlain(out, column, row);
}

bool NeedsQuotes(TypeKind kind) { return !IsInteger(kind) && kind != TypeKind::kBool; }

void AppendInsertValue(std::string& out, const Column& column, int64_t row) {
  const TypeKind kind = column.type().kind;
  if (column.IsNull(row)) {
    out += "NULL";
  } else if (IsText(kind)) {
    out += QuoteText(column.Bytes(row));
  } else if (IsBinary(kind)) {
    out += "x'";
    AppendBinary(out, column, row);
    out += '\'';
  } else {
    if (kind == TypeKind::kBit) out += 'b';
    if (NeedsQuotes(kind)) out += '\'';
    AppendPlain(out, column, row);
    if (NeedsQuotes(kind)) out += '\'';
  }
}

bool IsBitColumn(const SendColumn& column) {
  return column.type.kind == TypeKind::kBit && (column.native.starts_with("bit") || column.native.starts_with("BIT"));
}

/// Text '0' in a year is 2000, the number 0 is 0000.
bool IsYearColumn(const SendColumn& column) {
  return column.native.starts_with("year") || column.native.starts_with("YEAR");
}

/// The expression that a variable's text becomes, "" when the text is taken as it is.
std::string Conversion(const SendColumn& column, const std::string& variable) {
  if (IsBinary(column.type.kind)) return "UNHEX(" + variable + ")";
  if (IsBitColumn(column)) return "CAST(CONV(" + variable + ", 2, 10) AS UNSIGNED)";
  if (IsYearColumn(column)) return "CAST(" + variable + " AS UNSIGNED)";
  return "";
}

}  // namespace

std::string EwkbToGeometry(std::string_view ewkb) {
  constexpr uint32_t kSridFlag = 0x20000000;
  uint32_t kind = 0, srid = 0;
  if (ewkb.size() < 5 || ewkb[0] != 1) return std::string(ewkb);
  std::memcpy(&kind, ewkb.data() + 1, 4);
  const bool has_srid = (kind & kSridFlag) != 0 && ewkb.size() >= 9;
  if (has_srid) std::memcpy(&srid, ewkb.data() + 5, 4);
  if (has_srid) kind &= ~kSridFlag;
  std::string out(9, '\1');
  std::memcpy(out.data(), &srid, 4);
  std::memcpy(out.data() + 5, &kind, 4);
  out.append(ewkb.substr(has_srid ? 9 : 5));
  return out;
}

std::string LoadStatement(std::string_view token, std::string_view table, const std::vector<SendColumn>& columns) {
  std::string names, sets;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string variable = "@miq" + std::to_string(i);
    const std::string conversion = Conversion(columns[i], variable);
    names += names.empty() ? "" : ", ";
    names += conversion.empty() ? QuoteName(columns[i].name) : variable;
    if (conversion.empty()) continue;
    sets += (sets.empty() ? " SET " : ", ") + QuoteName(columns[i].name) + " = " + conversion;
  }
  std::string sql = "LOAD DATA LOCAL INFILE " + QuoteText(token) + " INTO TABLE ";
  sql += table;
  sql += " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (";
  return sql + names + ")" + sets;
}

void AppendLoadRows(std::string& out, const Batch& batch, int64_t begin, int64_t end) {
  const size_t columns = batch.columns.size();
  for (int64_t row = begin; row < end; ++row) {
    for (size_t c = 0; c < columns; ++c) {
      if (c != 0) out += '\t';
      AppendLoadValue(out, batch.columns[c], row);
    }
    out += '\n';
  }
}

std::string InsertHead(std::string_view table, const std::vector<SendColumn>& columns) {
  std::string sql = "INSERT INTO ";
  sql += table;
  sql += " (";
  for (size_t i = 0; i < columns.size(); ++i) sql += (i == 0 ? "" : ", ") + QuoteName(columns[i].name);
  return sql + ") VALUES ";
}

void AppendInsertRow(std::string& out, const Batch& batch, int64_t row) {
  for (size_t c = 0; c < batch.columns.size(); ++c) {
    out += c == 0 ? '(' : ',';
    AppendInsertValue(out, batch.columns[c], row);
  }
  out += ')';
}

}  // namespace migrateiq::mysql
