#include "pipeline/transform/detail/cast_text.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "pipeline/batch/any_value.hpp"

namespace migrateiq::detail {

namespace {

/// What became of one value: nothing wrong, or the finding to report.
using Outcome = std::optional<FindingKind>;

bool IsText(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kJson || kind == TypeKind::kEnum ||
         kind == TypeKind::kArray;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Integral text of any numeric form ("12.00", "1e3") as an integer.
Outcome ToInteger(std::string_view text, int64_t& value) {
  if (const auto parsed = text::ParseInt(text)) {
    value = *parsed;
    return {};
  }
  std::string decimal;
  if (!text::NormalizeDecimal(text, decimal)) return FindingKind::kWrongType;
  if (decimal == "NaN" || decimal.ends_with("Infinity")) return FindingKind::kSpecial;
  const size_t dot = decimal.find('.');
  if (dot != std::string::npos) {
    if (decimal.find_first_not_of('0', dot + 1) != std::string::npos) return FindingKind::kPrecision;
    decimal.resize(dot);
  }
  const auto whole = text::ParseInt(decimal == "-0" ? "0" : std::string_view(decimal));
  if (!whole) return FindingKind::kOutOfRange;
  value = *whole;
  return {};
}

template <class T>
Outcome PutInteger(std::string_view text, Column& out) {
  int64_t value = 0;
  if (const Outcome bad = ToInteger(text, value)) return bad;
  if (value < std::numeric_limits<T>::min() || value > std::numeric_limits<T>::max()) return FindingKind::kOutOfRange;
  out.Append(static_cast<T>(value));
  return {};
}

Outcome PutUnsigned(std::string_view text, Column& out) {
  if (const auto value = text::ParseUInt(text)) {
    out.Append(*value);
    return {};
  }
  int64_t value = 0;
  if (const Outcome bad = ToInteger(text, value)) return bad;
  if (value < 0) return FindingKind::kOutOfRange;
  out.Append(static_cast<uint64_t>(value));
  return {};
}

Outcome PutBool(std::string_view text, Column& out) {
  const auto value = text::ParseBool(text);
  if (!value) return text::ParseDouble(text) ? FindingKind::kOutOfRange : FindingKind::kWrongType;
  out.Append(static_cast<uint8_t>(*value ? 1 : 0));
  return {};
}

/// The same number, whatever its spelling.
bool SameDecimal(std::string_view left, std::string_view right) {
  std::string a;
  std::string b;
  if (!text::NormalizeDecimal(left, a) || !text::NormalizeDecimal(right, b)) return false;
  for (std::string* text : {&a, &b}) {
    if (text->find('.') == std::string::npos) continue;
    text->erase(text->find_last_not_of('0') + 1);
    if (text->back() == '.') text->pop_back();
  }
  return a == b;
}

template <class T>
Outcome PutFloating(std::string_view text, bool exact, Column& out) {
  const auto value = text::ParseDouble(text);
  if (!value) return FindingKind::kWrongType;
  const auto narrowed = static_cast<T>(*value);
  if (std::isinf(narrowed) && !std::isinf(*value)) return FindingKind::kOutOfRange;
  if (exact && std::isfinite(*value)) {
    std::string back;
    if constexpr (sizeof(T) == 4)
      text::AppendFloat(back, narrowed);
    else
      text::AppendDouble(back, narrowed);
    if (!SameDecimal(back, text)) return FindingKind::kPrecision;
  }
  out.Append(narrowed);
  return {};
}

Outcome PutDecimal(std::string_view text, Column& out) {
  thread_local std::string decimal;
  if (!text::NormalizeDecimal(text, decimal)) return FindingKind::kWrongType;
  out.AppendBytes(decimal);
  return {};
}

Outcome FromState(text::DateState state) {
  if (state == text::DateState::kValid) return {};
  return state == text::DateState::kZeroOrImpossible ? FindingKind::kZeroDate : FindingKind::kWrongType;
}

Outcome PutDate(std::string_view text, Column& out) {
  int32_t days = 0;
  Outcome outcome = FromState(text::ParseDate(text, days));
  if (outcome == FindingKind::kWrongType) {
    int64_t micros = 0;
    outcome = FromState(text::ParseTimestamp(text, micros));
    constexpr int64_t kDay = int64_t{86400} * 1'000'000;
    if (!outcome && micros % kDay != 0) return FindingKind::kPrecision;
    days = static_cast<int32_t>(micros / kDay);
  }
  if (!outcome) out.Append(days);
  return outcome;
}

Outcome PutTimestamp(std::string_view text, bool zoned, Column& out) {
  int64_t micros = 0;
  std::optional<int32_t> zone;
  const Outcome outcome = FromState(text::ParseTimestamp(text, micros, zoned ? &zone : nullptr));
  if (!outcome) out.Append(micros);
  return outcome;
}

Outcome PutTime(std::string_view text, Column& out) {
  int64_t micros = 0;
  if (text::ParseTime(text, micros)) {
    out.Append(micros);
    return {};
  }
  return text::ParseTime(text, micros, true) ? FindingKind::kOutOfRange : FindingKind::kWrongType;
}

Outcome PutInterval(std::string_view text, Column& out) {
  const auto interval = text::ParseInterval(text);
  if (!interval) return FindingKind::kWrongType;
  out.Append(*interval);
  return {};
}

Outcome PutUuid(std::string_view text, Column& out) {
  struct {
    uint8_t bytes[16];
  } uuid;
  if (!text::ParseUuid(text, uuid.bytes)) return FindingKind::kWrongType;
  out.Append(uuid);
  return {};
}

Outcome PutBit(std::string_view text, Column& out) {
  if (text.find_first_not_of("01") == std::string_view::npos) {
    out.AppendBytes(text);
    return {};
  }
  if (text == "true" || text == "false") {
    out.AppendBytes(text == "true" ? "1" : "0");
    return {};
  }
  return FindingKind::kWrongType;
}

/// Puts a value's text into a column of another type.
Outcome PutText(std::string_view text, TypeKind from, Column& out) {
  const bool lenient = IsText(from);
  const TypeKind to = out.type().kind;
  const bool keep_blanks = to == TypeKind::kString || to == TypeKind::kChar || to == TypeKind::kBytes;
  const std::string_view word = lenient && !keep_blanks ? Trim(text) : text;
  switch (to) {
    case TypeKind::kBool: return PutBool(word, out);
    case TypeKind::kInt8: return PutInteger<int8_t>(word, out);
    case TypeKind::kInt16: return PutInteger<int16_t>(word, out);
    case TypeKind::kInt32: return PutInteger<int32_t>(word, out);
    case TypeKind::kInt64: return PutInteger<int64_t>(word, out);
    case TypeKind::kUInt64: return PutUnsigned(word, out);
    case TypeKind::kFloat: return PutFloating<float>(word, !lenient, out);
    case TypeKind::kDouble: return PutFloating<double>(word, !lenient && from != TypeKind::kFloat, out);
    case TypeKind::kDecimal: return PutDecimal(word, out);
    case TypeKind::kDate: return PutDate(word, out);
    case TypeKind::kTime: return PutTime(word, out);
    case TypeKind::kTimestamp: return PutTimestamp(word, from == TypeKind::kTimestampTz, out);
    case TypeKind::kTimestampTz: return PutTimestamp(word, true, out);
    case TypeKind::kInterval: return PutInterval(word, out);
    case TypeKind::kUuid: return PutUuid(word, out);
    case TypeKind::kBit: return PutBit(word, out);
    case TypeKind::kAny: out.AppendBytes(any::FromLiteral(text)); return {};
    default: out.AppendBytes(text); return {};
  }
}

void AppendText(std::string& out, const Column& in, int64_t row, TypeKind to) {
  const TypeKind from = in.type().kind;
  const bool to_text = IsText(to);
  if (from == TypeKind::kBool && !to_text)
    out += in.Get<uint8_t>(row) != 0 ? "1" : "0";
  else if (from == TypeKind::kFloat && to == TypeKind::kDouble)
    text::AppendDouble(out, in.Get<float>(row));
  else
    text::AppendValue(out, in, row);
}

}  // namespace

void CastThroughText(const Column& in, CastSink& sink) {
  const TypeKind from = in.type().kind;
  std::string text;
  for (int64_t row = 0; row < in.length(); ++row) {
    if (in.IsNull(row)) {
      sink.Null();
      continue;
    }
    std::string_view value;
    if (IsText(from) || from == TypeKind::kDecimal || from == TypeKind::kBit) {
      value = in.Bytes(row);
    } else {
      text.clear();
      AppendText(text, in, row, sink.out.type().kind);
      value = text;
    }
    if (const Outcome bad = PutText(value, from, sink.out)) sink.Refuse(*bad, in, row);
  }
}

void CastFromBytes(const Column& in, CastSink& sink) {
  for (int64_t row = 0; row < in.length(); ++row) {
    if (in.IsNull(row)) {
      sink.Null();
      continue;
    }
    const std::string_view bytes = in.Bytes(row);
    if (sink.out.type().kind == TypeKind::kUuid && bytes.size() == 16) {
      struct {
        uint8_t bytes[16];
      } uuid;
      std::memcpy(uuid.bytes, bytes.data(), 16);
      sink.out.Append(uuid);
    } else if (text::FindInvalidUtf8(bytes) != std::string_view::npos) {
      sink.Refuse(FindingKind::kEncoding, in, row);
    } else if (const Outcome bad = PutText(bytes, TypeKind::kString, sink.out)) {
      sink.Refuse(*bad, in, row);
    }
  }
}

}  // namespace migrateiq::detail
