#include "modules/ml/matchings.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/audit.hpp"
#include "modules/ml/mapping_plan.hpp"
#include "modules/ml/retrain.hpp"
#include "modules/projects/events.hpp"
#include "modules/projects/project_store.hpp"
#include "pipeline/match/matcher.hpp"
#include "pipeline/plan/plan_file.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::ml {

using store::Scope;
using store::Session;

namespace {

namespace json = boost::json;

/// So many decisions of a project say how sure confidences are.
constexpr int64_t kMostExperience = 2000;
constexpr int64_t kAll = 1'000'000;
constexpr size_t kSealedAtOnce = 500;

std::string ContextOf(const std::string& matching_id) { return "matching:" + matching_id; }

/// A connection that a request names.
Result<projects::ConnectionRow> Named(projects::Connections& connections, const std::string& tenant_id,
                                      const std::string& connection_id, const char* place) {
  auto row = connections.Get(tenant_id, connection_id);
  if (!row && row.error().Is(codes::kApiNotFound))
    return Fail(Error(codes::kApiField, "there is no such connection").At(place));
  return row;
}

Status Audit(Session& session, const Actor& actor, const std::string& matching_id, const std::string& what,
             const json::object& details) {
  core::AuditEntry entry = actor.Entry("matching." + what, "matching", matching_id);
  entry.details = JsonText(details);
  return core::AppendAudit(session, actor.tenant_id, entry);
}

/// What the decision makes of the suggestion.
void Apply(const DecisionWish& wish, const Actor& actor, Micros now, Suggestion& one) {
  one.decision = wish.decision;
  one.decided_target = one.decided_expr = one.decided_by = one.decided_by_name = "";
  one.decided_at.reset();
  if (wish.decision == Decision::open) return;
  one.decided_by = actor.person();
  one.decided_by_name = actor.name;
  one.decided_at = now;
  if (wish.decision == Decision::rejected) return;
  const bool changed = wish.decision == Decision::changed;
  one.decided_target = changed && !wish.target_column.empty() ? wish.target_column : one.target_column;
  if (changed) one.decided_expr = wish.expr;
  if (!changed && one.details.transformation) one.decided_expr = one.details.transformation->expr;
}

/// What somebody decided meanwhile is not overwritten unseen.
Status CheckSeen(const Suggestion& one, const DecisionWish& wish) {
  const bool other = wish.seen && *wish.seen != one.decision;
  const bool later = wish.seen_at && wish.seen_at != one.decided_at;
  if (!other && !later) return {};
  return Fail(codes::kApiStale, "the suggestion was decided meanwhile" +
                                    (one.decided_by_name.empty() ? "" : " by " + one.decided_by_name));
}

Status CheckWish(const Suggestion& one, const DecisionWish& wish, const std::vector<MatchedTable>& tables) {
  if (wish.decision == Decision::accepted && one.target_column.empty())
    return Fail(Error(codes::kApiField, "there is nothing to accept: no match was proposed").At("/decision"));
  if (wish.decision != Decision::changed) return {};
  if (wish.target_column.empty() && wish.expr.empty())
    return Fail(Error(codes::kApiField, "say what is to be changed").At("/target_column"));
  const auto table = std::ranges::find(tables, one.table_number, &MatchedTable::number);
  const std::string& target = wish.target_column.empty() ? one.target_column : wish.target_column;
  if (table != tables.end() && std::ranges::count(table->target_columns, target) > 0) return {};
  return Fail(Error(codes::kApiField, "the target table has no column '" + target + "'").At("/target_column"));
}

}  // namespace

