#include "modules/projects/lifecycle.hpp"

#include <algorithm>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <map>

#include "base/errors/api.hpp"

namespace migrateiq::projects {

namespace {

using S = ProjectState;

/// Forward one step at a time (a step may be skipped where nothing depends on it), back wherever work begins anew.
const std::map<S, std::vector<S>>& Table() {
  static const std::map<S, std::vector<S>> table = {
      {S::draft, {S::analysing, S::mapping, S::archived}},
      {S::analysing, {S::draft, S::mapping, S::archived}},
      {S::mapping, {S::analysing, S::rehearsing, S::archived}},
      {S::rehearsing, {S::mapping, S::ready, S::archived}},
      {S::ready, {S::mapping, S::rehearsing, S::migrating, S::archived}},
      {S::migrating, {S::ready, S::done}},
      {S::done, {S::mapping, S::archived}},
      {S::archived, {S::draft, S::done}},
  };
  return table;
}

}  // namespace

std::string WordOf(ProjectState state) { return boost::describe::enum_to_string(state, "draft"); }

ProjectState ProjectStateOf(const std::string& word) {
  ProjectState state = S::draft;
  boost::describe::enum_from_string(word.c_str(), state);
  return state;
}

const std::vector<ProjectState>& NextStates(ProjectState from) { return Table().at(from); }

Status CheckTransition(ProjectState from, ProjectState to) {
  const std::vector<S>& next = NextStates(from);
  if (std::ranges::find(next, to) != next.end()) return {};
  std::string possible;
  for (const S state : next) possible += (possible.empty() ? "" : ", ") + WordOf(state);
  return Fail(codes::kApiState,
              "a project that is " + WordOf(from) + " cannot become " + WordOf(to) + "; possible: " + possible);
}

Status CheckEditable(ProjectState state) {
  if (state != S::archived) return {};
  return Fail(codes::kApiState, "the project is archived; take it back to draft first");
}

}  // namespace migrateiq::projects
