#include "pipeline/run/load_together.hpp"

#include "base/errors/run.hpp"
#include "pipeline/run/chunk_jobs.hpp"

namespace migrateiq {

namespace {

/// After a stop the connections at hand are closed: another one shuts the helpers out and reads what they committed.
Status ShutOut(ActiveRun& run) {
  OpenOptions options = OptionsFor(run.plan, run.run_id, run.context);
  options.stop = {};
  options.create_database = false;
  MIQ_ASSIGN(const std::unique_ptr<Target> target, OpenTarget(run.ends.target_url, options));
  MIQ_TRY(target->Fence(run.run_id, FenceOf(run, true)));
  MIQ_ASSIGN(const std::vector<LedgerLine> ledger, target->ReadLedger(run.run_id));
  for (size_t table = 0; table < run.lines.size(); ++table) {
    run.lines[table].clear();
    for (const LedgerLine& line : ledger) {
      if (line.key.table == run.Label(table)) run.lines[table].push_back(line);
    }
  }
  return {};
}

void StopHelpers(ActiveRun& run) {
  Status stopped = run.context.share->Withdraw(true);
  if (!stopped && stopped.error().Is(codes::kRunHeld)) return;  // another controller has shut them out, or will
  stopped = ShutOut(run);
  if (!stopped) run.progress->Event("warning", "a worker that helped may still write: " + stopped.error().message);
}

}  // namespace

int64_t FenceOf(const ActiveRun& run, bool closed) { return 2 * int64_t{run.report.moments} + (closed ? 1 : 0); }

std::string WhyNotShared(const ActiveRun& run, const std::string& moment_token) {
  if (moment_token.empty()) {
    return "the moment that source " + std::string(run.ends.source_connector->info().name) +
           " holds cannot be joined by another process";
  }
  if (!run.target->has_fence()) {
    return "the target " + std::string(run.ends.target_connector->info().name) + " is written by one process at a time";
  }
  return "";
}

Status LoadTogether(ActiveRun& run, ShareTerms terms, const std::vector<ChunkJob>& jobs,
                    const std::vector<const ChunkJob*>& open, SharedLoad& load) {
  terms.tables = LoadFingerprint(run.resolved.tables, jobs);
  std::vector<SharedChunk> chunks;
  for (const ChunkJob* job : open) chunks.push_back({job - jobs.data(), job->split.byte_estimate});
  MIQ_TRY(run.context.share->Offer(terms, chunks));
  const Status loaded = load.Run();
  if (!loaded) {
    StopHelpers(run);
    return loaded;
  }
  if (load.chunks_elsewhere() > 0) {
    run.progress->Event("info", std::to_string(load.chunks()) + " chunks were loaded by the run's controller, " +
                                    std::to_string(load.chunks_elsewhere()) + " by other workers");
  }
  Status withdrawn = run.context.share->Withdraw(false);
  if (!withdrawn && withdrawn.error().Is(codes::kRunHeld)) return withdrawn;
  return {};  // an offer that stays a while offers nothing: all chunks are done
}

}  // namespace migrateiq
