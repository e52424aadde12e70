#include <fmt/format.h>

#include <boost/json.hpp>
#include <set>

#include "platform/describe/component_types.hpp"
#include "platform/http/router.hpp"

/// The OpenAPI 3.1 document, made of what the routes say about themselves.
namespace migrateiq::http {

namespace json = boost::json;

namespace {

json::string_view OperationKey(Method method) {
  switch (method) {
    case Method::kGet: return "get";
    case Method::kHead: return "head";
    case Method::kPost: return "post";
    case Method::kPut: return "put";
    case Method::kPatch: return "patch";
    case Method::kDelete: return "delete";
    case Method::kOptions: return "options";
  }
  return "";
}

json::object Parameter(json::string_view name, json::string_view in, bool required, json::value schema) {
  return {{"name", name}, {"in", in}, {"required", required}, {"schema", std::move(schema)}};
}

void AddPathParameters(const Route& route, json::array& parameters) {
  for (size_t begin = route.path.find('{'); begin != route.path.npos; begin = route.path.find('{', begin + 1)) {
    const size_t end = route.path.find('}', begin);
    parameters.push_back(
        Parameter(route.path.substr(begin + 1, end - begin - 1), "path", true, json::object{{"type", "string"}}));
  }
}

bool IsRequired(const json::object& schema, const json::string& name) {
  const json::value* required = schema.if_contains("required");
  if (required == nullptr) return false;
  const json::array& names = required->get_array();
  return std::find(names.begin(), names.end(), json::value(name)) != names.end();
}

json::object QueryParameter(const json::key_value_pair& member, bool required) {
  json::object parameter = Parameter(member.key(), "query", required, member.value());
  const json::value* type = member.value().get_object().if_contains("type");
  if (type != nullptr && *type == "array") {
    parameter["style"] = "form";
    parameter["explode"] = false;
  }
  return parameter;
}

void AddQueryParameters(const Route& route, json::array& parameters) {
  if (route.query_schema.is_null()) return;
  const json::object& schema = route.query_schema.get_object();
  for (const auto& member : schema.at("properties").get_object())
    parameters.push_back(QueryParameter(member, IsRequired(schema, json::string(member.key()))));
}

json::object HeaderParameter(json::string_view name, bool required, json::string_view text) {
  json::object parameter = Parameter(name, "header", required, json::object{{"type", "string"}});
  parameter["description"] = text;
  return parameter;
}

json::array ParametersOf(const Route& route) {
  json::array parameters;
  AddPathParameters(route, parameters);
  AddQueryParameters(route, parameters);
  if (route.conditional)
    parameters.push_back(HeaderParameter("If-Match", true, "The ETag of the version that this change is based on."));
  if (route.method == Method::kPost && route.idempotent_key && route.access != Access::kPublic)
    parameters.push_back(HeaderParameter("Idempotency-Key", false,
                                         "A key of the client's own; a repeated request gets the first answer."));
  return parameters;
}

json::object JsonContent(json::string_view type, json::value schema) {
  return {{type, json::object{{"schema", std::move(schema)}}}};
}

json::object RequestBody(const Route& route) {
  if (route.raw_body) return {{"content", JsonContent("application/octet-stream", json::object())}};
  return {{"required", true}, {"content", JsonContent("application/json", route.body_schema)}};
}

/// JSON that is answered is an object at least; other types say everything by their name.
json::value AnswerSchema(const Route& route, std::string_view type) {
  const bool says = route.answer_schema.is_object() && !route.answer_schema.get_object().empty();
  if (says) return route.answer_schema;
  return type == "application/json" ? json::object{{"type", "object"}} : json::object();
}

json::object Success(const Route& route) {
  json::object answer{{"description", "Done."}};
  if (route.raw_answer || !route.answer_schema.is_null()) {
    const std::string type = route.raw_answer ? route.raw_type : "application/json";
    answer["content"] = JsonContent(type, AnswerSchema(route, type));
  }
  return answer;
}

std::set<std::string> ErrorNames(const Route& route) {
  std::set<std::string> names{"429", "503"};
  if (!route.body_schema.is_null() || !route.query_schema.is_null()) names.insert({"400", "422"});
  if (!route.body_schema.is_null()) names.insert({"413", "415"});
  if (route.raw_body) names.insert({"413", "422"});
  if (route.access != Access::kPublic) names.insert("401");
  if (route.access != Access::kPublic && route.access != Access::kSignedIn) names.insert("403");
  if (route.step_up) names.insert("403");
  if (route.path.find('{') != route.path.npos) names.insert("404");
  if (route.method != Method::kGet && route.method != Method::kHead) names.insert("409");
  if (route.conditional) names.insert({"412", "428"});
  return names;
}

json::object ResponsesOf(const Route& route) {
  json::object responses{{std::to_string(route.success), Success(route)}};
  for (const std::string& name : ErrorNames(route))
    responses[name] = json::object{{"$ref", "#/components/responses/Problem" + name}};
  return responses;
}

json::array SecurityOf(const Route& route) {
  if (route.access == Access::kPublic) return {};
  return {json::object{{"bearer", json::array{}}}, json::object{{"api_key", json::array{}}}};
}

json::string_view AccessName(Access access) {
  switch (access) {
    case Access::kPublic: return "public";
    case Access::kSignedIn: return "signed-in";
    case Access::kPermission: return "permission";
    case Access::kInHandler: return "permission-in-handler";
  }
  return "";
}

void AddAccess(const Route& route, json::object& operation) {
  operation["x-access"] = AccessName(route.access);
  if (!route.permission.empty()) operation["x-permission"] = route.permission;
  if (!route.project_parameter.empty()) operation["x-project-parameter"] = route.project_parameter;
  if (route.step_up) operation["x-step-up"] = true;
  if (route.operators) operation["x-operators-only"] = true;
  if (route.whole) operation["x-whole-list"] = true;
}

json::object OperationOf(const Route& route) {
  json::object operation{{"operationId", route.name}, {"tags", json::array{route.tag}}, {"summary", route.summary}};
  AddAccess(route, operation);
  operation["security"] = SecurityOf(route);
  if (json::array parameters = ParametersOf(route); !parameters.empty())
    operation["parameters"] = std::move(parameters);
  if (!route.body_schema.is_null() || route.raw_body) operation["requestBody"] = RequestBody(route);
  operation["responses"] = ResponsesOf(route);
  return operation;
}

/// Pages for people and other parts of the web app are no operations.
bool IsDocumented(const Route& route) { return route.path.find("...}") == route.path.npos; }

json::object SecuritySchemes() {
  return {{"bearer",
           {{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}, {"description", "An access token."}}},
          {"api_key", {{"type", "http"}, {"scheme", "bearer"}, {"description", "An API key: miq_<id>_<secret>."}}}};
}

json::object ProblemSchema() {
  const json::object text{{"type", "string"}};
  const json::object fault{{"type", "object"},
                           {"properties", {{"pointer", text}, {"message", text}}},
                           {"required", json::array{"pointer", "message"}}};
  return {{"type", "object"},
          {"description", "What went wrong (RFC 9457), with a stable code and what to do next."},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"detail", text},
            {"instance", text},
            {"code", text},
            {"fix", text},
            {"request_id", text},
            {"errors", {{"type", "array"}, {"items", fault}}}}},
          {"required", json::array{"type", "title", "status", "detail", "code", "fix", "request_id"}}};
}

