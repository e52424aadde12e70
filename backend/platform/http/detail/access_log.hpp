#pragma once

#include <string>
#include <string_view>

#include "platform/http/detail/exchange.hpp"

namespace migrateiq::http::detail {

/// One line for each request, as `name=value` words. No query, no body, no header but the request id: they may hold
/// secrets.
void LogAccess(const Exchange& exchange);
std::string AccessLine(const Exchange& exchange, double milliseconds);

/// Text from outside for a log line: quoted, cut off at `limit` bytes, everything but visible ASCII as \xNN.
std::string LogText(std::string_view text, size_t limit = 200);

}  // namespace migrateiq::http::detail
