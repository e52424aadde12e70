#include "apps/migrateiq/remote/remote_checks.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "apps/migrateiq/remote/json_members.hpp"
#include "base/errors/api.hpp"
#include "pipeline/suite/result_json.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

/// The suite's id at the server, which then says what `body` says.
Result<std::string> StoreSuite(ApiClient& client, const std::string& project_id, json::object body) {
  MIQ_ASSIGN(const std::vector<json::object> known, client.List("suites", {{"project_id", project_id}}));
  const std::string name = TextIn(body, "name");
  const auto same =
      std::ranges::find_if(known, [&](const json::object& suite) { return TextIn(suite, "name") == name; });
  if (same == known.end()) {
    body["project_id"] = project_id;
    MIQ_ASSIGN(const json::object made, client.Post("suites", body));
    return TextIn(made, "suite_id");
  }
  const std::string path = "suites/" + TextIn(*same, "suite_id");
  MIQ_ASSIGN(const json::object newest, client.Get(path));
  const bool equal = std::ranges::all_of(
      body, [&](const auto& member) { return TextIn(newest, member.key()) == member.value().get_string(); });
  if (!equal) MIQ_TRY(client.Put(path, body, NumberIn(newest, "version")));
  return TextIn(newest, "suite_id");
}

/// The member that is empty where the suite is not about that side.
Status AddConnection(RemoteJobs& jobs, const std::string& url, const char* member, json::object& body) {
  if (url.empty()) return {};
  MIQ_ASSIGN(body[member], jobs.ConnectionFor(url));
  return {};
}

}  // namespace

Result<SuiteResult> CheckRemotely(RemoteJobs& jobs, const RemoteCheckWish& wish) {
  json::object body{{"name", wish.name}, {"text", wish.text}};
  MIQ_TRY(AddConnection(jobs, wish.source_url, "source_connection_id", body));
  MIQ_TRY(AddConnection(jobs, wish.target_url, "target_connection_id", body));
  MIQ_ASSIGN(const std::string project_id, jobs.Project());
  MIQ_ASSIGN(const std::string suite_id, StoreSuite(jobs.client(), project_id, std::move(body)));
  MIQ_ASSIGN(const std::string id, jobs.CarryOut("suites/" + suite_id + "/check-runs", {}, "check_run_id"));
  MIQ_ASSIGN(const json::object results, jobs.client().Get("check-runs/" + id + "/results"));
  const json::value* result = results.if_contains("result");
  return SuiteResultFromJson(result == nullptr ? json::value() : *result);
}

Result<RemoteSuite> ProposeRemotely(RemoteJobs& jobs, const std::string& url, const std::vector<std::string>& tables) {
  MIQ_ASSIGN(const std::string connection_id, jobs.ConnectionFor(url));
  MIQ_ASSIGN(const std::string project_id, jobs.Project());
  json::object body{{"project_id", project_id}};
  if (!tables.empty()) body["tables"] = json::array(tables.begin(), tables.end());
  MIQ_ASSIGN(const std::string id,
             jobs.CarryOut("connections/" + connection_id + "/suite-proposals", body, "suite_id"));
  MIQ_ASSIGN(const json::object suite, jobs.client().Get("suites/" + id));
  return RemoteSuite{.text = TextIn(suite, "text"), .checks = NumberIn(suite, "checks")};
}

}  // namespace migrateiq::cli
