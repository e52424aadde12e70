#include "platform/http/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/errors/api.hpp"
#include "platform/describe/component_types.hpp"

namespace migrateiq::http {

namespace json = boost::json;

namespace {

std::vector<std::string_view> PartsOf(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const size_t slash = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, slash));
    path.remove_prefix(slash);
  }
  return parts;
}

bool IsParameter(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }
bool IsRest(std::string_view part) { return IsParameter(part) && part.ends_with("...}"); }

std::string ParameterName(std::string_view part) {
  return std::string(part.substr(1, part.size() - (IsRest(part) ? 5 : 2)));
}

std::string Joined(const std::vector<std::string_view>& parts, size_t from) {
  std::string text;
  for (size_t i = from; i < parts.size(); ++i) text.append(i > from ? "/" : "").append(parts[i]);
  return text;
}

/// The values of the path's parameters, named as the route names them.
std::map<std::string, std::string> PathValues(const Route& route, const std::vector<std::string_view>& parts) {
  std::map<std::string, std::string> values;
  const std::vector<std::string_view> pattern = PartsOf(route.path);
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (IsRest(pattern[i]))
      values[ParameterName(pattern[i])] = Joined(parts, i);
    else if (IsParameter(pattern[i]))
      values[ParameterName(pattern[i])] = parts[i];
  }
  return values;
}

bool IsJson(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  const size_t end = type.find_last_not_of(' ');
  std::string name(type.substr(0, end == type.npos ? 0 : end + 1));
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name == "application/json" || name == "application/merge-patch+json";
}

/// Does an If-Match header name this version?
bool Names(std::string_view header, std::string_view tag) {
  while (!header.empty()) {
    const size_t comma = std::min(header.find(','), header.size());
    std::string_view one = header.substr(0, comma);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (one == tag || one == "*") return true;
    header.remove_prefix(std::min(comma + 1, header.size()));
  }
  return false;
}

std::string TagOf(int64_t version) { return fmt::format("\"v{}\"", version); }

}  // namespace

Status Context::RequireMatch(int64_t version) const {
  const auto header = request.headers.Get("If-Match");
  if (!header) return Fail(codes::kApiPrecondition, "the request has no If-Match header");
  if (Names(*header, TagOf(version))) return {};
  return Fail(codes::kApiStale, fmt::format("the present version is {}", TagOf(version)));
}

void Context::SetVersion(int64_t version) const { response.headers.Set("ETag", TagOf(version)); }

const Router::Node* Router::Walk(const Node& node, const std::vector<std::string_view>& parts, size_t at) {
  if (at == parts.size()) return node.routes.empty() ? nullptr : &node;
  if (const auto literal = node.literals.find(parts[at]); literal != node.literals.end()) {
    if (const Node* found = Walk(*literal->second, parts, at + 1)) return found;
  }
  if (node.parameter && !parts[at].empty()) {
    if (const Node* found = Walk(*node.parameter, parts, at + 1)) return found;
  }
  return node.rest.get();
}

Router::Match Router::Find(Method method, const std::string& path) const {
  const std::vector<std::string_view> parts = PartsOf(path);
  const Node* node = path.starts_with('/') ? Walk(root_, parts, 0) : nullptr;
  Match match;
  if (node == nullptr) return match;
  auto found = node->routes.find(method);
  if (found == node->routes.end() && method == Method::kHead) found = node->routes.find(Method::kGet);
  if (found == node->routes.end()) {
    for (const auto& [known, route] : node->routes) match.allowed.push_back(known);
    return match;
  }
  match.route = found->second;
  match.path = PathValues(*match.route, parts);
  return match;
}

void Router::AddRaw(Route route, std::function<Status(Context&)> handler) {
  route.raw_answer = true;
  route.raw_body = route.method != Method::kGet && route.method != Method::kHead && route.method != Method::kDelete;
  if (route.success == 0) route.success = 200;
  route.handler = [status = route.success, handler = std::move(handler)](Context& context) {
    context.response.status = status;
    return handler(context);
  };
  Insert(std::move(route));
}

void Router::Insert(Route route) {
  Node* node = &root_;
  for (const std::string_view part : PartsOf(route.path)) {
    auto& next = IsRest(part) ? node->rest : IsParameter(part) ? node->parameter : node->literals[std::string(part)];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  const bool named = std::any_of(routes_.begin(), routes_.end(), [&](const auto& r) { return r->name == route.name; });
  if (named || node->routes.contains(route.method))
    throw std::logic_error("route " + route.name + " of " + route.path + " is there twice");
  routes_.push_back(std::make_unique<Route>(std::move(route)));
  node->routes[routes_.back()->method] = routes_.back().get();
}

json::value Router::AdoptQuery(json::object schemas, const std::string& name) {
  const auto own = schemas.find(name);
  if (own == schemas.end()) return nullptr;
  json::value schema = own->value();
  AdoptComponents(components_, std::move(schemas), name);
  return schema;
}

namespace detail {

Result<json::value> ParseBody(const Context& context) {
  if (context.request.body.empty()) return json::object();
  const auto type = context.request.headers.Get("Content-Type");
  if (!type || !IsJson(*type))
    return Fail(codes::kApiMediaType, type ? "the body's type is " + std::string(*type) : "the body has no type");
  return ParseStrictJson(context.request.body);
}

Error WithFault(Context& context, Error error) {
  const bool told = !context.faults.empty() || !error.Is(codes::kApiField) || !error.place.starts_with('/');
  if (!told) context.faults.push_back({error.place, error.message});
  return error;
}

int SuccessStatus(const Route& route, bool has_answer) {
  if (route.success != 0) return route.success;
  if (!has_answer) return 204;
  return route.method == Method::kPost ? 201 : 200;
}

void WriteAnswer(Context& context, std::string answer) {
  context.response.body = std::move(answer);
  context.response.content_type = "application/json";
}

}  // namespace detail

}  // namespace migrateiq::http
