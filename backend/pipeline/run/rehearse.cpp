#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "base/parallel.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/check_probe.hpp"
#include "pipeline/run/clock.hpp"
#include "pipeline/run/expected_duration.hpp"
#include "pipeline/run/rehearse_constraints.hpp"
#include "pipeline/run/row_pipeline.hpp"
#include "pipeline/run/same_table.hpp"
#include "pipeline/run/tally_report.hpp"
#include "pipeline/run/typed_view.hpp"

namespace migrateiq {

namespace {

using Clock = std::chrono::steady_clock;

/// Reads, transforms and judges; keeps the speed of each chunk for the estimate.
class Rehearsal {
 public:
  Rehearsal(const Plan& plan, int64_t sample_rows, EngineContext& context, const Ends& ends,
            const ResolvedPlan& resolved)
      : plan_(plan),
        sample_(sample_rows),
        context_(context),
        ends_(ends),
        resolved_(resolved),
        judged_(TypedPlan(resolved)),
        progress_(context.observer, "rehearsal") {}

  Status Run(RunReport& report) {
    progress_.SetPhase("rehearsing");
    std::vector<TableProgress> tables;
    for (const TableTask& task : resolved_.tables) tables.push_back({.table = task.target_label, .phase = "waiting"});
    progress_.SetTables(std::move(tables));
    const int wanted =
        plan_.run.workers > 0 ? plan_.run.workers : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    MIQ_ASSIGN(const HeldMoment moment, ends_.source->HoldMoment(wanted, resolved_.TablesRead()));
    readers_ = std::clamp(moment.readers, 1, wanted);
    if (sample_ == 0) { MIQ_ASSIGN(constraints_, ConstraintRehearsal::Make(plan_, ends_, judged_, context_)); }
    for (size_t table = 0; table < resolved_.tables.size(); ++table) MIQ_TRY(RunTable(table, report));
    if (constraints_) MIQ_TRY(constraints_->Judge(report));
    if (sample_ > 0) report.notes.push_back("keys and foreign keys are not checked in a sample");
    return Estimate(report);
  }

 private:
  Status RunTable(size_t table, RunReport& report) {
    const TableTask& task = resolved_.tables[table];
    progress_.SetTablePhase(table, "loading");
    std::vector<std::string> notes;
    checks_ = HasChecks() ? FollowChecks(judged_.tables[table], ends_.target_connector->dialect(), notes)
                          : std::vector<RehearsedCheck>();
    MIQ_ASSIGN(const std::vector<Split> splits, ends_.source->PlanSplits(task.Request(), {}));
    std::vector<Tally> tallies(static_cast<size_t>(readers_));
    std::atomic<int64_t> left = sample_ > 0 ? sample_ : INT64_MAX;
    MIQ_TRY(ParallelFor(readers_, splits.size(), [&](int slot, size_t index) -> Status {
      return RunSplit(table, splits[index], slot, tallies[static_cast<size_t>(slot)], left);
    }));
    if (constraints_) MIQ_TRY(constraints_->TableDone(table));
    Tally total;
    for (const Tally& tally : tallies) total.Add(tally);
    TableReport one{.source = task.source_label,
                    .target = task.target_label,
                    .rows_read = total.rows_read,
                    .rows_written = 0,
                    .rows_quarantined = total.rows_quarantined,
                    .rows_filtered = total.rows_filtered,
                    .bytes = total.bytes};
    one.notes = std::move(notes);
    ReportDeferredChecks(total, one);
    one.rows_written = total.rows_read - total.rows_quarantined - total.rows_filtered;
    AddTallyTo(total, one);
    CountUnread(task, total);
    report.tables.push_back(std::move(one));
    progress_.SetTablePhase(table, "done");
    return {};
  }

  bool HasChecks() const {
    const ConnectorInfo& info = ends_.target_connector->info();
    return !info.file_based && info.can_read;
  }

  void ReportDeferredChecks(const Tally& total, TableReport& report) const {
    for (const RehearsedCheck& check : checks_) {
      const std::pair key{std::string(), std::string(codes::kDataRefused.code) + " check " + check.name};
      if (!check.deferred || !total.rejected.contains(key)) continue;
      report.notes.push_back("check " + check.name +
                             " is made after the rows are loaded: the run would load them, fail to make the check and "
                             "end as failed");
    }
  }

  /// Rows that the sample left out, for the estimate of the whole.
  void CountUnread(const TableTask& task, const Tally& read) {
    const int64_t rows = sample_ > 0 ? std::max(read.rows_read, task.source.row_estimate) : read.rows_read;
    rows_total_ += static_cast<double>(rows);
    if (read.rows_read > 0)
      bytes_total_ += static_cast<double>(read.bytes) * static_cast<double>(rows) / static_cast<double>(read.rows_read);
  }

