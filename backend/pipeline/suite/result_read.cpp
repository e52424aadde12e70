#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "base/errors/plan.hpp"
#include "base/time.hpp"
#include "pipeline/suite/detail/suite_names.hpp"
#include "pipeline/suite/result_json.hpp"

namespace migrateiq {

namespace json = boost::json;

namespace {

template <class T>
void Read(const json::object& in, const char* name, T& out) {
  const json::value* value = in.if_contains(name);
  if (value != nullptr && !value->is_null()) out = json::value_to<T>(*value);
}

template <class Names, class T>
void ReadWord(const json::object& in, const char* name, const Names& names, T& out) {
  std::string word(detail::NameOf(names, out));
  Read(in, name, word);
  const auto known = std::ranges::find(names, word, [](const auto& one) { return std::string_view(one.name); });
  if (known == names.end()) throw std::invalid_argument(std::string(name) + " is '" + word + "'");
  out = known->value;
}

std::vector<CheckSample> SamplesFrom(const json::object& in) {
  std::vector<CheckSample> samples;
  const json::value* all = in.if_contains("samples");
  if (all == nullptr) return samples;
  for (const json::value& one : all->as_array()) {
    CheckSample& sample = samples.emplace_back();
    Read(one.as_object(), "value", sample.value);
    for (const auto& [name, value] : one.at("key").as_object())
      sample.key.emplace_back(name, json::value_to<std::string>(value));
  }
  return samples;
}

CheckResult CheckResultFrom(const json::object& in) {
  CheckResult check;
  Read(in, "name", check.name);
  ReadWord(in, "kind", detail::kCheckKinds, check.kind);
  ReadWord(in, "side", detail::kSuiteSides, check.side);
  Read(in, "table", check.table);
  Read(in, "columns", check.columns);
  ReadWord(in, "severity", detail::kCheckSeverities, check.severity);
  Read(in, "owner", check.owner);
  Read(in, "description", check.description);
  ReadWord(in, "status", detail::kCheckStatuses, check.status);
  double measured = 0;
  const json::value* number = in.if_contains("measured");
  Read(in, "measured", measured);
  if (number != nullptr && !number->is_null()) check.measured = measured;
  Read(in, "threshold", check.threshold);
  Read(in, "message", check.message);
  Read(in, "rows_checked", check.rows_checked);
  Read(in, "rows_broken", check.rows_broken);
  Read(in, "seconds", check.seconds);
  Read(in, "how", check.how);
  Read(in, "sql", check.sql);
  check.samples = SamplesFrom(in);
  Read(in, "personal", check.personal);
  Read(in, "code", check.code);
  Read(in, "fix", check.fix);
  return check;
}

}  // namespace

Result<SuiteResult> SuiteResultFromJson(const json::value& document) {
  try {
    const json::object& in = document.as_object();
    SuiteResult result;
    Read(in, "suite", result.suite);
    std::string started_at;
    Read(in, "started_at", started_at);
    result.started_at = ParseTime(started_at).value_or(0);
    Read(in, "seconds", result.seconds);
    for (const json::value& check : in.at("checks").as_array())
      result.checks.push_back(CheckResultFrom(check.as_object()));
    return result;
  } catch (const std::exception& failure) {
    return Fail(codes::kPlanValue, std::string("the result of a suite cannot be read: ") + failure.what());
  }
}

}  // namespace migrateiq
