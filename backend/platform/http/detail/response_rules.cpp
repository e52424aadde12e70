#include "platform/http/detail/response_rules.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "platform/http/detail/text.hpp"

namespace migrateiq::http::detail {
namespace {

constexpr const char* kApiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

void SetIfAbsent(Response& response, std::string_view name, std::string_view value) {
  if (!response.headers.Get(name)) response.headers.Add(name, std::string(value));
}

std::string PolicyFor(const Response& response, const GatewayOptions& options) {
  if (!response.content_type.starts_with("text/html")) return kApiPolicy;
  return options.content_security_policy.empty() ? PagePolicy("") : options.content_security_policy;
}

std::string_view WithoutWeakMark(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

}  // namespace

void AddSecurityHeaders(const Request& request, const GatewayOptions& options, Response& response) {
  if (!response.headers.Get("Content-Security-Policy")) {
    response.headers.Add("Content-Security-Policy", PolicyFor(response, options));
  }
  SetIfAbsent(response, "X-Content-Type-Options", "nosniff");
  SetIfAbsent(response, "X-Frame-Options", "DENY");
  SetIfAbsent(response, "Referrer-Policy", "no-referrer");
  SetIfAbsent(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  SetIfAbsent(response, "Cross-Origin-Opener-Policy", "same-origin");
  SetIfAbsent(response, "Cross-Origin-Resource-Policy", "same-origin");
  SetIfAbsent(response, "Cache-Control", "no-store");
  if (request.secure && options.hsts)
    SetIfAbsent(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

void AddCors(const Request& request, const std::vector<std::string>& origins, Response& response) {
  if (origins.empty()) return;
  response.headers.Add("Vary", "Origin");
  const auto origin = request.headers.Get("origin");
  if (!origin || std::find(origins.begin(), origins.end(), *origin) == origins.end()) return;
  response.headers.Set("Access-Control-Allow-Origin", std::string(*origin));
  response.headers.Set("Access-Control-Expose-Headers",
                       "ETag, Location, X-Request-Id, traceparent, Retry-After, RateLimit-Limit, RateLimit-Remaining, "
                       "RateLimit-Reset, Upload-Offset, Content-Disposition, Idempotency-Replayed");
  if (!IsPreflight(request)) return;
  response.headers.Set("Access-Control-Allow-Methods", std::string(response.headers.Get("Allow").value_or("")));
  response.headers.Set(
      "Access-Control-Allow-Headers",
      "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-Id, traceparent, "
      "X-CSRF-Token, X-Client, Upload-Offset, Upload-Length, Range");
  response.headers.Set("Access-Control-Max-Age", "600");
}

bool IsPreflight(const Request& request) {
  return request.method == Method::kOptions && request.headers.Get("origin") &&
         request.headers.Get("access-control-request-method");
}

std::string MethodList(const std::vector<Method>& methods) {
  std::string text;
  for (const Method method : methods) {
    if (!text.empty()) text += ", ";
    text += MethodName(method);
  }
  return text;
}

bool MatchesTag(std::string_view header, std::string_view tag) {
  while (!header.empty()) {
    const std::string_view item = TakeItem(header);
    if (item == "*" || WithoutWeakMark(item) == WithoutWeakMark(tag)) return true;
  }
  return false;
}

void AnswerConditional(const Request& request, Response& response) {
  const bool reads = request.method == Method::kGet || request.method == Method::kHead;
  if (!reads || response.status != 200) return;
  if (!response.headers.Get("ETag") && !response.stream && !response.body.empty()) {
    const XXH128_hash_t hash = XXH3_128bits(response.body.data(), response.body.size());
    response.headers.Set("ETag", fmt::format("W/\"{:016x}{:016x}\"", hash.high64, hash.low64));
  }
  const auto tag = response.headers.Get("ETag");
  const auto wanted = request.headers.Get("if-none-match");
  if (!tag || !wanted || !MatchesTag(*wanted, *tag)) return;
  response.status = 304;
  response.body.clear();
  response.stream.reset();
}

}  // namespace migrateiq::http::detail
