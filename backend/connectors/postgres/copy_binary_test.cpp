#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "base/errors/data.hpp"
#include "connectors/postgres/copy_decode.hpp"
#include "connectors/postgres/copy_encode.hpp"
#include "connectors/postgres/pg_numeric.hpp"

namespace migrateiq::postgres {
namespace {

std::string NumericRoundTrip(std::string_view decimal) {
  Buffer bytes;
  if (!AppendNumeric(decimal, bytes)) return "refused";
  std::string out(NumericTextSize(bytes.data(), bytes.size()), '\0');
  if (out.empty()) return "ill-formed";
  out.resize(NumericToText(bytes.data(), bytes.size(), reinterpret_cast<uint8_t*>(out.data())));
  return out;
}

TEST(PgNumeric, KeepsEveryDigit) {
  for (const char* text :
       {"0", "1", "-1", "10000", "99999999", "0.1", "0.00010", "123456789.000000001", "-0.5", "100000000.0000", "NaN",
        "Infinity", "-Infinity", "12345678901234567890123456789012345678901234567890.12345678901234567890"}) {
    EXPECT_EQ(NumericRoundTrip(text), text);
  }
  // The short form ends at 12 digits before the point and 4 behind it.
  for (const char* text : {"7", "10000", "-0.0001", "100000000.5", "10000.0000", "999999999999.9999", "1000000000000",
                           "1000000000000.1", "0.00001", "123456.78901", "-999999999999"}) {
    EXPECT_EQ(NumericRoundTrip(text), text);
  }
  EXPECT_EQ(NumericRoundTrip("0.000"), "0.000");
  EXPECT_EQ(NumericRoundTrip("-0.00"), "0.00");
  for (const char* text : {"", "-", "1e5", "abc", ".5", "1.2.3"}) EXPECT_EQ(NumericRoundTrip(text), "refused") << text;
}

std::vector<WireColumn> AllColumns() {
  const std::vector<std::pair<const char*, const char*>> natives = {
      {"b", "boolean"},   {"i2", "smallint"},  {"i4", "integer"},
      {"i8", "bigint"},   {"f4", "real"},      {"f8", "double precision"},
      {"n", "numeric"},   {"t", "text"},       {"c", "char(4)"},
      {"jb", "jsonb"},    {"y", "bytea"},      {"d", "date"},
      {"tm", "time"},     {"ts", "timestamp"}, {"tz", "timestamptz"},
      {"iv", "interval"}, {"u", "uuid"},       {"bi", "varbit"}};
  std::vector<WireColumn> columns;
  for (const auto& [name, native] : natives) columns.push_back(MakeWireColumn({.name = name, .native = native}));
  return columns;
}

SchemaPtr SchemaOf(const std::vector<WireColumn>& columns) {
  Schema schema;
  for (const WireColumn& column : columns) schema.fields.push_back({column.name, column.type});
  return std::make_shared<const Schema>(std::move(schema));
}

void AppendSample(Batch& batch) {
  auto& c = batch.columns;
  c[0].Append(uint8_t{1});
  c[1].Append(int16_t{-5});
  c[2].Append(std::numeric_limits<int32_t>::min());
  c[3].Append(std::numeric_limits<int64_t>::max());
  c[4].Append(-0.0F);
  c[5].Append(std::numeric_limits<double>::quiet_NaN());
  c[6].AppendBytes("-12.340");
  c[7].AppendBytes("a\tb");
  c[8].AppendBytes("ab  ");
  c[9].AppendBytes(R"({"a": 1})");
  c[10].AppendBytes(std::string_view("\0\xff", 2));
  c[11].Append(std::numeric_limits<int32_t>::max());
  c[12].Append(int64_t{86400000000});
  c[13].Append(std::numeric_limits<int64_t>::min());
  c[14].Append(int64_t{-1});
  c[15].Append(Interval{-1, 2, -3});
  c[16].Append(std::array<uint8_t, 16>{1, 2, 3});
  c[17].AppendBytes("10110111011");
  ++batch.rows;
}

void AppendNulls(Batch& batch) {
  for (Column& column : batch.columns) column.AppendNull();
  ++batch.rows;
}

struct Encoded {
  std::vector<WireColumn> columns = AllColumns();
  Batch batch{SchemaOf(columns)};
  std::string message;

