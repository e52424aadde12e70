#include "pipeline/duck/vectors.hpp"

#include <charconv>
#include <cstring>
#include <limits>

#include "pipeline/batch/text.hpp"
#include "pipeline/duck/types.hpp"

namespace migrateiq::duck {

namespace {

// The keyword that allows an extension does not stand before `using`.
__extension__ typedef __int128 Int128;            // NOLINT(modernize-use-using)
__extension__ typedef unsigned __int128 UInt128;  // NOLINT(modernize-use-using)

constexpr int64_t kDayMicros = int64_t{24} * 3600 * 1000 * 1000;
constexpr uint64_t kSignBit = uint64_t{1} << 63;

// --- decimals ----------------------------------------------------------------------------------------------------

/// Takes the digits of decimal text; false when it is no finite number or has more than `digits` digits or `scale`
/// fraction digits that are not zero.
bool ParseScaled(std::string_view text, int digits, int scale, Int128& value) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  UInt128 sum = 0;
  int significant = 0;
  int fraction = -1;  // -1: before the point
  bool any = false;
  for (const char letter : text) {
    if (letter == '.' && fraction < 0) {
      fraction = 0;
      continue;
    }
    if (letter < '0' || letter > '9') return false;
    any = true;
    if (fraction >= scale) {
      if (letter != '0') return false;
      continue;
    }
    if (fraction >= 0) ++fraction;
    if (sum != 0 || letter != '0') ++significant;
    if (significant > digits) return false;
    sum = sum * 10 + static_cast<unsigned>(letter - '0');
  }
  for (int place = fraction < 0 ? 0 : fraction; place < scale; ++place) {
    if (sum != 0 && ++significant > digits) return false;
    sum *= 10;
  }
  value = negative ? -static_cast<Int128>(sum) : static_cast<Int128>(sum);
  return any;
}

int DecimalWidth(duckdb_type internal) {
  switch (internal) {
    case DUCKDB_TYPE_SMALLINT: return 2;
    case DUCKDB_TYPE_INTEGER: return 4;
    case DUCKDB_TYPE_BIGINT: return 8;
    default: return 16;
  }
}

/// Writes a scaled integer as decimal text at `out` (at least 48 bytes); returns its length.
size_t WriteScaled(Int128 value, int scale, char* out) {
  char digits[48];
  char* const end = digits + sizeof(digits);
  char* at = end;
  UInt128 rest = value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
  int written = 0;
  while (rest != 0 || written <= scale) {
    if (scale != 0 && written == scale) *--at = '.';
    *--at = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
    ++written;
  }
  if (value < 0) *--at = '-';
  std::memcpy(out, at, static_cast<size_t>(end - at));
  return static_cast<size_t>(end - at);
}

template <class T>
void AppendScaled(const void* data, int64_t row, int scale, Column& out) {
  char text[64];
  Int128 value;
  if constexpr (sizeof(T) == 16) {
    const auto& parts = static_cast<const duckdb_hugeint*>(data)[row];
    value = static_cast<Int128>((static_cast<UInt128>(static_cast<uint64_t>(parts.upper)) << 64) | parts.lower);
  } else {
    value = static_cast<const T*>(data)[row];
  }
  out.AppendBytes({text, WriteScaled(value, scale, text)});
}

// --- filling -----------------------------------------------------------------------------------------------------

void FillText(const Column& column, int64_t begin, int64_t count, duckdb_string_t* to) {
  for (int64_t i = 0; i < count; ++i) {
    const std::string_view text = column.Bytes(begin + i);
    duckdb_string_t& string = to[i];
    std::memset(&string, 0, sizeof(string));
    string.value.inlined.length = static_cast<uint32_t>(text.size());
    if (text.size() <= sizeof(string.value.inlined.inlined)) {
      if (!text.empty()) std::memcpy(string.value.inlined.inlined, text.data(), text.size());
    } else {
      std::memcpy(string.value.pointer.prefix, text.data(), sizeof(string.value.pointer.prefix));
      string.value.pointer.ptr = const_cast<char*>(text.data());
    }
  }
}

void FillUuid(const Column& column, int64_t begin, int64_t count, duckdb_hugeint* to) {
  for (int64_t i = 0; i < count; ++i) {
    uint64_t halves[2];
    std::memcpy(halves, column.values() + (begin + i) * 16, 16);
    to[i].upper = static_cast<int64_t>(__builtin_bswap64(halves[0]) ^ kSignBit);
    to[i].lower = __builtin_bswap64(halves[1]);
  }
}

/// DuckDB's negative infinity is -max where a column's is min.
template <class T>
void FillTime(const Column& column, int64_t begin, int64_t count, T* to) {
  for (int64_t i = 0; i < count; ++i) {
    const T value = column.Get<T>(begin + i);
    to[i] = value == std::numeric_limits<T>::min() ? -std::numeric_limits<T>::max() : value;
  }
}

void FillInterval(const Column& column, int64_t begin, int64_t count, duckdb_interval* to) {
  for (int64_t i = 0; i < count; ++i) {
    const auto value = column.Get<Interval>(begin + i);
    to[i] = {value.months, value.days, value.micros};
  }
}

}  // namespace

