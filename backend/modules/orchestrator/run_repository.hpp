#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/orchestrator/quarantine_edit.hpp"
#include "modules/orchestrator/run_event.hpp"
#include "modules/orchestrator/run_lock.hpp"
#include "modules/orchestrator/sealer.hpp"
#include "pipeline/plan/plan.hpp"
#include "pipeline/run/report.hpp"
#include "pipeline/run/run_store.hpp"
#include "platform/store/store.hpp"

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

/// One tenant's runs and all that is remembered about them, in the store. Thread-safe; several processes may use one
/// store, or one state folder.
class RunRepository : public RunStore {
 public:
  /// The command line's runs (tenant "default"), in SQLite under the folder, which is made (mode 0700) when absent.
  /// Errors: kStateOpen.
  static Result<std::unique_ptr<RunRepository>> Open(const std::string& folder);
  /// Over a store that has the tables (detail::RunMigrations). Without a folder for locks, Control is not to be had and
  /// a run's status is shown as it was written: who controls it is then known elsewhere.
  RunRepository(store::Store& store, std::string tenant_id, std::unique_ptr<Sealer> sealer, std::string folder = {});

  // --- runs
  /// A new run in status `running`; its id. URLs with literal passwords are stored encrypted.
  Result<std::string> CreateRun(const Plan& plan);
  /// A run of the server, whose id and URLs are known elsewhere: no secrets are kept here. Once is enough.
  Status Register(const std::string& run_id, const std::string& name, const Plan& plan);
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

  /// A fact that holds data: it lies sealed.
  Status PutSealedFact(const std::string& run_id, const std::string& name, const std::string& text);
  Result<std::optional<std::string>> GetSealedFact(const std::string& run_id, const std::string& name);

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
  using Parameters = std::vector<store::Value>;
  using Work = std::function<Status(store::Session&)>;
  store::Scope Scope() const { return store::Scope::Tenant(tenant_id_); }
  Status Write(const Work& work) { return store_.Write(Scope(), work); }
  Result<store::Rows> Select(std::string_view sql, const Parameters& parameters);
  /// kRunNotFound when no row was changed.
  Status ChangeRun(const std::string& run_id, std::string_view sql, const Parameters& parameters);
  Result<std::string> InsertRun(const Plan& plan);
  RunRecord RecordFrom(const store::Row& row) const;
  Result<std::vector<RunRecord>> SelectRuns(std::string_view condition, Parameters parameters);
  Status InsertEvents(store::Session& session, const std::string& run_id, const std::vector<RunEvent>& events) const;
  Status InsertSplits(store::Session& session, const std::string& run_id, const std::string& table,
                      const std::vector<Split>& splits) const;
  Status InsertQuarantined(store::Session& session, const ChunkKey& chunk, const QuarantinedRow& row) const;
  Result<std::vector<QuarantinedRow>> SelectQuarantine(store::Session& session, const std::string& run_id) const;
  Result<QuarantinedRow> QuarantinedFrom(const store::Row& row, const std::string& run_id) const;
  Result<std::vector<RunEvent>> ApplyEdits(store::Session& session, const std::string& run_id,
                                           const std::vector<RowEdit>& edits) const;
  Status PutEdit(store::Session& session, const std::string& run_id, const EditedRow& edited) const;

  std::unique_ptr<store::Store> own_store_;  ///< null when it is lent
  store::Store& store_;
  const std::string tenant_id_, folder_;
  const std::unique_ptr<Sealer> sealer_;
};

}  // namespace migrateiq
