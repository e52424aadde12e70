#include <boost/json.hpp>
#include <set>

#include "platform/http/document.hpp"

namespace migrateiq::http {

namespace json = boost::json;

namespace {

constexpr std::string_view kComponents = "#/components/";

class Lint {
 public:
  explicit Lint(const json::object& document) : document_(document) {}

  std::vector<std::string> Run() {
    for (const auto& path : document_.at("paths").get_object()) {
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
    const std::string summary = TextOf(operation, "summary");
    if (summary.size() < 5 || summary.back() != '.') Fault(where, "its summary is no sentence: " + summary);
    const json::array& tags = operation.at("tags").get_array();
    if (tags.size() != 1 || tags[0].get_string().empty()) Fault(where, "it needs one tag");
    Access(where, operation);
    PathParameters(where, operation);
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
