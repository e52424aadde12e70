#include <algorithm>
#include <boost/json.hpp>
#include <regex>
#include <set>

#include "platform/http/document.hpp"

namespace migrateiq::http {

namespace json = boost::json;

namespace {

constexpr std::string_view kComponents = "#/components/";

bool Matches(const std::string& text, const char* pattern) { return std::regex_match(text, std::regex(pattern)); }

/// Outside of /api/v1 stands only what others look for at its usual place.
bool IsPathInStyle(const std::string& path) {
  return Matches(path,
                 R"((/api/v1(/([a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?|\{[a-z]+(_[a-z]+)*\}))+|/healthz|/readyz|/metrics|)"
                 R"(/\.well-known/[a-z.-]+))");
}

class Lint {
 public:
  explicit Lint(const json::object& document) : document_(document) {}

  std::vector<std::string> Run() {
    for (const auto& path : document_.at("paths").get_object()) {
      if (!IsPathInStyle(std::string(path.key()))) Fault(std::string(path.key()), "its path is not in style");
      for (const auto& method : path.value().get_object())
        Operation(std::string(method.key()) + " " + std::string(path.key()), method.value().get_object());
    }
    Collect(document_.at("paths"));
    FollowReferences();
    FindUnused("schemas");
    FindUnused("responses");
    return std::move(faults_);
  }

 private:
  void Fault(const std::string& where, const std::string& what) { faults_.push_back(where + ": " + what); }

  static std::string TextOf(const json::object& object, json::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  }

  void Operation(const std::string& where, const json::object& operation) {
    const std::string id = TextOf(operation, "operationId");
    if (id.empty() || !ids_.insert(id).second) Fault(where, "its operationId is missing or repeated: " + id);
    if (!Matches(id, "[a-z]+([A-Z][a-z0-9]*)*")) Fault(where, "its operationId is not in style: " + id);
    const std::string summary = TextOf(operation, "summary");
    if (summary.size() < 5 || summary.back() != '.') Fault(where, "its summary is no sentence: " + summary);
    const json::array& tags = operation.at("tags").get_array();
    if (tags.size() != 1 || tags[0].get_string().empty()) Fault(where, "it needs one tag");
    Access(where, operation);
    PathParameters(where, operation);
    Body(where, operation);
    Answer(where, operation);
    Errors(where, operation);
  }

  void Access(const std::string& where, const json::object& operation) {
    const std::string access = TextOf(operation, "x-access");
    const bool needs = access.starts_with("permission");
    if (access.empty()) Fault(where, "its access is not stated");
    if (needs == TextOf(operation, "x-permission").empty())
      Fault(where, needs ? "it names no permission" : "it names a permission that nobody asks for");
    if (operation.at("security").get_array().empty() != (access == "public"))
      Fault(where, "security and access contradict each other");
  }

  void PathParameters(const std::string& where, const json::object& operation) {
    const std::string project = TextOf(operation, "x-project-parameter");
    if (!project.empty() && where.find("{" + project + "}") == where.npos)
      Fault(where, "the path has no parameter " + project);
  }

  /// The schemas by media type; without those that say nothing.
  static std::vector<const json::object*> Described(const json::value& content) {
    std::vector<const json::object*> schemas;
    for (const auto& type : content.get_object()) {
      const bool is_json = type.key() == "application/json";
      const json::value* schema = type.value().get_object().if_contains("schema");
      const bool says = schema != nullptr && !(is_json && schema->get_object().empty());
      if (says && type.key().find('/') != type.key().npos && type.key() != "*/*")
        schemas.push_back(schema->if_object());
    }
    return schemas;
  }

  /// Through one reference.
  const json::object& Resolved(const json::object& schema) const {
    const json::value* found = Find(TextOf(schema, "$ref"));
    return found == nullptr ? schema : found->get_object();
  }

