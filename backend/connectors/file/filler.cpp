#include "connectors/file/filler.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include "connectors/file/date_scan.hpp"
#include "connectors/file/number_scan.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::file {

namespace {

bool IsBinary(TypeKind kind) { return kind == TypeKind::kBytes || kind == TypeKind::kGeometry; }

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Not by way of a double, which would round twice.
std::optional<float> ParseFloat(std::string_view text) {
  float value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) return value;
  return text::ParseDouble(text).transform([](double wide) { return static_cast<float>(wide); });
}

std::string AsHex(std::string_view bytes) {
  std::string out = "\\x";
  text::AppendHex(out, bytes.substr(0, 500));
  return out;
}

template <class T>
bool AppendIfFits(int64_t value, Column& out) {
  if (value < std::numeric_limits<T>::min() || value > std::numeric_limits<T>::max()) return false;
  out.Append(static_cast<T>(value));
  return true;
}

/// Short values without a call: what is copied behind them may be read and is written over.
void AppendShort(std::string_view text, Column& out) {
  constexpr size_t kShort = 32;
  static_assert(kShort <= kSlack);
  if (text.size() > kShort) return out.AppendBytes(text);
  std::memcpy(out.ReserveBytes(kShort), text.data(), kShort);
  out.CommitBytes(text.size());
}

bool AppendSized(TypeKind kind, int64_t value, Column& out) {
  switch (kind) {
    case TypeKind::kInt8: return AppendIfFits<int8_t>(value, out);
    case TypeKind::kInt16: return AppendIfFits<int16_t>(value, out);
    case TypeKind::kInt32: return AppendIfFits<int32_t>(value, out);
    default: out.Append(value); return true;
  }
}

}  // namespace

template <class Append>
void Filler::ForEach(const RowBlock& block, Column& out, int64_t first_row, std::vector<Finding>& findings,
                     Append append) {
  const Span* span = block.spans.data() + source_;
  for (size_t row = 0; row < block.rows; ++row, span += block.columns) {
    if (span->kind == SpanKind::kNull) {
      out.AppendNull();
      continue;
    }
    FindingKind kind = FindingKind::kWrongType;
    if (append(*span, kind)) [[likely]]
      continue;
    out.AppendNull();
    findings.push_back(Report(*span, first_row + static_cast<int64_t>(row), kind));
  }
}

void Filler::Fill(const RowBlock& block, Column& out, int64_t first_row, std::vector<Finding>& findings) {
  if (source_ == kAbsent) {
    for (size_t row = 0; row < block.rows; ++row) out.AppendNull();
    return;
  }
  const bool ascii = block.ascii;
  switch (field_.type.kind) {
    case TypeKind::kInt64:
      return ForEach(block, out, first_row, findings, [&](const Span& span, FindingKind& kind) {
        int64_t value;
        if (!PlainInteger(span.view(), value)) [[unlikely]]
          return AppendInteger(span.view(), out, kind);
        out.Append(value);
        return true;
      });
    case TypeKind::kDecimal:
      return ForEach(block, out, first_row, findings,
                     [&](const Span& span, FindingKind& kind) { return AppendDecimal(span.view(), out, kind); });
    case TypeKind::kDate:
      return ForEach(block, out, first_row, findings, [&](const Span& span, FindingKind& kind) {
        int32_t days;
        if (!PlainDate(span.view(), days)) [[unlikely]]
          return AppendOther(span, ascii, out, kind);
        out.Append(days);
        return true;
      });
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
      return ForEach(block, out, first_row, findings,
                     [&](const Span& span, FindingKind& kind) { return AppendTimestamp(span.view(), out, kind); });
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kEnum:
    case TypeKind::kArray:
    case TypeKind::kBit:
      return ForEach(block, out, first_row, findings,
                     [&](const Span& span, FindingKind& kind) { return AppendText(span, ascii, out, kind); });
    default:
      return ForEach(block, out, first_row, findings,
                     [&](const Span& span, FindingKind& kind) { return AppendOther(span, ascii, out, kind); });
  }
}

Finding Filler::Report(const Span& span, int64_t row, FindingKind kind) const {
  const std::string_view text = span.view();
  const bool shown_as_hex = kind == FindingKind::kEncoding;
  return {.row = row,
          .column = column_,
          .kind = kind,
          .original = shown_as_hex ? AsHex(text) : Clip(text),
          .detail = shown_as_hex ? "UTF-8; if the file has another encoding, name it: encoding=cp1252"
                                 : ToString(field_.type)};
}

bool Filler::AppendInteger(std::string_view text, Column& out, FindingKind& kind) {
  const std::optional<int64_t> value = text::ParseInt(text);
  if (value && AppendSized(field_.type.kind, *value, out)) return true;
  if (value || ShapeOf(text).valid) kind = FindingKind::kOutOfRange;
  if (ShapeOf(text).point || ShapeOf(text).exponent) kind = FindingKind::kPrecision;
  return false;
}

bool Filler::FitsDecimal(std::string_view decimal, FindingKind& kind) const {
  if (field_.type.precision == 0) return true;
  int integer_digits = 0, fraction_digits = 0;
  text::DecimalDigits(decimal, integer_digits, fraction_digits);
  while (fraction_digits > std::max(0, field_.type.scale) && decimal.back() == '0') {
    decimal.remove_suffix(1);
    --fraction_digits;
  }
  const bool zero = integer_digits == 1 && decimal[decimal[0] == '-' ? 1 : 0] == '0';
  if (field_.type.scale >= 0 && fraction_digits > field_.type.scale)
    kind = FindingKind::kPrecision;
  else if ((zero ? 0 : integer_digits) > field_.type.precision - field_.type.scale)
    kind = FindingKind::kOutOfRange;
  else
    return true;
  return false;
}

