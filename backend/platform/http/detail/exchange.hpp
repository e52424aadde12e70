#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "platform/http/message.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::http::detail {

/// W3C trace context: the caller's trace, or a new one; and a span of our own.
struct Trace {
  std::string trace_id, span_id, flags;
  std::string Text() const { return "00-" + trace_id + "-" + span_id + "-" + flags; }
};
Trace TraceOf(const Headers& headers);

/// X-Request-Id if it is one (up to 64 letters, digits and ._-), else a new one.
std::string RequestIdOf(const Headers& headers);

/// One request on its way through the gateway.
struct Exchange {
  explicit Exchange(const Request& asked);

  const Request& request;
  std::string id;
  Trace trace;
  std::chrono::steady_clock::time_point begin;
  const Route* route = nullptr;
  std::map<std::string, std::string> path{};
  std::optional<Principal> principal{};
  Response response{};
  std::optional<Error> error{};
  std::vector<FieldFault> faults{};
};

}  // namespace migrateiq::http::detail
