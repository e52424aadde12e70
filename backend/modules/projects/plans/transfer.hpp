#pragma once

#include <map>
#include <string>
#include <vector>

#include "modules/projects/plans/plans.hpp"
#include "modules/projects/plans/templates.hpp"
#include "modules/projects/projects.hpp"

namespace migrateiq::projects {

/// Which template a new project begins with; all empty: none.
struct Beginning {
  std::string template_id, plan_name, source, target;
};

struct PlanDocument {
  std::string name, text;
};

/// What a project is made of elsewhere: everything but people and history. Connections by name only.
struct ProjectDocument {
  std::string name, description;
  std::vector<std::string> labels;
  std::vector<PlanDocument> plans;
  struct Connection {
    std::string name, kind;
    bool production = false;
  };
  std::vector<Connection> connections;  ///< that the plans name
};

/// New projects from templates, plan files and documents; projects as documents. Thread-safe.
class Transfer {
 public:
  struct Parts {
    store::Store& store;
    Templates& templates;
    const Events& events;
    const Clock& clock;
  };
  explicit Transfer(Parts parts) : parts_(parts) {}

  Result<ProjectRow> Create(const Actor& actor, const NewProject& wanted, const Beginning& beginning);
  /// All or nothing. `connections`: names in the plans -> names here; see Rewire. Errors: those of Rewire and MakePlan.
  Result<ProjectRow> Import(const Actor& actor, const ProjectDocument& document,
                            const std::map<std::string, std::string>& connections);
  Result<ProjectDocument> Export(const std::string& tenant_id, const std::string& project_id);

 private:
  Result<ProjectRow> Make(const Actor& actor, const NewProject& wanted, const std::vector<NewPlan>& plans);

  Parts parts_;
};

}  // namespace migrateiq::projects
