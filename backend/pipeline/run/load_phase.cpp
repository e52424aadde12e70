#include <algorithm>
#include <numeric>
#include <set>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "base/parallel.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/chunk_jobs.hpp"
#include "pipeline/run/journal.hpp"
#include "pipeline/run/load_together.hpp"
#include "pipeline/run/load_watch.hpp"
#include "pipeline/verify/readback.hpp"

namespace migrateiq {

namespace {

class Loader {
 public:
  explicit Loader(ActiveRun& run)
      : run_(run), limiter_(run.plan.run.throttle), shared_{run.resolved.tables, run.plan.on,    *run.ends.source,
                                                            *run.target,         run.open_mutex, run.context.store,
                                                            *run.progress,       limiter_,       rejected_,
                                                            run.context.stop} {}

  Status Run() {
    run_.progress->SetPhase("loading");
    run_.lines.assign(run_.resolved.tables.size(), {});
    MIQ_ASSIGN(const std::unique_ptr<LoadWatch> watch, LoadWatch::For(run_, limiter_));
    MIQ_TRY(HoldMoment());
    MIQ_TRY(RememberAppended());
    MIQ_TRY(PlanChunks());
    MIQ_TRY(RaiseFence());
    MIQ_TRY(TakeLedger());
    for (int slot = 0; slot < workers_; ++slot) loaders_.emplace_back(std::make_unique<ChunkLoader>(shared_, slot));
    if (run_.resumed) MIQ_TRY(RecheckStarted());
    MIQ_TRY(LoadAll());
    return ReadFinalLedger();
  }

 private:
  Status HoldMoment() {
    workers_ = std::min(run_.workers, run_.target->max_writers());
    MIQ_ASSIGN(const HeldMoment moment, run_.ends.source->HoldMoment(workers_, run_.resolved.TablesRead()));
    workers_ = std::clamp(moment.readers, 1, workers_);
    moment_token_ = moment.token;
    run_.progress->Event("info", "one moment for all readers: " + moment.description);
    for (const std::string& warning : moment.warnings) Warn(warning);
    return {};
  }

  void Warn(const std::string& text) {
    if (std::ranges::find(run_.report.notes, text) != run_.report.notes.end()) return;
    run_.progress->Event("warning", text);
    run_.report.notes.push_back(text);
  }

  /// Appending: the target's digest before the run, to be taken off the one after it.
  Status RememberAppended() {
    if (run_.plan.run.verify == VerifyLevel::kNone) return {};
    for (const TableTask& task : run_.resolved.tables) {
      if (task.fate != TableFate::kAppend) continue;
      MIQ_ASSIGN(const std::string known, run_.Fact("before:" + task.target_label));
      if (!known.empty()) continue;
      MIQ_ASSIGN(const std::vector<TableName> filled, run_.target->NonEmpty({task.load_name}));
      Digest before;
      if (!filled.empty()) { MIQ_ASSIGN(before, TargetDigest(task)); }
      MIQ_TRY(run_.Remember("before:" + task.target_label, DigestText(before)));
    }
    return {};
  }

  Result<Digest> TargetDigest(const TableTask& task) {
    OpenOptions options = OptionsFor(run_.plan, "", run_.context);
    MIQ_ASSIGN(const std::unique_ptr<Source> source, OpenSource(run_.ends.target_url, options));
    MIQ_ASSIGN(const HeldMoment moment, source->HoldMoment(workers_, {task.load_name}));
    std::mutex mutex;
    const Table table = task.LoadTable();
    return DigestRows({*source, moment.readers, mutex, run_.context.stop}, task.ReadBack(table), task.transform.target);
  }

  Status PlanChunks() {
    std::vector<TableProgress> progress;
    for (const TableTask& task : run_.resolved.tables)
      progress.push_back({.table = task.target_label, .phase = "waiting"});
    run_.progress->SetTables(std::move(progress));
    for (size_t table = 0; table < run_.resolved.tables.size(); ++table) MIQ_TRY(PlanTable(table));
    return run_.context.store.PutSplits(run_.run_id, new_splits_);
  }

  /// A little less than the target wishes, so that every worker gets as many chunks as the others and all end together.
  int64_t ChunkBytes(const TableTask& task) const {
    constexpr int64_t kMargin = int64_t{256} << 10;  // lest rounding leaves a rest over
    const int64_t wished = run_.target->chunk_bytes(), bytes = task.source.byte_estimate, turn = wished * workers_;
    if (bytes <= wished || turn <= 0) return wished;
    const int64_t chunks = (bytes + turn - 1) / turn * workers_;
    return std::min(wished, bytes / chunks + kMargin);
  }

