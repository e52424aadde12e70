#include "modules/core/core_services.hpp"

#include "modules/core/migrations.hpp"
#include "modules/core/routes.hpp"

namespace migrateiq::core {

CoreServices::CoreServices(Parts parts)
    : store(parts.store),
      vault(parts.vault),
      options(std::move(parts.options)),
      clock(parts.clock),
      cache(store, clock, parts.bus),
      hasher(options.password_cost),
      guard(store, clock),
      signing_keys(store, vault, clock),
      access_tokens(signing_keys, clock, options),
      sessions({store, access_tokens, cache, parts.bus, clock, options}),
      totp({store, vault, cache, clock}),
      api_keys(store, cache, clock),
      sign_in({store, sessions, totp, guard, hasher, clock}),
      passwords({store, vault, sign_in, sessions, hasher, clock, options}),
      setup(store, sessions, hasher, clock),
      authenticator({store, access_tokens, api_keys, cache, clock, options}),
      tickets(store, authenticator, clock),
      users(store, sessions, clock),
      roles(store, cache, clock),
      grants(store, cache, clock, std::move(parts.check_project)),
      teams(store, cache, clock),
      tenants(store, cache, clock),
      tenant_removal(store, cache),
      invitations({store, vault, hasher, clock, options}),
      flags(store, cache),
      idempotency(store, vault, clock),
      denied_audit(store, clock),
      channels(store, vault, clock),
      notifier({store, vault, channels, parts.bus, clock, options.public_url}),
      deliverer({store, vault, channels, clock, options, parts.reach}),
      deliveries(store, clock),
      preferences(store) {}

Result<std::unique_ptr<CoreServices>> CoreServices::Make(Parts parts) {
  MIQ_TRY(parts.store.Migrate("core", CoreMigrations()));
  return std::make_unique<CoreServices>(std::move(parts));
}

Status CoreServices::Tidy() {
  // One part that cannot tidy up keeps no other from it.
  const Status all[] = {sessions.Tidy(), idempotency.Tidy(), deliverer.Tidy()};
  for (const Status& done : all) MIQ_TRY(done);
  return {};
}

void AddCoreRoutes(http::Router& router, CoreServices& services) {
  AddSignInRoutes(router, services);
  AddOwnAccountRoutes(router, services);
  AddUserRoutes(router, services);
  AddApiKeyRoutes(router, services);
  AddInvitationRoutes(router, services);
  AddRoleRoutes(router, services);
  AddGrantRoutes(router, services);
  AddTeamRoutes(router, services);
  AddTenantRoutes(router, services);
  AddAuditRoutes(router, services);
  AddFlagRoutes(router, services);
  AddNotificationRoutes(router, services);
  AddPreferenceRoutes(router, services);
  AddDeliveryRoutes(router, services);
}

}  // namespace migrateiq::core
