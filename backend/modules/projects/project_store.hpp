#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "modules/core/cursor.hpp"
#include "modules/projects/lifecycle.hpp"
#include "platform/store/store.hpp"

/// The table of projects. Every statement names its tenant.
namespace migrateiq::projects {

struct ProjectRow {
  std::string project_id, tenant_id, name, description;
  ProjectState state = ProjectState::draft;
  std::vector<std::string> labels;
  int64_t version = 1;
  Micros created_at = 0;
  std::string created_by, created_by_name;
  Micros updated_at = 0;
};

struct ProjectFilter {
  std::string state, search;  ///< empty: all
  std::string only_for_user;  ///< not empty: those where this user, or a team of theirs, was granted to read
};

Result<std::optional<ProjectRow>> FindProject(store::Session& session, const std::string& tenant_id,
                                              const std::string& project_id);
/// Errors: kApiNotFound.
Result<ProjectRow> RequireProject(store::Session& session, const std::string& tenant_id, const std::string& project_id);
/// The same, locked until the transaction ends.
Result<ProjectRow> LockProject(store::Session& session, const std::string& tenant_id, const std::string& project_id);
/// Locked as well. Errors: also kApiState for an archived one.
Result<ProjectRow> RequireEditable(store::Session& session, const std::string& tenant_id,
                                   const std::string& project_id);
/// The newest first, one more than the page's limit.
Result<std::vector<ProjectRow>> ListProjects(store::Session& session, const std::string& tenant_id,
                                             const ProjectFilter& filter, const core::PageRequest& page);
/// False when the name is taken. Errors: kApiQuota.
Result<bool> InsertProject(store::Session& session, const ProjectRow& row);
/// Name, description, state and labels; the version grows by one. False when the name is taken.
Result<bool> UpdateProject(store::Session& session, const ProjectRow& row);
Status DeleteProject(store::Session& session, const std::string& tenant_id, const std::string& project_id);

}  // namespace migrateiq::projects
