#pragma once

#include "apps/migrateiq/runs.hpp"

namespace migrateiq::cli {

/// Runs of this machine: the engine in this process, the state in the console's folder.
class LocalRuns : public Runs {
 public:
  explicit LocalRuns(const Console& console) : console_(console) {}

  Result<RunEnd> Start(const PlanInput& input, const ConfirmRun& confirm) override;
  Result<RunEnd> Resume(const std::string& run_id) override;
  Result<RunReport> Rehearse(const PlanInput& input, int64_t sample_rows) override;
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
  const Console& console_;
};

}  // namespace migrateiq::cli
