#include <cstddef>
#include <cstdint>

#include "connectors/postgres/copy_decode.hpp"
#include "connectors/postgres/copy_encode.hpp"

using namespace migrateiq;
using namespace migrateiq::postgres;

namespace {

const std::vector<WireColumn>& Columns() {
  static const std::vector<WireColumn> columns = [] {
    std::vector<WireColumn> made;
    for (const char* native : {"boolean", "smallint", "integer", "bigint", "real", "double precision", "numeric",
                               "text", "jsonb", "bytea", "date", "time", "timestamp", "interval", "uuid", "varbit"}) {
      made.push_back(MakeWireColumn({.name = native, .native = native}));
    }
    return made;
  }();
  return columns;
}

SchemaPtr FuzzSchema() {
  Schema schema;
  for (const WireColumn& column : Columns()) schema.fields.push_back({column.name, column.type});
  return std::make_shared<const Schema>(std::move(schema));
}

}  // namespace

/// Any bytes after the file header: decoding and relaying must agree, or both must refuse.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string message = std::string(kCopyHeader) + std::string(reinterpret_cast<const char*>(data), size);
  Batch batch(FuzzSchema());
  CopyDecoder decoder(Columns(), false), relay(Columns(), false);
  const Status decoded = decoder.Decode(message, batch);
  std::string bytes;
  RowEncoder encoder;
  Digest relayed;
  const auto rows = relay.Relay(message, bytes, encoder, relayed);
  if (!decoded || !rows || !batch.findings.empty()) return 0;
  Digest direct;
  encoder.Reset();
  AddToDigest(batch, encoder, direct);
  if (!(direct == relayed)) __builtin_trap();
  return 0;
}
