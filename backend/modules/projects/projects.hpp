#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/epoch.hpp"
#include "modules/projects/events.hpp"
#include "modules/projects/project_store.hpp"

namespace migrateiq::projects {

struct NewProject {
  std::string name, description;
  std::vector<std::string> labels;
};

/// What is given changes.
struct ProjectChange {
  std::optional<std::string> name, description;
  std::optional<std::vector<std::string>> labels;
};

/// Inside a transaction: a project in state draft, and its audit entry. Errors: kApiConflict at /name.
Result<ProjectRow> MakeProject(store::Session& session, const Actor& actor, const NewProject& wanted, Micros now);

/// Projects and their lifecycle. Thread-safe.
class Projects {
 public:
  Projects(store::Store& store, core::AccessCache& access, const Events& events, const Clock& clock)
      : store_(store), access_(access), events_(events), clock_(clock) {}

  Result<std::vector<ProjectRow>> List(const std::string& tenant_id, const ProjectFilter& filter,
                                       const core::PageRequest& page);
  Result<ProjectRow> Get(const std::string& tenant_id, const std::string& project_id);
  Result<ProjectRow> Change(const Actor& actor, const std::string& project_id, const ProjectChange& change,
                            const VersionCheck& check);
  Result<ProjectRow> Move(const Actor& actor, const std::string& project_id, ProjectState to,
                          const VersionCheck& check);
  /// With its plans, comments and grants. Errors: kApiState unless draft or archived.
  Status Remove(const Actor& actor, const std::string& project_id, const VersionCheck& check);

 private:
  Result<ProjectRow> Store(store::Session& session, const Actor& actor, ProjectRow row, const std::string& action);

  store::Store& store_;
  core::AccessCache& access_;
  const Events& events_;
  const Clock& clock_;
};

}  // namespace migrateiq::projects
