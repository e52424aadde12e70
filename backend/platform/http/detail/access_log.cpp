#include "platform/http/detail/access_log.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace migrateiq::http::detail {
namespace {

constexpr size_t kMaxCause = 2000;

void LogCause(const Exchange& exchange) {
  if (exchange.response.status < 500 || !exchange.error) return;
  spdlog::error("request={} failed: {}", exchange.id, LogText(exchange.error->ToString(), kMaxCause));
}

}  // namespace

std::string LogText(std::string_view text, size_t limit) {
  std::string quoted = "\"";
  for (const char c : text.substr(0, limit)) {
    if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
      quoted += c;
    } else {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  if (text.size() > limit) quoted += "...";
  return quoted + '"';
}

std::string AccessLine(const Exchange& exchange, double milliseconds) {
  const Request& request = exchange.request;
  std::string line =
      fmt::format("method={} path={} status={} ms={:.1f} bytes={} address={} request={} trace={}",
                  MethodName(request.method), LogText(request.path), exchange.response.status, milliseconds,
                  exchange.response.body.size(), request.address, exchange.id, exchange.trace.trace_id);
  if (exchange.route != nullptr) line += " route=" + exchange.route->name;
  if (exchange.principal)
    line += fmt::format(" tenant={} subject={}", exchange.principal->tenant_id, exchange.principal->subject());
  if (exchange.error) (line += " code=") += exchange.error->code.code;
  return line;
}

void LogAccess(const Exchange& exchange) {
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - exchange.begin;
  LogCause(exchange);
  if (spdlog::should_log(spdlog::level::info)) spdlog::info("http {}", AccessLine(exchange, taken.count()));
}

}  // namespace migrateiq::http::detail
