#include "platform/http/detail/exchange.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/random.hpp"

namespace migrateiq::http::detail {
namespace {

constexpr size_t kTraceParent = 55;

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsZero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

bool IsIdChar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
}

/// "00-<32 hex>-<16 hex>-<2 hex>"; later versions may be longer.
bool IsTraceParent(std::string_view text) {
  if (text.size() < kTraceParent || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const std::string_view version = text.substr(0, 2);
  if (version == "ff" || (version == "00" && text.size() != kTraceParent)) return false;
  if (text.size() > kTraceParent && text[kTraceParent] != '-') return false;
  const std::string_view trace = text.substr(3, 32);
  const std::string_view parent = text.substr(36, 16);
  return IsLowerHex(version) && IsLowerHex(trace) && IsLowerHex(parent) && IsLowerHex(text.substr(53, 2)) &&
         !IsZero(trace) && !IsZero(parent);
}

}  // namespace

Trace TraceOf(const Headers& headers) {
  const std::string bytes = RandomBytes(24);
  const auto given = headers.Get("traceparent");
  Trace trace;
  trace.span_id = ToHexText(std::string_view(bytes).substr(0, 8));
  const bool good = given && IsTraceParent(*given);
  trace.trace_id = good ? std::string(given->substr(3, 32)) : ToHexText(std::string_view(bytes).substr(8));
  trace.flags = good ? std::string(given->substr(53, 2)) : "00";
  return trace;
}

std::string RequestIdOf(const Headers& headers) {
  const auto given = headers.Get("x-request-id");
  const bool good =
      given && !given->empty() && given->size() <= 64 && std::all_of(given->begin(), given->end(), IsIdChar);
  return good ? std::string(*given) : NewId();
}

Exchange::Exchange(const Request& asked)
    : request(asked),
      id(RequestIdOf(asked.headers)),
      trace(TraceOf(asked.headers)),
      begin(std::chrono::steady_clock::now()) {}

}  // namespace migrateiq::http::detail
