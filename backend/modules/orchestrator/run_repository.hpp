#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "modules/orchestrator/quarantine_edit.hpp"
#include "modules/orchestrator/run_lock.hpp"
#include "modules/orchestrator/state_key.hpp"
#include "pipeline/plan/plan.hpp"
#include "pipeline/run/report.hpp"
#include "pipeline/run/run_store.hpp"
#include "platform/store/database.hpp"

namespace migrateiq {

/// Where a run is. A run that is `running` without a controller was interrupted: its process died.
/// running | succeeded | failed | quarantined | mismatch | interrupted | cancelled | undone
struct RunRecord {
  std::string run_id, name, status;
  std::string started_at, finished_at;  ///< RFC 3339, UTC; finished_at empty while it runs
  std::string source, target;           ///< URLs, secrets masked
  std::string fingerprint;
  bool accepted = false;  ///< can no longer be undone
  std::optional<pid_t> controller;
  std::string report;  ///< JSON, empty while there is none
};

struct RunEvent {
  std::string at, level, text;
};

/// Runs and all that is remembered about them, in SQLite under the state folder. Thread-safe; several processes may use
/// one folder.
class RunRepository : public RunStore {
 public:
  /// Makes the folder (mode 0700) when absent. Errors: kStateOpen.
  static Result<std::unique_ptr<RunRepository>> Open(const std::string& folder);

  // --- runs
  /// A new run in status `running`; its id. URLs with literal passwords are stored encrypted.
  Result<std::string> CreateRun(const Plan& plan);
  Result<RunRecord> FindRun(const std::string& run_id);  ///< kRunNotFound
  Result<std::vector<RunRecord>> ListRuns();             ///< newest first
  Result<Plan> LoadPlan(const std::string& run_id);
  /// A status that ends the run also sets finished_at.
  Status SetStatus(const std::string& run_id, const std::string& status);
  Status SetAccepted(const std::string& run_id);
  Status FinishRun(const std::string& run_id, const RunReport& report);
  Result<RunLock> Control(const std::string& run_id) { return RunLock::Acquire(folder_, run_id); }

  // --- what another process asks of the controller: "pause", "cancel" or nothing
  Status PutRequest(const std::string& run_id, const std::string& request);
  Result<std::string> GetRequest(const std::string& run_id);

  Status AddEvents(const std::string& run_id, const std::vector<RunEvent>& events);
  Result<std::vector<RunEvent>> ListEvents(const std::string& run_id);

  // --- correcting quarantined rows
  /// All edits or none; how many rows changed. Each is an event of the run that names the columns. Errors: kUsage for
  /// rows and columns that are not there, kRunState for rows that were written already.
  Result<int64_t> EditQuarantine(const std::string& run_id, const std::vector<RowEdit>& edits);
  /// Brings the stored report's count of rows that were edited and then written up to date.
  Status CountEdited(const std::string& run_id);

  // --- RunStore
  Status PutSplits(const std::string& run_id, const std::map<std::string, std::vector<Split>>& splits) override;
  Result<std::optional<std::vector<Split>>> GetSplits(const std::string& run_id, const std::string& table) override;
  Status PutQuarantine(const ChunkKey& chunk, const std::vector<QuarantinedRow>& rows) override;
  Status DropQuarantine(const std::string& run_id, const std::string& table) override;
  Result<std::vector<QuarantinedRow>> ListQuarantine(const std::string& run_id) override;
  Status SetQuarantineState(int64_t id, const std::string& state) override;
  Status PutFact(const std::string& run_id, const std::string& name, const std::string& value) override;
  Result<std::optional<std::string>> GetFact(const std::string& run_id, const std::string& name) override;
  Result<std::vector<PastRun>> ListPastRuns() override;

 private:
  RunRepository(std::string folder, store::Database database);
  Result<const StateKey*> Key(bool must_exist);
  Status InsertRun(const std::string& run_id, const Plan& plan);
  Status PutEdit(const std::string& run_id, const EditedRow& edited);
  Status InsertQuarantined(const ChunkKey& chunk, const QuarantinedRow& row, const StateKey& key);
  Result<std::vector<RunRecord>> SelectRuns(const std::string& run_id);
  template <class... Values>
  Status Run(std::string_view sql, const Values&... values);
  template <class... Values>
  Status RunOnOne(const std::string& run_id, std::string_view sql, const Values&... values);

  const std::string folder_;
  std::recursive_mutex mutex_;  ///< one connection; public methods call each other
  store::Database database_;
  std::optional<StateKey> key_;
};

}  // namespace migrateiq
