#include <cstddef>
#include <cstdint>
#include <string_view>

#include "connectors/mysql/text_values.hpp"

/// First byte: the type; second: bit length and whether UTF-8 is checked; the rest: what the server sent.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace migrateiq;
  if (size < 2) return 0;
  LogicalType type = LogicalType::Of(static_cast<TypeKind>(data[0] % (static_cast<int>(TypeKind::kGeometry) + 1)));
  if (type.kind == TypeKind::kBit) type.length = data[1] & 0x7f;
  Column column(type);
  const auto decode = mysql::DecoderFor(type, (data[1] & 0x80) != 0);
  decode(std::string_view(reinterpret_cast<const char*>(data) + 2, size - 2), column);
  if (column.length() != 1) __builtin_trap();
  return 0;
}
