#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "modules/orchestrator/job_repository.hpp"
#include "pipeline/run/share.hpp"
#include "platform/store/store.hpp"

/// How several workers share one run: its chunks stand in the store while they are loaded. Who claimed a chunk keeps it
/// while its task is leased to it; so a chunk needs no lease of its own.
namespace migrateiq::orchestrator {

/// The task kind of a worker that loads chunks of a run which another one controls.
inline constexpr const char* kHelpTask = "help";

namespace shares {

/// The offer that this help task could take part in; nothing when there is none (any more).
Result<std::optional<ShareTerms>> Terms(store::Session& session, const Task& help, Micros now);
/// Asks for one more worker, unless somebody is asked already.
Status Invite(store::Session& session, const std::string& tenant_id, const std::string& run_id, int64_t priority,
              Micros now);
/// Ends a help task: done | failed | cancelled. Chunks that it claimed and did not load are free again.
Status Finish(store::Session& session, const Task& help, const std::string& state, const std::string& error,
              Micros now);
/// The offer, invitations and help tasks of the run end: those who help find their task gone.
Status End(store::Session& session, const std::string& tenant_id, const std::string& run_id, Micros now);

}  // namespace shares

/// A RunShare over the store, for the worker that has `task`: an execute task makes it the controller.
class ChunkBoard : public RunShare {
 public:
  struct Parts {
    store::Store& store;
    const Clock& clock;
    std::function<void()> wake;  ///< other workers look whether there is something to do
    std::function<void(const std::string& level, const std::string& text)> say;  ///< an event of the run
  };
  ChunkBoard(Parts parts, const Task& task) : parts_(std::move(parts)), task_(task) {}

  Status Offer(const ShareTerms& terms, const std::vector<SharedChunk>& chunks) override;
  Result<Deal> Next(const std::vector<ChunkOutcome>& done) override;
  Status Withdraw(bool wait) override;

 private:
  bool is_controller() const { return task_.kind != kHelpTask; }
  store::Scope Scope() const { return store::Scope::Tenant(task_.tenant_id); }
  Status InsertChunks(store::Session& session, const std::vector<SharedChunk>& chunks) const;
  Status Record(store::Session& session, const std::vector<ChunkOutcome>& done) const;
  Status LookAfterHelpers(store::Session& session, Deal& deal, std::vector<std::string>& lost) const;
  Result<bool> MayHelpOn(store::Session& session) const;
  Status Claim(store::Session& session, Deal& deal) const;
  Result<bool> AnyoneHelps();

  const Parts parts_;
  const Task& task_;
};

}  // namespace migrateiq::orchestrator
