#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/errors/server.hpp"
#include "base/json_text.hpp"
#include "base/server_fix.hpp"
#include "platform/http/gateway.hpp"

namespace migrateiq::http {
namespace {

struct Row {
  std::string_view code;  ///< a whole code, or the beginning of one
  int status;
};

/// The first row that fits counts: whole codes first, then areas.
constexpr std::array kStatuses = std::to_array<Row>({
    {codes::kApiJson.code, 400},
    {codes::kApiField.code, 422},
    {codes::kApiNotFound.code, 404},
    {codes::kApiMethod.code, 405},
    {codes::kApiUnauthenticated.code, 401},
    {codes::kApiForbidden.code, 403},
    {codes::kApiCsrf.code, 403},
    {codes::kApiStepUp.code, 403},
    {codes::kApiStale.code, 412},
    {codes::kApiPrecondition.code, 428},
    {codes::kApiConflict.code, 409},
    {codes::kApiTooLarge.code, 413},
    {codes::kApiRateLimit.code, 429},
    {codes::kApiDeadline.code, 504},
    {codes::kApiMediaType.code, 415},
    {codes::kApiIdempotency.code, 422},
    {codes::kApiCursor.code, 400},
    {codes::kApiUnavailable.code, 503},
    {codes::kApiQuota.code, 403},
    {codes::kApiState.code, 409},
    {codes::kApiMalformed.code, 400},
    {codes::kApiInternal.code, 500},
    {codes::kAuthCredentials.code, 401},
    {codes::kAuthTotpRequired.code, 401},
    {codes::kAuthToken.code, 401},
    {codes::kAuthPassword.code, 422},
    {codes::kAuthTotpEnrol.code, 403},
    {codes::kAuthSetup.code, 409},
    {codes::kRunNotFound.code, 404},
    {codes::kObjectNotFound.code, 404},
    {codes::kStateOpen.code, 503},
    {codes::kQueueDown.code, 503},
    {codes::kQueueFull.code, 503},
    {codes::kStateConflict.code, 409},
    {"MIQ-API-", 400},
    {"MIQ-AUTH-", 401},
    {"MIQ-RUN-", 409},
    {"MIQ-STATE-", 500},
    {"MIQ-SECRET-", 500},
    {"MIQ-SETTING-", 500},
    {"MIQ-SERVER-", 500},
    {"MIQ-QUEUE-", 500},
    {"MIQ-OBJECT-", 422},
    {"MIQ-CLI-", 500},
    {"MIQ-", 422},  // what is wrong with a connection, plan, expression or with data is the request's matter
});

/// Our own failures are in the log; what they say about the inside is nobody else's business.
std::string_view DetailOf(const Error& error, int status) {
  const bool told = status < 500 || error.Is(codes::kApiUnavailable) || error.Is(codes::kApiDeadline) ||
                    error.Is(codes::kApiMalformed);
  return told ? std::string_view(error.message) : std::string_view();
}

boost::json::array FaultList(const std::vector<FieldFault>& faults) {
  boost::json::array list;
  for (const FieldFault& fault : faults) {
    list.push_back(boost::json::object{{"pointer", fault.pointer}, {"message", fault.message}});
  }
  return list;
}

}  // namespace

int HttpStatusOf(const Error& error) {
  if (error.retryable && error.Is(codes::kStateQuery)) return 503;  // the store is away for a moment
  const auto* row = std::find_if(kStatuses.begin(), kStatuses.end(),
                                 [&](const Row& candidate) { return error.code.code.starts_with(candidate.code); });
  return row == kStatuses.end() ? 500 : row->status;
}

Response ProblemResponse(const Error& error, const std::string& request_id, const std::vector<FieldFault>& faults,
                         int status) {
  Response response;
  response.status = status != 0 ? status : HttpStatusOf(error);
  response.content_type = "application/problem+json";
  boost::json::object body;
  body["type"] = "urn:migrateiq:error:" + std::string(error.code.code);
  body["title"] = error.code.title;
  body["status"] = response.status;
  if (const auto detail = DetailOf(error, response.status); !detail.empty()) body["detail"] = detail;
  body["code"] = error.code.code;
  body["fix"] = ServerFix(error);
  if (!request_id.empty()) {
    body["instance"] = "urn:migrateiq:request:" + request_id;
    body["request_id"] = request_id;
  }
  if (!faults.empty()) body["errors"] = FaultList(faults);
  response.body = JsonText(body);
  response.headers.Set("Cache-Control", "no-store");
  response.headers.Set("X-Content-Type-Options", "nosniff");
  if (response.status == 401) response.headers.Set("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace migrateiq::http
