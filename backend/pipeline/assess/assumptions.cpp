#include "pipeline/assess/assumptions.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"

namespace migrateiq {

namespace {

constexpr const char* kFix = "Correct the file of assumptions; docs/assessment.md lists its keys.";

std::unexpected<Error> Wrong(const ErrorCode& code, const std::string& message) {
  return Fail(Error(code, "assumptions: " + message).Fix(kFix));
}

Result<double> NumberOf(const YAML::Node& node, const std::string& key, double least) {
  const double value = node.IsScalar() ? node.as<double>(std::nan("")) : std::nan("");
  if (std::isfinite(value) && value >= least) return value;
  return Wrong(codes::kPlanValue, key + " must be a number" +
                                      (least >= 1  ? ", 1 or more"
                                       : least > 0 ? " above 0"
                                                   : ", 0 or more"));
}

/// Names and where their numbers go; `least` is the smallest that is allowed.
struct Field {
  double* value;
  double least = 0;
};
using Fields = std::map<std::string, Field>;

std::unexpected<Error> Unknown(const std::string& key, const std::vector<std::string>& known) {
  const std::string nearest = Nearest(key, known);
  return Wrong(codes::kPlanUnknownKey,
               "unknown key '" + key + "'" + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
}

Status ReadField(const std::string& key, const YAML::Node& node, const Fields& fields,
                 std::vector<std::string> others = {}) {
  const auto field = fields.find(key);
  if (field == fields.end()) {
    for (const auto& [name, place] : fields) others.push_back(name);
    return Unknown(key, others);
  }
  MIQ_ASSIGN(*field->second.value, NumberOf(node, key, field->second.least));
  return {};
}

Status ReadKind(const std::string& kind, const YAML::Node& hours, EffortRates& effort) {
  if (!hours.IsSequence() || hours.size() != 3) {
    return Wrong(codes::kPlanValue, "manual." + kind + " must be three numbers: simple, moderate, complex");
  }
  ManualHours read{.kind = kind == "other" ? "" : kind};
  MIQ_ASSIGN(read.simple, NumberOf(hours[0], "manual." + kind, 0));
  MIQ_ASSIGN(read.moderate, NumberOf(hours[1], "manual." + kind, 0));
  MIQ_ASSIGN(read.complex, NumberOf(hours[2], "manual." + kind, 0));
  const auto known = std::ranges::find(effort.manual, read.kind, &ManualHours::kind);
  if (known != effort.manual.end())
    *known = std::move(read);
  else
    effort.manual.push_back(std::move(read));
  return {};
}

Status ReadEffort(const YAML::Node& node, EffortRates& effort) {
  double rehearsals = effort.rehearsals;
  const Fields fields = {{"set_up", {&effort.set_up}},
                         {"rehearsal", {&effort.rehearsal}},
                         {"rehearsals", {&rehearsals}},
                         {"cutover", {&effort.cutover}},
                         {"table_review", {&effort.table_review}},
                         {"decision", {&effort.decision}},
                         {"hard_decision", {&effort.hard_decision}},
                         {"test_share", {&effort.test_share}},
                         {"reserve_share", {&effort.reserve_share}}};
  for (const auto& entry : node) {
    const auto key = entry.first.as<std::string>();
    if (key != "manual") {
      MIQ_TRY(ReadField(key, entry.second, fields, {"manual"}));
      continue;
    }
    for (const auto& kind : entry.second) MIQ_TRY(ReadKind(kind.first.as<std::string>(), kind.second, effort));
  }
  effort.rehearsals = static_cast<int>(std::min(rehearsals, 1000.0));
  return {};
}

constexpr double kAlmostNone = 1e-6;

Status ReadSpeed(const YAML::Node& node, Speed& speed) {
  double megabytes = speed.bytes_per_second / 1e6;
  const Fields fields = {{"megabytes_per_second", {&megabytes, kAlmostNone}},
                         {"rows_per_second", {&speed.rows_per_second, kAlmostNone}},
                         {"table_seconds", {&speed.table_seconds}},
                         {"factor", {&speed.factor, 1}}};
  for (const auto& entry : node) MIQ_TRY(ReadField(entry.first.as<std::string>(), entry.second, fields));
  speed.bytes_per_second = megabytes * 1e6;
  speed.basis = "given to the analysis";
  return {};
}

Status Read(const YAML::Node& document, EffortRates& effort, Speed& speed) {
  if (!document.IsMap()) return Wrong(codes::kPlanSyntax, "it must have the keys `effort` and `speed`, or one of them");
  for (const auto& entry : document) {
    const auto key = entry.first.as<std::string>();
    if (key == "effort")
      MIQ_TRY(ReadEffort(entry.second, effort));
    else if (key == "speed")
      MIQ_TRY(ReadSpeed(entry.second, speed));
    else
      return Unknown(key, {"effort", "speed"});
  }
  return {};
}

}  // namespace

Status ReadAssumptions(const std::string& yaml, EffortRates& effort, Speed& speed) {
  try {
    return Read(YAML::Load(yaml), effort, speed);
  } catch (const YAML::Exception& failure) { return Wrong(codes::kPlanSyntax, failure.what()); }
}

}  // namespace migrateiq
