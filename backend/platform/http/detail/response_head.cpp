#include "platform/http/detail/response_head.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "platform/http/detail/head.hpp"

namespace migrateiq::http::detail {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 39> kReasons = {{
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
}};

/// Names that the server alone decides about.
bool IsOwn(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kOwn = {
      "content-length", "transfer-encoding", "connection", "date", "keep-alive", "trailer", "upgrade", "content-type"};
  return std::any_of(kOwn.begin(), kOwn.end(), [name](std::string_view own) { return SameName(own, name); });
}

void AppendValue(std::string& text, std::string_view value) {
  for (const char c : value) {
    const bool control = (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    text += control ? ' ' : c;
  }
}

void AppendField(std::string& text, std::string_view name, std::string_view value) {
  (text += name) += ": ";
  AppendValue(text, value);
  text += "\r\n";
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", made once a second.
const std::string& DateText() {
  thread_local time_t made = 0;
  thread_local std::string text;
  const time_t now = time(nullptr);
  if (now == made) return text;
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 40> buffer{};
  text.assign(buffer.data(), strftime(buffer.data(), buffer.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts));
  made = now;
  return text;
}

}  // namespace

bool HasBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::string_view ReasonOf(int status) {
  const auto* found =
      std::find_if(kReasons.begin(), kReasons.end(), [status](const auto& row) { return row.first == status; });
  return found == kReasons.end() ? "Unknown" : found->second;
}

std::string ResponseHead(const Response& response, const Framing& framing) {
  std::string text;
  text.reserve(1024);
  ((((text += "HTTP/1.1 ") += std::to_string(response.status)) += ' ') += ReasonOf(response.status)) += "\r\n";
  AppendField(text, "Date", DateText());
  for (const auto& [name, value] : response.headers.all()) {
    if (IsToken(name) && !IsOwn(name)) AppendField(text, name, value);
  }
  if (HasBody(response.status) && !response.content_type.empty())
    AppendField(text, "Content-Type", response.content_type);
  if (framing.length) AppendField(text, "Content-Length", std::to_string(*framing.length));
  if (framing.chunked) text += "Transfer-Encoding: chunked\r\n";
  text += framing.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return text;
}

}  // namespace migrateiq::http::detail
