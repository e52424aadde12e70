#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "modules/core/audit.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// An entry as it stands in the chain.
struct AuditRecord {
  std::string tenant_id;
  int64_t sequence = 0;
  Micros at = 0;
  AuditEntry entry;
  std::string previous_hash, hash;  ///< hexadecimal
};

/// SHA-256(previous hash, canonical entry).
std::string HashOf(const AuditRecord& record);

struct AuditFilter {
  std::optional<std::string> actor_id, action, object_id, outcome, text;  ///< text: somewhere in actor or details
  std::optional<Micros> from, until;
};

/// The newest first, `limit` at most, all before `before` (0: from the newest).
Result<std::vector<AuditRecord>> ListAudit(store::Session& session, const std::string& tenant_id,
                                           const AuditFilter& filter, int64_t before, int64_t limit);
/// The oldest first, after `after`.
Result<std::vector<AuditRecord>> ReadAudit(store::Session& session, const std::string& tenant_id, int64_t after,
                                           int64_t limit);

/// What a check of a whole chain found.
struct AuditProof {
  int64_t entries = 0;
  bool unbroken = true;
  int64_t broken_at = 0;  ///< sequence of the first entry that is not as it was written
  std::string problem;
  std::string head;  ///< the newest hash: keep it elsewhere, and nobody can shorten the log unseen
};
/// Reads the tenant's chain from its beginning, in pieces.
Result<AuditProof> VerifyAudit(store::Store& store, const std::string& tenant_id);

}  // namespace migrateiq::core
