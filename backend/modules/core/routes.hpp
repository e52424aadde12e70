#pragma once

#include "modules/core/core_services.hpp"

/// The endpoints of this module, by resource; each function stands in the `*_api.cpp` of its name.
namespace migrateiq::core {

void AddSignInRoutes(http::Router& router, CoreServices& services);
void AddOwnAccountRoutes(http::Router& router, CoreServices& services);
void AddUserRoutes(http::Router& router, CoreServices& services);
void AddApiKeyRoutes(http::Router& router, CoreServices& services);
void AddInvitationRoutes(http::Router& router, CoreServices& services);
void AddRoleRoutes(http::Router& router, CoreServices& services);
void AddGrantRoutes(http::Router& router, CoreServices& services);
void AddTeamRoutes(http::Router& router, CoreServices& services);
void AddTenantRoutes(http::Router& router, CoreServices& services);
void AddAuditRoutes(http::Router& router, CoreServices& services);
void AddFlagRoutes(http::Router& router, CoreServices& services);
void AddNotificationRoutes(http::Router& router, CoreServices& services);
void AddPreferenceRoutes(http::Router& router, CoreServices& services);
void AddDeliveryRoutes(http::Router& router, CoreServices& services);

/// Beginnings of route declarations.
http::Route PublicRoute(http::Method method, std::string path, std::string name, std::string summary);
http::Route SignedInRoute(http::Method method, std::string path, std::string name, std::string summary);
http::Route PermissionRoute(http::Method method, std::string path, std::string name, std::string permission,
                            std::string summary);

/// Sets ETag, and yields what was handed in: the last line of handlers that answer something editable.
template <class View>
View Versioned(http::Context& context, View view) {
  context.SetVersion(view.version);
  return view;
}

}  // namespace migrateiq::core
