#include "apps/migrateiq/run_job.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/migrateiq/render_progress.hpp"
#include "apps/migrateiq/render_report.hpp"
#include "apps/migrateiq/run_control.hpp"
#include "apps/migrateiq/run_recorder.hpp"

namespace migrateiq::cli {

namespace {

std::unique_ptr<RunObserver> MakeDisplay(const Console& console) {
  if (console.live()) return std::make_unique<LiveDisplay>();
  return std::make_unique<LineDisplay>(console.options().quiet);
}

std::string Question(const Preview& preview) {
  std::string text = "This run";
  if (!preview.replaces.empty()) text += fmt::format(" replaces {};", fmt::join(preview.replaces, ", "));
  if (!preview.truncates.empty()) text += fmt::format(" truncates {};", fmt::join(preview.truncates, ", "));
  text.back() = '.';
  return text;
}

Result<Preview> PreviewAndConfirm(const Console& console, const Plan& plan, bool yes) {
  MIQ_ASSIGN(Preview preview, RunJob(console, [&](EngineContext& context) { return PreviewRun(plan, context); }));
  for (const std::string& warning : preview.warnings) console.Note("warning: " + warning);
  if (preview.Destructive()) MIQ_TRY(console.Confirm(Question(preview), yes));
  return preview;
}

RunReport FailedReport(const RunRecord& record, const Error& error) {
  RunReport report{
      .run_id = record.run_id, .name = record.name, .status = RunResult::kFailed, .started_at = record.started_at};
  if (error.Is(codes::kRunInterrupted)) report.status = RunResult::kInterrupted;
  report.errors.push_back(error);
  return report;
}

/// Carries the run out and records how it ended. The caller controls the run.
Result<RunReport> Execute(const Console& console, RunRepository& repository, const Plan& plan, const RunRecord& record,
                          bool resume, bool& cancelled) {
  Result<RunReport> report = Fail(codes::kInternal, "the run was not started");
  {
    RunControl control([&] { return repository.GetRequest(record.run_id).value_or(""); });
    const std::unique_ptr<RunObserver> display = MakeDisplay(console);
    RunRecorder recorder(repository, record.run_id, *display);
    EngineContext context{.store = repository, .observer = recorder, .stop = control.token()};
    report = ExecuteRun(plan, record.run_id, resume, context);
    cancelled = control.reason() == "cancel";
  }
  MIQ_TRY(repository.FinishRun(record.run_id, report ? *report : FailedReport(record, report.error())));
  cancelled = cancelled && report && report->status == RunResult::kInterrupted;
  if (cancelled) MIQ_TRY(repository.SetStatus(record.run_id, "cancelled"));
  return report;
}

int ExecuteAndShow(const Console& console, RunRepository& repository, const Plan& plan, const std::string& run_id,
                   bool resume) {
  const Result<RunRecord> record = repository.FindRun(run_id);
  if (!record) return console.Fail(record.error());
  bool cancelled = false;
  const Result<RunReport> report = Execute(console, repository, plan, *record, resume, cancelled);
  if (!report) {
    if (console.json()) console.Result(ToJson(FailedReport(*record, report.error())), "");
    console.ShowError(report.error());
    return ExitStatus(report.error());
  }
  const int status = ShowReport(console, *report);
  if (report->status == RunResult::kInterrupted && !cancelled)
    console.Note("continue with: migrateiq resume " + run_id);
  return cancelled ? 1 : status;
}

Status CheckResumable(const RunRecord& run) {
  if (run.controller) return {};  // refused with the holder's name when the control is asked for
  if (run.status == "interrupted" || run.status == "failed") return {};
  return Fail(codes::kRunState,
              "run " + run.run_id + " is " + run.status + "; only an interrupted or failed run is resumed");
}

}  // namespace

Result<std::unique_ptr<RunRepository>> OpenState(const Console& console) {
  return RunRepository::Open(console.state());
}

int StartRun(const Console& console, const Plan& plan, bool yes, const PlanOrigin& origin) {
  const Result<Preview> preview = PreviewAndConfirm(console, plan, yes);  // lives as long as the run: see `files`
  if (!preview) return console.Fail(preview.error());
  const Result<std::unique_ptr<RunRepository>> repository = OpenState(console);
  if (!repository) return console.Fail(repository.error());
  const Result<std::string> run_id = (*repository)->CreateRun(plan);
  if (!run_id) return console.Fail(run_id.error());
  const Result<RunLock> control = (*repository)->Control(*run_id);
  if (!control) return console.Fail(control.error());
  if (const Status kept = RememberOrigin(**repository, *run_id, origin); !kept) return console.Fail(kept.error());
  console.Note("run " + *run_id);
  return ExecuteAndShow(console, **repository, plan, *run_id, false);
}

int ResumeRun(const Console& console, const std::string& run_id) {
  const Result<std::unique_ptr<RunRepository>> repository = OpenState(console);
  if (!repository) return console.Fail(repository.error());
  const Result<RunRecord> run = (*repository)->FindRun(run_id);
  if (!run) return console.Fail(run.error());
  if (const Status resumable = CheckResumable(*run); !resumable) return console.Fail(resumable.error());
  if (const Status same = CheckOrigin(**repository, run_id); !same) return console.Fail(same.error());
  const Result<RunLock> control = (*repository)->Control(run_id);
  if (!control) return console.Fail(control.error());
  const Result<Plan> plan = (*repository)->LoadPlan(run_id);
  if (!plan) return console.Fail(plan.error());
  if (const Status begun = (*repository)->SetStatus(run_id, "running"); !begun) return console.Fail(begun.error());
  return ExecuteAndShow(console, **repository, *plan, run_id, true);
}

Status WithEngine(const Console& console, const std::function<Status(EngineContext&)>& job) {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console));
  RunControl control;
  const std::unique_ptr<RunObserver> display = MakeDisplay(console);
  EngineContext context{.store = *repository, .observer = *display, .stop = control.token()};
  return job(context);
}

int ShowReport(const Console& console, const RunReport& report) {
  console.Result(ToJson(report), RenderReport(report, console.colour_out()));
  return ExitStatus(report);
}

}  // namespace migrateiq::cli