bool Filler::AppendDecimal(std::string_view text, Column& out, FindingKind& kind) {
  const LogicalType& type = field_.type;
  if (type.scale > 0) {
    const int digits = PlainDecimal(text, static_cast<size_t>(type.scale));
    if (digits > 0 && digits <= type.precision - type.scale) [[likely]] {
      AppendShort(text, out);
      return true;
    }
  }
  const NumberShape shape = ShapeOf(text);
  const bool plain = shape.valid && !shape.exponent && !shape.leading_zero && shape.integer_digits > 0 &&
                     !(shape.negative && shape.zero);
  if (plain) [[likely]] {
    const bool fits = shape.fraction_digits <= type.scale && shape.integer_digits <= type.precision - type.scale;
    if (!fits && !FitsDecimal(text, kind)) return false;
    out.AppendBytes(text);
    return true;
  }
  if (text == "NaN" || text == "Infinity" || text == "-Infinity") {
    out.AppendBytes(text);
    return true;
  }
  if (!text::NormalizeDecimal(text, scratch_) || !FitsDecimal(scratch_, kind)) return false;
  out.AppendBytes(scratch_);
  return true;
}

bool Filler::AppendText(const Span& span, bool ascii, Column& out, FindingKind& kind) {
  const std::string_view text = span.view();
  const bool plain = ascii || IsAscii(text.data(), text.size());
  if (!plain && text::FindInvalidUtf8(text) != std::string_view::npos) {
    kind = FindingKind::kEncoding;
    return false;
  }
  const auto limit = static_cast<size_t>(field_.type.length);
  const bool limited = limit > 0 && field_.type.kind != TypeKind::kEnum;
  if (limited && text.size() > limit && (plain || text::CountCharacters(text) > static_cast<int64_t>(limit))) {
    kind = FindingKind::kTooLong;
    return false;
  }
  AppendShort(text, out);
  return true;
}

bool Filler::AppendBinary(std::string_view text, Column& out) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) return false;
  text.remove_prefix(2);
  scratch_.clear();
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = HexValue(text[i]), low = HexValue(text[i + 1]);
    if (high < 0 || low < 0) return false;
    scratch_ += static_cast<char>(high << 4 | low);
  }
  out.AppendBytes(scratch_);
  return true;
}

bool Filler::AppendTimestamp(std::string_view text, Column& out, FindingKind& kind) {
  int64_t micros = 0;
  const bool zoned = field_.type.kind == TypeKind::kTimestampTz;
  if (!zoned && PlainTimestamp(text, micros)) {
    out.Append(micros);
    return true;
  }
  std::optional<int32_t> zone;
  const text::DateState state = text::ParseTimestamp(text, micros, zoned ? &zone : nullptr);
  if (state == text::DateState::kZeroOrImpossible) kind = FindingKind::kZeroDate;
  if (state != text::DateState::kValid) return false;
  const bool infinite = micros == std::numeric_limits<int64_t>::max() || micros == std::numeric_limits<int64_t>::min();
  if (zoned && !zone && !infinite) return false;  // which instant a wall time means is not for a reader to decide
  out.Append(micros);
  return true;
}

bool Filler::AppendJson(const Span& span, bool ascii, Column& out, FindingKind& kind) {
  if (!json_ || span.kind != SpanKind::kText) return AppendText(span, ascii, out, kind);
  if (text::FindInvalidUtf8(span.view()) != std::string_view::npos) {
    kind = FindingKind::kEncoding;
    return false;
  }
  scratch_.clear();
  AppendJsonString(scratch_, span.view());
  out.AppendBytes(scratch_);
  return true;
}

bool Filler::AppendOther(const Span& span, bool ascii, Column& out, FindingKind& kind) {
  const std::string_view text = span.view();
  const auto append = [&out](const auto& value) {
    if (value) out.Append(*value);
    return value.has_value();
  };
  switch (field_.type.kind) {
    case TypeKind::kBool:
      return append(text::ParseBool(text).transform([](bool value) { return static_cast<uint8_t>(value); }));
    case TypeKind::kInt8:
    case TypeKind::kInt16:
    case TypeKind::kInt32: return AppendInteger(text, out, kind);
    case TypeKind::kUInt64: return append(text::ParseUInt(text));
    case TypeKind::kFloat: return append(ParseFloat(text));
    case TypeKind::kDouble: return append(text::ParseDouble(text));
    case TypeKind::kDate: {
      int32_t days = 0;
      const text::DateState state = text::ParseDate(text, days);
      if (state == text::DateState::kZeroOrImpossible) kind = FindingKind::kZeroDate;
      return append(state == text::DateState::kValid ? std::optional(days) : std::nullopt);
    }
    case TypeKind::kTime: {
      int64_t micros = 0;
      return append(text::ParseTime(text, micros) ? std::optional(micros) : std::nullopt);
    }
    case TypeKind::kInterval: return append(text::ParseInterval(text));
    case TypeKind::kUuid: {
      struct Bytes {
        uint8_t bytes[16];
      } uuid{};
      return append(text::ParseUuid(text, uuid.bytes) ? std::optional(uuid) : std::nullopt);
    }
    case TypeKind::kJson: return AppendJson(span, ascii, out, kind);
    default: return IsBinary(field_.type.kind) ? AppendBinary(text, out) : AppendText(span, ascii, out, kind);
  }
}

void AppendJsonString(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  size_t from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(from, i - from));
    from = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out.append("\\u00").append({kHex[c >> 4], kHex[c & 15]});
    }
  }
  out.append(text.substr(from)) += '"';
}

}  // namespace migrateiq::file