Result<MatchingDetail> Matchings::Start(const Actor& actor, const NewMatching& wanted) {
  const std::string& tenant_id = actor.tenant_id;
  MIQ_TRY(parts_.store.Read(Scope::Tenant(tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(projects::RequireProject(session, tenant_id, wanted.project_id));
    return {};
  }));
  MIQ_ASSIGN(const auto source,
             Named(parts_.connections, tenant_id, wanted.source_connection_id, "/source_connection_id"));
  MIQ_ASSIGN(const auto target,
             Named(parts_.connections, tenant_id, wanted.target_connection_id, "/target_connection_id"));
  MatchingRow row{.tenant_id = tenant_id,
                  .project_id = wanted.project_id,
                  .source_connection_id = source.connection_id,
                  .target_connection_id = target.connection_id,
                  .source_connection = source.name,
                  .target_connection = target.name,
                  .name = wanted.name.empty() ? source.name + " to " + target.name : wanted.name,
                  .options = wanted.options,
                  .created_at = parts_.clock.Now(),
                  .created_by = actor.person(),
                  .created_by_name = actor.name};
  MIQ_ASSIGN(projects::JobView job,
             parts_.jobs.Submit(actor,
                                {.kind = kMatchJob,
                                 .project_id = row.project_id,
                                 .name = row.name,
                                 .source_connection_id = row.source_connection_id,
                                 .target_connection_id = row.target_connection_id,
                                 .not_before = wanted.not_before},
                                [&](Session& session, const std::string& job_id) -> Status {
                                  MIQ_TRY(projects::RequireProject(session, tenant_id, row.project_id));
                                  row.matching_id = job_id;
                                  return InsertMatching(session, row);
                                }));
  return MatchingDetail{std::move(row), std::move(job)};
}

Result<MatchingDetail> Matchings::Get(const std::string& tenant_id, const std::string& matching_id) {
  MIQ_ASSIGN(MatchingRow row, parts_.store.ReadFor<MatchingRow>(Scope::Tenant(tenant_id), [&](Session& session) {
    return RequireMatching(session, tenant_id, matching_id);
  }));
  MIQ_ASSIGN(auto details,
             projects::AddJobs<MatchingRow>(parts_.jobs, tenant_id, {std::move(row)}, &MatchingRow::matching_id));
  return std::move(details.front());
}

Result<std::vector<MatchingDetail>> Matchings::List(const std::string& tenant_id, const std::string& project_id,
                                                    const core::PageRequest& page) {
  using Rows = std::vector<MatchingRow>;
  MIQ_ASSIGN(Rows rows, parts_.store.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<Rows> {
    MIQ_TRY(projects::RequireProject(session, tenant_id, project_id));
    return ListMatchings(session, tenant_id, project_id, page);
  }));
  return projects::AddJobs(parts_.jobs, tenant_id, std::move(rows), &MatchingRow::matching_id);
}

Status Matchings::Remove(const Actor& actor, const std::string& matching_id) {
  MIQ_ASSIGN(const MatchingDetail detail, Get(actor.tenant_id, matching_id));
  if (detail.job && !detail.job->is_over()) MIQ_TRY(parts_.jobs.Cancel(actor, matching_id));
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(const bool removed, DeleteMatching(session, actor.tenant_id, matching_id));
    if (!removed) return Fail(codes::kApiNotFound, "there is no matching '" + matching_id + "'");
    return Audit(session, actor, matching_id, "removed", {});
  }));
  projects::Events(parts_.bus).Tell(detail.row.project_id, "matching.removed", actor, {{"matching_id", matching_id}});
  return {};
}

Status Matchings::Tidy(Micros before) {
  return parts_.store.Write(Scope::System(), [&](Session& session) { return DeleteOldMatchings(session, before); });
}

Status Matchings::SealOld() {
  using Old = std::vector<UnsealedDetails>;
  for (size_t sealed = kSealedAtOnce; sealed == kSealedAtOnce;) {
    MIQ_ASSIGN(const Old old, parts_.store.ReadFor<Old>(Scope::System(), [](Session& session) {
      return ListUnsealed(session, kSealedAtOnce);
    }));
    for (const UnsealedDetails& one : old) {
      MIQ_ASSIGN(const std::string text, parts_.vault.Seal(one.tenant_id, one.details, ContextOf(one.matching_id)));
      MIQ_TRY(parts_.store.Write(Scope::Tenant(one.tenant_id),
                                 [&](Session& session) { return PutSealed(session, one, text); }));
    }
    sealed = old.size();
  }
  return {};
}

