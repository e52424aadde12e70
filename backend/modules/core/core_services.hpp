#pragma once

#include <memory>

#include "modules/core/denied_audit.hpp"
#include "modules/core/epoch.hpp"
#include "modules/core/flags.hpp"
#include "modules/core/idempotency.hpp"
#include "modules/core/notify/deliverer.hpp"
#include "modules/core/notify/deliveries.hpp"
#include "modules/core/notify/notifier.hpp"
#include "modules/core/notify/preferences.hpp"
#include "modules/core/options.hpp"
#include "modules/core/people/grants.hpp"
#include "modules/core/people/invitations.hpp"
#include "modules/core/people/roles.hpp"
#include "modules/core/people/teams.hpp"
#include "modules/core/people/tenant_removal.hpp"
#include "modules/core/people/tenants.hpp"
#include "modules/core/people/users.hpp"
#include "modules/core/sign_in/api_keys.hpp"
#include "modules/core/sign_in/authenticator.hpp"
#include "modules/core/sign_in/passwords.hpp"
#include "modules/core/sign_in/setup.hpp"
#include "modules/core/sign_in/sign_in.hpp"
#include "modules/core/sign_in/tickets.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::core {

/// Everything this module does, put together. Thread-safe; made once by `serve` and the `admin` commands.
struct CoreServices {
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    CoreOptions options;
    realtime::Bus* bus = nullptr;  ///< told of ended sessions and new notifications
    const Reach* reach = nullptr;  ///< which addresses webhooks may reach; null: none
    const Clock& clock = SystemClock();
    Grants::CheckProject check_project{};
  };
  /// Brings the tables up to date. Errors: those of Store::Migrate.
  static Result<std::unique_ptr<CoreServices>> Make(Parts parts);
  explicit CoreServices(Parts parts);

  store::Store& store;
  secrets::Vault& vault;
  const CoreOptions options;
  const Clock& clock;

  AccessCache cache;
  PasswordHasher hasher;
  LoginGuard guard;
  SigningKeys signing_keys;
  AccessTokens access_tokens;
  Sessions sessions;
  Totp totp;
  ApiKeys api_keys;
  SignIn sign_in;
  Passwords passwords;
  Setup setup;
  CoreAuthenticator authenticator;
  Tickets tickets;
  Users users;
  Roles roles;
  Grants grants;
  Teams teams;
  Tenants tenants;
  TenantRemoval tenant_removal;
  Invitations invitations;
  Flags flags;
  StoredIdempotency idempotency;
  DeniedAudit denied_audit;
  Channels channels;
  Notifier notifier;
  Deliverer deliverer;
  Deliveries deliveries;
  Preferences preferences;

  /// Removes what nobody needs any more. Call it every hour or so, in one process or all; and
  /// notifier.SendPut() and deliverer.DeliverDue() every second.
  Status Tidy();
};

void AddCoreRoutes(http::Router& router, CoreServices& services);

}  // namespace migrateiq::core
