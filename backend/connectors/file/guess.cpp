#include "connectors/file/guess.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "connectors/file/date_scan.hpp"
#include "connectors/file/number_scan.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::file {

namespace {

enum ValueClass : uint32_t {
  kInteger = 1,
  kBigInteger = 2,  ///< over 18 digits
  kDecimal = 4,
  kExponent = 8,
  kSpecial = 16,  ///< NaN, Infinity, -Infinity
  kBool = 32,
  kDate = 64,
  kTimestamp = 128,
  kTimestampTz = 256,
  kUuid = 512,
  kText = 1024,
  kNested = 2048,
};
constexpr uint32_t kNumbers = kInteger | kBigInteger | kDecimal | kExponent | kSpecial;
constexpr uint32_t kStrings = kDate | kTimestamp | kTimestampTz | kUuid | kText;
constexpr int kMostDigits = 1000;  // of a decimal; every target with exact numbers of any size takes it

bool IsBool(std::string_view text) {
  return text == "true" || text == "false" || text == "TRUE" || text == "FALSE" || text == "True" || text == "False";
}

bool IsUuid(std::string_view text) {
  uint8_t bytes[16];
  return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' &&
         text::ParseUuid(text, bytes);
}

/// kTimestamp, kTimestampTz, or 0.
uint32_t TimestampClass(std::string_view text) {
  int64_t micros;
  if (PlainTimestamp(text, micros)) return kTimestamp;
  if (text.size() < 16 || text[4] != '-' || text[7] != '-' || text[13] != ':') return 0;
  const bool real_hour = text[11] < '2' || (text[11] == '2' && text[12] < '4');
  const bool real_second = text[16] != ':' || (text.size() > 18 && text[17] < '6');
  std::optional<int32_t> zone;
  if (!real_hour || (text.size() > 16 && !real_second) || text.ends_with("BC")) return 0;
  if (text::ParseTimestamp(text, micros, &zone) != text::DateState::kValid) return 0;
  return zone ? kTimestampTz : kTimestamp;
}

uint32_t StringClass(std::string_view text) {
  int32_t days;
  if (text.size() < 10 || text[4] < '-') return text.size() == 36 && IsUuid(text) ? kUuid : kText;
  if (PlainDate(text, days)) return kDate;
  if (const uint32_t timestamp = TimestampClass(text); timestamp != 0) return timestamp;
  return IsUuid(text) ? kUuid : kText;
}

/// The shortest text of the double has the digits of `text`.
bool SurvivesDouble(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  std::string shortest, back, given;
  text::AppendDouble(shortest, value);
  if (!text::NormalizeDecimal(shortest, back) || !text::NormalizeDecimal(text, given)) return false;
  const auto trim = [](std::string& number) {
    if (number.find('.') == std::string::npos) return;
    while (number.back() == '0') number.pop_back();
    if (number.back() == '.') number.pop_back();
  };
  trim(back);
  trim(given);
  return back == given;
}

}  // namespace

bool Guess::IsText() const { return (seen_ & kText) != 0; }

void Guess::Look(const RowBlock& block, size_t column, GuessRules rules) {
  const Span* span = block.spans.data() + column;
  for (size_t row = 0; row < block.rows; ++row, span += block.columns) {
    if (span->kind == SpanKind::kNull) {
      nulls_ = true;
      continue;
    }
    int64_t integer;
    int32_t days;
    if (IsText()) {
      if (span->size > max_chars_) AddText(span->view());
      if (rules == GuessRules::kCsv || span->kind == SpanKind::kText) continue;
    } else if (seen_ == kInteger && span->kind != SpanKind::kNested && PlainInteger(span->view(), integer)) {
      const int digits = static_cast<int>(span->size) - (integer < 0 ? 1 : 0);
      integer_digits_ = std::max(integer_digits_, digits);
      max_chars_ = std::max<uint64_t>(max_chars_, span->size);
      const bool settled = digits <= 15 || !exact_;
      if (settled && (rules == GuessRules::kCsv || span->kind == SpanKind::kPlain)) continue;
    } else if ((seen_ == kDecimal || seen_ == (kDecimal | kInteger)) && LooksTheSame(*span, rules)) {
      continue;
    } else if (seen_ == kDate && PlainDate(span->view(), days)) {
      continue;
    }
    Add(*span, rules);
  }
}

/// A decimal with as many digits behind the point as those before, which says nothing new.
bool Guess::LooksTheSame(const Span& span, GuessRules rules) const {
  if (span.kind != SpanKind::kPlain && (rules == GuessRules::kJson || span.kind != SpanKind::kText)) return false;
  if (fraction_digits_ == 0 || span.size > max_chars_) return false;
  const int digits = PlainDecimal(span.view(), static_cast<size_t>(fraction_digits_));
  return digits > 0 && digits <= integer_digits_ && digits + fraction_digits_ <= 15;
}