Status Matchings::Open(const MatchingRow& matching, Suggestion& one) const {
  if (one.sealed.empty()) return {};  // of an earlier version
  MIQ_ASSIGN(const std::string text,
             parts_.vault.Open(matching.tenant_id, one.sealed, ContextOf(matching.matching_id)));
  one.details = DecodeStored<SuggestionDetails>(text);
  return {};
}

Status Matchings::Finish(projects::JobContext& job, Found found) {
  for (Suggestion& one : found.suggestions) {
    MIQ_ASSIGN(one.sealed, parts_.vault.Seal(job.tenant_id(), Encode(one.details), ContextOf(job.job_id())));
  }
  return job.Write([&](Session& session) -> Status {
    MIQ_TRY(PutFound(session, job.tenant_id(), job.job_id(), found.tables, found.suggestions));
    return FinishMatching(session, job.tenant_id(), job.job_id(), parts_.clock.Now(), found.model_id, found.unmatched);
  });
}

Result<std::vector<MatchedTable>> Matchings::Tables(const std::string& tenant_id, const std::string& matching_id) {
  return parts_.store.ReadFor<std::vector<MatchedTable>>(
      Scope::Tenant(tenant_id), [&](Session& session) { return TablesOf(session, tenant_id, matching_id); });
}

/// From what people of the project decided, this matching among it.
Result<Matchings::Judge> Matchings::JudgeOf(const MatchingRow& matching) {
  using All = std::vector<Experience>;
  MIQ_ASSIGN(const All all, parts_.store.ReadFor<All>(Scope::Tenant(matching.tenant_id), [&](Session& session) {
    return ReadExperience(session, matching.tenant_id, matching.project_id, kMostExperience);
  }));
  MIQ_ASSIGN(const auto model, parts_.models.Load(matching.tenant_id, matching.model_id));
  std::vector<match::Experienced> experience;
  for (const Experience& one : all)
    if (one.model_id == matching.model_id) experience.push_back({one.confidence, one.right, RegimeOf(one.regime)});
  const match::Calibration calibration = match::Recalibrated(experience);
  return Judge{.calibration = calibration, .acceptance = match::Acceptance(*model, calibration, experience)};
}

Result<std::vector<Suggestion>> Matchings::Suggestions(const MatchingRow& matching, const SuggestionFilter& filter) {
  using Found = std::vector<Suggestion>;
  MIQ_ASSIGN(const Judge judge, JudgeOf(matching));
  MIQ_ASSIGN(const auto tables, Tables(matching.tenant_id, matching.matching_id));
  std::map<int64_t, match::Regime> regimes;
  for (const MatchedTable& table : tables) regimes[table.number] = RegimeOf(table.regime);
  MIQ_ASSIGN(Found found, parts_.store.ReadFor<Found>(Scope::Tenant(matching.tenant_id), [&](Session& session) {
    return ListSuggestions(session, matching.tenant_id, matching.matching_id, filter);
  }));
  const auto now = [&](double confidence) { return judge.calibration(match::Logit(confidence)); };
  for (Suggestion& one : found) {
    MIQ_TRY(Open(matching, one));
    one.confidence = now(one.confidence);
    const bool paired = !one.source_column.empty() && !one.target_column.empty();
    one.sure = paired && judge.acceptance.Accepts(regimes[one.table_number], one.confidence);
    for (SuggestedAlternative& other : one.details.alternatives) other.confidence = now(other.confidence);
  }
  return found;
}

Result<Suggestion> Matchings::Decide(const Actor& actor, const MatchingRow& matching, int64_t number,
                                     const DecisionWish& wish) {
  MIQ_ASSIGN(const auto tables, Tables(matching.tenant_id, matching.matching_id));
  MIQ_ASSIGN(const auto seen, Suggestions(matching, {.after = number - 1, .limit = 0}));
  MIQ_TRY(parts_.store.Write(Scope::Tenant(matching.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(Suggestion one, LockSuggestion(session, matching.tenant_id, matching.matching_id, number));
    MIQ_TRY(CheckSeen(one, wish));
    if (!seen.empty() && seen.front().number == number) one.details = seen.front().details;
    MIQ_TRY(CheckWish(one, wish, tables));
    Apply(wish, actor, parts_.clock.Now(), one);
    MIQ_TRY(PutDecision(session, matching.tenant_id, matching.matching_id, one));
    return Audit(session, actor, matching.matching_id, "decided", {{"suggestion", number}});
  }));
  projects::Events(parts_.bus)
      .Tell(matching.project_id, "matching.decided", actor,
            {{"matching_id", matching.matching_id}, {"number", number}});
  MIQ_ASSIGN(auto found, Suggestions(matching, {.after = number - 1, .limit = 0}));
  return std::move(found.front());
}

