#include "apps/migrateiq/show_run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/migrateiq/render_progress.hpp"
#include "apps/migrateiq/render_report.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::cli {

namespace {

std::string Question(const Preview& preview) {
  std::string text = "This run";
  if (!preview.replaces.empty()) text += fmt::format(" replaces {};", fmt::join(preview.replaces, ", "));
  if (!preview.truncates.empty()) text += fmt::format(" truncates {};", fmt::join(preview.truncates, ", "));
  text.back() = '.';
  return text;
}

}  // namespace

std::unique_ptr<RunObserver> MakeDisplay(const Console& console) {
  if (console.live()) return std::make_unique<LiveDisplay>();
  return std::make_unique<LineDisplay>(console.options().quiet);
}

int ShowReport(const Console& console, const RunReport& report) {
  console.Result(ToJson(report), RenderReport(report, console.colour_out()));
  return ExitStatus(report);
}

int ShowEnd(const Console& console, const RunEnd& end) {
  if (end.error) {
    if (console.json()) console.Result(ToJson(end.report), "");
    console.ShowError(*end.error);
    return ExitStatus(*end.error);
  }
  const int status = ShowReport(console, end.report);
  if (end.report.status == RunResult::kInterrupted && !end.cancelled)
    console.Note("continue with: migrateiq resume " + end.report.run_id);
  return end.cancelled ? 1 : status;
}

Runs::ConfirmRun AskBeforeRun(const Console& console, bool yes) {
  return [&console, yes](const Preview& preview) -> Status {
    for (const std::string& warning : preview.warnings) console.Note("warning: " + warning);
    return preview.Destructive() ? console.Confirm(Question(preview), yes) : Status();
  };
}

RunReport FailedReport(const RunRecord& record, const Error& error) {
  RunReport report{
      .run_id = record.run_id, .name = record.name, .status = RunResult::kFailed, .started_at = record.started_at};
  if (error.Is(codes::kRunInterrupted)) report.status = RunResult::kInterrupted;
  report.errors.push_back(error);
  return report;
}

}  // namespace migrateiq::cli