  Result<std::vector<Split>> SplitsOf(const TableTask& task) {
    MIQ_ASSIGN(const auto known, run_.context.store.GetSplits(run_.run_id, task.target_label));
    if (known) return *known;
    const SplitOptions options{.target_bytes = ChunkBytes(task), .target_rows = run_.plan.run.chunk_rows};
    MIQ_ASSIGN(std::vector<Split> splits, run_.ends.source->PlanSplits(task.Request(), options));
    new_splits_[task.target_label] = splits;
    return splits;
  }

  Status PlanTable(size_t table) {
    const TableTask& task = run_.resolved.tables[table];
    MIQ_ASSIGN(const std::vector<Split> splits, SplitsOf(task));
    int64_t rows = 0;
    const std::vector<ChunkJob> jobs = ChunkJobs(run_.run_id, table, task.target_label, splits);
    jobs_.insert(jobs_.end(), jobs.begin(), jobs.end());
    for (const Split& split : splits) { rows = rows < 0 || split.row_estimate < 0 ? -1 : rows + split.row_estimate; }
    if (rows < 0) rows = task.source.row_estimate;
    run_.progress->SetTableTotal(table, rows, static_cast<int>(splits.size()));
    return {};
  }

  /// Chunks that an earlier controller of the run, or its helpers, still have under way end before the ledger is read;
  /// none of theirs is committed later.
  Status RaiseFence() {
    if (run_.context.share == nullptr || !run_.target->has_fence()) return {};
    shared_.fence = FenceOf(run_, false);
    return run_.target->Fence(run_.run_id, shared_.fence);
  }

  Status TakeLedger() {
    MIQ_ASSIGN(const std::vector<LedgerLine> lines, run_.target->ReadLedger(run_.run_id));
    for (const LedgerLine& line : lines) {
      for (size_t table = 0; table < run_.resolved.tables.size(); ++table) {
        if (run_.Label(table) == line.key.table) run_.lines[table].push_back(line);
      }
      rejected_ += line.rows_quarantined;
    }
    return {};
  }

  const LedgerLine* LineOf(const ChunkJob& job) const {
    const auto& lines = run_.lines[job.table];
    const auto found =
        std::ranges::find_if(lines, [&](const LedgerLine& line) { return line.key.chunk == job.key.chunk; });
    return found == lines.end() ? nullptr : &*found;
  }

  /// After a resume the moment is another one: a table of which some chunks are there must still be what they were.
  Status RecheckStarted() {
    for (size_t table = 0; table < run_.resolved.tables.size(); ++table) {
      std::vector<const ChunkJob*> done;
      size_t total = 0;
      for (const ChunkJob& job : jobs_) {
        if (job.table != table) continue;
        ++total;
        if (LineOf(job) != nullptr) done.push_back(&job);
      }
      if (done.empty() || done.size() == total) continue;
      MIQ_ASSIGN(const bool same, IsUnchanged(done));
      if (!same) MIQ_TRY(StartAgain(table));
    }
    return {};
  }

  Result<bool> IsUnchanged(const std::vector<const ChunkJob*>& done) {
    std::atomic<bool> same = true;
    MIQ_TRY(ParallelFor(workers_, done.size(), [&](int slot, size_t index) -> Status {
      if (!same) return {};
      MIQ_ASSIGN(const LedgerLine now, loaders_[static_cast<size_t>(slot)]->Measure(*done[index]));
      if (!(now.digest == LineOf(*done[index])->digest)) same = false;
      return {};
    }));
    return same.load();
  }

  Status StartAgain(size_t table) {
    const TableTask& task = run_.resolved.tables[table];
    if (task.fate == TableFate::kAppend || task.fate == TableFate::kUpsert) {
      return Fail(Error(codes::kRunAppendDiffers,
                        "rows of this run in '" + task.target_label + "' are no longer what the source holds")
                      .Table(task.target_label));
    }
    Warn("the source of " + task.target_label + " changed since the run began: the table is loaded again");
    MIQ_TRY(run_.target->EmptyTable(run_.run_id, task.target_label, task.load_name));
    MIQ_TRY(run_.context.store.DropQuarantine(run_.run_id, task.target_label));
    for (const LedgerLine& line : run_.lines[table]) rejected_ -= line.rows_quarantined;
    run_.lines[table].clear();
    return {};
  }

