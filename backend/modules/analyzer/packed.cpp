#include "modules/analyzer/packed.hpp"

#include <zlib.h>

#include <cstring>

#include "base/errors/run.hpp"

namespace migrateiq::analyzer {

namespace {

constexpr int kLevel = 6;
/// What the length at the beginning may say: more was never packed.
constexpr uint64_t kMostBytes = uint64_t{1} << 30;

const Bytef* Raw(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

std::unexpected<Error> NotPacked() { return Fail(codes::kInternal, "a stored document is not as it was written"); }

}  // namespace

std::string Pack(std::string_view text) {
  const uint64_t length = text.size();
  uLongf room = compressBound(static_cast<uLong>(text.size()));
  std::string packed(sizeof length + room, '\0');
  std::memcpy(packed.data(), &length, sizeof length);
  compress2(reinterpret_cast<Bytef*>(packed.data() + sizeof length), &room, Raw(text), static_cast<uLong>(text.size()),
            kLevel);
  packed.resize(sizeof length + room);
  return packed;
}

Result<std::string> Unpack(std::string_view packed) {
  uint64_t length = 0;
  if (packed.size() < sizeof length) return NotPacked();
  std::memcpy(&length, packed.data(), sizeof length);
  if (length > kMostBytes) return NotPacked();
  const std::string_view body = packed.substr(sizeof length);
  std::string text(length, '\0');
  auto room = static_cast<uLongf>(length);
  const int done = uncompress(reinterpret_cast<Bytef*>(text.data()), &room, Raw(body), static_cast<uLong>(body.size()));
  if (done != Z_OK || room != length) return NotPacked();
  return text;
}

}  // namespace migrateiq::analyzer
