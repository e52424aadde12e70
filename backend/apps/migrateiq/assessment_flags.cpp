#include "apps/migrateiq/assessment_flags.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/errors/connect.hpp"
#include "base/time.hpp"
#include "pipeline/assess/assess.hpp"
#include "pipeline/assess/assumptions.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::cli {

namespace {

constexpr double kMeasuredFactor = 1.3;
constexpr double kUsualRowBytes = 200;  ///< turns a rate of bytes into one of rows

/// Where one would move to when nothing was said.
constexpr std::string_view kUsualTargets[] = {"postgresql", "mysql", "sqlite"};

std::string LabelOf(const Dialect& dialect) {
  const std::string_view name = dialect.name();
  if (name == "postgresql") return "PostgreSQL";
  if (name == "mysql") return "MariaDB / MySQL";
  if (name == "sqlite") return "SQLite";
  return std::string(name);
}

Result<AssessTarget> TargetOf(std::string_view url_or_scheme) {
  const std::string_view scheme = url_or_scheme.substr(0, url_or_scheme.find(':'));
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(scheme));
  return AssessTarget{&connector->dialect(), LabelOf(connector->dialect())};
}

/// The part of the catalog that was asked for: tables with a profile, or that could not be profiled.
Catalog ChosenPart(const Analysis& analysis) {
  Catalog catalog = analysis.catalog;
  std::erase_if(catalog.tables, [&](const Table& table) {
    const std::string name = table.name.ToString();
    return Find(analysis.profile, name) == nullptr &&
           std::ranges::find(analysis.profile.failures, name, &ProfileFailure::table) ==
               analysis.profile.failures.end();
  });
  return catalog;
}

Result<std::string> ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Fail(codes::kConnOpenFile, "cannot read " + path);
  return text.str();
}

/// The last part of what a URL points to: a database's name, a file's, a folder's.
std::string NameOf(const Url& url) {
  std::string path = url.path;
  while (path.ends_with('/')) path.pop_back();
  const std::string name = std::filesystem::path(path).filename().string();
  return name.empty() ? url.scheme : name;
}

}  // namespace

void AssessmentFlags::Declare(Options& options) {
  options.Text("--target", target_, "SYSTEM",
               "What it shall become (postgresql, mysql, sqlite ... or a URL): the assessment tells what converts");
  options.Number("--rate", rate_, 1, 100'000, "MB a second of an earlier run, for the expected duration");
  options.Text("--assumptions", assumptions_, "FILE", "Hours and speed to reckon with (docs/assessment.md)");
  options.Flag("--show-values", show_values_, "Show personal values in the assessment as they are");
}

Result<Assessment> AssessmentFlags::Assess(const Analysis& analysis, const Url& source) const {
  MIQ_ASSIGN(const Connector* from, Registry::Instance().Find(source.scheme));
  const Catalog catalog = ChosenPart(analysis);
  AssessInput input{.catalog = &catalog,
                    .dialect = &from->dialect(),
                    .profile = &analysis.profile,
                    .target_chosen = target_.has_value()};
  if (target_) {
    MIQ_ASSIGN(input.targets.emplace_back(), TargetOf(*target_));
  } else {
    for (const std::string_view usual : kUsualTargets) {
      if (auto target = TargetOf(usual)) input.targets.push_back(std::move(*target));
    }
  }
  AssessOptions options{.name = NameOf(source),
                        .made_at = FormatTime(SystemClock().Now() / kSecond * kSecond),
                        .tool = "MigrateIQ " MIQ_VERSION,
                        .show_values = show_values_};
  if (assumptions_) {
    MIQ_ASSIGN(const std::string text, ReadWhole(*assumptions_));
    MIQ_TRY(ReadAssumptions(text, options.effort, options.speed));
  }
  if (rate_) {
    const double bytes = static_cast<double>(*rate_) * 1e6;
    options.speed = {.bytes_per_second = bytes,
                     .rows_per_second = bytes / kUsualRowBytes,
                     .factor = kMeasuredFactor,
                     .measured = true,
                     .basis = "given with --rate"};
  }
  return migrateiq::Assess(input, options);
}

std::string AssessmentText(const Assessment& assessment) {
  std::string text = std::string(Words(assessment.verdict)) + ": " + assessment.headline + "\n";
  for (const VerdictReason& reason : assessment.reasons) {
    text += std::string(reason.blocks ? "  blocks     " : "  condition  ") + reason.text + "\n";
  }
  return text;
}

}  // namespace migrateiq::cli
