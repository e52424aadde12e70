#include "modules/orchestrator/run_notices.hpp"

#include <boost/json.hpp>

#include "modules/core/notify/notice.hpp"
#include "modules/orchestrator/run_watch.hpp"
#include "modules/orchestrator/schedule.hpp"
#include "modules/projects/job_queue.hpp"
#include "modules/validation/alerts.hpp"

namespace migrateiq::orchestrator::notices {

namespace {

namespace json = boost::json;

/// "run", "rehearsal", "verification", "undo" ...: as people read it.
std::string Noun(const RunJob& run, const std::string& task_kind) {
  if (task_kind != "execute") return task_kind;
  if (run.kind == "rehearse") return "rehearsal";
  return run.kind == "verify" ? "verification" : "run";
}

std::string Quoted(const RunJob& run) { return "'" + run.name + "'"; }

core::Notice About(const RunJob& run, std::string event, std::string title, std::string text) {
  return {.event = std::move(event),
          .title = std::move(title),
          .text = std::move(text),
          .link = "/runs/" + run.run_id,
          .user_ids = {},
          .project_id = run.project_id};
}

/// The code alone: messages may quote values of the data.
std::string CodeOf(const std::string& error) {
  boost::system::error_code fault;
  const json::value value = json::parse(error, fault);
  const json::value* code = !fault && value.is_object() ? value.get_object().if_contains("code") : nullptr;
  return code != nullptr && code->is_string() ? " with " + std::string(code->get_string()) : "";
}

struct End {
  std::string event, words;
};
End EndOf(const RunJob& run, const std::string& task_kind) {
  if (run.state == RunState::failed || !run.error.empty()) return {"run.failed", "failed"};
  if (run.state == RunState::cancelled) return {"run.cancelled", "was cancelled"};
  if (task_kind == "undo") return {"run.undone", "is done"};
  return {"run.succeeded", run.result.empty() || run.result == "succeeded" ? "succeeded" : "ended: " + run.result};
}

}  // namespace

Status ApprovalWanted(store::Session& session, const core::Actor& by, const RunJob& run, Micros now) {
  core::Notice notice = About(run, "approval.wanted", "Approval wanted: " + run.name,
                              by.name + " asks for the " + Noun(run, run.pending) + " of " + Quoted(run) +
                                  ", whose target is a production connection. A second person must approve it.");
  notice.audience = "runs.approve";
  notice.except_ids = {run.pending_by};
  return core::PutNotice(session, run.tenant_id, notice, now);
}

Status Decided(store::Session& session, const core::Actor& by, const RunJob& run, bool approved, Micros now) {
  const std::string word = approved ? "approved" : "refused";
  core::Notice notice =
      About(run, approved ? "approval.given" : "approval.refused", (approved ? "Approved: " : "Refused: ") + run.name,
            by.name + " " + word + " the " + Noun(run, run.pending) + " of " + Quoted(run) + ".");
  notice.user_ids = {run.pending_by};
  return core::PutNotice(session, run.tenant_id, notice, now);
}

Status Ended(store::Session& session, const RunJob& run, const projects::JobKind* kind, const std::string& task_kind,
             Micros now) {
  const End end = EndOf(run, task_kind);
  const std::string noun = kind != nullptr ? kind->noun : Noun(run, task_kind);
  const std::string sentence = "The " + noun + " of " + Quoted(run) + " " + end.words;
  core::Notice notice =
      About(run, end.event, sentence, sentence + (end.event == "run.failed" ? CodeOf(run.error) : "") + ".");
  notice.user_ids = {run.requested_by};
  if (kind != nullptr && !kind->link.empty()) notice.link = kind->link + run.run_id;
  return core::PutNotice(session, run.tenant_id, notice, now);
}

Status Unusual(store::Session& session, const RunJob& run, Micros now) {
  const auto figures = FiguresFrom(run.answer);
  if (!figures) return {};
  std::vector<validation::RunCause> causes;
  for (const UnusualFigure& figure : figures->unusual) causes.push_back({figure.measure, figure.reason});
  MIQ_ASSIGN(
      const std::vector<std::string> told,
      validation::RaiseRunAlerts(
          session,
          {.tenant_id = run.tenant_id, .project_id = run.project_id, .plan_id = run.plan_id, .run_id = run.run_id},
          causes, now));
  if (told.empty()) return {};
  std::string text;
  for (const std::string& reason : told) text += (text.empty() ? "" : "\n") + reason;
  core::Notice notice = About(run, "run.unusual", "The run of " + Quoted(run) + " was unlike those before it", text);
  notice.user_ids = {run.requested_by};
  return core::PutNotice(session, run.tenant_id, notice, now);
}

Status ScheduleFailed(store::Session& session, const Schedule& schedule, const std::string& why, Micros now) {
  return core::PutNotice(session, schedule.tenant_id,
                         {.event = "schedule.failed",
                          .title = "The schedule '" + schedule.name + "' started nothing",
                          .text = why,
                          .link = "/schedules/" + schedule.schedule_id,
                          .user_ids = {schedule.acts_for},
                          .project_id = schedule.project_id},
                         now);
}

}  // namespace migrateiq::orchestrator::notices
