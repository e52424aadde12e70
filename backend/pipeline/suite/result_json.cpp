#include "pipeline/suite/result_json.hpp"

#include <boost/json.hpp>

#include "base/time.hpp"
#include "pipeline/suite/detail/suite_names.hpp"

namespace migrateiq {

namespace json = boost::json;

std::string_view NameOfKind(CheckKind kind) { return detail::NameOf(detail::kCheckKinds, kind); }
std::string_view NameOfSeverity(CheckSeverity severity) { return detail::NameOf(detail::kCheckSeverities, severity); }
std::string_view NameOfStatus(CheckStatus status) { return detail::NameOf(detail::kCheckStatuses, status); }
std::string_view NameOfSide(SuiteSide side) { return detail::NameOf(detail::kSuiteSides, side); }

namespace {

json::array Samples(const std::vector<CheckSample>& samples) {
  json::array all;
  for (const CheckSample& sample : samples) {
    json::object key;
    for (const auto& [name, value] : sample.key) key[name] = value;
    all.push_back(json::object{{"key", std::move(key)}, {"value", sample.value}});
  }
  return all;
}

}  // namespace

json::object CheckResultJson(const CheckResult& check) {
  json::object out;
  out["name"] = check.name;
  out["kind"] = NameOfKind(check.kind);
  out["side"] = NameOfSide(check.side);
  out["table"] = check.table;
  out["columns"] = json::array(check.columns.begin(), check.columns.end());
  out["severity"] = NameOfSeverity(check.severity);
  out["owner"] = check.owner;
  out["description"] = check.description;
  out["status"] = NameOfStatus(check.status);
  out["measured"] = check.measured ? json::value(*check.measured) : json::value(nullptr);
  out["threshold"] = check.threshold;
  out["message"] = check.message;
  out["rows_checked"] = check.rows_checked;
  out["rows_broken"] = check.rows_broken;
  out["seconds"] = check.seconds;
  out["how"] = check.how;
  out["sql"] = check.sql;
  out["samples"] = Samples(check.samples);
  out["personal"] = check.personal;
  out["code"] = check.code;
  out["fix"] = check.fix;
  return out;
}

json::object SuiteResultJson(const SuiteResult& result) {
  json::object counts;
  for (const auto& status : detail::kCheckStatuses) counts[status.name] = result.Count(status.value);
  json::array checks;
  for (const CheckResult& check : result.checks) checks.push_back(CheckResultJson(check));
  json::object out;
  out["suite"] = result.suite;
  out["started_at"] = FormatTime(result.started_at);
  out["seconds"] = result.seconds;
  out["failed"] = result.Failed();
  out["counts"] = std::move(counts);
  out["checks"] = std::move(checks);
  return out;
}

}  // namespace migrateiq
