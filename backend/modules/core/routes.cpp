#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

/// "/api/v1/api-keys/{key_id}": the part after the version.
std::string TagOf(const std::string& path) {
  constexpr std::string_view kBase = "/api/v1/";
  if (!path.starts_with(kBase)) return "server";
  const std::string rest = path.substr(kBase.size());
  return rest.substr(0, rest.find('/'));
}

http::Route Declared(http::Method method, std::string path, std::string name, std::string summary,
                     http::Access access) {
  http::Route route{method, path, std::move(name), TagOf(path), std::move(summary), access};
  return route;
}

}  // namespace

http::Route PublicRoute(http::Method method, std::string path, std::string name, std::string summary) {
  return Declared(method, std::move(path), std::move(name), std::move(summary), http::Access::kPublic);
}

http::Route SignedInRoute(http::Method method, std::string path, std::string name, std::string summary) {
  return Declared(method, std::move(path), std::move(name), std::move(summary), http::Access::kSignedIn);
}

http::Route PermissionRoute(http::Method method, std::string path, std::string name, std::string permission,
                            std::string summary) {
  http::Route route = Declared(method, std::move(path), std::move(name), std::move(summary), http::Access::kPermission);
  route.permission = std::move(permission);
  return route;
}

}  // namespace migrateiq::core