void Guess::AddText(std::string_view text) {
  if (text.size() <= max_chars_) return;
  const auto chars =
      IsAscii(text.data(), text.size()) ? static_cast<int64_t>(text.size()) : text::CountCharacters(text);
  max_chars_ = std::max(max_chars_, static_cast<uint64_t>(chars));
}

void Guess::Add(const Span& span, GuessRules rules) {
  const std::string_view text = span.view();
  if (span.kind == SpanKind::kNull) return AddNull();
  AddText(text);
  if (span.kind == SpanKind::kNested) {
    seen_ |= kNested;
  } else if (rules == GuessRules::kJson && span.kind == SpanKind::kText) {
    seen_ |= StringClass(text);
  } else if (text.empty()) {
    seen_ |= kText;
  } else if (text[0] == '-' || text[0] == '.' || (text[0] >= '0' && text[0] <= '9')) {
    AddNumber(text);
    if ((seen_ & kText) != 0 && rules == GuessRules::kJson) seen_ |= kNested;
  } else if (IsBool(text)) {
    seen_ |= kBool;
  } else {
    const bool special = text == "NaN" || text == "Infinity";
    seen_ |= special ? kSpecial : StringClass(text);
  }
}

void Guess::AddNumber(std::string_view text) {
  if (text == "-Infinity") {
    seen_ |= kSpecial;
    return;
  }
  const NumberShape shape = ShapeOf(text);
  if (!shape.valid) {
    seen_ |= StringClass(text);
    return;
  }
  if (shape.exponent) {
    seen_ |= kExponent;
    exact_ = exact_ && SurvivesDouble(text);
    return;
  }
  const int digits = shape.integer_digits + shape.fraction_digits;
  if (shape.leading_zero || (shape.zero && shape.negative && !shape.point) || digits > kMostDigits) {
    seen_ |= kText;  // "007", "-0": not what a number would print
    return;
  }
  if (shape.point)
    seen_ |= kDecimal;
  else
    seen_ |= shape.integer_digits > 18 ? kBigInteger : kInteger;
  integer_digits_ = std::max(integer_digits_, std::max(1, shape.integer_digits));
  fraction_digits_ = std::max(fraction_digits_, shape.fraction_digits);
  if (digits > 15) exact_ = exact_ && SurvivesDouble(text);
}

void Guess::Merge(const Guess& other) {
  seen_ |= other.seen_;
  nulls_ |= other.nulls_;
  exact_ &= other.exact_;
  integer_digits_ = std::max(integer_digits_, other.integer_digits_);
  fraction_digits_ = std::max(fraction_digits_, other.fraction_digits_);
  max_chars_ = std::max(max_chars_, other.max_chars_);
}

LogicalType Guess::NumberType(const LogicalType& otherwise) const {
  if ((seen_ & (kExponent | kSpecial)) != 0) {
    const bool any_number = (seen_ & (kNumbers & ~kSpecial)) != 0;
    return exact_ && any_number ? LogicalType::Of(TypeKind::kDouble) : otherwise;
  }
  if ((seen_ & (kDecimal | kBigInteger)) == 0) return LogicalType::Of(TypeKind::kInt64);
  return LogicalType::Decimal(integer_digits_ + fraction_digits_, fraction_digits_);
}

LogicalType Guess::Type(GuessRules rules) const {
  const bool json = rules == GuessRules::kJson;
  LogicalType otherwise = json ? LogicalType{.kind = TypeKind::kJson, .parsed = true} : LogicalType::String();
  if (seen_ == 0 || (json && (seen_ & ~kStrings) == 0 && (seen_ & kText) != 0)) return LogicalType::String();
  switch (seen_) {
    case kBool: return LogicalType::Of(TypeKind::kBool);
    case kDate: return LogicalType::Of(TypeKind::kDate);
    case kTimestamp: return LogicalType::Of(TypeKind::kTimestamp);
    case kTimestampTz: return LogicalType::Of(TypeKind::kTimestampTz);
    case kUuid: return LogicalType::Of(TypeKind::kUuid);
    default: break;
  }
  if (json && (seen_ & ~kStrings) == 0) return LogicalType::String();  // dates with timestamps and the like
  const bool numbers_only = (seen_ & ~kNumbers) == 0;
  if (!numbers_only || (!json && (seen_ & kBigInteger) != 0)) return otherwise;
  return NumberType(otherwise);
}

}  // namespace migrateiq::file
