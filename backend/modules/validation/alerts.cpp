#include "modules/validation/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/audit.hpp"
#include "modules/core/notify/notice.hpp"
#include "modules/projects/events.hpp"
#include "modules/validation/check_run_store.hpp"
#include "modules/validation/unusual.hpp"

namespace migrateiq::validation {

using store::Scope;
using store::Session;

namespace {

constexpr int64_t kHistory = 120;  ///< results that a new one is compared with
constexpr size_t kMostNamed = 5;

struct Cause {
  std::string kind, severity, reason;
};

std::string BrokenText(const CheckResultRow& result) {
  if (result.rows_broken > 0) return fmt::format("{} of {} rows break it", result.rows_broken, result.rows_checked);
  return result.measured ? fmt::format("it measures {:.4g}", *result.measured) : "it does not hold";
}

/// What is wrong with a check now.
std::vector<Cause> CausesOf(const CheckResultRow& result, const std::vector<CheckResultRow>& history) {
  std::vector<Cause> causes;
  if (result.status == "failed" && result.severity != "info")
    causes.push_back({"failed", result.severity, BrokenText(result)});
  if (result.status == "error") causes.push_back({"error", "warn", "it could not be made"});
  if (auto why = WhyUnusual(history, result)) causes.push_back({"unusual", "warn", *std::move(why)});
  return causes;
}

void ForgetEndedMute(Micros now, AlertRow& alert) {
  if (alert.muted_until && *alert.muted_until <= now) alert.muted_until.reset();
}

Status Heal(Session& session, AlertRow& alert) {
  alert.state = "resolved";
  alert.note = "it is well again";
  ++alert.version;
  return UpdateAlert(session, alert);
}

/// Alerts of one suite while its last run is judged.
class Judgement {
 public:
  Judgement(Session& session, const SuiteRow& suite, const CheckRunRow& run, Micros now)
      : session_(session), suite_(suite), run_(run), now_(now) {}

  Status Judge(const std::vector<CheckResultRow>& results) {
    MIQ_ASSIGN(open_, UnresolvedAlerts(session_, suite_.tenant_id, {.suite_id = suite_.suite_id, .plan_id = {}}));
    MIQ_ASSIGN(muted_, MutedSubjects(session_, suite_.tenant_id, {.suite_id = suite_.suite_id, .plan_id = {}}, now_));
    for (const CheckResultRow& result : results) {
      if (result.status != "skipped") MIQ_TRY(JudgeOne(result));
    }
    return Tell();
  }

 private:
  Status JudgeOne(const CheckResultRow& result) {
    MIQ_ASSIGN(std::vector<CheckResultRow> history, CheckHistory(session_, suite_.tenant_id, suite_.suite_id,
                                                                 result.name, {.limit = kHistory, .cursor = {}}));
    std::erase_if(history, [&](const CheckResultRow& row) { return row.check_run_id == result.check_run_id; });
    const std::vector<Cause> causes = CausesOf(result, history);
    for (const Cause& cause : causes) MIQ_TRY(Raise(result, cause));
    for (AlertRow& alert : open_) {
      const bool still = std::ranges::any_of(causes, [&](const Cause& cause) { return cause.kind == alert.kind; });
      if (alert.subject == result.name && !still && alert.state != "resolved") MIQ_TRY(Heal(session_, alert));
    }
    return {};
  }

  Status Raise(const CheckResultRow& result, const Cause& cause) {
    for (AlertRow& alert : open_) {
      if (alert.subject != result.name || alert.kind != cause.kind) continue;
      if (alert.run_id == run_.check_run_id) return {};  // an earlier try of the same run told already
      alert.severity = cause.severity;
      alert.reason = cause.reason;
      ++alert.times;
      ++alert.version;
      alert.last_at = now_;
      alert.run_id = run_.check_run_id;
      return UpdateAlert(session_, alert);
    }
    if (std::ranges::find(muted_, result.name) == muted_.end()) told_.push_back(result.name + ": " + cause.reason);
    return InsertAlert(session_, {.alert_id = NewId(),
                                  .tenant_id = suite_.tenant_id,
                                  .suite_id = suite_.suite_id,
                                  .project_id = suite_.project_id,
                                  .subject = result.name,
                                  .kind = cause.kind,
                                  .severity = cause.severity,
                                  .state = "open",
                                  .reason = cause.reason,
                                  .first_at = now_,
                                  .last_at = now_,
                                  .run_id = run_.check_run_id});
  }

  /// One notice a run, for all that is new.
  Status Tell() {
    if (told_.empty()) return {};
    core::Notice notice{
        .event = "suite.failed",
        .title = fmt::format("{} {} of suite '{}' {} attention", told_.size(), told_.size() == 1 ? "check" : "checks",
                             suite_.name, told_.size() == 1 ? "wants" : "want"),
        .text = {},
        .link = "/check-runs/" + run_.check_run_id,
        .user_ids = {suite_.created_by},
        .project_id = suite_.project_id};
    if (run_.created_by != suite_.created_by) notice.user_ids.push_back(run_.created_by);
    for (size_t i = 0; i < std::min(told_.size(), kMostNamed); ++i) notice.text += told_[i] + "\n";
    if (told_.size() > kMostNamed) notice.text += fmt::format("and {} more\n", told_.size() - kMostNamed);
    return core::PutNotice(session_, suite_.tenant_id, notice, now_);
  }

