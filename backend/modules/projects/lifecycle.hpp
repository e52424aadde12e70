#pragma once

#include <string>
#include <vector>

#include <boost/describe/enum.hpp>

#include "base/error.hpp"

namespace migrateiq::projects {

/// Where a project stands. The words are those of the store and the API.
enum class ProjectState { draft, analysing, mapping, rehearsing, ready, migrating, done, archived };
BOOST_DESCRIBE_ENUM(ProjectState, draft, analysing, mapping, rehearsing, ready, migrating, done, archived)

std::string WordOf(ProjectState state);
ProjectState ProjectStateOf(const std::string& word);

/// What may follow a state, from one table.
const std::vector<ProjectState>& NextStates(ProjectState from);
/// Errors: kApiState, which names what is possible.
Status CheckTransition(ProjectState from, ProjectState to);
/// Errors: kApiState for archived projects.
Status CheckEditable(ProjectState state);

}  // namespace migrateiq::projects
