#include "modules/orchestrator/run_executor.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "modules/orchestrator/fenced_store.hpp"
#include "modules/orchestrator/outcome.hpp"
#include "modules/orchestrator/repair_statements.hpp"
#include "modules/orchestrator/run_watch.hpp"
#include "modules/orchestrator/running_job.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;
using Outcome = RunService::Outcome;

/// A worker that failed to help is not asked again; to one that found the store away nothing is held against it.
Outcome OutcomeOfHelp(const Error& error) {
  if (IsStoreAway(error)) return GiveBackForNow();
  return {.kind = Outcome::Kind::kFailed, .error = ErrorJson(error)};
}

int64_t NumberOption(const std::string& options, const char* name) {
  boost::system::error_code error;
  const json::value value = json::parse(options, error);
  if (error || !value.is_object()) return 0;
  const json::value* member = value.get_object().if_contains(name);
  return member != nullptr && member->is_int64() ? member->get_int64() : 0;
}

bool FlagOption(const std::string& options, const char* name) {
  boost::system::error_code error;
  const json::value value = json::parse(options, error);
  const json::value* member = !error && value.is_object() ? value.get_object().if_contains(name) : nullptr;
  return member != nullptr && member->is_bool() && member->get_bool();
}

VerifyLevel LevelOption(const std::string& options) {
  boost::system::error_code error;
  const json::value value = json::parse(options, error);
  const json::value* member = !error && value.is_object() ? value.get_object().if_contains("level") : nullptr;
  if (member == nullptr || !member->is_string()) return VerifyLevel::kChecksum;
  if (member->get_string() == "counts") return VerifyLevel::kCounts;
  if (member->get_string() == "diff") return VerifyLevel::kDiff;
  return VerifyLevel::kChecksum;
}

std::vector<int64_t> RowIds(const std::string& input) {
  std::vector<int64_t> ids;
  boost::system::error_code error;
  const json::value value = json::parse(input, error);
  const json::value* member = !error && value.is_object() ? value.get_object().if_contains("rows") : nullptr;
  if (member == nullptr || !member->is_array()) return ids;
  for (const json::value& id : member->get_array()) {
    if (id.is_int64()) ids.push_back(id.get_int64());
  }
  return ids;
}

/// A run that ended with a report.
Outcome JudgeReport(const ActiveTask& active, const RunJob& run, const RunReport& report) {
  const std::string result = ToString(report.status);
  switch (report.status) {
    case RunResult::kSucceeded:
    case RunResult::kQuarantined: return {.kind = Outcome::Kind::kDone, .result = result};
    case RunResult::kInterrupted: {
      Outcome outcome = OutcomeOfStop(active.reason).value_or(Outcome{.kind = Outcome::Kind::kGiveBack});
      outcome.result = result;
      return outcome;
    }
    case RunResult::kMismatch:
    case RunResult::kFailed: break;
  }
  const Error error =
      report.errors.empty() ? Error(codes::kVerifyMismatch, "source and target differ") : report.errors.front();
  Outcome outcome = Judge(active, run, error);
  outcome.result = result;
  return outcome;
}

}  // namespace

RunService::Outcome RunExecutor::CarryOut(ActiveTask& active) {
  const Task& task = active.task;
  const auto run = parts_.runs.Find(task.tenant_id, task.run_id);
  if (!run) {
    if (IsStoreAway(run.error())) return GiveBackForNow();
    return {.kind = Outcome::Kind::kFailed, .error = ErrorJson(run.error())};
  }
  if (task.kind == kHelpTask) return Help(active, *run);
  if (run->timeout_seconds > 0) active.timeout_at = parts_.clock.Now() + run->timeout_seconds * kSecond;
  if (const auto poisoned = OutcomeOfPoison(task)) return *poisoned;
  if (const projects::JobKind* kind = parts_.runs.KindOf(*run)) return CarryOutJob(*kind, active, *run);
  const auto records = parts_.records(task.tenant_id);
  if (!records) return Judge(active, *run, records.error());
  const auto plan = parts_.plans.Resolve(task.tenant_id, run->plan_id, run->plan_version);
  if (!plan) return Judge(active, *run, plan.error());
  const auto outcome = Execute(active, *run, *plan, **records);
  return outcome ? *outcome : Judge(active, *run, outcome.error());
}

/// Work that is no run of the engine.
Outcome RunExecutor::CarryOutJob(const projects::JobKind& kind, ActiveTask& active, const RunJob& run) const {
  RunningJob job(parts_.store, parts_.bus, active, run, kind.topic);
  Result<std::string> answer = kind.carry_out(job);
  job.Flush();
  if (!answer) return Judge(active, run, answer.error());
  return {.result = "succeeded", .answer = std::move(*answer)};
}

