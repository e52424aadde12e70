#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/migrateiq/options.hpp"
#include "pipeline/assess/assessment.hpp"
#include "pipeline/profile/analysis.hpp"

namespace migrateiq::cli {

/// The flags of `analyze` that concern the assessment, and the assessment itself.
class AssessmentFlags {
 public:
  void Declare(Options& options);
  /// Of the tables that were profiled. Errors: kUrlScheme for a target that is not known.
  Result<Assessment> Assess(const Analysis& analysis, const Url& source) const;
  /// The target's system; empty when none is named.
  std::string target() const;
  /// Flags that only this machine's assessment takes, and whether they were given.
  std::vector<std::pair<const char*, bool>> local_flags() const;

 private:
  std::optional<std::string> target_, assumptions_;
  std::optional<int64_t> rate_;
  bool show_values_ = false;
};

/// The verdict and what decides it, for a terminal.
std::string AssessmentText(const Assessment& assessment);

}  // namespace migrateiq::cli
