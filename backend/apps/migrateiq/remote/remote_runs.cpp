#include "apps/migrateiq/remote/remote_runs.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <fstream>

#include "apps/migrateiq/remote/json_members.hpp"
#include "apps/migrateiq/remote/proof.hpp"
#include "apps/migrateiq/run_control.hpp"
#include "apps/migrateiq/show_run.hpp"
#include "base/errors/api.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

std::string PathOf(const std::string& run_id) { return "runs/" + run_id; }

/// What becomes a part of a path cannot lead elsewhere.
bool IsId(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
}

/// A 404 of the API in the words of the command line.
Error RunError(const Error& error, const std::string& run_id) {
  return error.Is(codes::kApiNotFound) ? Error(codes::kRunNotFound, "the server has no run " + run_id) : error;
}

const char* WordOf(VerifyLevel level) {
  if (level == VerifyLevel::kCounts) return "counts";
  return level == VerifyLevel::kDiff ? "diff" : "checksum";
}

std::string AddressIn(const std::map<std::string, std::string>& names, const std::string& connection_id) {
  const auto found = names.find(connection_id);
  return found == names.end() ? connection_id : found->second;
}

/// A report that an earlier attempt left does not tell how this one ended.
bool IsOfEarlierAttempt(const RemoteRun& run, const RunReport& report) {
  const bool failed = report.status == RunResult::kFailed || report.status == RunResult::kMismatch;
  return run.state == "failed" && run.error && !failed;
}

}  // namespace

Result<RemoteRun> RemoteRuns::Load(const std::string& run_id) {
  if (!IsId(run_id)) return Fail(codes::kRunNotFound, "'" + run_id + "' is no run's id");
  const Result<json::object> answer = client_.Get(PathOf(run_id));
  if (!answer) return Fail(RunError(answer.error(), run_id));
  return RemoteRunFrom(*answer);
}

Result<Preview> RemoteRuns::PreviewOf(const StoredPlan& plan) {
  MIQ_ASSIGN(const json::object answer,
             client_.Get("runs/preview", {{"plan_id", plan.plan_id}, {"plan_version", std::to_string(plan.version)}}));
  return Preview{.creates = TextsIn(answer, "creates"),
                 .replaces = TextsIn(answer, "replaces"),
                 .truncates = TextsIn(answer, "truncates"),
                 .appends = TextsIn(answer, "appends"),
                 .upserts = TextsIn(answer, "upserts"),
                 .warnings = TextsIn(answer, "warnings")};
}

Result<RunEnd> RemoteRuns::Start(const PlanInput& input, const ConfirmRun& confirm) {
  MIQ_ASSIGN(const StoredPlan plan, plans_.Store(input));
  MIQ_ASSIGN(const Preview preview, PreviewOf(plan));
  MIQ_TRY(confirm(preview));
  json::object body{{"plan_id", plan.plan_id}, {"plan_version", plan.version}, {"kind", "run"}, {"name", plan.name}};
  if (preview.Destructive()) body["confirm"] = true;
  MIQ_ASSIGN(const json::object answer, client_.Post("runs", body));
  const std::string run_id = TextIn(answer, "run_id");
  console_.Note("run " + run_id);
  return Follow(run_id, false, "");
}

Result<RunEnd> RemoteRuns::Resume(const std::string& run_id) {
  MIQ_ASSIGN(const RemoteRun run, Load(run_id));
  const std::string action = run.state == "paused"                               ? "resume"
                             : run.state == "failed" || run.state == "cancelled" ? "retry"
                                                                                 : "";
  if (action.empty() && !run.IsUnderWay())
    return Fail(codes::kRunState,
                "run " + run_id + " is " + run.Status() + "; only a paused, failed or cancelled run is resumed");
  return Follow(run_id, true, action);
}