  Encoded() {
    AppendSample(batch);
    AppendNulls(batch);
    AppendSample(batch);
    std::vector<Wire> wires;
    for (const WireColumn& column : columns) wires.push_back(column.wire);
    Buffer out;
    out.Append(kCopyHeader.data(), kCopyHeader.size());
    for (int64_t row = 0; row < batch.rows; ++row) EXPECT_TRUE(AppendBinaryRow(batch, row, wires, out));
    out.Append(kCopyTrailer.data(), kCopyTrailer.size());
    message.assign(reinterpret_cast<const char*>(out.data()), out.size());
  }
};

Digest DigestOf(const Batch& batch) {
  RowEncoder encoder;
  Digest digest;
  AddToDigest(batch, encoder, digest);
  return digest;
}

TEST(CopyBinary, DecodesWhatItEncoded) {
  const Encoded encoded;
  Batch decoded(encoded.batch.schema);
  CopyDecoder decoder(encoded.columns, true);
  const Status done = decoder.Decode(encoded.message, decoded);
  ASSERT_TRUE(done) << done.error().ToString();
  EXPECT_EQ(decoded.rows, 3);
  EXPECT_EQ(DigestOf(decoded), DigestOf(encoded.batch));
  EXPECT_EQ(decoded.columns[17].Bytes(2), "10110111011");
  EXPECT_EQ(decoded.columns[15].Get<Interval>(0), (Interval{-1, 2, -3}));
  EXPECT_TRUE(decoded.columns[5].IsNull(1));
}

TEST(CopyBinary, RelayDigestsAsTheBatchWould) {
  const Encoded encoded;
  CopyDecoder decoder(encoded.columns, false);
  RowEncoder encoder;
  Digest digest;
  std::string bytes;
  const auto rows = decoder.Relay(encoded.message, bytes, encoder, digest);
  ASSERT_TRUE(rows) << rows.error().ToString();
  EXPECT_EQ(*rows, 3);
  EXPECT_EQ(digest, DigestOf(encoded.batch));
  EXPECT_EQ(std::string(kCopyHeader) + bytes + std::string(kCopyTrailer), encoded.message);
}

TEST(CopyBinary, CutOffAnywhereIsAnErrorAndNotACrash) {
  const Encoded encoded;
  for (size_t length = 0; length + 2 < encoded.message.size(); ++length) {
    Batch decoded(encoded.batch.schema);
    CopyDecoder decoder(encoded.columns, false);
    const Status done = decoder.Decode(encoded.message.substr(0, length), decoded);
    if (done)
      EXPECT_LE(decoded.rows, 3);
    else
      EXPECT_TRUE(done.error().Is(codes::kReadProtocol));
  }
}

TEST(CopyBinary, ATimestampBeyondOurRangeIsAFinding) {
  const std::vector<WireColumn> columns = {MakeWireColumn({.name = "ts", .native = "timestamp"})};
  std::string message(kCopyHeader);
  message += std::string("\0\1\0\0\0\10\177\377\377\377\377\377\0\0", 14);
  Batch decoded(SchemaOf(columns));
  CopyDecoder decoder(columns, false);
  ASSERT_TRUE(decoder.Decode(message, decoded));
  ASSERT_EQ(decoded.findings.size(), 1U);
  EXPECT_EQ(decoded.findings[0].kind, FindingKind::kOutOfRange);
  EXPECT_TRUE(decoded.columns[0].IsNull(0));
}

TEST(CopyBinary, IntegersThatDoNotFitAreRefused) {
  Batch batch(std::make_shared<Schema>(Schema{{{"a", LogicalType::Of(TypeKind::kUInt64)}}}));
  batch.columns[0].Append(uint64_t{70000});
  batch.rows = 1;
  Buffer out;
  EXPECT_TRUE(AppendBinaryRow(batch, 0, {Wire::kInt4}, out));
  const Status narrow = AppendBinaryRow(batch, 0, {Wire::kInt2}, out);
  ASSERT_FALSE(narrow);
  EXPECT_EQ(narrow.error().column, "a");
}

TEST(CopyText, EscapesWhatTheFormatNeeds) {
  Batch batch(std::make_shared<Schema>(Schema{{{"a", LogicalType::String()}, {"b", LogicalType::Bytes()}}}));
  batch.columns[0].AppendBytes("a\tb\\c\nd\re");
  batch.columns[1].AppendNull();
  batch.columns[0].AppendBytes("");
  batch.columns[1].AppendBytes("\x01");
  batch.rows = 2;
  Buffer out;
  std::string scratch;
  AppendTextRow(batch, 0, scratch, out);
  AppendTextRow(batch, 1, scratch, out);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(out.data()), out.size()),
            "a\\tb\\\\c\\nd\\re\t\\N\n\t\\\\x01\n");
}

}  // namespace
}  // namespace migrateiq::postgres