VectorSource::VectorSource(const LogicalType& type) : type_(TypeFor(type)), id_(type_.id()) {
  if (id_ != DUCKDB_TYPE_DECIMAL) return;
  decimal_width_ = DecimalWidth(duckdb_decimal_internal_type(type_.get()));
  decimal_digits_ = duckdb_decimal_width(type_.get());
  decimal_scale_ = duckdb_decimal_scale(type_.get());
}

void VectorSource::Load(const Column& column) {
  column_ = &column;
  refused_.clear();
  if (id_ == DUCKDB_TYPE_DECIMAL) LoadDecimals();
  if (id_ == DUCKDB_TYPE_TIME) LoadTimes();
}

void VectorSource::LoadDecimals() {
  const auto width = static_cast<size_t>(decimal_width_);
  decimals_.Resize(static_cast<size_t>(column_->length()) * width);
  for (int64_t row = 0; row < column_->length(); ++row) {
    Int128 value = 0;
    if (!column_->IsNull(row) && !ParseScaled(column_->Bytes(row), decimal_digits_, decimal_scale_, value)) {
      value = 0;
      refused_.push_back(row);
    }
    std::memcpy(decimals_.data() + static_cast<size_t>(row) * width, &value, width);  // little endian: the low bytes
  }
}

void VectorSource::LoadTimes() {
  for (int64_t row = 0; row < column_->length(); ++row) {
    if (column_->IsNull(row)) continue;
    const auto micros = column_->Get<int64_t>(row);
    if (micros < 0 || micros > kDayMicros) refused_.push_back(row);
  }
}

void VectorSource::FillValidity(int64_t begin, int64_t count, duckdb_vector vector) const {
  if (column_->validity() == nullptr && refused_.empty()) return;
  duckdb_vector_ensure_validity_writable(vector);
  uint64_t* validity = duckdb_vector_get_validity(vector);
  if (column_->validity() != nullptr) {
    for (int64_t i = 0; i < count; ++i) {
      if (column_->IsNull(begin + i)) duckdb_validity_set_row_invalid(validity, static_cast<idx_t>(i));
    }
  }
  for (const int64_t row : refused_) {
    if (row >= begin && row < begin + count) duckdb_validity_set_row_invalid(validity, static_cast<idx_t>(row - begin));
  }
}

void VectorSource::Fill(int64_t begin, int64_t count, duckdb_vector vector) const {
  void* to = duckdb_vector_get_data(vector);
  switch (id_) {
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_BLOB: FillText(*column_, begin, count, static_cast<duckdb_string_t*>(to)); break;
    case DUCKDB_TYPE_DECIMAL:
      std::memcpy(to, decimals_.data() + begin * decimal_width_, static_cast<size_t>(count * decimal_width_));
      break;
    case DUCKDB_TYPE_UUID: FillUuid(*column_, begin, count, static_cast<duckdb_hugeint*>(to)); break;
    case DUCKDB_TYPE_DATE: FillTime(*column_, begin, count, static_cast<int32_t*>(to)); break;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ: FillTime(*column_, begin, count, static_cast<int64_t*>(to)); break;
    case DUCKDB_TYPE_INTERVAL: FillInterval(*column_, begin, count, static_cast<duckdb_interval*>(to)); break;
    default: {
      const int width = FixedWidth(column_->type().kind);
      std::memcpy(to, column_->values() + begin * width, static_cast<size_t>(count * width));
    }
  }
  FillValidity(begin, count, vector);
}

// --- reading -----------------------------------------------------------------------------------------------------

namespace {

/// One vector on its way into a column.
struct Incoming {
  const void* data;
  uint64_t* validity;
  int64_t count;
  Column& out;
  std::vector<Odd>& odd;

