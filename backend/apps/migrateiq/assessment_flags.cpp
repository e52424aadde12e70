#include "apps/migrateiq/assessment_flags.hpp"

#include <filesystem>

#include "apps/migrateiq/read_text.hpp"
#include "base/time.hpp"
#include "pipeline/assess/assess_analysis.hpp"
#include "pipeline/assess/assumptions.hpp"

namespace migrateiq::cli {

namespace {

constexpr double kMeasuredFactor = 1.3;
constexpr double kUsualRowBytes = 200;  ///< turns a rate of bytes into one of rows

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
  AssessOptions options{.name = NameOf(source),
                        .made_at = FormatTime(SystemClock().Now() / kSecond * kSecond),
                        .tool = "MigrateIQ " MIQ_VERSION,
                        .show_values = show_values_};
  if (assumptions_) {
    MIQ_ASSIGN(const std::string text, ReadTextFile(*assumptions_));
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
  return AssessAnalysis(analysis, source.scheme, target(), options);
}

std::string AssessmentFlags::target() const { return target_ ? target_->substr(0, target_->find(':')) : ""; }

std::vector<std::pair<const char*, bool>> AssessmentFlags::local_flags() const {
  return {{"--rate", rate_.has_value()}, {"--assumptions", assumptions_.has_value()}, {"--show-values", show_values_}};
}

std::string AssessmentText(const Assessment& assessment) {
  std::string text = std::string(Words(assessment.verdict)) + ": " + assessment.headline + "\n";
  for (const VerdictReason& reason : assessment.reasons) {
    text += std::string(reason.blocks ? "  blocks     " : "  condition  ") + reason.text + "\n";
  }
  return text;
}

}  // namespace migrateiq::cli
