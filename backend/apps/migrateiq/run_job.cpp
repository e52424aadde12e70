#include "apps/migrateiq/run_job.hpp"

#include "apps/migrateiq/run_control.hpp"
#include "apps/migrateiq/run_recorder.hpp"
#include "apps/migrateiq/show_run.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::cli {

Result<std::unique_ptr<RunRepository>> OpenState(const Console& console) {
  return RunRepository::Open(console.state());
}

Result<RunEnd> Execute(const Console& console, RunRepository& repository, const Plan& plan, const std::string& run_id,
                       bool resume) {
  MIQ_ASSIGN(const RunRecord record, repository.FindRun(run_id));
  Result<RunReport> report = Fail(codes::kInternal, "the run was not started");
  bool cancelled = false;
  {
    RunControl control([&] { return repository.GetRequest(run_id).value_or(""); });
    const std::unique_ptr<RunObserver> display = MakeDisplay(console);
    RunRecorder recorder(repository, run_id, *display);
    EngineContext context{.store = repository, .observer = recorder, .stop = control.token()};
    report = ExecuteRun(plan, run_id, resume, context);
    cancelled = control.reason() == "cancel";
  }
  RunEnd end{.report = report ? *report : FailedReport(record, report.error())};
  if (!report) end.error = report.error();
  MIQ_TRY(repository.FinishRun(run_id, end.report));
  end.cancelled = cancelled && report && report->status == RunResult::kInterrupted;
  if (end.cancelled) MIQ_TRY(repository.SetStatus(run_id, "cancelled"));
  return end;
}

Status WithEngine(const Console& console, const std::function<Status(EngineContext&)>& job) {
  MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console));
  RunControl control;
  const std::unique_ptr<RunObserver> display = MakeDisplay(console);
  EngineContext context{.store = *repository, .observer = *display, .stop = control.token()};
  return job(context);
}

}  // namespace migrateiq::cli
