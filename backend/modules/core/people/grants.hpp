#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/core/epoch.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// A role in one project, of a user or a team.
struct GrantRow {
  std::string grant_id, project_id;
  std::string subject_kind;  ///< user, team
  std::string subject_id, role_id;
  Micros created_at = 0;
};

/// In the caller's transaction, for the projects module (a project's maker becomes its admin; members). After it the
/// caller calls Grants::Changed. Errors: kApiField for an unknown role or subject. Granting twice is no error.
Result<GrantRow> AddGrant(store::Session& session, const Actor& actor, const GrantRow& wanted, Micros now);
/// Errors: kApiNotFound.
Result<GrantRow> RemoveGrant(store::Session& session, const Actor& actor, const std::string& grant_id);
/// When a project goes.
Status RemoveProjectGrants(store::Session& session, const std::string& tenant_id, const std::string& project_id);
/// One more than the page's limit where there are so many; `project_id` empty: of all projects.
Result<std::vector<GrantRow>> ListGrants(store::Session& session, const std::string& tenant_id,
                                         const std::string& project_id, const PageRequest& page);
/// The projects that a user may see by grants (of their own or a team's) with this permission.
Result<std::vector<std::string>> GrantedProjects(store::Session& session, const std::string& tenant_id,
                                                 const std::string& user_id, const std::string& permission);

/// Roles in projects. Nobody grants a role that permits more than they may themselves. Thread-safe.
class Grants {
 public:
  /// Fails when the tenant has no such project. Projects are not this module's: without it nobody is asked.
  using CheckProject =
      std::function<Status(store::Session&, const std::string& tenant_id, const std::string& project_id)>;
  Grants(store::Store& store, AccessCache& cache, const Clock& clock, CheckProject check_project = {})
      : store_(store), cache_(cache), clock_(clock), check_project_(std::move(check_project)) {}

  Result<std::vector<GrantRow>> List(const std::string& tenant_id, const std::string& project_id,
                                     const PageRequest& page);
  Result<GrantRow> Add(const Actor& actor, const GrantRow& wanted);
  Status Remove(const Actor& actor, const std::string& grant_id);
  void Changed(const std::string& tenant_id) { cache_.Forget(tenant_id); }

 private:
  store::Store& store_;
  AccessCache& cache_;
  const Clock& clock_;
  const CheckProject check_project_;
};

}  // namespace migrateiq::core
