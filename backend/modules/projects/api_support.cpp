#include "modules/projects/api_support.hpp"

#include <algorithm>
#include <cctype>

#include "base/errors/api.hpp"

namespace migrateiq::projects {

namespace {

constexpr size_t kMostLabels = 20;

http::Route Declared(Method method, const std::string& path, std::string name, std::string permission,
                     std::string summary, Access access) {
  http::Route route{method, "/api/v1/" + path, std::move(name), path.substr(0, path.find('/')), std::move(summary),
                    access};
  route.permission = std::move(permission);
  return route;
}

}  // namespace

http::Route TenantRoute(Method method, std::string path, std::string name, std::string permission,
                        std::string summary) {
  return Declared(method, path, std::move(name), std::move(permission), std::move(summary), Access::kPermission);
}

http::Route ProjectRoute(Method method, std::string path, std::string name, std::string permission,
                         std::string summary) {
  http::Route route =
      Declared(method, path, std::move(name), std::move(permission), std::move(summary), Access::kPermission);
  route.project_parameter = "project_id";
  return route;
}

http::Route FoundRoute(Method method, std::string path, std::string name, std::string permission, std::string summary) {
  return Declared(method, path, std::move(name), std::move(permission), std::move(summary), Access::kInHandler);
}

http::Route Conditional(http::Route route) {
  route.conditional = true;
  return route;
}

http::Route Action(http::Route route) {
  route.success = 200;
  return route;
}

Status CheckName(const std::string& name) {
  const bool plain = !name.empty() && std::isalnum(static_cast<unsigned char>(name.front())) != 0 &&
                     name.back() != ' ' && std::ranges::all_of(name, [](unsigned char c) {
                       return std::isalnum(c) != 0 || c == ' ' || c == '.' || c == '_' || c == '-';
                     });
  if (plain) return {};
  return Fail(Error(codes::kApiField,
                    "a name has letters, digits, blanks, '.', '_' and '-', and begins with a letter "
                    "or digit")
                  .At("/name"));
}

Status CheckLabels(const std::vector<std::string>& labels) {
  if (labels.size() <= kMostLabels) return {};
  return Fail(Error(codes::kApiField, "at most " + std::to_string(kMostLabels) + " labels").At("/labels"));
}

}  // namespace migrateiq::projects
