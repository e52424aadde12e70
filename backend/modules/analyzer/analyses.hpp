#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "modules/analyzer/analysis.hpp"
#include "modules/analyzer/analysis_store.hpp"
#include "modules/projects/connections/connections.hpp"
#include "modules/projects/with_job.hpp"
#include "pipeline/assess/assessment.hpp"
#include "pipeline/profile/profile.hpp"
#include "platform/realtime/bus.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq::analyzer {

using core::Actor;

struct NewAnalysis {
  std::string connection_id, project_id, name;  ///< project and name may be empty
  AnalysisOptions options;
  Micros not_before = 0;
  std::string schedule_id{};
};

/// An analysis with where its job is; without one when the job is gone.
using AnalysisDetail = projects::WithJob<AnalysisRow>;

/// What a finished analysis consists of.
struct AnalysisResult {
  Profile profile;
  std::optional<Assessment> assessment{};  ///< masked
};

/// Analyses of stored connections. Profiles are sealed under "analysis:<id>". Thread-safe.
class Analyses {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    projects::Connections& connections;
    projects::JobQueue& jobs;
    realtime::Bus* bus = nullptr;
    const Clock& clock;
  };
  explicit Analyses(Parts parts) : parts_(parts) {}

  /// Errors: kApiNotFound for the connection, kApiField at /project_id.
  Result<AnalysisDetail> Start(const Actor& actor, const NewAnalysis& wanted);
  /// Could it be started? Errors: kApiField below /subject.
  Status Check(const std::string& tenant_id, const NewAnalysis& wanted);
  Result<AnalysisDetail> Get(const std::string& tenant_id, const std::string& analysis_id);
  Result<std::vector<AnalysisDetail>> List(const std::string& tenant_id, const AnalysisFilter& filter,
                                           const core::PageRequest& page);
  Result<AnalysisDetail> Cancel(const Actor& actor, const std::string& analysis_id);
  /// One that is at work is cancelled. Tells the project's topic: analysis.removed.
  Status Remove(const Actor& actor, const std::string& analysis_id);

  Result<std::vector<TableRow>> Tables(const std::string& tenant_id, const std::string& analysis_id, int64_t after,
                                       int64_t limit);
  /// Errors: kApiNotFound; so too while it is not finished.
  Result<TableProfile> Table(const std::string& tenant_id, const std::string& analysis_id, int64_t number);
  /// Calls `visit` for the tables in their order, from one after `after` on, until it says false.
  Status EachTable(const std::string& tenant_id, const std::string& analysis_id, int64_t after,
                   const std::function<bool(int64_t number, TableProfile&& table)>& visit);
  /// When and how it was looked, and what could not be read: without tables. Errors: kApiState while it is not
  /// finished.
  Result<Profile> Head(const std::string& tenant_id, const std::string& analysis_id);
  /// With all its tables. Errors: kApiState while it is not finished.
  Result<Profile> Whole(const std::string& tenant_id, const std::string& analysis_id);
  /// Errors: kApiState when there is none.
  Result<std::string> AssessmentJson(const std::string& tenant_id, const std::string& analysis_id);
  Result<std::string> AssessmentPage(const std::string& tenant_id, const std::string& analysis_id);

  /// For the job's carrier: replaces what an earlier try left.
  Status Finish(projects::JobContext& job, const AnalysisResult& result);
  /// Removes those that were over before that moment, but for the newest of each connection: the next one is compared
  /// with it.
  Status Tidy(Micros before);
  /// Tells the project's topic (the tenant's, without a project): analysis.started, analysis.finished.
  void Announce(const projects::JobView& job) const;

 private:
  Result<std::string> Seal(const std::string& tenant_id, const std::string& analysis_id, std::string_view text) const;
  Result<std::string> Open(const std::string& tenant_id, const std::string& analysis_id,
                           const std::string& sealed) const;
  Result<TableProfile> OpenTable(const std::string& tenant_id, const std::string& analysis_id,
                                 const std::string& sealed) const;
  /// Its head must be there; one of its documents, opened.
  Result<std::string> Document(const std::string& tenant_id, const std::string& analysis_id,
                               std::string SealedDocuments::*which) const;
  Result<SealedDocuments> SealAll(const std::string& tenant_id, const std::string& analysis_id,
                                  const AnalysisResult& result) const;

  Parts parts_;
};

}  // namespace migrateiq::analyzer
