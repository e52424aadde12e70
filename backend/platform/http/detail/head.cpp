#include "platform/http/detail/head.hpp"

#include <algorithm>
#include <charconv>

#include "platform/http/detail/text.hpp"

namespace migrateiq::http::detail {
namespace {

using Fault = std::unexpected<WireFault>;
using Checked = std::expected<void, WireFault>;

Fault Refuse(std::string_view text, int status = 400) { return Fault(WireFault{status, text}); }

bool IsTokenChar(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return c != 0 && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsValueChar(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

/// Takes the next line off, without its CRLF.
std::string_view TakeLine(std::string_view& bytes) {
  const size_t end = bytes.find("\r\n");
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end + 2);
  return line;
}

Checked ParseRequestLine(std::string_view line, Head& head) {
  const size_t first = line.find(' ');
  const size_t last = line.rfind(' ');
  if (first == std::string_view::npos || last == first) return Refuse("The request line is malformed.");
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!IsToken(method)) return Refuse("The method is malformed.");
  if (target.size() > kMaxTarget) return Refuse("The target is too long.", 414);
  const auto bad = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f;
  };
  if (target.empty() || std::any_of(target.begin(), target.end(), bad)) return Refuse("The target is malformed.");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return version.starts_with("HTTP/") ? Refuse("Only HTTP/1.1 is spoken here.", 505)
                                        : Refuse("The request line is malformed.");
  }
  head.method = method;
  head.target = target;
  head.http_1_0 = version == "HTTP/1.0";
  return {};
}

Checked ParseField(std::string_view line, Head& head) {
  if (line.front() == ' ' || line.front() == '\t') return Refuse("A header is folded.");
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon)))
    return Refuse("A header's name is malformed.");
  const std::string_view value = Trim(line.substr(colon + 1));
  if (!std::all_of(value.begin(), value.end(), IsValueChar)) return Refuse("A header has control characters.");
  if (head.headers.all().size() == kMaxFields) return Refuse("There are too many headers.", 431);
  head.headers.Add(line.substr(0, colon), std::string(value));
  return {};
}

/// The field that may occur once only.
std::expected<std::optional<std::string_view>, WireFault> Single(const Headers& headers, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [key, value] : headers.all()) {
    if (!SameName(key, name)) continue;
    if (found) return Refuse("A header that may occur once is repeated.");
    found = value;
  }
  return found;
}

Checked ReadHost(Head& head) {
  const auto host = Single(head.headers, "host");
  if (!host) return Fault(host.error());
  if (!*host) return head.http_1_0 ? Checked() : Refuse("The Host header is missing.");
  const auto good = [](char c) { return IsTokenChar(c) || c == ':' || c == '[' || c == ']'; };
  if ((*host)->empty() || (*host)->size() > 255 || !std::all_of((*host)->begin(), (*host)->end(), good)) {
    return Refuse("The Host header is malformed.");
  }
  head.host = **host;
  return {};
}

std::optional<uint64_t> ParseLength(std::string_view text) {
  uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || text.size() > 18 || text.front() < '0' || text.front() > '9') return std::nullopt;
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

/// How long the body is.
Checked ReadFraming(Head& head) {
  const auto length = Single(head.headers, "content-length");
  const auto coding = Single(head.headers, "transfer-encoding");
  if (!length) return Fault(length.error());
  if (!coding) return Fault(coding.error());
  if (*coding) {
    if (*length || head.http_1_0) return Refuse("Transfer-Encoding contradicts the rest of the request.");
    if (!SameName(**coding, "chunked")) return Refuse("Only the coding `chunked` is known.", 501);
    head.chunked = true;
  } else if (*length) {
    head.content_length = ParseLength(**length);
    if (!head.content_length) return Refuse("Content-Length is not a number.");
  }
  return {};
}

bool AnyToken(const Headers& headers, std::string_view name, std::string_view token) {
  return std::any_of(headers.all().begin(), headers.all().end(),
                     [&](const auto& field) { return SameName(field.first, name) && HasToken(field.second, token); });
}

Checked ReadConnection(Head& head) {
  const bool close = AnyToken(head.headers, "connection", "close");
  head.keep_alive = !close && (!head.http_1_0 || AnyToken(head.headers, "connection", "keep-alive"));
  head.wants_websocket = !head.http_1_0 && AnyToken(head.headers, "connection", "upgrade") &&
                         AnyToken(head.headers, "upgrade", "websocket");
  const auto expect = head.headers.Get("expect");
  if (!expect || head.http_1_0) return {};
  if (!SameName(*expect, "100-continue")) return Refuse("That expectation cannot be met.", 417);
  head.expects_continue = true;
  return {};
}

}  // namespace

bool IsToken(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar); }

bool HasToken(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (SameName(TakeItem(list), token)) return true;
  }
  return false;
}

std::expected<std::optional<size_t>, WireFault> FindHeadEnd(std::string_view bytes) {
  for (size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') return Refuse("A line does not end with CRLF.");
    if (at >= 3 && bytes[at - 2] == '\n') return at + 1;
    if (at > kMaxHead) break;
  }
  if (bytes.size() > kMaxHead) return Refuse("The headers are too large.", 431);
  return std::nullopt;
}

std::expected<Head, WireFault> ParseHead(std::string_view bytes) {
  Head head;
  if (!bytes.ends_with("\r\n\r\n")) return Refuse("The head is not complete.");
  if (bytes.size() > kMaxHead) return Refuse("The headers are too large.", 431);
  auto checked = ParseRequestLine(TakeLine(bytes), head);
  while (checked && bytes.size() > 2) {
    const std::string_view line = TakeLine(bytes);
    checked = line.empty() ? Refuse("The head is malformed.") : ParseField(line, head);
  }
  if (checked) checked = ReadHost(head);
  if (checked) checked = ReadFraming(head);
  if (checked) checked = ReadConnection(head);
  if (!checked) return Fault(checked.error());
  return head;
}

}  // namespace migrateiq::http::detail
