#include "tests/conformance/edge_values.hpp"

#include <algorithm>
#include <array>

#include "pipeline/batch/text.hpp"

namespace migrateiq::conformance {
namespace {

using Values = std::vector<std::string>;

Values IntegerValues(TypeKind kind) {
  switch (kind) {
    case TypeKind::kInt8: return {"0", "-1", "127", "-128"};
    case TypeKind::kInt16: return {"0", "-1", "32767", "-32768"};
    case TypeKind::kInt32: return {"0", "-1", "2147483647", "-2147483648"};
    case TypeKind::kInt64: return {"0", "-1", "9223372036854775807", "-9223372036854775808"};
    default: return {"0", "1", "9223372036854775808", "18446744073709551615"};
  }
}

Values DecimalValues(const LogicalType& type) {
  if (type.precision == 0)
    return {"0", "-0.000000000000000000000000000001", "123456789012345678901234567890.123456789"};
  const auto whole = static_cast<size_t>(type.precision - type.scale);
  std::string most = whole == 0 ? "0" : std::string(whole, '9');
  if (type.scale > 0) most += "." + std::string(static_cast<size_t>(type.scale), '9');
  return {"0", "1", most, "-" + most};
}

Values TextValues(const LogicalType& type) {
  Values values = {"",    "a",    "ünï 🎉", "b  ", "  c", "two\nlines", "cr\r\nlf", "tab\tx", R"(quote ' " \ `)",
                   "\\N", "NULL", "%s;--"};
  if (type.length == 0) values.push_back(std::string(70000, 'x'));
  std::erase_if(
      values, [&](const std::string& value) { return type.length > 0 && text::CountCharacters(value) > type.length; });
  return values;
}

Values BytesValues(const LogicalType& type) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) text::AppendHex(all, std::string(1, static_cast<char>(byte)));
  Values values = {"", "00", "00ff00", "5c27220a0d09", all};
  std::erase_if(values, [&](const std::string& value) {
    return type.length > 0 && value.size() / 2 > static_cast<size_t>(type.length);
  });
  return values;
}

Values BitValues(const LogicalType& type) {
  const size_t bits = type.length > 0 ? static_cast<size_t>(type.length) : 5;
  std::string first(bits, '0'), last(bits, '0');
  first.front() = '1';
  last.back() = '1';
  return {std::string(bits, '0'), std::string(bits, '1'), first, last};
}

Values EnumValues(const LogicalType& type) {
  Values values = type.labels;
  if (type.set && values.size() > 1) values.push_back(values[0] + "," + values[1]);
  return values;
}

/// Whole units at the type's precision: a system that keeps three digits is not tried with six.
int64_t AtPrecision(int64_t micros, const LogicalType& type) {
  int64_t unit = 1;
  for (int digit = type.precision; digit < 6; ++digit) unit *= 10;
  return micros - ((micros % unit) + unit) % unit;
}

bool AppendInteger(Column& column, const std::string& value) {
  const auto number = text::ParseInt(value);
  if (column.type().kind == TypeKind::kUInt64) {
    column.Append<uint64_t>(text::ParseUInt(value).value_or(0));
    return text::ParseUInt(value).has_value();
  }
  switch (column.type().kind) {
    case TypeKind::kInt8: column.Append(static_cast<int8_t>(*number)); break;
    case TypeKind::kInt16: column.Append(static_cast<int16_t>(*number)); break;
    case TypeKind::kInt32: column.Append(static_cast<int32_t>(*number)); break;
    default: column.Append(*number);
  }
  return true;
}

std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

bool AppendDateOrTime(Column& column, const std::string& value) {
  int64_t micros = 0;
  int32_t days = 0;
  switch (column.type().kind) {
    case TypeKind::kDate:
      text::ParseDate(value, days);
      column.Append(days);
      return true;
    case TypeKind::kTime: text::ParseTime(value, micros); break;
    default: text::ParseTimestamp(value, micros);
  }
  column.Append(AtPrecision(micros, column.type()));
  return true;
}

bool AppendUuid(Column& column, const std::string& value) {
  std::array<uint8_t, 16> bytes;
  if (!text::ParseUuid(value, bytes.data())) return false;
  column.Append(bytes);
  return true;
}

}  // namespace

std::vector<std::string> EdgeValues(const LogicalType& type) {
  if (IsInteger(type.kind)) return IntegerValues(type.kind);
  switch (type.kind) {
    case TypeKind::kBool: return {"t", "f"};
    case TypeKind::kFloat: return {"0", "1.5", "-16777216", "3.4028235e38", "1.1754944e-38", "0.1"};
    case TypeKind::kDouble:
      return {"0", "0.1", "-9007199254740992", "1.7976931348623157e308", "2.2250738585072014e-308"};
    case TypeKind::kDecimal: return DecimalValues(type);
    case TypeKind::kString: return TextValues(type);
    case TypeKind::kChar: return {"a", "ü"};
    case TypeKind::kBytes: return BytesValues(type);
    case TypeKind::kDate: return {"1970-01-01", "1000-01-01", "9999-12-31", "2024-02-29"};
    case TypeKind::kTime: return {"00:00:00", "23:59:59", "12:34:56.789012"};
    case TypeKind::kTimestamp:
      return {"1970-01-01 00:00:00", "1969-12-31 23:59:59.999999", "9999-12-31 23:59:59", "2024-02-29 12:34:56.789012"};
    case TypeKind::kTimestampTz: return {"1970-01-02 00:00:00", "2024-03-31 01:30:00", "2037-12-31 23:59:59.123456"};
    case TypeKind::kInterval: return {"1 year 2 mons 3 days 04:05:06.7", "-3 days", "00:00:00"};
    case TypeKind::kUuid: return {"00000000-0000-0000-0000-000000000000", "00112233-4455-6677-8899-aabbccddeeff"};
    case TypeKind::kJson:
      return {R"({"a": [1, 2.50, null, "ü"]})", "[]", "null", R"("text")", R"({"q": "say \"hi\" \\"})"};
    case TypeKind::kEnum: return EnumValues(type);
    case TypeKind::kArray: return {"{}"};
    case TypeKind::kBit: return BitValues(type);
    case TypeKind::kGeometry: return {"0101000000000000000000f03f0000000000000040"};
    default: return {};
  }
}

bool AppendEdgeValue(Column& column, const std::string& value) {
  const TypeKind kind = column.type().kind;
  if (IsInteger(kind)) return AppendInteger(column, value);
  switch (kind) {
    case TypeKind::kBool: column.Append<uint8_t>(value == "t" ? 1 : 0); return true;
    case TypeKind::kFloat: column.Append(static_cast<float>(text::ParseDouble(value).value_or(0))); return true;
    case TypeKind::kDouble: column.Append(text::ParseDouble(value).value_or(0)); return true;
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return AppendDateOrTime(column, value);
    case TypeKind::kInterval: column.Append(text::ParseInterval(value).value_or(Interval{})); return true;
    case TypeKind::kUuid: return AppendUuid(column, value);
    case TypeKind::kBytes:
    case TypeKind::kGeometry: column.AppendBytes(FromHex(value)); return true;
    default: column.AppendBytes(value); return true;
  }
}

}  // namespace migrateiq::conformance
