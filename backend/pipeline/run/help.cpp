#include "base/errors/run.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/chunk_jobs.hpp"
#include "pipeline/run/load_watch.hpp"
#include "pipeline/run/shared_load.hpp"

namespace migrateiq {

namespace {

/// Loads with the controller of the run. It does what a resume does, but changes nothing that is remembered.
class Helper {
 public:
  Helper(ActiveRun& run, const ShareTerms& terms) : run_(run), terms_(terms), limiter_(run.plan.run.throttle) {}

  Result<Help> Run() {
    const OpenOptions options = OptionsFor(run_.plan, run_.run_id, run_.context);
    MIQ_ASSIGN(run_.ends, OpenEnds(run_.plan, run_.context, options, kLookOfRun));
    MIQ_TRY(ResolveAgain(run_));
    MIQ_ASSIGN(run_.target, OpenTarget(run_.ends.target_url, options));
    NameShadows(run_);
    MIQ_TRY(FindChunks());
    if (LoadFingerprint(run_.resolved.tables, jobs_) != terms_.tables)
      return Fail(codes::kRunChanged, "source or target no longer look as they did to the run's controller");
    MIQ_ASSIGN(const std::unique_ptr<LoadWatch> watch, LoadWatch::For(run_, limiter_));
    const int workers = std::min(run_.workers, run_.target->max_writers());
    MIQ_ASSIGN(const HeldMoment moment, run_.ends.source->JoinMoment(terms_.moment, workers));
    return Load(std::clamp(moment.readers, 1, workers));
  }

 private:
  Status FindChunks() {
    std::vector<TableProgress> progress;
    for (size_t table = 0; table < run_.resolved.tables.size(); ++table) {
      MIQ_ASSIGN(const auto splits, run_.context.store.GetSplits(run_.run_id, run_.Label(table)));
      if (!splits) return Fail(codes::kRunChanged, "the chunks of " + run_.Label(table) + " are not known");
      const std::vector<ChunkJob> jobs = ChunkJobs(run_.run_id, table, run_.Label(table), *splits);
      jobs_.insert(jobs_.end(), jobs.begin(), jobs.end());
      progress.push_back({.table = run_.Label(table), .phase = "waiting"});
    }
    run_.progress->SetTables(std::move(progress));
    return {};
  }

  Result<Help> Load(int workers) {
    LoadShared shared{run_.resolved.tables, run_.plan.on,   *run_.ends.source, *run_.target, run_.open_mutex,
                      run_.context.store,   *run_.progress, limiter_,          rejected_,    run_.context.stop,
                      terms_.fence};
    std::vector<std::unique_ptr<ChunkLoader>> loaders;
    for (int slot = 0; slot < workers; ++slot) loaders.push_back(std::make_unique<ChunkLoader>(shared, slot));
    SharedLoad load(*run_.context.share, jobs_, shared, loaders,
                    [](const ChunkJob&, const std::optional<LedgerLine>&) {});
    const Status loaded = load.Run(terms_.rejected);
    return Help{.chunks = load.chunks(), .rows = load.rows(), .ended = loaded};
  }

  ActiveRun& run_;
  const ShareTerms& terms_;
  RateLimiter limiter_;
  std::atomic<int64_t> rejected_ = 0;
  std::vector<ChunkJob> jobs_;
};

}  // namespace

Result<Help> HelpRun(const Plan& plan, const std::string& run_id, const ShareTerms& terms, EngineContext& context) {
  ActiveRun run{plan, run_id, context};
  run.resumed = true;
  run.workers = WorkersFor(plan);
  run.progress = std::make_unique<ProgressTracker>(context.observer, run_id);
  return Helper(run, terms).Run();
}

}  // namespace migrateiq
