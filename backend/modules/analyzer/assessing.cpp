#include "modules/analyzer/assessing.hpp"

#include <algorithm>

#include "base/errors/api.hpp"
#include "pipeline/assess/assess.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::analyzer {

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

/// Tables with a profile, or that could not be profiled: what was asked for.
Catalog ChosenPart(const Analysis& analysis) {
  Catalog catalog = analysis.catalog;
  std::erase_if(catalog.tables, [&](const Table& table) {
    const std::string name = table.name.ToString();
    const auto& failures = analysis.profile.failures;
    return Find(analysis.profile, name) == nullptr &&
           std::ranges::find(failures, name, &ProfileFailure::table) == failures.end();
  });
  return catalog;
}

}  // namespace

Status CheckTarget(const std::string& target) {
  if (target.empty() || Registry::Instance().Find(target)) return {};
  return Fail(Error(codes::kApiField, "there is no system '" + target + "'").At("/target"));
}

Result<Assessment> AssessAnalysis(const Analysis& analysis, const AssessmentWish& wish) {
  MIQ_ASSIGN(const Connector* from, Registry::Instance().Find(wish.scheme));
  const Catalog catalog = ChosenPart(analysis);
  AssessInput input{.catalog = &catalog,
                    .dialect = &from->dialect(),
                    .profile = &analysis.profile,
                    .target_chosen = !wish.target.empty()};
  if (input.target_chosen) {
    MIQ_ASSIGN(input.targets.emplace_back(), TargetOf(wish.target));
  } else {
    for (const std::string_view usual : kUsualTargets) {
      if (auto target = TargetOf(usual)) input.targets.push_back(std::move(*target));
    }
  }
  return Assess(input, {.name = wish.connection,
                        .source = wish.connection,
                        .made_at = FormatTime(wish.now / kSecond * kSecond),
                        .tool = "MigrateIQ"});
}

}  // namespace migrateiq::analyzer
