#include "connectors/postgres/copy_decode.hpp"

#include <array>
#include <bit>
#include <limits>

#include "base/errors/data.hpp"
#include "connectors/postgres/big_endian.hpp"
#include "connectors/postgres/pg_numeric.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::postgres {

namespace {

constexpr std::string_view kSignature{"PGCOPY\n\377\r\n\0", 11};
using Bytes = std::array<uint8_t, 16>;

enum class Outcome : uint8_t { kOk, kMalformed, kOutOfRange, kEncoding };

std::string_view View(const uint8_t* place, uint32_t size) { return {reinterpret_cast<const char*>(place), size}; }

std::unexpected<Error> Malformed(std::string what) {
  return Fail(codes::kReadProtocol, "COPY data: " + std::move(what));
}

/// False when the value lies outside our microseconds (years after 294246).
bool ToEpoch(int64_t server, int64_t& ours) {
  const bool infinite = server == std::numeric_limits<int64_t>::max() || server == std::numeric_limits<int64_t>::min();
  if (infinite) return ours = server, true;
  return !__builtin_add_overflow(server, kEpochMicros, &ours) && ours != std::numeric_limits<int64_t>::max();
}

bool DateToEpoch(int32_t server, int32_t& ours) {
  const bool infinite = server == std::numeric_limits<int32_t>::max() || server == std::numeric_limits<int32_t>::min();
  if (infinite) return ours = server, true;
  return !__builtin_add_overflow(server, kEpochDays, &ours) && ours != std::numeric_limits<int32_t>::max();
}

Interval ReadInterval(const uint8_t* place) {
  return {.months = static_cast<int32_t>(Load32(place + 12)),
          .days = static_cast<int32_t>(Load32(place + 8)),
          .micros = static_cast<int64_t>(Load64(place))};
}

/// The length a bit string of this binary form has, or -1.
int64_t BitLength(const uint8_t* place, uint32_t size) {
  if (size < 4) return -1;
  const auto bits = static_cast<int32_t>(Load32(place));
  if (bits < 0 || (static_cast<int64_t>(bits) + 7) / 8 + 4 != size) return -1;
  return bits;
}

void BitsToText(const uint8_t* place, int64_t bits, uint8_t* out) {
  for (int64_t i = 0; i < bits; ++i) out[i] = static_cast<uint8_t>('0' + ((place[4 + (i >> 3)] >> (7 - (i & 7))) & 1));
}

/// Widths of the fixed forms; 0 = any length.
constexpr uint32_t WidthOf(Wire wire) {
  switch (wire) {
    case Wire::kBool: return 1;
    case Wire::kInt2: return 2;
    case Wire::kInt4:
    case Wire::kFloat4:
    case Wire::kDate: return 4;
    case Wire::kInt8:
    case Wire::kFloat8:
    case Wire::kTime:
    case Wire::kTimestamp:
    case Wire::kTimestampTz: return 8;
    case Wire::kInterval:
    case Wire::kUuid: return 16;
    default: return 0;
  }
}

Outcome DecodeNumeric(const uint8_t* place, uint32_t size, Column& column) {
  const size_t most = NumericTextSize(place, size);
  if (most == 0) return Outcome::kMalformed;
  column.CommitBytes(NumericToText(place, size, column.ReserveBytes(most)));
  return Outcome::kOk;
}

Outcome DecodeBits(const uint8_t* place, uint32_t size, Column& column) {
  const int64_t bits = BitLength(place, size);
  if (bits < 0) return Outcome::kMalformed;
  BitsToText(place, bits, column.ReserveBytes(static_cast<size_t>(bits)));
  column.CommitBytes(static_cast<size_t>(bits));
  return Outcome::kOk;
}

Outcome DecodeText(std::string_view text, bool check, Column& column) {
  if (check && text::FindInvalidUtf8(text) != std::string_view::npos) return Outcome::kEncoding;
  column.AppendBytes(text);
  return Outcome::kOk;
}

Outcome DecodeTimestamp(const uint8_t* place, Column& column) {
  int64_t micros = 0;
  if (!ToEpoch(static_cast<int64_t>(Load64(place)), micros)) return Outcome::kOutOfRange;
  column.Append(micros);
  return Outcome::kOk;
}

Outcome DecodeDate(const uint8_t* place, Column& column) {
  int32_t days = 0;
  if (!DateToEpoch(static_cast<int32_t>(Load32(place)), days)) return Outcome::kOutOfRange;
  column.Append(days);
  return Outcome::kOk;
}

/// Appends the value, or nothing when the outcome is not kOk.
Outcome DecodeField(Wire wire, const uint8_t* place, uint32_t size, bool check_utf8, Column& column) {
  if (const uint32_t width = WidthOf(wire); width != 0 && width != size) return Outcome::kMalformed;
  switch (wire) {
    case Wire::kBool: column.Append(static_cast<uint8_t>(place[0] != 0)); return Outcome::kOk;
    case Wire::kInt2: column.Append(static_cast<int16_t>(Load16(place))); return Outcome::kOk;
    case Wire::kInt4:
    case Wire::kFloat4: column.Append(Load32(place)); return Outcome::kOk;
    case Wire::kInt8:
    case Wire::kFloat8:
    case Wire::kTime: column.Append(Load64(place)); return Outcome::kOk;
    case Wire::kDate: return DecodeDate(place, column);
    case Wire::kTimestamp:
    case Wire::kTimestampTz: return DecodeTimestamp(place, column);
    case Wire::kInterval: column.Append(ReadInterval(place)); return Outcome::kOk;
    case Wire::kUuid: {
      Bytes bytes;
      std::memcpy(bytes.data(), place, bytes.size());
      column.Append(bytes);
      return Outcome::kOk;
    }
    case Wire::kNumeric: return DecodeNumeric(place, size, column);
    case Wire::kBit: return DecodeBits(place, size, column);
    case Wire::kBytea: column.AppendBytes(View(place, size)); return Outcome::kOk;
    case Wire::kJsonb:
      if (size < 1 || place[0] != 1) return Outcome::kMalformed;
      return DecodeText(View(place + 1, size - 1), check_utf8, column);
    default: return DecodeText(View(place, size), check_utf8, column);
  }
}

void Report(Outcome outcome, std::string_view bytes, size_t column, const WireColumn& of, Batch& batch) {
  Finding finding{.row = batch.rows, .column = static_cast<int32_t>(column), .detail = ToString(of.type)};
  finding.kind = outcome == Outcome::kEncoding ? FindingKind::kEncoding : FindingKind::kOutOfRange;
  finding.original = "\\x";
  text::AppendHex(finding.original, bytes.substr(0, 500));
  batch.findings.push_back(std::move(finding));
  batch.columns[column].AppendNull();
}

}  // namespace

