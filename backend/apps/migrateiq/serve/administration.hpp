#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/error.hpp"
#include "modules/core/sign_in/setup.hpp"
#include "platform/settings/settings.hpp"

/// What `migrateiq admin` does, over the same store and keys as the server; also while it runs. Each answers what it
/// did, as JSON.
namespace migrateiq::serve {

Result<boost::json::object> CreateOwner(const Settings& settings, const core::Setup::Owner& owner);
/// A new one-time link for the first administrator. Errors: kApiState when there is one.
Result<boost::json::object> SetupLink(const Settings& settings);
/// Of one tenant, or of all: "unbroken", the number of entries, the newest hash of each.
Result<boost::json::object> VerifyAudit(const Settings& settings, const std::string& tenant_id);
/// The embedded store only: a PostgreSQL store is backed up with PostgreSQL's tools (kUsage says so).
Result<boost::json::object> BackUp(const Settings& settings, const std::string& file);
Result<boost::json::object> Restore(const Settings& settings, const std::string& file);
/// A new master key from `new_key_file` (made when absent) wraps the tenants' keys from now on.
Result<boost::json::object> RotateKeys(const Settings& settings, const std::string& new_key_file);

}  // namespace migrateiq::serve
