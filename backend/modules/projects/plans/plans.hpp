#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/projects/events.hpp"
#include "modules/projects/plans/plan_store.hpp"

namespace migrateiq::projects {

struct NewPlan {
  std::string name, text, message;
};

/// What is given changes; a new text or name is a new version.
struct PlanEdit {
  std::optional<std::string> name, text;
  std::string message;
  std::optional<int64_t> restored_from;
};

/// A plan with one of its versions.
struct PlanDetail {
  PlanRow plan;
  VersionRow version;
};

/// Inside a transaction: a plan with its first version, and its audit entry. Errors: kApiConflict at /name, those of
/// ReadServerPlan and LockEnds.
Result<PlanRow> MakePlan(store::Session& session, const Actor& actor, const std::string& project_id,
                         const NewPlan& wanted, Micros now);

/// Plans and their versions. Thread-safe.
class Plans {
 public:
  Plans(store::Store& store, const Events& events, const Clock& clock)
      : store_(store), events_(events), clock_(clock) {}

  Result<std::vector<PlanRow>> List(const std::string& tenant_id, const std::string& project_id,
                                    const core::PageRequest& page);
  Result<PlanRow> Get(const std::string& tenant_id, const std::string& plan_id);
  /// `number` 0: the newest.
  Result<PlanDetail> Version(const std::string& tenant_id, const std::string& plan_id, int64_t number);
  Result<std::vector<VersionRow>> Versions(const std::string& tenant_id, const std::string& plan_id,
                                           const core::PageRequest& page);
  Result<PlanDetail> Create(const Actor& actor, const std::string& project_id, const NewPlan& wanted);
  /// The same text again makes no new version.
  Result<PlanDetail> Change(const Actor& actor, const std::string& plan_id, const PlanEdit& edit,
                            const VersionCheck& check);
  /// A new version with the text of an old one.
  Result<PlanDetail> Restore(const Actor& actor, const std::string& plan_id, int64_t number, const std::string& message,
                             const VersionCheck& check);
  Status Remove(const Actor& actor, const std::string& plan_id, const VersionCheck& check);
  /// Would the text do? Errors as of Create.
  Result<Plan> Validate(const std::string& tenant_id, const std::string& text);

 private:
  Result<PlanDetail> Apply(store::Session& session, const Actor& actor, PlanRow plan, const PlanEdit& edit);
  Status AddVersion(store::Session& session, const Actor& actor, PlanRow& plan, const PlanEdit& edit);
  Status AddRenamed(store::Session& session, const Actor& actor, PlanRow& plan, const std::string& old_name,
                    const PlanEdit& edit);
  void Announce(const Actor& actor, const PlanRow& plan, const char* change) const;

  store::Store& store_;
  const Events& events_;
  const Clock& clock_;
};

}  // namespace migrateiq::projects