CopyDecoder::CopyDecoder(std::vector<WireColumn> columns, bool check_utf8)
    : columns_(std::move(columns)), check_utf8_(check_utf8) {}

Result<std::string_view> CopyDecoder::WithoutHeader(std::string_view message) {
  if (header_seen_) return message;
  constexpr size_t kFixed = 19;
  if (message.size() < kFixed || !message.starts_with(kSignature)) return Malformed("no signature");
  const auto* bytes = reinterpret_cast<const uint8_t*>(message.data());
  const uint32_t flags = Load32(bytes + 11), extension = Load32(bytes + 15);
  if ((flags & 0xFFFF0000U) != 0) return Malformed("unknown critical flags");
  if (extension > message.size() - kFixed) return Malformed("header too long");
  header_seen_ = true;
  return message.substr(kFixed + extension);
}

Status CopyDecoder::DecodeTuple(const uint8_t*& place, const uint8_t* end, Batch& batch) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (end - place < 4) return Malformed("tuple cut short");
    const uint32_t size = Load32(place);
    place += 4;
    Column& column = batch.columns[i];
    if (size == 0xFFFFFFFFU) {
      column.AppendNull();
      continue;
    }
    if (size > static_cast<size_t>(end - place)) return Malformed("value of column " + columns_[i].name + " cut short");
    const Outcome outcome = DecodeField(columns_[i].wire, place, size, check_utf8_, column);
    if (outcome == Outcome::kMalformed) return Malformed("value of column " + columns_[i].name + " is ill-formed");
    if (outcome != Outcome::kOk) Report(outcome, View(place, size), i, columns_[i], batch);
    place += size;
  }
  ++batch.rows;
  return {};
}

Status CopyDecoder::Decode(std::string_view message, Batch& batch) {
  MIQ_ASSIGN(const std::string_view tuples, WithoutHeader(message));
  const auto* place = reinterpret_cast<const uint8_t*>(tuples.data());
  const uint8_t* const end = place + tuples.size();
  while (place != end) {
    if (end - place < 2) return Malformed("field count cut short");
    const auto fields = static_cast<int16_t>(Load16(place));
    place += 2;
    if (fields == -1) break;
    if (static_cast<size_t>(fields) != columns_.size()) return Malformed("unexpected number of fields");
    MIQ_TRY(DecodeTuple(place, end, batch));
  }
  return {};
}