/// What is remembered of the run; what is unusual about it is an event of it. Nothing of this may fail a run.
std::string RunExecutor::Watch(const RunJob& run, const RunReport& report, RunObserver& observer) const {
  const auto figures = parts_.store.ReadFor<RunFigures>(
      store::Scope::Tenant(run.tenant_id),
      [&](store::Session& session) { return Watched(session, run, FiguresOf(report)); });
  if (!figures) {
    spdlog::warn("run {} is not compared with those before it: {}", run.run_id, figures.error().ToString());
    return "";
  }
  for (const UnusualFigure& figure : figures->unusual) observer.OnEvent("warning", "unusual: " + figure.reason);
  return FiguresText(*figures);
}

ChunkBoard RunExecutor::BoardOf(const Task& task, ServerObserver& observer) const {
  return ChunkBoard(
      {.store = parts_.store,
       .clock = parts_.clock,
       .wake = [this] { parts_.runs.WakeWorkers(); },
       .say = [&observer](const std::string& level, const std::string& text) { observer.OnEvent(level, text); }},
      task);
}

/// Loads chunks of a run that another worker controls. What goes wrong here is not the run's fault: its chunks go to
/// others.
RunService::Outcome RunExecutor::Help(ActiveTask& active, const RunJob& run) {
  const Task& task = active.task;
  const auto terms = parts_.runs.HelpTerms(task);
  if (!terms || !*terms) return {};
  const auto records = parts_.records(task.tenant_id);
  const auto plan = parts_.plans.Resolve(task.tenant_id, run.plan_id, run.plan_version);
  if (!records || !plan) return OutcomeOfHelp(records ? plan.error() : records.error());
  FencedStore store(**records, parts_.store, task);
  HelpObserver observer(parts_.store, parts_.bus, **records, task);
  ChunkBoard board = BoardOf(task, observer);
  EngineContext context{.store = store,
                        .observer = observer,
                        .stop = active.stop.get_token(),
                        .secrets = Secrets::kRefuse,
                        .share = &board};
  observer.OnEvent("info", "helps: it loads chunks of this run too");
  const auto help = HelpRun(plan->plan, run.run_id, **terms, context);
  if (help) {
    observer.OnEvent("info",
                     "loaded " + std::to_string(help->chunks) + " chunks, " + std::to_string(help->rows) + " rows");
  }
  const Status ended = help ? help->ended : std::unexpected(help.error());
  if (ended) return {};
  if (active.stop.stop_requested()) return {.kind = Outcome::Kind::kGiveBack};
  const auto still = parts_.runs.HelpTerms(task);
  if (still && !*still) return {};  // the controller ended or died: what it held is gone
  observer.OnEvent("warning", "cannot help any more: " + ended.error().ToString());
  return OutcomeOfHelp(ended.error());
}

Result<RunService::Outcome> RunExecutor::Execute(ActiveTask& active, const RunJob& run,
                                                 const projects::RunnablePlan& plan, RunRepository& records) {
  const Task& task = active.task;
  MIQ_TRY(records.Register(run.run_id, run.name, plan.plan));
  FencedStore store(records, parts_.store, task);
  ServerObserver observer(parts_.store, parts_.bus, records, task);
  EngineContext context{
      .store = store, .observer = observer, .stop = active.stop.get_token(), .secrets = Secrets::kRefuse};
  if (task.kind == "undo" || task.kind == "accept") {
    MIQ_TRY(task.kind == "undo" ? UndoRun(plan.plan, run.run_id, context) : AcceptRun(plan.plan, run.run_id, context));
    return Outcome{};
  }
  if (task.kind == "replay") {
    MIQ_ASSIGN(const ReplayResult replayed, ReplayQuarantine(plan.plan, run.run_id, RowIds(task.input), context));
    MIQ_TRY(records.CountEdited(run.run_id));
    observer.OnEvent("info", "replayed " + std::to_string(replayed.replayed) + " quarantined rows, " +
                                 std::to_string(replayed.still_refused) + " are still refused");
    return Outcome{};
  }
  Result<RunReport> report = Fail(codes::kInternal, "unknown kind of run: " + run.kind);
  if (run.kind == "rehearse") report = Rehearse(plan.plan, NumberOption(run.options, "sample_rows"), context);
  if (run.kind == "verify")
    report = FlagOption(run.options, "repair") ? VerifyForRepair(plan.plan, run.run_id, records, context)
                                               : Verify(plan.plan, LevelOption(run.options), "", context);
  if (run.kind == "run") {
    ChunkBoard board = BoardOf(task, observer);
    context.share = &board;
    MIQ_ASSIGN(const auto begun, records.GetFact(run.run_id, "run_start"));
    report = ExecuteRun(plan.plan, run.run_id, begun.has_value(), context);
  }
  observer.Flush();
  if (!report) return std::unexpected(report.error());
  report->run_id = run.run_id;
  if (active.reason != StopReason::kLost) {
    MIQ_TRY(store.CheckClaim());
    MIQ_TRY(records.FinishRun(run.run_id, *report));
  }
  RunService::Outcome outcome = JudgeReport(active, run, *report);
  if (run.kind == "run" && outcome.kind == Outcome::Kind::kDone) outcome.answer = Watch(run, *report, observer);
  return outcome;
}

}  // namespace migrateiq::orchestrator
