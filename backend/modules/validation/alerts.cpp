#include "modules/validation/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/audit.hpp"
#include "modules/core/notify/notice.hpp"
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

/// Alerts of one suite while its last run is judged.
class Judgement {
 public:
  Judgement(Session& session, const SuiteRow& suite, const CheckRunRow& run, Micros now)
      : session_(session), suite_(suite), run_(run), now_(now) {}

  Status Judge(const std::vector<CheckResultRow>& results) {
    MIQ_ASSIGN(open_, UnresolvedAlerts(session_, suite_.tenant_id, suite_.suite_id));
    MIQ_ASSIGN(muted_, MutedChecks(session_, suite_.tenant_id, suite_.suite_id, now_));
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
      if (alert.check_name == result.name && !still && alert.state != "resolved") MIQ_TRY(Heal(alert));
    }
    return {};
  }

  Status Raise(const CheckResultRow& result, const Cause& cause) {
    for (AlertRow& alert : open_) {
      if (alert.check_name != result.name || alert.kind != cause.kind) continue;
      if (alert.check_run_id == run_.check_run_id) return {};  // an earlier try of the same run told already
      alert.severity = cause.severity;
      alert.reason = cause.reason;
      ++alert.times;
      ++alert.version;
      alert.last_at = now_;
      alert.check_run_id = run_.check_run_id;
      return UpdateAlert(session_, alert);
    }
    if (std::ranges::find(muted_, result.name) == muted_.end()) told_.push_back(result.name + ": " + cause.reason);
    return InsertAlert(session_, {.alert_id = NewId(),
                                  .tenant_id = suite_.tenant_id,
                                  .suite_id = suite_.suite_id,
                                  .project_id = suite_.project_id,
                                  .check_name = result.name,
                                  .kind = cause.kind,
                                  .severity = cause.severity,
                                  .state = "open",
                                  .reason = cause.reason,
                                  .first_at = now_,
                                  .last_at = now_,
                                  .check_run_id = run_.check_run_id});
  }

  Status Heal(AlertRow& alert) {
    alert.state = "resolved";
    alert.note = "it is well again";
    ++alert.version;
    return UpdateAlert(session_, alert);
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

}  // namespace

Status RaiseAlerts(Session& session, const SuiteRow& suite, const CheckRunRow& run,
                   const std::vector<CheckResultRow>& results, Micros now) {
  return Judgement(session, suite, run, now).Judge(results);
}

Result<std::vector<AlertRow>> Alerts::List(const std::string& tenant_id, const AlertFilter& filter,
                                           const core::PageRequest& page) {
  return parts_.store.ReadFor<std::vector<AlertRow>>(
      Scope::Tenant(tenant_id), [&](Session& session) { return ListAlerts(session, tenant_id, filter, page); });
}

Result<AlertRow> Alerts::Get(const std::string& tenant_id, const std::string& alert_id) {
  return parts_.store.ReadFor<AlertRow>(Scope::Tenant(tenant_id),
                                        [&](Session& session) { return RequireAlert(session, tenant_id, alert_id); });
}

Result<AlertRow> Alerts::Move(const Actor& actor, const std::string& alert_id, const std::string& state,
                              const std::string& note) {
  return parts_.store.WriteFor<AlertRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<AlertRow> {
    MIQ_ASSIGN(AlertRow alert, RequireAlert(session, actor.tenant_id, alert_id));
    if (alert.state == "resolved") return Fail(codes::kApiState, "the alert is resolved already");
    alert.state = state;
    alert.note = note;
    alert.changed_by = actor.person();
    alert.changed_by_name = actor.name;
    ++alert.version;
    MIQ_TRY(UpdateAlert(session, alert));
    MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("alert." + state, "suite.failed", alert_id)));
    return alert;
  });
}

Result<AlertRow> Alerts::Acknowledge(const Actor& actor, const std::string& alert_id, const std::string& note) {
  return Move(actor, alert_id, "acknowledged", note);
}

Result<AlertRow> Alerts::Resolve(const Actor& actor, const std::string& alert_id, const std::string& note) {
  return Move(actor, alert_id, "resolved", note);
}

Result<AlertRow> Alerts::Mute(const Actor& actor, const std::string& alert_id, Micros until) {
  return parts_.store.WriteFor<AlertRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<AlertRow> {
    MIQ_ASSIGN(AlertRow alert, RequireAlert(session, actor.tenant_id, alert_id));
    MIQ_TRY(
        PutMute(session, actor.tenant_id, alert.suite_id, alert.check_name, until > parts_.clock.Now() ? until : 0));
    MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("alert.muted", "suite.failed", alert_id)));
    return alert;
  });
}

}  // namespace migrateiq::validation
