#include <cstdint>
#include <cstdlib>
#include <string>

#include "platform/http/detail/chunked.hpp"
#include "platform/http/detail/exchange.hpp"
#include "platform/http/detail/forwarded.hpp"
#include "platform/http/detail/head.hpp"
#include "platform/http/detail/response_head.hpp"
#include "platform/http/detail/target.hpp"

namespace {

using namespace migrateiq::http;          // NOLINT(google-build-using-namespace)
using namespace migrateiq::http::detail;  // NOLINT(google-build-using-namespace)

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckTarget(std::string_view text) {
  const auto target = DecodeTarget(text);
  if (!target) return;
  const std::string padded = target->path + "/";
  Require(padded.front() == '/' && padded.find("/../") == std::string::npos && padded.find("/./") == std::string::npos);
  Require(target->path.find("//") == std::string::npos && target->path.find('\0') == std::string::npos);
  Require(IsUtf8(target->path));
}

/// Values that came in can go out again, and stay in their lines.
void CheckHeaders(const Headers& headers) {
  Response response;
  response.headers = headers;
  const std::string head = ResponseHead(response, {.length = 0});
  Require(head.find("\r\n\r\n") == head.size() - 4);
  Require(FindHeadEnd(head).value() == head.size());
  Require(TraceOf(headers).Text().size() == 55);
  Require(!RequestIdOf(headers).empty());
  const auto proxies = TrustedProxies::Make({"10.0.0.0/8", "::/0"});
  Require(ParseAddress(ClientOf(*proxies, "10.0.0.1", false, headers).address).has_value());
}

/// However the bytes are cut, the same body comes out.
void CheckChunks(std::string_view text, size_t step) {
  std::string whole;
  std::string pieces;
  ChunkedDecoder at_once(1 << 16);
  ChunkedDecoder bit_by_bit(1 << 16);
  std::string_view rest = text;
  const auto one = at_once.Feed(rest, whole);
  std::expected<bool, WireFault> two = false;
  for (size_t at = 0; at < text.size() && two && !*two; at += step) {
    std::string_view piece = text.substr(at, step);
    two = bit_by_bit.Feed(piece, pieces);
  }
  Require(one.has_value() == two.has_value() && (!one || *one == *two) && (!one || whole == pieces));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckTarget(text);
  const auto end = FindHeadEnd(text);
  if (!end || !*end) return 0;
  const auto head = ParseHead(text.substr(0, **end));
  if (!head) return 0;
  Require(!(head->chunked && head->content_length));
  CheckTarget(head->target);
  CheckHeaders(head->headers);
  CheckChunks(text.substr(**end), 1 + size % 7);
  return 0;
}
