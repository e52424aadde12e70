#include "pipeline/mask/column_mask.hpp"

#include <limits>

#include "pipeline/batch/text.hpp"
#include "pipeline/mask/detail/day_mask.hpp"
#include "pipeline/mask/detail/text_mask.hpp"

namespace migrateiq {

namespace {

constexpr int64_t kMicrosOfDay = int64_t{86'400} * 1'000'000;

/// The column that `append(row, text, out)` makes of each value's text; NULL stays NULL.
template <class Append>
Column OfTexts(const Column& in, Append&& append) {
  Column out(in.type());
  std::string value;
  for (int64_t row = 0; row < in.length(); ++row) {
    if (in.IsNull(row)) {
      out.AppendNull();
      continue;
    }
    value.clear();
    text::AppendValue(value, in, row);
    append(row, value, out);
  }
  return out;
}

/// Values that are masked as text; `of` says how the text becomes a value again.
class MaskedTexts : public ColumnMask {
 public:
  MaskedTexts(std::unique_ptr<detail::TextMask> mask, std::string_view kind) : mask_(std::move(mask)), kind_(kind) {}

  Column Apply(const Column& in, int32_t column_index, std::vector<Finding>& findings) override {
    std::string masked;
    return OfTexts(in, [&](int64_t row, const std::string& value, Column& out) {
      if (value.empty()) return out.AppendBytes("");
      if (mask_->Replace(value, masked) && Append(masked, out)) return;
      out.AppendNull();
      findings.push_back({row, column_index, FindingKind::kMask, "", "mask " + std::string(kind_)});
    });
  }

 private:
  template <class T>
  static bool AppendNumber(const std::string& masked, Column& out) {
    const auto number = text::ParseInt(masked);
    if (!number || *number < std::numeric_limits<T>::min() || *number > std::numeric_limits<T>::max()) return false;
    out.Append(static_cast<T>(*number));
    return true;
  }

  static bool AppendFraction(const std::string& masked, Column& out) {
    const auto number = text::ParseDouble(masked);
    if (!number) return false;
    if (out.type().kind == TypeKind::kFloat)
      out.Append(static_cast<float>(*number));
    else
      out.Append(*number);
    return true;
  }

  static bool AppendUnsigned(const std::string& masked, Column& out) {
    const auto number = text::ParseUInt(masked);
    if (number) out.Append(*number);
    return number.has_value();
  }

  static bool Append(const std::string& masked, Column& out) {
    switch (out.type().kind) {
      case TypeKind::kInt8: return AppendNumber<int8_t>(masked, out);
      case TypeKind::kInt16: return AppendNumber<int16_t>(masked, out);
      case TypeKind::kInt32: return AppendNumber<int32_t>(masked, out);
      case TypeKind::kInt64: return AppendNumber<int64_t>(masked, out);
      case TypeKind::kUInt64: return AppendUnsigned(masked, out);
      case TypeKind::kFloat:
      case TypeKind::kDouble: return AppendFraction(masked, out);
      default: out.AppendBytes(masked); return true;
    }
  }

  std::unique_ptr<detail::TextMask> mask_;
  std::string_view kind_;
};

/// A token as a UUID of version 8: 122 bits of it.
class MaskedUuids : public ColumnMask {
 public:
  explicit MaskedUuids(std::string_view key) : mask_(detail::MakeTokenMask(key)) {}

  Column Apply(const Column& in, int32_t, std::vector<Finding>&) override {
    std::string token;
    return OfTexts(in, [&](int64_t, const std::string& value, Column& out) {
      mask_->Replace(value, token);
      token[12] = '8';
      token[16] = "89ab"[token[16] & 3];
      std::array<uint8_t, 16> bytes{};
      text::ParseUuid(token, bytes.data());
      out.Append(bytes);
    });
  }

 private:
  std::unique_ptr<detail::TextMask> mask_;
};

/// Dates and moments by their day; texts that are such.
class MaskedDays : public ColumnMask {
 public:
  MaskedDays(std::unique_ptr<detail::DayMask> mask, std::unique_ptr<detail::TextMask> others, std::string_view kind)
      : mask_(std::move(mask)), others_(std::move(others)), kind_(kind) {}

  Column Apply(const Column& in, int32_t column_index, std::vector<Finding>& findings) override {
    Column out(in.type());
    for (int64_t row = 0; row < in.length(); ++row) {
      if (in.IsNull(row)) {
        out.AppendNull();
      } else if (in.type().kind == TypeKind::kDate) {
        out.Append(Day(in.Get<int32_t>(row)));
      } else if (FixedWidth(in.type().kind) == 8) {
        out.Append(Moment(in.Get<int64_t>(row)));
      } else if (!Text(in.Bytes(row), out)) {
        out.AppendNull();
        findings.push_back({row, column_index, FindingKind::kMask, "", "mask " + std::string(kind_)});
      }
    }
    return out;
  }

 private:
  int32_t Day(int32_t day) {
    const bool infinite = day == std::numeric_limits<int32_t>::max() || day == std::numeric_limits<int32_t>::min();
    return infinite ? day : mask_->Replace(day);
  }

  int64_t Moment(int64_t micros) {
    if (micros == std::numeric_limits<int64_t>::max() || micros == std::numeric_limits<int64_t>::min()) return micros;
    int64_t day = micros / kMicrosOfDay;
    if (micros % kMicrosOfDay < 0) --day;
    const int64_t time = mask_->KeepsTime() ? micros - day * kMicrosOfDay : 0;
    return mask_->Replace(static_cast<int32_t>(day)) * kMicrosOfDay + time;
  }

  /// A date, or a date with a time, as ISO 8601 writes them; what `others` takes; an empty text.
  bool Text(std::string_view value, Column& out) {
    constexpr size_t kDateLength = 10;
    int32_t day = 0;
    int64_t micros = 0;
    std::optional<int32_t> zone;
    const bool moment = value.size() > kDateLength && text::ParseTimestamp(value, micros, &zone) == kValid;
    if ((value.size() == kDateLength || moment) && text::ParseDate(value.substr(0, kDateLength), day) == kValid) {
      std::string masked;
      text::AppendDate(masked, mask_->Replace(day));
      if (mask_->KeepsTime()) masked += value.substr(kDateLength);
      out.AppendBytes(masked);
      return true;
    }
    std::string masked;
    if (!value.empty() && (others_ == nullptr || !others_->Replace(value, masked))) return false;
    out.AppendBytes(masked);
    return true;
  }

  static constexpr text::DateState kValid = text::DateState::kValid;
  std::unique_ptr<detail::DayMask> mask_;
  std::unique_ptr<detail::TextMask> others_;
  std::string_view kind_;
};

class Nulls : public ColumnMask {
 public:
  Column Apply(const Column& in, int32_t, std::vector<Finding>&) override {
    Column out(in.type());
    for (int64_t row = 0; row < in.length(); ++row) out.AppendNull();
    return out;
  }
};

/// The greatest integer of a type, as digits; nothing for others.
std::string MostOf(TypeKind type) {
  switch (type) {
    case TypeKind::kInt8: return std::to_string(std::numeric_limits<int8_t>::max());
    case TypeKind::kInt16: return std::to_string(std::numeric_limits<int16_t>::max());
    case TypeKind::kInt32: return std::to_string(std::numeric_limits<int32_t>::max());
    case TypeKind::kInt64: return std::to_string(std::numeric_limits<int64_t>::max());
    case TypeKind::kUInt64: return std::to_string(std::numeric_limits<uint64_t>::max());
    default: return "";
  }
}

std::unique_ptr<detail::TextMask> TextMaskOf(MaskKind kind, std::string_view key, TypeKind type) {
  switch (kind) {
    case MaskKind::kToken: return detail::MakeTokenMask(key);
    case MaskKind::kEmail: return detail::MakeEmailMask(key);
    case MaskKind::kName: return detail::MakeNameMask(key);
    case MaskKind::kAddress: return detail::MakeAddressMask(key);
    case MaskKind::kPhone: return detail::MakePhoneMask(key);
    case MaskKind::kDigits: return detail::MakeDigitsMask(key, MostOf(type));
    case MaskKind::kIp: return detail::MakeIpMask(key);
    case MaskKind::kNumberNoise: return detail::MakeNoiseMask(key, MostOf(type));
    case MaskKind::kCoarse: return detail::MakeCoarseMask();
    default: return detail::MakeRedactMask();
  }
}

bool IsFraction(TypeKind type) {
  return type == TypeKind::kDecimal || type == TypeKind::kFloat || type == TypeKind::kDouble;
}

}  // namespace

LogicalType ColumnMask::TypeFor(const LogicalType& of) {
  const bool text = of.kind == TypeKind::kString || of.kind == TypeKind::kChar || of.kind == TypeKind::kAny;
  return text ? LogicalType::String() : of;
}

std::unique_ptr<ColumnMask> ColumnMask::Make(MaskKind kind, std::string_view key, const LogicalType& of) {
  const std::string_view id = InfoOf(kind).id;
  if (kind == MaskKind::kNull) return std::make_unique<Nulls>();
  if (kind == MaskKind::kToken && of.kind == TypeKind::kUuid) return std::make_unique<MaskedUuids>(key);
  if (kind == MaskKind::kDateShift) return std::make_unique<MaskedDays>(detail::MakeDayShift(key), nullptr, id);
  if (kind == MaskKind::kCoarse && !IsFraction(of.kind))
    return std::make_unique<MaskedDays>(detail::MakeFirstOfYear(), detail::MakeCoarseMask(), id);
  return std::make_unique<MaskedTexts>(TextMaskOf(kind, key, of.kind), id);
}

}  // namespace migrateiq