  Status LoadAll() {
    std::vector<const ChunkJob*> open;
    left_ = std::vector<std::atomic<int>>(run_.resolved.tables.size());
    for (const ChunkJob& job : jobs_) {
      if (const LedgerLine* line = LineOf(job)) {
        run_.progress->AddRows(job.table, line->rows_read, line->bytes);
        continue;
      }
      open.push_back(&job);
      ++left_[job.table];
    }
    MIQ_TRY(MayShare(open.size()) ? LoadTogether(open) : LoadAlone(open));
    for (size_t table = 0; table < left_.size(); ++table) MIQ_TRY(Publish(table));
    for (const auto& loader : loaders_) {
      for (const std::string& warning : loader->TakeWarnings()) Warn(warning);
      run_.foreign_keys_bypassed |= loader->foreign_keys_bypassed();
    }
    return {};
  }

  /// Says why not, when there would be something to share.
  bool MayShare(size_t chunks) {
    if (run_.context.share == nullptr || chunks < 2) return false;
    const std::string why = WhyNotShared(run_, moment_token_);
    if (why.empty()) return true;
    run_.progress->Event("info", "one worker loads all chunks of this run: " + why);
    return false;
  }

  Status LoadTogether(const std::vector<const ChunkJob*>& open) {
    SharedLoad load(*run_.context.share, jobs_, shared_, loaders_,
                    [this](const ChunkJob& job, std::optional<LedgerLine> line) { Finished(job, std::move(line)); });
    const Status loaded =
        migrateiq::LoadTogether(run_, {moment_token_, shared_.fence, "", rejected_}, jobs_, open, load);
    for (const std::string& warning : load.warnings()) Warn(warning);
    run_.foreign_keys_bypassed |= load.foreign_keys_bypassed();
    return loaded;
  }

  Status LoadAlone(const std::vector<const ChunkJob*>& open) {
    return ParallelFor(workers_, open.size(), [&](int slot, size_t index) { return LoadOne(slot, *open[index]); });
  }

  Status LoadOne(int slot, const ChunkJob& job) {
    if (run_.context.stop.stop_requested())
      return Fail(codes::kRunInterrupted, "stopped before loading " + job.key.table);
    run_.progress->SetTablePhase(job.table, "loading");
    ChunkLoader& loader = *loaders_[static_cast<size_t>(slot)];
    MIQ_TRY(loader.Load(job));
    Finished(job, loader.TakeCommitted());
    return {};
  }

  void Finished(const ChunkJob& job, std::optional<LedgerLine> line) {
    if (line) {
      const std::lock_guard lock(run_.open_mutex);
      run_.lines[job.table].push_back(std::move(*line));  // what an interrupted run reports
    }
    run_.progress->ChunkDone(job.table);
    if (--left_[job.table] == 0) run_.progress->SetTablePhase(job.table, "loaded");
  }

  Status Publish(size_t table) {
    const std::lock_guard lock(run_.open_mutex);
    return run_.target->Publish(run_.run_id, run_.resolved.tables[table].load_name);
  }

  Status ReadFinalLedger() {
    for (auto& lines : run_.lines) lines.clear();
    rejected_ = 0;
    loaders_.clear();
    MIQ_TRY(TakeLedger());
    return CheckComplete();
  }

  /// A target that crashes can forget what it committed a moment before where it does not wait for the disk.
  Status CheckComplete() const {
    std::set<std::string_view> there;
    for (const auto& lines : run_.lines) {
      for (const LedgerLine& line : lines) there.insert(line.key.chunk);
    }
    for (const ChunkJob& job : jobs_) {
      if (there.contains(job.key.chunk)) continue;
      return Fail(
          Error(codes::kConnLost, "the target no longer has a chunk that it had committed: it crashed meanwhile")
              .Table(job.key.table));
    }
    return {};
  }

  ActiveRun& run_;
  RateLimiter limiter_;
  std::atomic<int64_t> rejected_ = 0;
  LoadShared shared_;
  int workers_ = 1;
  std::map<std::string, std::vector<Split>> new_splits_;
  std::vector<ChunkJob> jobs_;
  std::vector<std::unique_ptr<ChunkLoader>> loaders_;
  std::vector<std::atomic<int>> left_;  ///< chunks to do, per table
  std::string moment_token_;            ///< by which others can join the moment; empty: they cannot
};

}  // namespace

Status LoadTables(ActiveRun& run) { return Loader(run).Run(); }

}  // namespace migrateiq
