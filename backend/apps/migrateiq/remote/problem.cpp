#include "apps/migrateiq/remote/problem.hpp"

#include <boost/json.hpp>

#include "apps/migrateiq/remote/json_members.hpp"
#include "base/error_catalog.hpp"
#include "base/errors/server.hpp"

namespace migrateiq::cli {

namespace json = boost::json;

namespace {

/// What the server says; the fields at fault behind it, unless it names them itself.
std::string MessageOf(const json::object& problem) {
  std::string message = TextIn(problem, "detail");
  if (message.empty()) message = TextIn(problem, "title");
  for (const json::object& fault : ObjectsIn(problem, "errors")) {
    const std::string told = TextIn(fault, "message");
    if (message.contains(told)) continue;
    message += "; " + TextIn(fault, "pointer") + ": " + told;
  }
  return message;
}

}  // namespace

Error ErrorOfAnswer(int status, const std::string& body) {
  boost::system::error_code failed;
  const json::value value = json::parse(body, failed);
  const std::string code = !failed && value.is_object() ? TextIn(value.get_object(), "code") : "";
  if (code.empty()) {
    Error error(codes::kServerAnswer, "it answered with status " + std::to_string(status));
    error.retryable = status >= 502 && status <= 504;  // a proxy whose server is away
    return error;
  }
  const json::object& problem = value.get_object();
  Error error = ErrorFromText(code, MessageOf(problem), TextIn(problem, "fix"));
  const std::string request_id = TextIn(problem, "request_id");
  if (status >= 500 && !request_id.empty()) error.place = "request_id " + request_id;
  error.retryable = status == 429 || status == 503;
  return error;
}

}  // namespace migrateiq::cli
