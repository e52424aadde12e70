#pragma once

#include <string>
#include <utility>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/routes.hpp"
#include "modules/projects/json_list.hpp"
#include "platform/http/router.hpp"

/// Beginnings of this module's route declarations, and what its handlers share.
namespace migrateiq::projects {

using core::ActorOf;
using core::Versioned;
using http::Access;
using http::Context;
using http::Method;

/// What people call things that plans name: letters, digits, blank, `.`, `_`, `-`.
using Name = Text<1, 100>;
using Label = Text<1, 60>;
using Labels = std::vector<Label>;

/// "/api/v1/" + path; the permission is held in the tenant.
http::Route TenantRoute(Method method, std::string path, std::string name, std::string permission, std::string summary);
/// The permission is held in the tenant or granted in the project that the path's {project_id} names.
http::Route ProjectRoute(Method method, std::string path, std::string name, std::string permission,
                         std::string summary);
/// The handler finds out the project, and calls context.require.
http::Route FoundRoute(Method method, std::string path, std::string name, std::string permission, std::string summary);

/// Takes If-Match.
http::Route Conditional(http::Route route);
/// A POST that makes nothing new: 200.
http::Route Action(http::Route route);

/// If-Match of the request against a version.
inline auto MatchOf(const Context& context) {
  return [&context](int64_t version) { return context.RequireMatch(version); };
}

/// What is wrong is told with its place in the body.
template <class T>
Result<T> Placed(Context& context, Result<T> result) {
  if (!result && !result.error().place.empty())
    context.faults.push_back({result.error().place, result.error().message});
  return result;
}

/// Errors: kApiField at /name.
Status CheckName(const std::string& name);
/// Errors: kApiField at /labels, when there are too many.
Status CheckLabels(const std::vector<std::string>& labels);

}  // namespace migrateiq::projects
