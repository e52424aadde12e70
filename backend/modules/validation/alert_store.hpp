#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/cursor.hpp"
#include "modules/validation/rows.hpp"
#include "platform/store/store.hpp"

/// The tables of alerts. Every statement names its tenant.
namespace migrateiq::validation {

struct AlertFilter {
  std::string source, suite_id, plan_id, project_id, state;  ///< empty: all; state "unresolved": open or acknowledged
};

Status InsertAlert(store::Session& session, const AlertRow& row);
Status UpdateAlert(store::Session& session, const AlertRow& row);
/// Errors: kApiNotFound.
Result<AlertRow> RequireAlert(store::Session& session, const std::string& tenant_id, const std::string& alert_id);
/// The newest first, one more than the page's limit.
Result<std::vector<AlertRow>> ListAlerts(store::Session& session, const std::string& tenant_id,
                                         const AlertFilter& filter, const core::PageRequest& page);
Result<int64_t> CountAlerts(store::Session& session, const std::string& tenant_id, const AlertFilter& filter);
/// Whose checks or runs they are; the other id is empty.
struct AlertOwner {
  std::string suite_id, plan_id;
};

/// Those that are open or acknowledged.
Result<std::vector<AlertRow>> UnresolvedAlerts(store::Session& session, const std::string& tenant_id,
                                               const AlertOwner& owner);

/// Nobody is told of the subject before `until`; 0 ends that.
Status PutMute(store::Session& session, const std::string& tenant_id, const AlertOwner& owner,
               const std::string& subject, Micros until);
Result<std::vector<std::string>> MutedSubjects(store::Session& session, const std::string& tenant_id,
                                               const AlertOwner& owner, Micros now);

}  // namespace migrateiq::validation