Result<RunEnd> RemoteRuns::Follow(const std::string& run_id, bool again, const std::string& action) {
  RunControl control;
  const std::unique_ptr<RunObserver> display = MakeDisplay(console_);
  RunWatch watch(client_, run_id, *display, control.token());
  if (again) MIQ_TRY(watch.SkipPast());
  if (!action.empty()) MIQ_TRY(client_.Post(PathOf(run_id) + "/" + action, {}));
  const Result<RemoteRun> run = watch.UntilSettled();
  if (run) return EndOf(*run);
  return RunEnd{.report = FailedReport({.run_id = run_id}, run.error()), .error = run.error()};
}

RunEnd RemoteRuns::EndOf(const RemoteRun& run) {
  const Result<std::string> text = Report(run.run_id);
  const Result<RunReport> report = text ? ReportFromJson(*text) : Result<RunReport>(Fail(text.error()));
  if (report && !IsOfEarlierAttempt(run, *report)) return {.report = *report, .cancelled = run.state == "cancelled"};
  const bool stopped = run.state == "cancelled" || run.state == "paused";
  const Error error = run.error.value_or(
      stopped ? Error(codes::kRunInterrupted, "run " + run.run_id + " is " + run.state)
              : Error(codes::kRunState, "run " + run.run_id + " is " + run.state + " and has no report"));
  RunEnd end{.report = FailedReport(RecordOf(run, "", ""), error), .error = error};
  end.cancelled = run.state == "cancelled";
  return end;
}

Result<std::string> RemoteRuns::Report(const std::string& run_id) {
  MIQ_ASSIGN(const json::object answer, client_.Get(PathOf(run_id) + "/report"));
  return JsonText(answer);
}

Result<RemoteRuns::JobEnd> RemoteRuns::Job(const StoredPlan& plan, json::object body) {
  body["plan_id"] = plan.plan_id;
  body["plan_version"] = plan.version;
  body["name"] = plan.name;
  MIQ_ASSIGN(const json::object answer, client_.Post("runs", body));
  const std::string run_id = TextIn(answer, "run_id");
  MIQ_ASSIGN(RunEnd end, Follow(run_id, false, ""));
  if (end.error) return Fail(*end.error);
  return JobEnd{run_id, std::move(end.report)};
}

Result<RunReport> RemoteRuns::Rehearse(const PlanInput& input, int64_t sample_rows) {
  MIQ_ASSIGN(const StoredPlan plan, plans_.Store(input));
  json::object body{{"kind", "rehearse"}};
  if (sample_rows > 0) body["sample_rows"] = sample_rows;
  MIQ_ASSIGN(JobEnd end, Job(plan, std::move(body)));
  return std::move(end.report);
}

Result<RunReport> RemoteRuns::Verify(const PlanInput& input, VerifyLevel level, const std::string& repair_sql) {
  const bool repair = !repair_sql.empty();
  if (repair) MIQ_TRY(ProveIdentity(client_));  // not only when the rows are compared
  MIQ_ASSIGN(const StoredPlan plan, plans_.Store(input));
  json::object body{{"kind", "verify"}, {"level", WordOf(level)}};
  if (repair) body["repair"] = true;
  MIQ_ASSIGN(JobEnd end, Job(plan, std::move(body)));
  if (repair) MIQ_TRY(SaveRepair(end.run_id, repair_sql));
  return std::move(end.report);
}

Status RemoteRuns::SaveRepair(const std::string& run_id, const std::string& file) {
  const std::string path = PathOf(run_id) + "/repair-sql";
  Result<std::string> statements = client_.GetText(path);
  if (!statements && statements.error().Is(codes::kApiStepUp)) {
    MIQ_TRY(ProveIdentity(client_));
    statements = client_.GetText(path);
  }
  if (!statements) return Fail(statements.error());
  std::ofstream out(file, std::ios::binary);
  out << *statements;
  out.close();
  return out ? Status() : Fail(codes::kConnOpenFile, "cannot write " + file);
}

