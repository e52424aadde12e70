#include "pipeline/suite/count_rules.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "pipeline/suite/check_suite.hpp"
#include "pipeline/suite/result_json.hpp"

namespace migrateiq {

namespace {

RuleCount RuleOf(const CheckResult& check) {
  RuleCount rule{.name = check.name,
                 .kind = std::string(NameOfKind(check.kind)),
                 .severity = std::string(NameOfSeverity(check.severity)),
                 .status = std::string(NameOfStatus(check.status)),
                 .checked = check.rows_checked,
                 .broken = check.rows_broken,
                 .message = check.message};
  if (!check.columns.empty()) rule.column = check.columns[0];
  for (const CheckSample& sample : check.samples) rule.examples.push_back(sample.value);
  return rule;
}

bool IsOf(const TableProfile& table, const std::string& name) {
  return table.name == name || table.name == table.schema + "." + name;
}

/// Does the profile say that a column's values are personal data?
bool IsPersonal(const Profile& profile, const std::string& name, const std::string& column) {
  return std::ranges::any_of(profile.tables, [&](const TableProfile& table) {
    const ColumnProfile* found = IsOf(table, name) ? Find(table, column) : nullptr;
    return found != nullptr && found->semantic.is_pii;
  });
}

}  // namespace

Status CountRules(const Suite& suite, const AnalysisRequest& request, Profile& profile) {
  CheckOptions options{.now = SystemClock().Now(), .stop = request.options.stop};
  options.personal = [&profile](SuiteSide, const std::string& table, const std::string& column) {
    return IsPersonal(profile, table, column);
  };
  MIQ_ASSIGN(const SuiteResult result, CheckSuite(suite, {.source = OpenerOf(request.url), .target = {}}, options));
  for (const CheckResult& check : result.checks) {
    const auto table =
        std::ranges::find_if(profile.tables, [&](const TableProfile& one) { return IsOf(one, check.table); });
    if (table != profile.tables.end())
      table->rules.push_back(RuleOf(check));
    else
      profile.notes.push_back("rule " + check.name + " is about " + check.table +
                              ", which was not analysed: " + std::string(NameOfStatus(check.status)) + ", " +
                              std::to_string(check.rows_broken) + " rows break it");
  }
  return {};
}

}  // namespace migrateiq
