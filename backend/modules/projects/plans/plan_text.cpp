#include "modules/projects/plans/plan_text.hpp"

#include <set>

#include "base/errors/plan.hpp"
#include "base/errors/server.hpp"
#include "modules/projects/connections/connection_store.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::projects {

namespace {

constexpr const char* kFile = "plan";

Status CheckEnd(const Endpoint& endpoint, const char* name) {
  if (!endpoint.connection.empty()) return {};
  return Fail(Error(codes::kConnectionForm, std::string(name) + ".url: a plan of a server names a stored connection")
                  .At(endpoint.place)
                  .Fix("Store the connection, and write `" + std::string(name) +
                       ": {connection: NAME}`; POST /api/v1/projects/import does it for whole plan files."));
}

Result<std::string> FindEnd(store::Session& session, const std::string& tenant_id, const Endpoint& endpoint) {
  MIQ_ASSIGN(const auto row, FindConnectionByName(session, tenant_id, endpoint.connection));
  if (row) return row->connection_id;
  return Fail(Error(codes::kPlanValue, "there is no connection named '" + endpoint.connection + "'")
                  .At(endpoint.place)
                  .Fix("Write the name of a stored connection: GET /api/v1/connections lists them."));
}

Status RewireEnd(Endpoint& endpoint, const char* end, const std::map<std::string, std::string>& names, bool& changed) {
  const bool url = endpoint.connection.empty();
  const auto found = names.find(url ? end : endpoint.connection);
  if (found == names.end() && !url) return {};
  if (found == names.end())
    return Fail(
        Error(codes::kConnectionForm, std::string("the plan's ") + end + " is a URL")
            .At("/connections")
            .Fix(std::string("Store a connection for it, and name it: {\"connections\": {\"") + end + "\": NAME}}."));
  changed = changed || url || endpoint.connection != found->second;
  endpoint.url.clear();
  endpoint.connection = found->second;
  return {};
}

}  // namespace

Result<Plan> ReadServerPlan(const std::string& text) {
  MIQ_ASSIGN(Plan plan, ParsePlan(text, kFile));
  MIQ_TRY(CheckEnd(plan.source, "source"));
  MIQ_TRY(CheckEnd(plan.target, "target"));
  return plan;
}

Result<PlanEnds> FindEnds(store::Session& session, const std::string& tenant_id, const Plan& plan) {
  MIQ_ASSIGN(std::string source, FindEnd(session, tenant_id, plan.source));
  MIQ_ASSIGN(std::string target, FindEnd(session, tenant_id, plan.target));
  return PlanEnds{std::move(source), std::move(target)};
}

Result<PlanEnds> LockEnds(store::Session& session, const std::string& tenant_id, const Plan& plan) {
  MIQ_ASSIGN(const PlanEnds seen, FindEnds(session, tenant_id, plan));
  for (const std::string& id : std::set<std::string>{seen.source_id, seen.target_id})
    MIQ_TRY(session.Serialise("connection:" + id));
  return FindEnds(session, tenant_id, plan);
}

Result<std::string> Rewire(const std::string& text, const std::map<std::string, std::string>& names) {
  MIQ_ASSIGN(Plan plan, ParsePlan(text, kFile));
  bool changed = false;
  MIQ_TRY(RewireEnd(plan.source, "source", names, changed));
  MIQ_TRY(RewireEnd(plan.target, "target", names, changed));
  return changed ? WritePlan(plan) : text;
}

}  // namespace migrateiq::projects