Result<Plan> RemoteRuns::Propose(const PlanInput& skeleton) {
  MIQ_ASSIGN(const StoredPlan plan, plans_.Store(skeleton));
  MIQ_ASSIGN(const json::object answer,
             client_.Get("plans/" + plan.plan_id + "/proposal", {{"version", std::to_string(plan.version)}}));
  MIQ_ASSIGN(Plan proposed, ParsePlan(TextIn(answer, "text"), "plan"));
  MIQ_ASSIGN(const StoredPlan stored, plans_.Store({.plan = proposed, .origin = {}}));
  console_.Note("plan '" + stored.name + "' stored in the project 'Command line', version " +
                std::to_string(stored.version));
  return proposed;
}

Result<std::string> RemoteRuns::Request(const std::string& run_id, const std::string& what) {
  MIQ_ASSIGN(const RemoteRun before, Load(run_id));
  MIQ_ASSIGN(const json::object answer, client_.Post(PathOf(run_id) + "/" + what, {}));
  const RemoteRun run = RemoteRunFrom(answer);
  return run.asked_to.empty() ? run.Status() : run.asked_to + " requested of the server";
}

Status RemoteRuns::Carry(const std::string& run_id, const std::string& kind, const json::object& body,
                         const std::string& path) {
  RunControl control;
  const std::unique_ptr<RunObserver> display = MakeDisplay(console_);
  RunWatch watch(client_, run_id, *display, control.token());
  MIQ_TRY(watch.SkipPast());
  MIQ_TRY(client_.Post(PathOf(run_id) + "/" + path, body));
  MIQ_TRY(watch.UntilTaskDone(kind));
  return {};
}

Result<UndoPreview> RemoteRuns::Undo(const std::string& run_id, const ConfirmUndo& confirm) {
  MIQ_TRY(Load(run_id));
  MIQ_ASSIGN(const json::object answer, client_.Get(PathOf(run_id) + "/undo-preview"));
  UndoPreview preview{.drops = TextsIn(answer, "drops"), .restores = TextsIn(answer, "restores")};
  MIQ_TRY(confirm(preview));
  MIQ_TRY(Carry(run_id, "undo", {{"confirm", true}}, "undo"));
  return preview;
}

Status RemoteRuns::Accept(const std::string& run_id, const std::function<Status()>& confirm) {
  MIQ_TRY(Load(run_id));
  MIQ_TRY(confirm());
  return Carry(run_id, "accept", {{"confirm", true}}, "accept");
}

RemoteRuns::Names RemoteRuns::ConnectionNames() {
  Names names;
  const auto known = client_.List("connections");  // who may not read them sees their ids
  if (!known) return names;
  for (const json::object& one : *known) names[TextIn(one, "connection_id")] = TextIn(one, "url");
  return names;
}

Result<RunDetails> RemoteRuns::Find(const std::string& run_id) {
  MIQ_ASSIGN(const RemoteRun run, Load(run_id));
  MIQ_ASSIGN(const std::vector<json::object> events, client_.List(PathOf(run_id) + "/events"));
  const Names names = ConnectionNames();
  RunDetails details{
      .record = RecordOf(run, AddressIn(names, run.source_connection_id), AddressIn(names, run.target_connection_id)),
      .events = {}};
  for (const json::object& event : events)
    details.events.push_back({TextIn(event, "at"), TextIn(event, "level"), TextIn(event, "text")});
  details.record.report = Report(run_id).value_or("");
  details.progress = run.progress;
  details.under_way = run.IsUnderWay();
  if (!run.waiting_for.empty()) details.remark = "waiting for " + run.waiting_for;
  details.possible = PossibleFor(run);
  return details;
}

Result<std::vector<RunRecord>> RemoteRuns::List() {
  MIQ_ASSIGN(const std::vector<json::object> runs, client_.List("runs", {{"kind", "run"}}));
  const Names names = ConnectionNames();
  std::vector<RunRecord> records;
  for (const json::object& one : runs) {
    const RemoteRun run = RemoteRunFrom(one);
    records.push_back(
        RecordOf(run, AddressIn(names, run.source_connection_id), AddressIn(names, run.target_connection_id)));
  }
  return records;
}

}  // namespace migrateiq::cli
