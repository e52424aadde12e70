#pragma once

#include <optional>

#include "apps/migrateiq/remote/remote_job.hpp"
#include "pipeline/assess/assessment.hpp"
#include "pipeline/profile/profile.hpp"

namespace migrateiq::cli {

struct RemoteAnalysisWish {
  std::string url;
  std::vector<std::string> tables, exclude;
  bool full = false;
  std::optional<int64_t> sample_rows;
  std::string target;  ///< a system's name, or empty
  std::string rules;   ///< the text of a suite, or empty
};

/// An analysis as the server keeps it.
struct RemoteAnalysis {
  std::string analysis_id;
  Profile profile;
  std::string assessment;  ///< JSON
  Assessment verdict;      ///< only what decides it: verdict, headline, reasons
};

/// Has a server look at the data behind a URL, and fetches all that it found. Values of personal data are there only
/// for who may see them.
Result<RemoteAnalysis> AnalyzeRemotely(RemoteJobs& jobs, const RemoteAnalysisWish& wish);

/// The assessment as a page.
Result<std::string> AssessmentPageOf(RemoteJobs& jobs, const std::string& analysis_id);

}  // namespace migrateiq::cli
