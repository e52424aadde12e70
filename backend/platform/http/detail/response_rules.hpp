#pragma once

#include <string>
#include <vector>

#include "platform/http/gateway.hpp"
#include "platform/http/message.hpp"

/// What every response gets, whatever its handler did.
namespace migrateiq::http::detail {

/// Content-Security-Policy (frame-ancestors 'none'), nosniff, Referrer-Policy, Permissions-Policy, COOP, CORP, HSTS
/// over TLS, and Cache-Control: no-store. Fields that are there already stay.
void AddSecurityHeaders(const Request& request, const GatewayOptions& options, Response& response);

/// Cross-origin answers, for the exact origins listed.
void AddCors(const Request& request, const std::vector<std::string>& origins, Response& response);
/// Is this the question a browser asks before a cross-origin request?
bool IsPreflight(const Request& request);
std::string MethodList(const std::vector<Method>& methods);

/// Gives a GET's answer a weak ETag if it has none, and makes it 304 when If-None-Match has it.
void AnswerConditional(const Request& request, Response& response);
/// Weak comparison of If-None-Match.
bool MatchesTag(std::string_view header, std::string_view tag);

}  // namespace migrateiq::http::detail
