#pragma once

#include "apps/migrateiq/remote/remote_job.hpp"
#include "pipeline/suite/check_result.hpp"
#include "pipeline/suite/suite.hpp"

namespace migrateiq::cli {

/// A suite in a file, and what it shall be carried out on; a side that it is not about has no URL.
struct RemoteCheckWish {
  std::string name;  ///< of the suite at the server
  std::string text;
  std::string source_url, target_url;
};

/// Stores the suite in the project "Command line" (a new version where one of that name says something else), and has
/// the server check it. Values of broken rows are there only for who may see them.
Result<SuiteResult> CheckRemotely(RemoteJobs& jobs, const RemoteCheckWish& wish);

/// A suite as a server wrote it.
struct RemoteSuite {
  std::string text;
  int64_t checks = 0;
};
/// Has a server look at the data behind a URL; the suite is kept there, too.
Result<RemoteSuite> ProposeRemotely(RemoteJobs& jobs, const std::string& url, const std::vector<std::string>& tables);

}  // namespace migrateiq::cli
