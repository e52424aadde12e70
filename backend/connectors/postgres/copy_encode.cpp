#include "connectors/postgres/copy_encode.hpp"

#include <limits>

#include "base/errors/data.hpp"
#include "connectors/postgres/big_endian.hpp"
#include "connectors/postgres/copy_decode.hpp"
#include "connectors/postgres/pg_numeric.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::postgres {

namespace {

void Put16(Buffer& out, uint16_t value) {
  uint8_t* place = out.Extend(6);
  Store32(place, 2);
  Store16(place + 4, value);
}

void Put32(Buffer& out, uint32_t value) {
  uint8_t* place = out.Extend(8);
  Store32(place, 4);
  Store32(place + 4, value);
}

void Put64(Buffer& out, uint64_t value) {
  uint8_t* place = out.Extend(12);
  Store32(place, 8);
  Store64(place + 4, value);
}

void PutBytes(Buffer& out, std::string_view bytes) {
  uint8_t* place = out.Extend(4 + bytes.size());
  Store32(place, static_cast<uint32_t>(bytes.size()));
  if (!bytes.empty()) std::memcpy(place + 4, bytes.data(), bytes.size());
}

void PutJsonb(Buffer& out, std::string_view json) {
  uint8_t* place = out.Extend(5 + json.size());
  Store32(place, static_cast<uint32_t>(json.size() + 1));
  place[4] = 1;
  if (!json.empty()) std::memcpy(place + 5, json.data(), json.size());
}

bool PutNumeric(Buffer& out, std::string_view decimal) {
  const size_t start = out.size();
  out.Extend(4);
  if (!AppendNumeric(decimal, out)) return false;
  Store32(out.data() + start, static_cast<uint32_t>(out.size() - start - 4));
  return true;
}

bool PutBits(Buffer& out, std::string_view bits) {
  const size_t bytes = (bits.size() + 7) / 8;
  uint8_t* place = out.Extend(8 + bytes);
  Store32(place, static_cast<uint32_t>(4 + bytes));
  Store32(place + 4, static_cast<uint32_t>(bits.size()));
  if (bytes == 0) return true;
  std::memset(place + 8, 0, bytes);
  for (size_t i = 0; i < bits.size(); ++i) {
    if (bits[i] != '0' && bits[i] != '1') return false;
    if (bits[i] == '1') place[8 + (i >> 3)] |= static_cast<uint8_t>(0x80U >> (i & 7));
  }
  return true;
}

void PutInterval(Buffer& out, const Interval& value) {
  uint8_t* place = out.Extend(20);
  Store32(place, 16);
  Store64(place + 4, static_cast<uint64_t>(value.micros));
  Store32(place + 12, static_cast<uint32_t>(value.days));
  Store32(place + 16, static_cast<uint32_t>(value.months));
}

bool PutTimestamp(Buffer& out, int64_t micros) {
  const bool infinite = micros == std::numeric_limits<int64_t>::max() || micros == std::numeric_limits<int64_t>::min();
  int64_t server = micros;
  if (!infinite && __builtin_sub_overflow(micros, kEpochMicros, &server)) return false;
  Put64(out, static_cast<uint64_t>(server));
  return true;
}

bool PutDate(Buffer& out, int32_t days) {
  const bool infinite = days == std::numeric_limits<int32_t>::max() || days == std::numeric_limits<int32_t>::min();
  int32_t server = days;
  if (!infinite && __builtin_sub_overflow(days, kEpochDays, &server)) return false;
  Put32(out, static_cast<uint32_t>(server));
  return true;
}

bool IntegerOf(const Column& column, int64_t row, int64_t& value) {
  switch (column.type().kind) {
    case TypeKind::kInt8: value = column.Get<int8_t>(row); return true;
    case TypeKind::kInt16: value = column.Get<int16_t>(row); return true;
    case TypeKind::kInt32: value = column.Get<int32_t>(row); return true;
    case TypeKind::kInt64: value = column.Get<int64_t>(row); return true;
    default: value = static_cast<int64_t>(column.Get<uint64_t>(row)); return value >= 0;
  }
}

template <class T>
bool Fits(int64_t value) {
  return value >= std::numeric_limits<T>::min() && value <= std::numeric_limits<T>::max();
}

bool PutInteger(Buffer& out, const Column& column, int64_t row, Wire wire) {
  int64_t value = 0;
  if (!IntegerOf(column, row, value)) return false;
  if (wire == Wire::kInt8) return Put64(out, static_cast<uint64_t>(value)), true;
  if (wire == Wire::kInt4) return Fits<int32_t>(value) && (Put32(out, static_cast<uint32_t>(value)), true);
  return Fits<int16_t>(value) && (Put16(out, static_cast<uint16_t>(value)), true);
}

void PutDouble(Buffer& out, const Column& column, int64_t row) {
  const bool narrow = column.type().kind == TypeKind::kFloat;
  const double value = narrow ? static_cast<double>(column.Get<float>(row)) : column.Get<double>(row);
  uint64_t bits;
  std::memcpy(&bits, &value, 8);
  Put64(out, bits);
}

/// False when the value has no such form.
bool PutValue(Buffer& out, const Column& column, int64_t row, Wire wire) {
  switch (wire) {
    case Wire::kBool: {
      const uint8_t value = column.Get<uint8_t>(row) != 0 ? 1 : 0;
      return PutBytes(out, {reinterpret_cast<const char*>(&value), 1}), true;
    }
    case Wire::kInt2:
    case Wire::kInt4:
    case Wire::kInt8: return PutInteger(out, column, row, wire);
    case Wire::kFloat4: return Put32(out, column.Get<uint32_t>(row)), true;
    case Wire::kFloat8: return PutDouble(out, column, row), true;
    case Wire::kNumeric: return PutNumeric(out, column.Bytes(row));
    case Wire::kJsonb: return PutJsonb(out, column.Bytes(row)), true;
    case Wire::kDate: return PutDate(out, column.Get<int32_t>(row));
    case Wire::kTime: return Put64(out, column.Get<uint64_t>(row)), true;
    case Wire::kTimestamp:
    case Wire::kTimestampTz: return PutTimestamp(out, column.Get<int64_t>(row));
    case Wire::kInterval: return PutInterval(out, column.Get<Interval>(row)), true;
    case Wire::kUuid: return PutBytes(out, {reinterpret_cast<const char*>(column.values()) + row * 16, 16}), true;
    case Wire::kBit: return PutBits(out, column.Bytes(row));
    default: return PutBytes(out, column.Bytes(row)), true;
  }
}

std::unexpected<Error> NotEncodable(const Batch& batch, size_t column, int64_t row) {
  std::string value;
  text::AppendValue(value, batch.columns[column], row);
  const bool number = batch.columns[column].type().kind != TypeKind::kBit;
  return Fail(Error(number ? codes::kDataOutOfRange : codes::kDataWrongType,
                    "value " + value.substr(0, 100) + " does not fit the target column")
                  .Column(batch.schema->fields[column].name));
}

void AppendEscaped(std::string_view value, Buffer& out) {
  size_t done = 0;
  for (size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const char escape = c == '\\' ? '\\' : c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\0';
    if (escape == '\0') continue;
    out.Append(value.data() + done, i - done);
    const char pair[2] = {'\\', escape};
    out.Append(pair, 2);
    done = i + 1;
  }
  out.Append(value.data() + done, value.size() - done);
}

}  // namespace

Status AppendBinaryRow(const Batch& batch, int64_t row, const std::vector<Wire>& wires, Buffer& out) {
  Store16(out.Extend(2), static_cast<uint16_t>(wires.size()));
  for (size_t i = 0; i < wires.size(); ++i) {
    const Column& column = batch.columns[i];
    if (column.IsNull(row))
      Store32(out.Extend(4), 0xFFFFFFFFU);
    else if (!PutValue(out, column, row, wires[i]))
      return NotEncodable(batch, i, row);
  }
  return {};
}

void AppendTextRow(const Batch& batch, int64_t row, std::string& scratch, Buffer& out) {
  for (size_t i = 0; i < batch.columns.size(); ++i) {
    if (i != 0) *out.Extend(1) = '\t';
    if (batch.columns[i].IsNull(row)) {
      out.Append("\\N", 2);
      continue;
    }
    scratch.clear();
    text::AppendValue(scratch, batch.columns[i], row);
    AppendEscaped(scratch, out);
  }
  *out.Extend(1) = '\n';
}

}  // namespace migrateiq::postgres
