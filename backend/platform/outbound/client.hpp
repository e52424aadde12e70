#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "platform/outbound/reach.hpp"

/// Requests that the program itself makes, over libcurl: webhooks, mail, and the command line's calls to a server.
namespace migrateiq::outbound {

struct HttpRequest {
  std::string method = "GET", url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds timeout{30'000};
  size_t answer_limit = 64 << 20;
  const Reach* reach = nullptr;  ///< when given: the address is checked and pinned; redirects are never followed
  std::string ca_file;           ///< empty: the system's
};
struct HttpAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
};
/// Errors: kConnUnreachable, kConnTls, kConnectionReach, kServerAnswer (too large).
Result<HttpAnswer> Send(const HttpRequest& request);

struct Mail {
  std::string from, to, subject, text;  ///< plain UTF-8 text
};
/// `smtp_url`: smtp://... (STARTTLS is used when offered; required unless the host is loopback) or smtps://...
Status SendMail(const std::string& smtp_url, const Mail& mail);

}  // namespace migrateiq::outbound
