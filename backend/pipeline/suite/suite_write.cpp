#include <fmt/format.h>

#include "pipeline/plan/detail/plan_emitter.hpp"
#include "pipeline/suite/detail/suite_names.hpp"
#include "pipeline/suite/suite_file.hpp"

namespace migrateiq {

namespace {

using detail::NameOf;
using detail::YamlFlowMap;
using detail::YamlList;
using detail::YamlScalar;

/// One name as itself, several as a list.
std::string NamesText(const std::vector<std::string>& names) {
  return names.size() == 1 ? YamlScalar(names[0]) : YamlList(names);
}

/// The shortest text that reads back the same.
std::string NumberText(double number) { return fmt::format("{}", number); }

std::string AgeText(int64_t seconds) {
  constexpr std::pair<int64_t, char> kUnits[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}};
  for (const auto& [unit, letter] : kUnits) {
    if (seconds % unit == 0) return fmt::format("{}{}", seconds / unit, letter);
  }
  return fmt::format("{}s", seconds);
}

std::string BaselineText(const Baseline& baseline) {
  YamlFlowMap map;
  if (!baseline.edges.empty()) map.Raw("edges", YamlList(baseline.edges));
  if (!baseline.values.empty()) map.Raw("values", YamlList(baseline.values));
  std::string shares;
  for (const double share : baseline.shares) shares += (shares.empty() ? "" : ", ") + NumberText(share);
  map.Raw("shares", "[" + shares + "]");
  return std::move(map).Finish();
}

std::string AgainstText(const Against& against) {
  YamlFlowMap map;
  if (against.side) map.Text("side", NameOf(detail::kSuiteSides, *against.side));
  map.Text("table", against.table);
  if (!against.columns.empty()) map.Raw("column", NamesText(against.columns));
  map.Text("where", against.where);
  return std::move(map).Finish();
}

class SuiteWriter {
 public:
  std::string Write(const Suite& suite, const std::vector<std::string>& remarks) && {
    Line("version: 1");
    Top("name", suite.name);
    Top("description", suite.description);
    Top("owner", suite.owner);
    Top("attach", NameOf(detail::kSuiteAttachments, suite.attach));
    Line(suite.checks.empty() ? "checks: []" : "checks:");
    for (size_t i = 0; i < suite.checks.size(); ++i) {
      if (i < remarks.size() && !remarks[i].empty()) Line("  # " + OneLine(remarks[i]));
      WriteCheck(suite, suite.checks[i]);
    }
    return std::move(out_);
  }

 private:
  static std::string OneLine(std::string text) {
    for (char& c : text) {
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return text;
  }
  void Line(const std::string& text) { out_ += text + "\n"; }
  void Top(std::string_view key, std::string_view value) {
    if (!value.empty()) Line(fmt::format("{}: {}", key, YamlScalar(value)));
  }
  void Raw(std::string_view key, const std::string& value) { Line(fmt::format("    {}: {}", key, value)); }
  void Text(std::string_view key, std::string_view value) {
    if (!value.empty()) Raw(key, YamlScalar(value));
  }

  void WriteCheck(const Suite& suite, const SuiteCheck& check) {
    Line(fmt::format("  - kind: {}", NameOf(detail::kCheckKinds, check.kind)));
    if (check.name != detail::DerivedCheckName(check)) Text("name", check.name);
    if (suite.attach == SuiteAttach::kFlow) Text("side", NameOf(detail::kSuiteSides, check.side));
    Text("table", check.table);
    if (!check.columns.empty()) Raw("column", NamesText(check.columns));
    Text("where", check.where);
    WriteCondition(check);
    if (check.severity != CheckSeverity::kError) Text("severity", NameOf(detail::kCheckSeverities, check.severity));
    WriteTolerance(check.tolerance);
    Text("owner", check.owner);
    Text("description", check.description);
    if (!check.enabled) Raw("enabled", "false");
  }

  void WriteCondition(const SuiteCheck& check) {
    if (check.min) Raw("min", YamlScalar(*check.min));
    if (check.max) Raw("max", YamlScalar(*check.max));
    if (check.kind == CheckKind::kRegex) Raw("pattern", YamlScalar(check.pattern));
    if (check.kind == CheckKind::kIn) Raw("values", YamlList(check.values));
    if (check.kind == CheckKind::kExpr) Raw("expr", YamlScalar(check.expr));
    if (check.kind == CheckKind::kFreshness) Raw("max_age", AgeText(check.max_age_seconds));
    if (check.kind == CheckKind::kSql) Raw("sql", YamlScalar(check.sql));
    if (check.scalar) Raw("scalar", "true");
    Text("type", check.type);
    if (check.nullable) Raw("nullable", *check.nullable ? "true" : "false");
    if (check.kind == CheckKind::kDistribution) WriteDistribution(check);
    if (check.against) Raw("against", AgainstText(*check.against));
  }

  void WriteDistribution(const SuiteCheck& check) {
    Text("distance", NameOf(detail::kDistances, check.distance));
    if (check.bins != SuiteCheck().bins) Raw("bins", std::to_string(check.bins));
    if (check.baseline) Raw("baseline", BaselineText(*check.baseline));
  }

  void WriteTolerance(const Tolerance& tolerance) {
    if (tolerance.amount == 0) return;
    Raw("tolerance", tolerance.share ? fmt::format("{:.12g}%", tolerance.amount * 100) : NumberText(tolerance.amount));
  }

  std::string out_;
};

}  // namespace

std::string WriteSuite(const Suite& suite, const std::vector<std::string>& remarks) {
  return SuiteWriter().Write(suite, remarks);
}

}  // namespace migrateiq
