#pragma once

#include "modules/core/actor.hpp"

namespace migrateiq::core {

/// `change(session)`, and its line of the audit log, in one transaction of the actor's tenant.
template <class Change>
Status WriteAudited(store::Store& store, const Actor& actor, const AuditEntry& entry, Change&& change) {
  return store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) -> Status {
    MIQ_TRY(change(session));
    return AppendAudit(session, actor.tenant_id, entry);
  });
}

}  // namespace migrateiq::core
