#pragma once

#include <map>

#include "apps/migrateiq/remote/api_client.hpp"
#include "apps/migrateiq/remote/remote_run.hpp"
#include "apps/migrateiq/remote/run_watch.hpp"
#include "apps/migrateiq/remote/stored_plans.hpp"
#include "apps/migrateiq/runs.hpp"

namespace migrateiq::cli {

/// Runs of a server, asked for by its API and watched from here: they go on when this process ends.
class RemoteRuns : public Runs {
 public:
  RemoteRuns(const Console& console, ApiClient client)
      : console_(console), client_(std::move(client)), plans_(client_, console) {}

  Result<RunEnd> Start(const PlanInput& input, const ConfirmRun& confirm) override;
  /// Also watches a run that is under way.
  Result<RunEnd> Resume(const std::string& run_id) override;
  Result<RunReport> Rehearse(const PlanInput& input, int64_t sample_rows) override;
  /// Errors: also kApiStepUp for `repair_sql`, which holds rows of the data.
  Result<RunReport> Verify(const PlanInput& input, VerifyLevel level, const std::string& repair_sql) override;
  Result<Plan> Propose(const PlanInput& skeleton) override;
  Result<std::string> Request(const std::string& run_id, const std::string& what) override;
  Result<UndoPreview> Undo(const std::string& run_id, const ConfirmUndo& confirm) override;
  Status Accept(const std::string& run_id, const std::function<Status()>& confirm) override;
  Result<RunDetails> Find(const std::string& run_id) override;
  Result<std::vector<RunRecord>> List() override;
  Result<std::vector<QuarantinedRow>> Quarantine(const std::string& run_id) override;
  Result<int64_t> EditQuarantine(const std::string& run_id, const std::vector<RowEdit>& edits) override;
  Result<ReplayResult> Replay(const std::string& run_id, const std::vector<RowEdit>& edits,
                              const std::vector<int64_t>& ids) override;
  std::vector<DoctorSubject> Examine(const std::vector<std::string>& urls) override;

 private:
  using Names = std::map<std::string, std::string>;  ///< connection id -> address

  Result<RemoteRun> Load(const std::string& run_id);
  Result<Preview> PreviewOf(const StoredPlan& plan);
  /// Asks for something that a worker does, and waits for it.
  Status Carry(const std::string& run_id, const std::string& kind, const boost::json::object& body,
               const std::string& path);
  /// Watches the run; `again`: it is not new, and what it told is not told again. `action` is asked for first, if any.
  Result<RunEnd> Follow(const std::string& run_id, bool again, const std::string& action);
  struct JobEnd {
    std::string run_id;
    RunReport report;
  };
  Result<JobEnd> Job(const StoredPlan& plan, boost::json::object body);
  Status SaveRepair(const std::string& run_id, const std::string& file);
  RunEnd EndOf(const RemoteRun& run);
  Result<std::string> Report(const std::string& run_id);
  Names ConnectionNames();
  DoctorSubject ExamineServer();
  DoctorSubject ExamineUrl(const std::string& url);

  const Console& console_;
  ApiClient client_;
  StoredPlans plans_;
};

}  // namespace migrateiq::cli
