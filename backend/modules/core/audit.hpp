#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// What happened, for the audit log. No secrets, no values of data.
struct AuditEntry {
  std::string actor_id, actor;  ///< actor: as people read it
  std::string action;           ///< "project.created", "login.failed"
  std::string object_type, object_id;
  std::string outcome = "ok";  ///< ok | denied | failed
  std::string address, request_id;
  std::string details;  ///< JSON object, may be empty
};

/// Appends one entry to the tenant's chain, in the caller's transaction: if the entry cannot be written, neither can
/// the change. Each entry carries SHA-256(previous hash, canonical entry). A tenant's chain is serialised by the store.
Status AppendAudit(store::Session& session, const std::string& tenant_id, const AuditEntry& entry);

}  // namespace migrateiq::core
