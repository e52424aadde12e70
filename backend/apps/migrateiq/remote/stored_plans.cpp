#include "apps/migrateiq/remote/stored_plans.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>

#include "apps/migrateiq/remote/connection_url.hpp"
#include "apps/migrateiq/remote/json_members.hpp"
#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

constexpr const char* kProject = "Command line";
constexpr const char* kMessage = "from the command line";

const json::object* FindByName(const std::vector<json::object>& items, const std::string& name) {
  const auto found =
      std::ranges::find_if(items, [&](const json::object& item) { return TextIn(item, "name") == name; });
  return found == items.end() ? nullptr : &*found;
}

/// "name", "name 2", "name 3" ...
std::string Numbered(const std::string& name, int number) {
  return number == 1 ? name : name.substr(0, 95) + " " + std::to_string(number);
}

/// Two command lines may make or change the same thing at once: the second finds it so when it looks again.
template <class Work>
auto Twice(const Work& work) {
  auto result = work();
  const bool again = !result && (result.error().Is(codes::kApiConflict) || result.error().Is(codes::kApiStale));
  return again ? work() : std::move(result);
}

/// Who named a file of this machine probably meant this machine.
Error WithAdvice(Error error) {
  if (error.Is(codes::kConnectionForm)) error.fix = std::string(error.FixText()) + " Files of this machine: --local.";
  return error;
}

std::string PlanName(const PlanInput& input, const Plan& stored) {
  if (!input.plan.name.empty()) return NameOf(input.plan.name);
  if (!input.origin.path.empty()) return NameOf(std::filesystem::path(input.origin.path).stem().string());
  return NameOf(stored.source.connection + " to " + stored.target.connection);
}

}  // namespace

Result<StoredPlan> StoredPlans::Store(const PlanInput& input) {
  Plan plan = input.plan;
  MIQ_TRY(Rewire(plan.source));
  MIQ_TRY(Rewire(plan.target));
  MIQ_ASSIGN(const std::string project_id, Project());
  const std::string name = PlanName(input, plan);
  return Twice([&] { return StoreAs(project_id, name, plan); });
}

Status StoredPlans::Rewire(Endpoint& endpoint) {
  if (!endpoint.connection.empty()) return {};
  MIQ_ASSIGN(Connection connection, ConnectionFor(endpoint.url));
  endpoint.url.clear();
  endpoint.connection = std::move(connection.name);
  return {};
}

Result<StoredPlans::Connection> StoredPlans::ConnectionFor(const std::string& url) {
  return Twice([&] { return FindOrMake(url); });
}

Result<StoredPlans::Connection> StoredPlans::FindOrMake(const std::string& url) {
  MIQ_ASSIGN(const ConnectionUrl wanted, ConnectionUrlOf(url));
  MIQ_ASSIGN(const std::vector<json::object> known, client_.List("connections"));
  std::string name;
  for (int number = 1;; ++number) {
    name = Numbered(wanted.name, number);
    const json::object* same_name = FindByName(known, name);
    if (same_name == nullptr) break;
    if (TextIn(*same_name, "url") != wanted.redacted) continue;
    if (wanted.has_secret) MIQ_TRY(GiveSecret(*same_name, wanted.text));
    return Connection{TextIn(*same_name, "connection_id"), name};
  }
  const Result<json::object> made =
      client_.Post("connections", {{"name", name}, {"url", wanted.text}, {"description", kMessage}});
  if (!made) return Fail(WithAdvice(made.error()));
  console_.Note("connection '" + name + "' stored for " + wanted.redacted);
  return Connection{TextIn(*made, "connection_id"), name};
}

/// Who may only use the connection uses it as it is.
Status StoredPlans::GiveSecret(const json::object& known, const std::string& url) {
  const Result<json::object> changed =
      client_.Patch("connections/" + TextIn(known, "connection_id"), {{"url", url}}, NumberIn(known, "version"));
  if (changed || changed.error().Is(codes::kApiForbidden)) return {};
  return Fail(changed.error());
}

Result<std::string> StoredPlans::Project() {
  return Twice([&] { return FindOrMakeProject(); });
}

Result<std::string> StoredPlans::FindOrMakeProject() {
  MIQ_ASSIGN(const std::vector<json::object> known, client_.List("projects", {{"search", kProject}}));
  if (const json::object* project = FindByName(known, kProject)) return TextIn(*project, "project_id");
  MIQ_ASSIGN(const json::object made,
             client_.Post("projects", {{"name", kProject}, {"description", "What `migrateiq` was asked to do."}}));
  return TextIn(made, "project_id");
}

Result<StoredPlan> StoredPlans::StoreAs(const std::string& project_id, const std::string& name, Plan plan) {
  const std::string path = "projects/" + project_id + "/plans";
  json::object body{{"name", name}, {"text", WritePlan(plan)}, {"message", kMessage}};
  MIQ_ASSIGN(const std::vector<json::object> known, client_.List(path));
  const json::object* same = FindByName(known, name);
  if (same != nullptr) {
    MIQ_ASSIGN(const json::object newest, client_.Get("plans/" + TextIn(*same, "plan_id")));
    if (TextIn(newest, "text") == WritePlan(plan))
      return StoredPlan{TextIn(newest, "plan_id"), name, NumberIn(newest, "version"), std::move(plan)};
  }
  Result<json::object> stored =
      same == nullptr ? client_.Post(path, body)
                      : client_.Put("plans/" + TextIn(*same, "plan_id"), body, NumberIn(*same, "version"));
  if (!stored) return Fail(stored.error());
  return StoredPlan{TextIn(*stored, "plan_id"), name, NumberIn(*stored, "version"), std::move(plan)};
}

}  // namespace migrateiq::cli
