#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "modules/core/cursor.hpp"
#include "modules/projects/plans/plan_text.hpp"
#include "platform/store/store.hpp"

/// The tables of plans and their versions. Every statement names its tenant.
namespace migrateiq::projects {

struct PlanRow {
  std::string plan_id, tenant_id, project_id, name;
  int64_t version = 1;  ///< number of the newest version
  PlanEnds ends;        ///< of the newest version
  Micros created_at = 0, updated_at = 0;
};

struct VersionRow {
  std::string plan_id;
  int64_t number = 1;
  std::string text, message, author_id, author;
  std::optional<int64_t> restored_from;
  Micros created_at = 0;
};

/// Errors: kApiNotFound.
Result<PlanRow> RequirePlan(store::Session& session, const std::string& tenant_id, const std::string& plan_id);
Result<PlanRow> LockPlan(store::Session& session, const std::string& tenant_id, const std::string& plan_id);
/// By id, one more than the page's limit.
Result<std::vector<PlanRow>> ListPlans(store::Session& session, const std::string& tenant_id,
                                       const std::string& project_id, const core::PageRequest& page);
/// This plan of the project; where it has none of that id, its first. Nothing when it has no plan.
Result<std::optional<PlanRow>> ChosenPlan(store::Session& session, const std::string& tenant_id,
                                          const std::string& project_id, const std::string& plan_id);
/// False when the project has a plan of that name.
Result<bool> InsertPlan(store::Session& session, const PlanRow& row);
Result<bool> UpdatePlan(store::Session& session, const PlanRow& row);
Status DeletePlan(store::Session& session, const std::string& tenant_id, const std::string& plan_id);

/// `number` 0: the newest. Errors: kApiNotFound.
Result<VersionRow> RequireVersion(store::Session& session, const std::string& tenant_id, const std::string& plan_id,
                                  int64_t number);
/// The newest first, without their texts, one more than the page's limit.
Result<std::vector<VersionRow>> ListVersions(store::Session& session, const std::string& tenant_id,
                                             const std::string& plan_id, const core::PageRequest& page);
Status InsertVersion(store::Session& session, const std::string& tenant_id, const VersionRow& row);

}  // namespace migrateiq::projects
