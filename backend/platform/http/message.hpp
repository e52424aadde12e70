#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

/// Requests and responses as handlers see them: plain values, no Beast type.
namespace migrateiq::http {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions };
std::string_view MethodName(Method method);  ///< "GET"
/// Nothing for methods that no route can have (TRACE, CONNECT ...). Methods compare with case.
std::optional<Method> ParseMethod(std::string_view name);

/// Without regard to the case of ASCII letters.
bool SameName(std::string_view a, std::string_view b);

/// Header fields; names compare without case. In order of arrival.
class Headers {
 public:
  std::optional<std::string_view> Get(std::string_view name) const;  ///< the first
  void Set(std::string_view name, std::string value);                ///< replaces all of that name
  void Add(std::string_view name, std::string value);
  void Remove(std::string_view name);
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  Method method = Method::kGet;
  std::string path;                                        ///< percent-decoded, normalised
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded
  Headers headers;
  std::string body;
  std::string address;  ///< the client's, after trusted proxies
  bool secure = false;  ///< TLS here, or at a trusted proxy
  std::string host;     ///< as the client named it (authority)

  std::optional<std::string> Cookie(std::string_view name) const;
  std::optional<std::string_view> Query(std::string_view name) const;  ///< the first
};

/// A body that is sent piece by piece (downloads, exports): an empty piece ends it. Called on a worker thread.
class BodySource {
 public:
  virtual ~BodySource() = default;
  virtual std::optional<uint64_t> Size() const { return std::nullopt; }
  virtual Result<std::string> Next() = 0;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::unique_ptr<BodySource> stream;  ///< instead of `body`
  std::string content_type = "application/json";
};

/// Who asks: what authentication found out.
struct Principal {
  std::string user_id;  ///< empty for an API key without a user
  std::string tenant_id;
  std::string session_id;  ///< of a browser or `login` session
  std::string api_key_id;
  std::string name;                      ///< as others may read it: no address
  std::string email;                     ///< the user's; for the audit log alone
  std::vector<std::string> permissions;  ///< held in the whole tenant, sorted; grants per project are asked separately
  bool stepped_up = false;               ///< proved the password or second factor again a short while ago
  std::string subject() const { return api_key_id.empty() ? user_id : api_key_id; }
};

}  // namespace migrateiq::http