  Session& session_;
  const SuiteRow& suite_;
  const CheckRunRow& run_;
  Micros now_;
  std::vector<AlertRow> open_;
  std::vector<std::string> muted_, told_;
};

/// Plans may be removed while they are carried out.
Result<bool> IsPlan(Session& session, const AlertedRun& run) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM plan WHERE plan_id = $1 AND tenant_id = $2", run.plan_id, run.tenant_id));
  return !rows.empty();
}

std::vector<std::string> ReasonsOf(const std::vector<RunCause>& causes) {
  std::vector<std::string> reasons;
  for (const RunCause& cause : causes) reasons.push_back(cause.reason);
  return reasons;
}

}  // namespace

Status RaiseAlerts(Session& session, const SuiteRow& suite, const CheckRunRow& run,
                   const std::vector<CheckResultRow>& results, Micros now) {
  return Judgement(session, suite, run, now).Judge(results);
}

Result<std::vector<std::string>> RaiseRunAlerts(Session& session, const AlertedRun& run,
                                                const std::vector<RunCause>& causes, Micros now) {
  MIQ_ASSIGN(const bool known_plan, IsPlan(session, run));
  if (!known_plan) return ReasonsOf(causes);
  const AlertOwner owner{.suite_id = {}, .plan_id = run.plan_id};
  MIQ_ASSIGN(std::vector<AlertRow> open, UnresolvedAlerts(session, run.tenant_id, owner));
  MIQ_ASSIGN(const std::vector<std::string> muted, MutedSubjects(session, run.tenant_id, owner, now));
  std::vector<std::string> told;
  for (const RunCause& cause : causes) {
    const auto known = std::ranges::find(open, cause.measure, &AlertRow::subject);
    if (known != open.end()) {
      known->reason = cause.reason;
      known->times += known->run_id == run.run_id ? 0 : 1;  // a task that is carried out again tells nothing new
      ++known->version;
      known->last_at = now;
      known->run_id = run.run_id;
      MIQ_TRY(UpdateAlert(session, *known));
      continue;
    }
    if (std::ranges::find(muted, cause.measure) == muted.end()) told.push_back(cause.reason);
    MIQ_TRY(InsertAlert(session, {.alert_id = NewId(),
                                  .tenant_id = run.tenant_id,
                                  .source = kOfRuns,
                                  .plan_id = run.plan_id,
                                  .project_id = run.project_id,
                                  .subject = cause.measure,
                                  .kind = "unusual",
                                  .severity = "warn",
                                  .reason = cause.reason,
                                  .first_at = now,
                                  .last_at = now,
                                  .run_id = run.run_id}));
  }
  for (AlertRow& alert : open) {
    if (std::ranges::find(causes, alert.subject, &RunCause::measure) == causes.end()) MIQ_TRY(Heal(session, alert));
  }
  return told;
}

Result<std::vector<AlertRow>> Alerts::List(const std::string& tenant_id, const AlertFilter& filter,
                                           const core::PageRequest& page) {
  MIQ_ASSIGN(auto found, parts_.store.ReadFor<std::vector<AlertRow>>(Scope::Tenant(tenant_id), [&](Session& session) {
    return ListAlerts(session, tenant_id, filter, page);
  }));
  const Micros now = parts_.clock.Now();
  for (AlertRow& alert : found) ForgetEndedMute(now, alert);
  return found;
}

Result<AlertRow> Alerts::Get(const std::string& tenant_id, const std::string& alert_id) {
  MIQ_ASSIGN(AlertRow alert, parts_.store.ReadFor<AlertRow>(Scope::Tenant(tenant_id), [&](Session& session) {
    return RequireAlert(session, tenant_id, alert_id);
  }));
  ForgetEndedMute(parts_.clock.Now(), alert);
  return alert;
}

Result<AlertRow> Alerts::Change(const Actor& actor, const std::string& alert_id, const std::string& word,
                                const Work& work) {
  AlertRow alert;
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(alert, RequireAlert(session, actor.tenant_id, alert_id));
    MIQ_TRY(work(session, alert));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("alert." + word, "alert", alert_id));
  }));
  ForgetEndedMute(parts_.clock.Now(), alert);
  projects::Events(parts_.bus)
      .Tell(alert.project_id, "check.alert", actor, {{"alert_id", alert_id}, {"state", alert.state}});
  return alert;
}

Result<AlertRow> Alerts::Move(const Actor& actor, const std::string& alert_id, const std::string& state,
                              const std::string& note) {
  return Change(actor, alert_id, state, [&](Session& session, AlertRow& alert) -> Status {
    if (alert.state == "resolved") return Fail(codes::kApiState, "the alert is resolved already");
    alert.state = state;
    alert.note = note;
    alert.changed_by = actor.person();
    alert.changed_by_name = actor.name;
    ++alert.version;
    return UpdateAlert(session, alert);
  });
}

Result<AlertRow> Alerts::Acknowledge(const Actor& actor, const std::string& alert_id, const std::string& note) {
  return Move(actor, alert_id, "acknowledged", note);
}

Result<AlertRow> Alerts::Resolve(const Actor& actor, const std::string& alert_id, const std::string& note) {
  return Move(actor, alert_id, "resolved", note);
}

Result<AlertRow> Alerts::Mute(const Actor& actor, const std::string& alert_id, Micros until) {
  return Change(actor, alert_id, "muted", [&](Session& session, AlertRow& alert) {
    alert.muted_until = until;
    return PutMute(session, actor.tenant_id, {.suite_id = alert.suite_id, .plan_id = alert.plan_id}, alert.subject,
                   until > parts_.clock.Now() ? until : 0);
  });
}

}  // namespace migrateiq::validation
