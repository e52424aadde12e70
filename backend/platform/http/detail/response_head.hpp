#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace migrateiq::http::detail {

/// How a response goes onto the wire.
struct Framing {
  bool keep_alive = true, chunked = false;
  std::optional<uint64_t> length;  ///< Content-Length
};

/// Status line and fields, with the empty line. Framing, Connection and Date are the server's: fields of those names
/// are left out, as are names that are not tokens; control characters in values become blanks, so that no value can end
/// its line.
std::string ResponseHead(const Response& response, const Framing& framing);

/// May a response of this status have a body?
bool HasBody(int status);
std::string_view ReasonOf(int status);

}  // namespace migrateiq::http::detail