  bool IsNull(int64_t row) const {
    return validity != nullptr && !duckdb_validity_row_is_valid(validity, static_cast<idx_t>(row));
  }
  template <class AppendOne>
  void Each(AppendOne append) {
    for (int64_t row = 0; row < count; ++row) {
      if (IsNull(row))
        out.AppendNull();
      else
        append(row);
    }
  }
  void Refuse(FindingKind kind, std::string original) {
    odd.push_back({out.length(), kind, std::move(original)});
    out.AppendNull();
  }
};

/// The values as they are, or widened (unsigned types have no column of their own).
template <class From, class To = From>
void AppendPlain(Incoming in) {
  in.Each([&](int64_t row) { in.out.Append(static_cast<To>(static_cast<const From*>(in.data)[row])); });
}

template <class T>
void AppendTime(Incoming in) {
  in.Each([&](int64_t row) {
    const T value = static_cast<const T*>(in.data)[row];
    in.out.Append(value == -std::numeric_limits<T>::max() ? std::numeric_limits<T>::min() : value);
  });
}

/// Seconds or milliseconds to microseconds.
void AppendCoarse(Incoming in, int64_t factor) {
  in.Each([&](int64_t row) {
    const int64_t value = static_cast<const int64_t*>(in.data)[row];
    int64_t micros = 0;
    if (value == std::numeric_limits<int64_t>::max())
      in.out.Append(value);
    else if (value == -std::numeric_limits<int64_t>::max())
      in.out.Append(std::numeric_limits<int64_t>::min());
    else if (!__builtin_mul_overflow(value, factor, &micros))
      in.out.Append(micros);
    else
      in.Refuse(FindingKind::kOutOfRange, std::to_string(value));
  });
}

std::string NanosecondText(int64_t nanos) {
  int64_t seconds = nanos / 1'000'000'000;
  int64_t rest = nanos % 1'000'000'000;
  if (rest < 0) {
    rest += 1'000'000'000;
    --seconds;
  }
  std::string text;
  text::AppendTimestamp(text, seconds * 1'000'000);
  std::string fraction = std::to_string(rest);
  return text + "." + std::string(9 - fraction.size(), '0') + fraction;
}

void AppendNanoseconds(Incoming in) {
  in.Each([&](int64_t row) {
    const int64_t value = static_cast<const int64_t*>(in.data)[row];
    if (value == std::numeric_limits<int64_t>::max())
      in.out.Append(value);
    else if (value == -std::numeric_limits<int64_t>::max())
      in.out.Append(std::numeric_limits<int64_t>::min());
    else if (value % 1000 == 0)
      in.out.Append(value / 1000);
    else
      in.Refuse(FindingKind::kPrecision, NanosecondText(value));
  });
}

void AppendText(Incoming in) {
  in.Each([&](int64_t row) {
    auto& string = const_cast<duckdb_string_t&>(static_cast<const duckdb_string_t*>(in.data)[row]);
    in.out.AppendBytes({duckdb_string_t_data(&string), duckdb_string_t_length(string)});
  });
}

void AppendUuids(Incoming in) {
  in.Each([&](int64_t row) {
    const auto& value = static_cast<const duckdb_hugeint*>(in.data)[row];
    struct {
      uint64_t high, low;
    } bytes{__builtin_bswap64(static_cast<uint64_t>(value.upper) ^ kSignBit), __builtin_bswap64(value.lower)};
    in.out.Append(bytes);
  });
}

void AppendIntervals(Incoming in) {
  in.Each([&](int64_t row) {
    const auto& value = static_cast<const duckdb_interval*>(in.data)[row];
    in.out.Append(Interval{value.months, value.days, value.micros});
  });
}

void AppendDecimals(Incoming in, const Type& type) {
  const int scale = duckdb_decimal_scale(type.get());
  const auto each = [&]<class T>(T) { in.Each([&](int64_t row) { AppendScaled<T>(in.data, row, scale, in.out); }); };
  switch (duckdb_decimal_internal_type(type.get())) {
    case DUCKDB_TYPE_SMALLINT: return each(int16_t{});
    case DUCKDB_TYPE_INTEGER: return each(int32_t{});
    case DUCKDB_TYPE_BIGINT: return each(int64_t{});
    default: return each(duckdb_hugeint{});
  }
}

}  // namespace

void AppendVector(duckdb_vector vector, const Type& type, int64_t count, Column& out, std::vector<Odd>& odd) {
  const Incoming in{duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector), count, out, odd};
  switch (type.id()) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT: return AppendPlain<int8_t>(in);
    case DUCKDB_TYPE_UTINYINT: return AppendPlain<uint8_t, int16_t>(in);
    case DUCKDB_TYPE_SMALLINT: return AppendPlain<int16_t>(in);
    case DUCKDB_TYPE_USMALLINT: return AppendPlain<uint16_t, int32_t>(in);
    case DUCKDB_TYPE_INTEGER: return AppendPlain<int32_t>(in);
    case DUCKDB_TYPE_UINTEGER: return AppendPlain<uint32_t, int64_t>(in);
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_TIME: return AppendPlain<int64_t>(in);
    case DUCKDB_TYPE_FLOAT: return AppendPlain<float>(in);
    case DUCKDB_TYPE_DOUBLE: return AppendPlain<double>(in);
    case DUCKDB_TYPE_DATE: return AppendTime<int32_t>(in);
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ: return AppendTime<int64_t>(in);
    case DUCKDB_TYPE_TIMESTAMP_S: return AppendCoarse(in, 1'000'000);
    case DUCKDB_TYPE_TIMESTAMP_MS: return AppendCoarse(in, 1'000);
    case DUCKDB_TYPE_TIMESTAMP_NS: return AppendNanoseconds(in);
    case DUCKDB_TYPE_DECIMAL: return AppendDecimals(in, type);
    case DUCKDB_TYPE_UUID: return AppendUuids(in);
    case DUCKDB_TYPE_INTERVAL: return AppendIntervals(in);
    default: return AppendText(in);
  }
}

}  // namespace migrateiq::duck
