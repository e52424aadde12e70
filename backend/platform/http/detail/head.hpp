#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

/// The head of a request, read more strictly than RFC 9112 asks for: whatever two programs could read differently is
/// refused, so that nothing can be smuggled past a proxy.
namespace migrateiq::http::detail {

inline constexpr size_t kMaxHead = 32 * 1024, kMaxTarget = 8 * 1024, kMaxFields = 100;

/// Why a request cannot be read. After it nothing on the connection can be trusted: it is answered and closed.
struct WireFault {
  int status = 400;
  std::string_view text;
};

struct Head {
  std::string method, target;
  bool http_1_0 = false;
  Headers headers;
  std::string host;
  std::optional<uint64_t> content_length;
  bool chunked = false, keep_alive = true, expects_continue = false, wants_websocket = false;
};

/// Where the head ends: nothing while more must be read. Lines end with CRLF, never with a bare LF.
std::expected<std::optional<size_t>, WireFault> FindHeadEnd(std::string_view bytes);

/// `bytes`: up to and including the empty line. Refused: obs-fold, blanks before the colon, names that are not tokens,
/// control characters, Content-Length that is repeated, not a number or beside Transfer-Encoding, codings but
/// "chunked", no or several Host.
std::expected<Head, WireFault> ParseHead(std::string_view bytes);

bool IsToken(std::string_view text);
/// Is `token` one of the comma-separated words, without regard to case?
bool HasToken(std::string_view list, std::string_view token);

}  // namespace migrateiq::http::detail
