#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "platform/describe/json.hpp"
#include "platform/http/message.hpp"

/// Routes: each endpoint is declared once, with its permission, its types and its texts; dispatch, decoding, OpenAPI
/// and the authorisation tests all come from that declaration.
namespace migrateiq::http {

/// What a handler knows about its request besides the decoded body. Lives as long as the request.
struct Context {
  const Request& request;
  const Principal& principal;               ///< empty for public routes
  std::map<std::string, std::string> path;  ///< "project_id" -> "..."
  std::string request_id, trace_id;
  std::chrono::steady_clock::time_point deadline;
  Response& response;                ///< handlers may add headers (ETag, Location, Set-Cookie) or set status
  std::vector<FieldFault> faults{};  ///< all that is wrong with the request, when the error is kApiField

  /// Fails with kApiForbidden unless the principal holds the permission in the tenant or by a grant in the project.
  std::function<Status(std::string_view permission, const std::string& project_id)> require;

  const std::string& Path(const std::string& name) const { return path.at(name); }
  /// Compares If-Match with the current version: kApiPrecondition (428) when the header is missing, kApiStale (412)
  /// when another version is meant.
  Status RequireMatch(int64_t version) const;
  /// Sets ETag: "v<version>".
  void SetVersion(int64_t version) const;
};

enum class Access {
  kPublic,      ///< nobody needs to be signed in (sign-in itself, health, the document)
  kSignedIn,    ///< anybody signed in, about themselves
  kPermission,  ///< `permission` in the tenant, or by a grant in the project named by `project_parameter`
  kInHandler,   ///< the handler calls context.require with `permission`: the project is known only after a look-up
};

struct Route {
  Method method;
  std::string path;     ///< "/api/v1/projects/{project_id}"; a last part {name...} takes all the rest
  std::string name;     ///< operationId: "getProject"
  std::string tag;      ///< "projects"
  std::string summary;  ///< one sentence
  Access access = Access::kPermission;
  std::string permission;         ///< "projects.read"; must be one that is known (checked at start and by a test)
  std::string project_parameter;  ///< name of the path parameter that is a project's id, or empty
  bool step_up = false;           ///< needs a recent proof of identity
  bool conditional = false;       ///< takes If-Match
  bool idempotent_key = true;     ///< POST: takes Idempotency-Key
  int success = 0;                ///< 0: 200, or 201 for a POST answering a value, 204 for Nothing
  size_t body_limit = 1 << 20;
  std::chrono::seconds deadline{30};
  std::string raw_type{};  ///< AddRaw: media type of what is answered, for the document
  bool operators = false;  ///< for operators of the whole instance only: the handler asks, the document says so
  bool whole = false;      ///< a list that is short by its nature: answered at once, without limit and cursor

  // Filled by the Add functions below.
  boost::json::value body_schema{}, query_schema{}, answer_schema{};  ///< for the document; null: none
  bool raw_body = false, raw_answer = false;
  std::function<Result<void>(Context&)> handler{};
};

/// The route of a list that is short by its nature.
inline Route Whole(Route route) {
  route.whole = true;
  return route;
}

/// The route of a raw answer of this media type.
inline Route Answering(Route route, std::string type) {
  route.raw_type = std::move(type);
  return route;
}

/// Collects the routes of all modules, and their schemas.
class Router {
 public:
  /// A typed endpoint. Body or Query = Nothing when there is none. The answer is encoded as JSON.
  template <class Body, class Query, class Answer>
  void Add(Route route, std::function<Result<Answer>(Context&, const Body&, const Query&)> handler);
  /// Errors of the handler become problem+json in the gateway. A route that contradicts another one (same method and
  /// path, same name) ends the program at its start.
  /// For bodies or answers that are not JSON (uploads, downloads, pages): the handler fills context.response.
  void AddRaw(Route route, std::function<Status(Context&)> handler);

  struct Match {
    const Route* route = nullptr;
    std::map<std::string, std::string> path;
    std::vector<Method> allowed;  ///< when the path is known under other methods only: 405
  };
  /// A literal part of a path goes before a parameter; HEAD is answered by GET's route when it has none itself.
  Match Find(Method method, const std::string& path) const;
  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
  /// The OpenAPI 3.1 document of all routes.
  boost::json::value OpenApi(const std::string& version) const;

 private:
  /// One part of the paths: what may follow it, and the routes that end here.
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter, rest;
    std::map<Method, const Route*> routes;
  };
  void Insert(Route route);
  /// The schema of a query struct; what it refers to becomes part of the components.
  boost::json::value AdoptQuery(boost::json::object schemas, const std::string& name);
  static const Node* Walk(const Node& node, const std::vector<std::string_view>& parts, size_t at);

  std::vector<std::unique_ptr<Route>> routes_;
  boost::json::object components_;
  Node root_;
};

}  // namespace migrateiq::http

#include "platform/http/detail/typed_route.hpp"