namespace {

bool EncodeNumericField(const uint8_t* place, uint32_t size, std::string& scratch, RowEncoder& encoder) {
  const size_t most = NumericTextSize(place, size);
  if (most == 0) return false;
  if (scratch.size() < most) scratch.resize(most);
  const size_t length = NumericToText(place, size, reinterpret_cast<uint8_t*>(scratch.data()));
  encoder.Decimal(std::string_view(scratch).substr(0, length));
  return true;
}

bool EncodeBitField(const uint8_t* place, uint32_t size, std::string& scratch, RowEncoder& encoder) {
  const int64_t bits = BitLength(place, size);
  if (bits < 0) return false;
  if (scratch.size() < static_cast<size_t>(bits)) scratch.resize(static_cast<size_t>(bits));
  BitsToText(place, bits, reinterpret_cast<uint8_t*>(scratch.data()));
  encoder.Text(std::string_view(scratch).substr(0, static_cast<size_t>(bits)));
  return true;
}

bool EncodeTimestampField(const uint8_t* place, RowEncoder& encoder) {
  int64_t micros = 0;
  if (!ToEpoch(static_cast<int64_t>(Load64(place)), micros)) return false;
  encoder.Int(micros);
  return true;
}

bool EncodeDateField(const uint8_t* place, RowEncoder& encoder) {
  int32_t days = 0;
  if (!DateToEpoch(static_cast<int32_t>(Load32(place)), days)) return false;
  encoder.Date(days);
  return true;
}

bool EncodeJsonField(const uint8_t* place, uint32_t size, RowEncoder& encoder) {
  if (size < 1 || place[0] != 1) return false;
  encoder.ParsedJson(View(place + 1, size - 1));
  return true;
}

bool EncodeField(const WireColumn& column, const uint8_t* place, uint32_t size, std::string& scratch,
                 RowEncoder& encoder) {
  if (const uint32_t width = WidthOf(column.wire); width != 0 && width != size) return false;
  switch (column.wire) {
    case Wire::kBool: encoder.Bool(place[0] != 0); return true;
    case Wire::kInt2: encoder.Int(static_cast<int16_t>(Load16(place))); return true;
    case Wire::kInt4: encoder.Int(static_cast<int32_t>(Load32(place))); return true;
    case Wire::kInt8:
    case Wire::kTime: encoder.Int(static_cast<int64_t>(Load64(place))); return true;
    case Wire::kFloat4: encoder.Double(std::bit_cast<float>(Load32(place))); return true;
    case Wire::kFloat8: encoder.Double(std::bit_cast<double>(Load64(place))); return true;
    case Wire::kDate: return EncodeDateField(place, encoder);
    case Wire::kTimestamp:
    case Wire::kTimestampTz: return EncodeTimestampField(place, encoder);
    case Wire::kInterval: encoder.IntervalParts(ReadInterval(place)); return true;
    case Wire::kUuid: encoder.Uuid(place); return true;
    case Wire::kNumeric: return EncodeNumericField(place, size, scratch, encoder);
    case Wire::kBit: return EncodeBitField(place, size, scratch, encoder);
    case Wire::kJsonb: return EncodeJsonField(place, size, encoder);
    default: break;
  }
  if (column.type.kind == TypeKind::kChar)
    encoder.Char(View(place, size));
  else
    encoder.Text(View(place, size));
  return true;
}

}  // namespace

Status CopyDecoder::RelayTuple(const uint8_t*& place, const uint8_t* end, RowEncoder& encoder) {
  for (const WireColumn& column : columns_) {
    if (end - place < 4) return Malformed("tuple cut short");
    const uint32_t size = Load32(place);
    place += 4;
    if (size == 0xFFFFFFFFU) {
      encoder.Null();
      continue;
    }
    if (size > static_cast<size_t>(end - place)) return Malformed("value of column " + column.name + " cut short");
    if (!EncodeField(column, place, size, scratch_, encoder)) {
      // A value that no batch can hold: the chunk is repeated row by row, and the row is named.
      return Fail(
          Error(codes::kDataRefused, "a value of column " + column.name + " is outside the range that can be proven")
              .Column(column.name));
    }
    place += size;
  }
  return {};
}

Result<int64_t> CopyDecoder::Relay(std::string_view message, std::string& bytes, RowEncoder& encoder, Digest& digest) {
  MIQ_ASSIGN(const std::string_view tuples, WithoutHeader(message));
  const auto* const begin = reinterpret_cast<const uint8_t*>(tuples.data());
  const uint8_t* const end = begin + tuples.size();
  const uint8_t* place = begin;
  int64_t rows = 0;
  size_t whole = 0;
  while (place != end) {
    if (end - place < 2) return Malformed("field count cut short");
    const auto fields = static_cast<int16_t>(Load16(place));
    place += 2;
    if (fields == -1) break;
    if (static_cast<size_t>(fields) != columns_.size()) return Malformed("unexpected number of fields");
    encoder.Reset();
    MIQ_TRY(RelayTuple(place, end, encoder));
    encoder.FinishRow(digest);
    whole = static_cast<size_t>(place - begin);
    ++rows;
  }
  bytes.append(tuples.substr(0, whole));
  return rows;
}

}  // namespace migrateiq::postgres
