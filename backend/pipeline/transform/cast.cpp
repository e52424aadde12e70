#include "pipeline/transform/cast.hpp"

#include <limits>

#include "pipeline/transform/detail/cast_checks.hpp"
#include "pipeline/transform/detail/cast_text.hpp"

namespace migrateiq {

namespace {

using detail::CastSink;

int64_t IntegerAt(const Column& in, int64_t row) {
  switch (in.type().kind) {
    case TypeKind::kBool: return in.Get<uint8_t>(row) != 0 ? 1 : 0;
    case TypeKind::kInt8: return in.Get<int8_t>(row);
    case TypeKind::kInt16: return in.Get<int16_t>(row);
    case TypeKind::kInt32: return in.Get<int32_t>(row);
    default: return in.Get<int64_t>(row);
  }
}

bool IsSignedInteger(TypeKind kind) { return kind >= TypeKind::kInt8 && kind <= TypeKind::kInt64; }

template <class T>
void CastIntegers(const Column& in, CastSink& sink) {
  for (int64_t row = 0; row < in.length(); ++row) {
    if (in.IsNull(row)) {
      sink.Null();
      continue;
    }
    const int64_t value = IntegerAt(in, row);
    if (value < std::numeric_limits<T>::min() || value > std::numeric_limits<T>::max()) {
      sink.Refuse(FindingKind::kOutOfRange, in, row);
    } else {
      sink.out.Append(static_cast<T>(value));
    }
  }
}

/// Integer to integer without going through text; false when the pair is another.
bool CastFast(const Column& in, CastSink& sink) {
  const TypeKind from = in.type().kind;
  if (!IsSignedInteger(from) && from != TypeKind::kBool) return false;
  switch (sink.out.type().kind) {
    case TypeKind::kInt8: CastIntegers<int8_t>(in, sink); return true;
    case TypeKind::kInt16: CastIntegers<int16_t>(in, sink); return true;
    case TypeKind::kInt32: CastIntegers<int32_t>(in, sink); return true;
    case TypeKind::kInt64: CastIntegers<int64_t>(in, sink); return true;
    default: return false;
  }
}

bool IsTextual(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kJson || kind == TypeKind::kEnum ||
         kind == TypeKind::kArray || kind == TypeKind::kBit;
}

bool IsBinary(TypeKind kind) { return kind == TypeKind::kBytes || kind == TypeKind::kGeometry; }

/// Both have text (or both bytes) in the same layout, so that only checks remain.
bool SharesLayout(TypeKind from, TypeKind to) {
  if (from == to) return true;
  if (IsBinary(from) && IsBinary(to)) return true;
  const bool instants = from == TypeKind::kTimestamp && to == TypeKind::kTimestampTz;
  const bool instants_back = from == TypeKind::kTimestampTz && to == TypeKind::kTimestamp;
  return instants || instants_back || (IsTextual(from) && IsTextual(to) && to != TypeKind::kBit);
}

Column CastSlow(const Column& in, const LogicalType& to, int32_t column_index, std::vector<Finding>& findings) {
  CastSink sink(to, column_index, findings);
  sink.out.Reserve(in.length(), 16);
  if (CastFast(in, sink)) return std::move(sink.out);
  if (in.type().kind == TypeKind::kBytes)
    detail::CastFromBytes(in, sink);
  else
    detail::CastThroughText(in, sink);
  return std::move(sink.out);
}

}  // namespace

bool FitsAsIs(const LogicalType& from, const LogicalType& to) {
  if (!SharesLayout(from.kind, to.kind)) return false;
  switch (to.kind) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kBytes: return to.length == 0 || (from.length > 0 && from.length <= to.length);
    case TypeKind::kBit: return from.kind == TypeKind::kBit && (to.length == 0 || from.length == to.length);
    case TypeKind::kDecimal: return detail::DecimalFits(from, to);
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return from.precision <= to.precision;
    case TypeKind::kEnum: return to.labels.empty() || from.labels == to.labels;
    case TypeKind::kJson: return from.kind == TypeKind::kJson && (!to.parsed || from.parsed);
    default: return true;
  }
}

Column CastColumn(Column&& in, const LogicalType& to, const ValueLimits& limits, int32_t column_index,
                  std::vector<Finding>& findings) {
  const bool fits = FitsAsIs(in.type(), to);
  Column out = SharesLayout(in.type().kind, to.kind) ? std::move(in) : CastSlow(in, to, column_index, findings);
  out.Retype(to);
  if (!fits) detail::CheckParameters(out, column_index, findings);
  detail::CheckLimits(out, limits, column_index, findings);
  return out;
}

}  // namespace migrateiq