  Status RunSplit(size_t table, const Split& split, int slot, Tally& tally, std::atomic<int64_t>& left) {
    if (left <= 0) return {};
    const TableTask& task = resolved_.tables[table];
    std::unique_ptr<Reader> reader;
    {
      const std::lock_guard lock(mutex_);
      MIQ_ASSIGN(reader, ends_.source->OpenReader(task.Request(), split, slot));
    }
    OnPolicy on = plan_.on;
    on.row_error = RowError::kQuarantine;
    MIQ_ASSIGN(const std::unique_ptr<RowPipeline> pipeline, RowPipeline::Make(task, on, reader->schema()));
    const SchemaPtr& typed = judged_.tables[table].transform.target;
    MIQ_ASSIGN(const std::unique_ptr<CheckProbe> checks,
               CheckProbe::Make(checks_, typed, task.transform.run_start_micros));
    std::unique_ptr<KeyProbe> keys;
    if (constraints_) { MIQ_ASSIGN(keys, constraints_->ProbeFor(table)); }
    Batch in;
    while (left > 0) {
      if (context_.stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while rehearsing");
      const auto begin = Clock::now();
      MIQ_ASSIGN(const bool more, reader->Next(in));
      if (!more) return {};
      if (in.rows > left) in = in.Slice(0, left);
      left -= in.rows;
      tally.bytes += static_cast<int64_t>(in.ByteSize());
      MIQ_ASSIGN(Packet packet, pipeline->Process(in, tally));
      AddSpeed(packet.rows_read, std::chrono::duration<double>(Clock::now() - begin).count());
      packet.batch = TypedBatch(std::move(packet.batch), typed);
      if (checks) MIQ_TRY(checks->Judge(packet.batch, tally));
      if (keys) MIQ_TRY(constraints_->Add(table, *keys, packet.batch));
      progress_.AddRows(table, packet.rows_read, static_cast<int64_t>(packet.batch.ByteSize()));
      progress_.AddRejected(static_cast<int64_t>(packet.rejected.size()));
    }
    return {};
  }

  void AddSpeed(int64_t rows, double seconds) {
    if (rows == 0) return;
    const std::lock_guard lock(mutex_);
    const double per_row = seconds / static_cast<double>(rows);
    ++samples_;
    sum_ += per_row;
    squares_ += per_row * per_row;
  }

  /// Measured: seconds a row on the reading side, by batch. The target's side is not, because a rehearsal writes
  /// nothing: for that there are the runs of before.
  Status Estimate(RunReport& report) const {
    if (samples_ == 0) return {};
    const double mean = sum_ / static_cast<double>(samples_);
    const double variance = std::max(0.0, squares_ / static_cast<double>(samples_) - mean * mean);
    const ReadingMeasured reading{
        .seconds = mean * rows_total_ / readers_,
        .error = 2 * std::sqrt(variance) * rows_total_ / readers_ / std::sqrt(static_cast<double>(samples_)),
        .bytes = bytes_total_};
    MIQ_ASSIGN(const std::vector<PastRun> past, context_.store.ListPastRuns());
    const ExpectedDuration expected = ExpectDuration(reading, past, MaskSecrets(plan_.target.url));
    report.expected_seconds = expected.seconds;
    report.expected_error = expected.error;
    report.notes.push_back(expected.basis);
    return {};
  }

  const Plan& plan_;
  int64_t sample_;
  EngineContext& context_;
  const Ends& ends_;
  const ResolvedPlan& resolved_;
  const ResolvedPlan judged_;  ///< what checks and keys look at
  ProgressTracker progress_;
  std::mutex mutex_;
  int readers_ = 1;
  std::unique_ptr<ConstraintRehearsal> constraints_;  ///< null in a sample
  std::vector<RehearsedCheck> checks_;                ///< of the table at hand
  double rows_total_ = 0, bytes_total_ = 0;
  int64_t samples_ = 0;
  double sum_ = 0, squares_ = 0;
};

}  // namespace

Result<RunReport> Rehearse(const Plan& plan, int64_t sample_rows, EngineContext& context) {
  const auto begin = Clock::now();
  RunReport report;
  report.name = plan.name;
  report.rehearsal = true;
  report.started_at = Rfc3339(NowMicros());
  MIQ_ASSIGN(const Ends ends, OpenEnds(plan, context, OptionsFor(plan, "", context)));
  MIQ_ASSIGN(const ResolvedPlan resolved, ResolvePlan(plan, ends, ResolveFor::kPropose, NowMicros()));
  MIQ_TRY(RefuseOwnSource(ends, resolved, OptionsFor(plan, "", context)));
  report.objects = resolved.objects;
  MIQ_TRY(Rehearsal(plan, sample_rows, context, ends, resolved).Run(report));
  for (const TableReport& table : report.tables) {
    const bool rejects = std::ranges::any_of(table.rejected, [](const RejectedReport& one) { return !one.warning; });
    if (rejects && report.status == RunResult::kSucceeded) report.status = RunResult::kQuarantined;
  }
  report.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return report;
}

}  // namespace migrateiq
