#pragma once

#include "modules/orchestrator/job_repository.hpp"
#include "pipeline/run/run_store.hpp"

namespace migrateiq::orchestrator {

/// The run's records as the engine sees them, with every write refused (kRunHeld) once the task was given to another
/// worker: a worker that was thought dead and comes back changes nothing.
class FencedStore : public RunStore {
 public:
  FencedStore(RunStore& inner, store::Store& claims, const Task& task) : inner_(inner), claims_(claims), task_(task) {}

  Status PutSplits(const std::string& run_id, const std::map<std::string, std::vector<Split>>& splits) override {
    MIQ_TRY(CheckClaim());
    return inner_.PutSplits(run_id, splits);
  }
  Result<std::optional<std::vector<Split>>> GetSplits(const std::string& run_id, const std::string& table) override {
    return inner_.GetSplits(run_id, table);
  }
  Status PutQuarantine(const ChunkKey& chunk, const std::vector<QuarantinedRow>& rows) override {
    MIQ_TRY(CheckClaim());
    return inner_.PutQuarantine(chunk, rows);
  }
  Status DropQuarantine(const std::string& run_id, const std::string& table) override {
    MIQ_TRY(CheckClaim());
    return inner_.DropQuarantine(run_id, table);
  }
  Result<std::vector<QuarantinedRow>> ListQuarantine(const std::string& run_id) override {
    return inner_.ListQuarantine(run_id);
  }
  Status SetQuarantineState(int64_t id, const std::string& state) override {
    MIQ_TRY(CheckClaim());
    return inner_.SetQuarantineState(id, state);
  }
  Status PutFact(const std::string& run_id, const std::string& name, const std::string& value) override {
    MIQ_TRY(CheckClaim());
    return inner_.PutFact(run_id, name, value);
  }
  Result<std::optional<std::string>> GetFact(const std::string& run_id, const std::string& name) override {
    return inner_.GetFact(run_id, name);
  }
  Result<std::vector<PastRun>> ListPastRuns() override { return inner_.ListPastRuns(); }

  /// Is the task still ours? Errors: kRunHeld.
  Status CheckClaim() {
    return claims_.Write(store::Scope::System(),
                         [&](store::Session& session) { return tasks::CheckClaim(session, task_); });
  }

 private:
  RunStore& inner_;
  store::Store& claims_;
  const Task& task_;
};

}  // namespace migrateiq::orchestrator
