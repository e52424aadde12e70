#include "modules/analyzer/analysis_request.hpp"

#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "pipeline/suite/suite_file.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::analyzer {

Result<Suite> RulesOf(const std::string& text) {
  if (text.empty()) return Suite{};
  auto suite = ParseSuite(text, "rules");
  if (!suite) return Fail(Error(codes::kApiField, suite.error().place + ": " + suite.error().message).At("/rules"));
  if (suite->attach == SuiteAttach::kSource) return suite;
  return Fail(Error(codes::kApiField, "the rules of an analysis are attached to a source").At("/rules"));
}

NewAnalysis WantedBy(const StartAnalysis& body, const std::string& connection_id) {
  return {.connection_id = connection_id,
          .project_id = body.project_id.value_or(""),
          .name = body.name.value_or(""),
          .options = {.tables = {body.tables.begin(), body.tables.end()},
                      .exclude = {body.exclude.begin(), body.exclude.end()},
                      .full = body.full.value_or(false),
                      .sample_rows = body.sample_rows.value_or(Number<1, 1000000000>{0}),
                      .target = body.target.value_or(""),
                      .rules = body.rules},
          .not_before = body.not_before.value_or(Moment{}).micros};
}

Result<NewAnalysis> WantedBySubject(const std::string& subject) {
  MIQ_ASSIGN(boost::json::value value, ParseStrictJson(subject));
  boost::json::object* object = value.if_object();
  const boost::json::value* connection = object != nullptr ? object->if_contains("connection_id") : nullptr;
  if (connection == nullptr || !connection->is_string())
    return Fail(Error(codes::kApiField, "say which connection").At("/subject/connection_id"));
  const std::string connection_id(connection->get_string());
  object->erase("connection_id");
  auto body = Decode<StartAnalysis>(value);
  if (!body) return Fail(Error(codes::kApiField, body.error().message).At("/subject" + body.error().place));
  const auto rules = RulesOf(body->rules.value_or(""));
  if (!rules) return Fail(Error(codes::kApiField, rules.error().message).At("/subject/rules"));
  if (HasOwnSql(*rules))
    return Fail(Error(codes::kApiField, "a schedule's rules have no SQL of their own").At("/subject/rules"));
  return WantedBy(*body, connection_id);
}

}  // namespace migrateiq::analyzer