  void Body(const std::string& where, const json::object& operation) {
    const json::value* body = operation.if_contains("requestBody");
    if (body == nullptr) return;
    if (Described(body->at("content")).empty()) Fault(where, "its body is not described");
  }

  void Answer(const std::string& where, const json::object& operation) {
    for (const auto& answer : operation.at("responses").get_object()) {
      if (answer.key().front() != '2') continue;
      const json::value* content = answer.value().get_object().if_contains("content");
      if (content == nullptr) continue;
      const auto schemas = Described(*content);
      if (schemas.empty()) Fault(where, "its answer is not described");
      if (!schemas.empty() && where.starts_with("get ")) List(where, operation, Resolved(*schemas.front()));
    }
  }

  /// Lists come in pages, or say that they are whole.
  void List(const std::string& where, const json::object& operation, const json::object& schema) {
    const json::value* properties = schema.if_contains("properties");
    if (properties == nullptr || !properties->get_object().contains("items")) return;
    const std::set<std::string> names = ParameterNames(operation);
    const bool pages = names.contains("limit") && names.contains("cursor") && properties->get_object().contains("next");
    if (pages == operation.contains("x-whole-list"))
      Fault(where, "a list takes limit and cursor, or is stated as whole");
  }

  static std::set<std::string> ParameterNames(const json::object& operation) {
    std::set<std::string> names;
    const json::value* parameters = operation.if_contains("parameters");
    if (parameters == nullptr) return names;
    for (const json::value& parameter : parameters->get_array()) names.insert(TextOf(parameter.get_object(), "name"));
    return names;
  }

  void Errors(const std::string& where, const json::object& operation) {
    const json::object& responses = operation.at("responses").get_object();
    std::set<std::string> wanted{"429", "503"};
    const std::string access = TextOf(operation, "x-access");
    if (access != "public") wanted.insert("401");
    if (access.starts_with("permission") || operation.contains("x-step-up")) wanted.insert("403");
    if (where.find('{') != where.npos) wanted.insert("404");
    if (operation.contains("requestBody")) wanted.insert("413");
    if (ParameterNames(operation).contains("If-Match")) wanted.insert({"412", "428"});
    for (const std::string& status : wanted) {
      if (!responses.contains(status)) Fault(where, "it does not say that it may answer " + status);
    }
  }

  void Collect(const json::value& value) {
    if (const json::array* array = value.if_array()) {
      for (const json::value& item : *array) Collect(item);
    } else if (const json::object* object = value.if_object()) {
      for (const auto& member : *object) Collect(member.value());
      if (const std::string target = TextOf(*object, "$ref"); !target.empty() && seen_.insert(target).second)
        waiting_.push_back(target);
    }
  }

  const json::value* Find(const std::string& target) const {
    if (!target.starts_with(kComponents)) return nullptr;
    const size_t slash = target.find('/', kComponents.size());
    const auto kind = target.substr(kComponents.size(), slash - kComponents.size());
    const json::value* all = document_.at("components").get_object().if_contains(kind);
    return all == nullptr ? nullptr : all->get_object().if_contains(target.substr(slash + 1));
  }

  void FollowReferences() {
    while (!waiting_.empty()) {
      const std::string target = waiting_.back();
      waiting_.pop_back();
      if (const json::value* found = Find(target))
        Collect(*found);
      else
        Fault(target, "there is no such component");
    }
  }

  void FindUnused(const std::string& kind) {
    for (const auto& member : document_.at("components").at(kind).get_object()) {
      const std::string target = std::string(kComponents) + kind + "/" + std::string(member.key());
      if (!seen_.contains(target)) Fault(target, "nobody refers to it");
    }
  }

  const json::object& document_;
  std::vector<std::string> faults_, waiting_;
  std::set<std::string> ids_, seen_;
};

}  // namespace

std::vector<std::string> LintOpenApi(const json::value& document) { return Lint(document.as_object()).Run(); }

}  // namespace migrateiq::http
