#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "platform/http/detail/head.hpp"

namespace migrateiq::http::detail {

/// Takes a chunked body apart as its bytes come in. Strict: CRLF everywhere, sizes of at most 8 hex digits; extensions
/// and trailers are read, checked and forgotten.
class ChunkedDecoder {
 public:
  /// `limit`: of the whole body; more is refused with 413.
  explicit ChunkedDecoder(size_t limit) : limit_(limit) {}

  /// Appends what `bytes` holds of the body to `body` and takes it off `bytes`, up to the end of the body. True when
  /// the body is complete; what is left in `bytes` belongs to the next request.
  std::expected<bool, WireFault> Feed(std::string_view& bytes, std::string& body);

 private:
  enum class Where { kSize, kData, kDataEnd, kTrailer, kDone };
  std::expected<void, WireFault> TakeData(std::string_view& bytes, std::string& body);
  std::expected<void, WireFault> TakeLine(std::string_view& bytes);
  std::expected<void, WireFault> ReadSize();
  std::expected<void, WireFault> ReadTrailer();

  size_t limit_, left_ = 0, body_size_ = 0, trailer_size_ = 0;
  Where where_ = Where::kSize;
  std::string line_;
};

}  // namespace migrateiq::http::detail
