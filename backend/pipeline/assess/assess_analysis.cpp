#include "pipeline/assess/assess_analysis.hpp"

#include <algorithm>

#include "pipeline/connector/connector.hpp"

namespace migrateiq {

namespace {

/// Where one would move to when nothing was said.
constexpr std::string_view kUsualTargets[] = {"postgresql", "mysql", "sqlite"};

std::string LabelOf(const Dialect& dialect) {
  const std::string_view name = dialect.name();
  if (name == "postgresql") return "PostgreSQL";
  if (name == "mysql") return "MariaDB / MySQL";
  if (name == "sqlite") return "SQLite";
  return std::string(name);
}

Result<AssessTarget> TargetOf(std::string_view scheme) {
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(scheme));
  return AssessTarget{&connector->dialect(), LabelOf(connector->dialect())};
}

/// The part of the catalog that was asked for: tables with a profile, or that could not be profiled.
Catalog ChosenPart(const Analysis& analysis) {
  Catalog catalog = analysis.catalog;
  const auto& failures = analysis.profile.failures;
  std::erase_if(catalog.tables, [&](const Table& table) {
    const std::string name = table.name.ToString();
    return Find(analysis.profile, name) == nullptr &&
           std::ranges::find(failures, name, &ProfileFailure::table) == failures.end();
  });
  return catalog;
}

}  // namespace

Result<Assessment> AssessAnalysis(const Analysis& analysis, std::string_view source, std::string_view target,
                                  const AssessOptions& options) {
  MIQ_ASSIGN(const Connector* from, Registry::Instance().Find(source));
  const Catalog catalog = ChosenPart(analysis);
  AssessInput input{
      .catalog = &catalog, .dialect = &from->dialect(), .profile = &analysis.profile, .target_chosen = !target.empty()};
  if (input.target_chosen) {
    MIQ_ASSIGN(input.targets.emplace_back(), TargetOf(target));
  } else {
    for (const std::string_view usual : kUsualTargets) {
      if (auto known = TargetOf(usual)) input.targets.push_back(std::move(*known));
    }
  }
  return Assess(input, options);
}

}  // namespace migrateiq