json::string_view ErrorText(std::string_view status) {
  static constexpr std::pair<std::string_view, const char*> kTexts[] = {
      {"400", "The request cannot be read."},
      {"401", "Nobody is signed in."},
      {"403", "A permission, or a recent proof of identity, is missing."},
      {"404", "There is no such thing, or it belongs to others."},
      {"409", "The request contradicts what exists or the present state."},
      {"412", "Somebody else changed this meanwhile."},
      {"413", "The body is too large."},
      {"415", "The body's type is not accepted."},
      {"422", "A field is wrong, missing or unknown; see errors."},
      {"428", "The request lacks If-Match."},
      {"429", "Too many requests; see Retry-After."},
      {"503", "The server cannot answer now."}};
  for (const auto& [known, text] : kTexts) {
    if (known == status) return text;
  }
  return "An error.";
}

json::object ErrorResponses(const std::set<std::string>& names) {
  json::object responses;
  for (const std::string& name : names) {
    responses["Problem" + name] = json::object{
        {"description", ErrorText(name)},
        {"content", JsonContent("application/problem+json", json::object{{"$ref", "#/components/schemas/Problem"}})}};
  }
  return responses;
}

json::object Components(json::object schemas, const std::set<std::string>& errors) {
  schemas["Problem"] = ProblemSchema();
  return {
      {"schemas", std::move(schemas)}, {"responses", ErrorResponses(errors)}, {"securitySchemes", SecuritySchemes()}};
}

json::array Tags(const std::set<std::string>& names) {
  json::array tags;
  for (const std::string& name : names) tags.push_back(json::object{{"name", name}});
  return tags;
}

}  // namespace

json::value Router::OpenApi(const std::string& version) const {
  json::object paths;
  std::set<std::string> tags, errors;
  for (const auto& route : routes_) {
    if (!IsDocumented(*route)) continue;
    json::value& path = paths.emplace(route->path, json::object()).first->value();
    path.get_object()[OperationKey(route->method)] = OperationOf(*route);
    tags.insert(route->tag);
    errors.merge(ErrorNames(*route));
  }
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "MigrateIQ"}, {"version", version}, {"description", "Copy, plan, run, resume, verify."}}},
          {"servers", json::array{json::object{{"url", "/"}}}},
          {"tags", Tags(tags)},
          {"paths", std::move(paths)},
          {"components", Components(WithoutTypes(components_), errors)}};
}

}  // namespace migrateiq::http