Result<int64_t> Matchings::AcceptFrom(const Actor& actor, const MatchingRow& matching, double confidence) {
  MIQ_ASSIGN(const auto open, Suggestions(matching, {.decision = "open", .limit = kAll}));
  int64_t accepted = 0;
  MIQ_TRY(parts_.store.Write(Scope::Tenant(matching.tenant_id), [&](Session& session) -> Status {
    accepted = 0;
    for (const Suggestion& seen : open) {
      if (seen.target_column.empty() || seen.confidence < confidence) continue;
      MIQ_ASSIGN(Suggestion one, LockSuggestion(session, matching.tenant_id, matching.matching_id, seen.number));
      if (one.decision != Decision::open) continue;
      one.details = seen.details;
      Apply({.decision = Decision::accepted}, actor, parts_.clock.Now(), one);
      MIQ_TRY(PutDecision(session, matching.tenant_id, matching.matching_id, one));
      ++accepted;
    }
    return Audit(session, actor, matching.matching_id, "accepted", {{"suggestions", accepted}});
  }));
  if (accepted > 0)
    projects::Events(parts_.bus)
        .Tell(matching.project_id, "matching.decided", actor, {{"matching_id", matching.matching_id}});
  return accepted;
}

Result<projects::PlanDetail> Matchings::MakePlan(const Actor& actor, const MatchingRow& matching,
                                                 const PlanWish& wish) {
  MIQ_ASSIGN(const auto tables, Tables(matching.tenant_id, matching.matching_id));
  MIQ_ASSIGN(const auto suggestions, Suggestions(matching, {.limit = kAll}));
  std::vector<TableMapping> mappings = MappingsOf(tables, suggestions);
  if (mappings.empty()) return Fail(codes::kApiState, "nothing of the matching was accepted yet");
  const std::string message = wish.message.empty() ? "from the matching " + matching.name : wish.message;
  if (wish.plan_id.empty()) {
    const std::string text = WritePlan(NewPlanOf(matching, std::move(mappings)));
    return parts_.plans.Create(
        actor, matching.project_id,
        {.name = wish.name.empty() ? matching.name : wish.name, .text = text, .message = message});
  }
  MIQ_ASSIGN(const projects::PlanDetail now, parts_.plans.Version(matching.tenant_id, wish.plan_id, 0));
  if (now.plan.project_id != matching.project_id)
    return Fail(Error(codes::kApiField, "the plan is of another project").At("/plan_id"));
  MIQ_ASSIGN(Plan plan, projects::ReadServerPlan(now.version.text));
  projects::PlanEdit edit{.message = message};
  edit.text = WritePlan(WithMappings(std::move(plan), std::move(mappings)));
  // What somebody changed since this plan was read is not overwritten.
  return parts_.plans.Change(actor, wish.plan_id, edit, [&](int64_t version) -> Status {
    return version == now.version.number ? Status() : Fail(codes::kApiStale, "the plan was changed meanwhile");
  });
}

void Matchings::Announce(const projects::JobView& job) const {
  const bool begins = job.state == "running";
  if (parts_.bus == nullptr || (!begins && !job.is_over())) return;
  const std::string data =
      JsonText(json::object{{"matching_id", job.job_id}, {"name", job.name}, {"state", job.state}});
  const Status told = parts_.bus->Publish(
      {.topic = "project:" + job.project_id, .type = begins ? "matching.started" : "matching.finished", .data = data});
  if (!told) spdlog::warn("event of matching {} not published: {}", job.job_id, told.error().ToString());
}

}  // namespace migrateiq::ml
