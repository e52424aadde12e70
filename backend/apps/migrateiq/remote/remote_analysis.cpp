#include "apps/migrateiq/remote/remote_analysis.hpp"

#include <boost/json.hpp>

#include "apps/migrateiq/remote/json_members.hpp"
#include "base/json_text.hpp"
#include "pipeline/profile/profile_json.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

json::array TextsJson(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::object BodyOf(const RemoteAnalysisWish& wish, const std::string& project_id) {
  json::object body{{"project_id", project_id}, {"full", wish.full}};
  if (!wish.tables.empty()) body["tables"] = TextsJson(wish.tables);
  if (!wish.exclude.empty()) body["exclude"] = TextsJson(wish.exclude);
  if (wish.sample_rows) body["sample_rows"] = *wish.sample_rows;
  if (!wish.target.empty()) body["target"] = wish.target;
  if (!wish.rules.empty()) body["rules"] = wish.rules;
  return body;
}

/// The pages of the API, put together as the document of a profile.
Result<Profile> ProfileOf(ApiClient& client, const std::string& path) {
  MIQ_ASSIGN(const json::object head, client.Get(path + "/profile"));
  MIQ_ASSIGN(Profile profile, ReadProfile(JsonText(head)));
  MIQ_ASSIGN(const std::vector<json::object> tables, client.List(path + "/tables"));
  for (const json::object& table : tables) {
    const std::string place = path + "/tables/" + std::to_string(NumberIn(table, "number"));
    MIQ_ASSIGN(json::object detail, client.Get(place));
    MIQ_ASSIGN(const std::vector<json::object> columns, client.List(place + "/columns"));
    json::array profiles;
    for (const json::object& column : columns) profiles.push_back(column.at("profile"));
    detail["columns"] = std::move(profiles);
    MIQ_ASSIGN(Profile one, ReadProfile(JsonText(json::object{{"tables", json::array{std::move(detail)}}})));
    profile.tables.push_back(std::move(one.tables.front()));
  }
  return profile;
}

CatalogObject ObjectOf(const json::object& document) {
  CatalogObject object{.kind = TextIn(document, "kind"),
                       .name = TextIn(document, "name"),
                       .source = TextIn(document, "source"),
                       .uses = {}};
  for (const json::object& use : ObjectsIn(document, "uses"))
    object.uses.push_back({TextIn(use, "kind"), TextIn(use, "name")});
  return object;
}

Assessment VerdictOf(const json::object& document) {
  Assessment verdict;
  const std::string word = TextIn(document, "verdict");
  for (const Readiness one : {Readiness::ready, Readiness::ready_with_conditions, Readiness::not_ready}) {
    if (word == boost::describe::enum_to_string(one, "")) verdict.verdict = one;
  }
  verdict.headline = TextIn(document, "headline");
  for (const json::object& reason : ObjectsIn(document, "reasons")) {
    verdict.reasons.push_back({.blocks = FlagIn(reason, "blocks"),
                               .text = TextIn(reason, "text"),
                               .action = TextIn(reason, "action"),
                               .risk = TextIn(reason, "risk")});
  }
  for (const json::object& object : ObjectsIn(document, "objects")) verdict.objects.push_back(ObjectOf(object));
  return verdict;
}

}  // namespace

Result<RemoteAnalysis> AnalyzeRemotely(RemoteJobs& jobs, const RemoteAnalysisWish& wish) {
  MIQ_ASSIGN(const std::string connection_id, jobs.ConnectionFor(wish.url));
  MIQ_ASSIGN(const std::string project_id, jobs.Project());
  RemoteAnalysis analysis;
  MIQ_ASSIGN(analysis.analysis_id,
             jobs.CarryOut("connections/" + connection_id + "/analyses", BodyOf(wish, project_id), "analysis_id"));
  const std::string path = "analyses/" + analysis.analysis_id;
  MIQ_ASSIGN(analysis.profile, ProfileOf(jobs.client(), path));
  MIQ_ASSIGN(const json::object assessment, jobs.client().Get(path + "/assessment"));
  analysis.assessment = JsonText(assessment);
  analysis.verdict = VerdictOf(assessment);
  return analysis;
}

Result<std::string> AssessmentPageOf(RemoteJobs& jobs, const std::string& analysis_id) {
  return jobs.client().GetText("analyses/" + analysis_id + "/assessment.html");
}

}  // namespace migrateiq::cli
