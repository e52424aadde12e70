#include "modules/analyzer/analyses.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/analyzer/assessing.hpp"
#include "modules/analyzer/packed.hpp"
#include "modules/projects/events.hpp"
#include "modules/projects/project_store.hpp"
#include "pipeline/assess/assess.hpp"
#include "pipeline/assess/render_html.hpp"
#include "pipeline/profile/profile_json.hpp"

namespace migrateiq::analyzer {

using store::Scope;
using store::Session;

namespace {

namespace json = boost::json;

/// So many sealed tables are read at once.
constexpr int64_t kStep = 50;

std::string ContextOf(const std::string& analysis_id) { return "analysis:" + analysis_id; }

TableRow RowOf(const TableProfile& table, int64_t number) {
  TableRow row{.number = number,
               .name = table.name,
               .rows = table.rows,
               .bytes = table.bytes,
               .columns = static_cast<int64_t>(table.columns.size())};
  for (const ColumnProfile& column : table.columns) row.personal_columns += column.semantic.is_pii ? 1 : 0;
  return row;
}

AnalysisSummary SummaryOf(const Profile& profile) {
  AnalysisSummary summary{.tables = static_cast<int64_t>(profile.tables.size()),
                          .failures = static_cast<int64_t>(profile.failures.size()),
                          .seconds = profile.seconds};
  for (const TableProfile& table : profile.tables) {
    const TableRow row = RowOf(table, 0);
    summary.columns += row.columns;
    summary.rows += row.rows;
    summary.bytes += std::max<int64_t>(row.bytes, 0);
    summary.personal_columns += row.personal_columns;
  }
  return summary;
}

/// A profile of one table only, for its JSON.
std::string TableJson(const TableProfile& table) {
  Profile one;
  one.tables.push_back(table);
  return WriteProfile(one);
}

std::string HeadJson(const Profile& profile) {
  Profile head = profile;
  head.tables.clear();
  return WriteProfile(head);
}

Status CheckProject(Session& session, const std::string& tenant_id, const std::string& project_id,
                    const char* place = "/project_id") {
  if (project_id.empty()) return {};
  MIQ_ASSIGN(const auto project, projects::FindProject(session, tenant_id, project_id));
  if (project) return {};
  return Fail(Error(codes::kApiField, "there is no such project").At(place));
}

std::optional<double> QualityOf(const std::optional<Assessment>& assessment, const std::string& table) {
  if (!assessment) return std::nullopt;
  const auto found = std::ranges::find(assessment->tables, table, &TableSummary::name);
  return found == assessment->tables.end() ? std::nullopt : found->quality;
}

std::unexpected<Error> NotFinished() { return Fail(codes::kApiState, "the analysis is not finished"); }

}  // namespace

Result<AnalysisDetail> Analyses::Start(const Actor& actor, const NewAnalysis& wanted) {
  MIQ_TRY(CheckTarget(wanted.options.target));
  MIQ_ASSIGN(const projects::ConnectionRow connection, parts_.connections.Get(actor.tenant_id, wanted.connection_id));
  AnalysisRow row{.tenant_id = actor.tenant_id,
                  .project_id = wanted.project_id,
                  .connection_id = connection.connection_id,
                  .connection = connection.name,
                  .name = wanted.name.empty() ? connection.name : wanted.name,
                  .options = wanted.options,
                  .created_at = parts_.clock.Now(),
                  .created_by = actor.person(),
                  .created_by_name = actor.name};
  MIQ_ASSIGN(projects::JobView job,
             parts_.jobs.Submit(actor,
                                {.kind = kAnalyzeJob,
                                 .project_id = row.project_id,
                                 .name = row.name,
                                 .source_connection_id = row.connection_id,
                                 .not_before = wanted.not_before,
                                 .schedule_id = wanted.schedule_id},
                                [&](Session& session, const std::string& job_id) -> Status {
                                  MIQ_TRY(CheckProject(session, actor.tenant_id, row.project_id));
                                  row.analysis_id = job_id;
                                  return InsertAnalysis(session, row);
                                }));
  return AnalysisDetail{std::move(row), std::move(job)};
}

Status Analyses::Check(const std::string& tenant_id, const NewAnalysis& wanted) {
  const auto connection = parts_.connections.Get(tenant_id, wanted.connection_id);
  if (!connection && connection.error().Is(codes::kApiNotFound))
    return Fail(Error(codes::kApiField, "there is no such connection").At("/subject/connection_id"));
  MIQ_TRY(connection);
  return parts_.store.Read(Scope::Tenant(tenant_id), [&](Session& session) {
    return CheckProject(session, tenant_id, wanted.project_id, "/subject/project_id");
  });
}

Result<AnalysisDetail> Analyses::Get(const std::string& tenant_id, const std::string& analysis_id) {
  MIQ_ASSIGN(AnalysisRow row, parts_.store.ReadFor<AnalysisRow>(Scope::Tenant(tenant_id), [&](Session& session) {
    return RequireAnalysis(session, tenant_id, analysis_id);
  }));
  MIQ_ASSIGN(auto details,
             projects::AddJobs<AnalysisRow>(parts_.jobs, tenant_id, {std::move(row)}, &AnalysisRow::analysis_id));
  return std::move(details.front());
}

Result<std::vector<AnalysisDetail>> Analyses::List(const std::string& tenant_id, const AnalysisFilter& filter,
                                                   const core::PageRequest& page) {
  using Rows = std::vector<AnalysisRow>;
  MIQ_ASSIGN(Rows rows, parts_.store.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return ListAnalyses(session, tenant_id, filter, page);
  }));
  return projects::AddJobs(parts_.jobs, tenant_id, std::move(rows), &AnalysisRow::analysis_id);
}

Result<AnalysisDetail> Analyses::Cancel(const Actor& actor, const std::string& analysis_id) {
  MIQ_ASSIGN(AnalysisDetail detail, Get(actor.tenant_id, analysis_id));
  MIQ_ASSIGN(detail.job, parts_.jobs.Cancel(actor, analysis_id));
  return detail;
}

Status Analyses::Remove(const Actor& actor, const std::string& analysis_id) {
  MIQ_ASSIGN(const AnalysisDetail detail, Get(actor.tenant_id, analysis_id));
  if (detail.job && !detail.job->is_over()) MIQ_TRY(parts_.jobs.Cancel(actor, analysis_id));
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(const bool removed, DeleteAnalysis(session, actor.tenant_id, analysis_id));
    if (!removed) return Fail(codes::kApiNotFound, "there is no analysis '" + analysis_id + "'");
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("analysis.removed", "analysis", analysis_id));
  }));
  projects::Events(parts_.bus).Tell(detail.row.project_id, "analysis.removed", actor, {{"analysis_id", analysis_id}});
  return {};
}

Result<std::vector<TableRow>> Analyses::Tables(const std::string& tenant_id, const std::string& analysis_id,
                                               int64_t after, int64_t limit) {
  return parts_.store.ReadFor<std::vector<TableRow>>(Scope::Tenant(tenant_id), [&](Session& session) {
    return ListTables(session, tenant_id, analysis_id, after, limit);
  });
}

Result<std::string> Analyses::Seal(const std::string& tenant_id, const std::string& analysis_id,
                                   std::string_view text) const {
  return parts_.vault.Seal(tenant_id, Pack(text), ContextOf(analysis_id));
}

Result<std::string> Analyses::Open(const std::string& tenant_id, const std::string& analysis_id,
                                   const std::string& sealed) const {
  MIQ_ASSIGN(const std::string packed, parts_.vault.Open(tenant_id, sealed, ContextOf(analysis_id)));
  return Unpack(packed);
}

Result<TableProfile> Analyses::OpenTable(const std::string& tenant_id, const std::string& analysis_id,
                                         const std::string& sealed) const {
  MIQ_ASSIGN(const std::string text, Open(tenant_id, analysis_id, sealed));
  MIQ_ASSIGN(Profile one, ReadProfile(text));
  if (one.tables.empty()) return NotFinished();
  return std::move(one.tables.front());
}

Result<TableProfile> Analyses::Table(const std::string& tenant_id, const std::string& analysis_id, int64_t number) {
  MIQ_ASSIGN(const std::string sealed,
             parts_.store.ReadFor<std::string>(Scope::Tenant(tenant_id), [&](Session& session) {
               return SealedTable(session, tenant_id, analysis_id, number);
             }));
  return OpenTable(tenant_id, analysis_id, sealed);
}

Status Analyses::EachTable(const std::string& tenant_id, const std::string& analysis_id, int64_t after,
                           const std::function<bool(int64_t number, TableProfile&& table)>& visit) {
  using Sealed = std::vector<std::pair<int64_t, std::string>>;
  for (;;) {
    MIQ_ASSIGN(const Sealed step, parts_.store.ReadFor<Sealed>(Scope::Tenant(tenant_id), [&](Session& session) {
      return SealedTables(session, tenant_id, analysis_id, after, kStep);
    }));
    for (const auto& [number, sealed] : step) {
      MIQ_ASSIGN(TableProfile table, OpenTable(tenant_id, analysis_id, sealed));
      if (!visit(number, std::move(table))) return {};
      after = number;
    }
    if (static_cast<int64_t>(step.size()) < kStep) return {};
  }
}

Result<std::string> Analyses::Document(const std::string& tenant_id, const std::string& analysis_id,
                                       std::string SealedDocuments::*which) const {
  MIQ_ASSIGN(const SealedDocuments documents,
             parts_.store.ReadFor<SealedDocuments>(Scope::Tenant(tenant_id), [&](Session& session) {
               return SealedHead(session, tenant_id, analysis_id);
             }));
  if (documents.head.empty()) return NotFinished();
  if ((documents.*which).empty()) return Fail(codes::kApiState, "this analysis has no assessment");
  return Open(tenant_id, analysis_id, documents.*which);
}

Result<Profile> Analyses::Head(const std::string& tenant_id, const std::string& analysis_id) {
  MIQ_ASSIGN(const std::string text, Document(tenant_id, analysis_id, &SealedDocuments::head));
  return ReadProfile(text);
}

Result<Profile> Analyses::Whole(const std::string& tenant_id, const std::string& analysis_id) {
  MIQ_ASSIGN(Profile profile, Head(tenant_id, analysis_id));
  MIQ_TRY(EachTable(tenant_id, analysis_id, 0, [&](int64_t, TableProfile&& table) {
    profile.tables.push_back(std::move(table));
    return true;
  }));
  return profile;
}

Result<std::string> Analyses::AssessmentJson(const std::string& tenant_id, const std::string& analysis_id) {
  return Document(tenant_id, analysis_id, &SealedDocuments::assessment);
}

Result<std::string> Analyses::AssessmentPage(const std::string& tenant_id, const std::string& analysis_id) {
  return Document(tenant_id, analysis_id, &SealedDocuments::page);
}

Result<SealedDocuments> Analyses::SealAll(const std::string& tenant_id, const std::string& analysis_id,
                                          const AnalysisResult& result) const {
  SealedDocuments documents;
  MIQ_ASSIGN(documents.head, Seal(tenant_id, analysis_id, HeadJson(result.profile)));
  if (!result.assessment) return documents;
  MIQ_ASSIGN(documents.assessment, Seal(tenant_id, analysis_id, migrateiq::AssessmentJson(*result.assessment)));
  MIQ_ASSIGN(documents.page, Seal(tenant_id, analysis_id, RenderAssessmentHtml(*result.assessment)));
  return documents;
}

Status Analyses::Finish(projects::JobContext& job, const AnalysisResult& result) {
  const std::string &tenant_id = job.tenant_id(), &analysis_id = job.job_id();
  AnalysisSummary summary = SummaryOf(result.profile);
  if (result.assessment) summary.quality = result.assessment->quality.overall;
  std::vector<std::pair<TableRow, std::string>> tables;
  for (const TableProfile& table : result.profile.tables) {
    TableRow row = RowOf(table, static_cast<int64_t>(tables.size()) + 1);
    row.quality = QualityOf(result.assessment, table.name);
    MIQ_ASSIGN(std::string sealed, Seal(tenant_id, analysis_id, TableJson(table)));
    tables.emplace_back(std::move(row), std::move(sealed));
  }
  MIQ_ASSIGN(const SealedDocuments documents, SealAll(tenant_id, analysis_id, result));
  return job.Write([&](Session& session) -> Status {
    MIQ_TRY(ClearTables(session, tenant_id, analysis_id));
    for (const auto& [row, sealed] : tables) MIQ_TRY(InsertTable(session, tenant_id, analysis_id, row, sealed));
    return FinishAnalysis(session, tenant_id, analysis_id, parts_.clock.Now(), summary, documents);
  });
}

Status Analyses::Tidy(Micros before) {
  return parts_.store.Write(Scope::System(), [&](Session& session) { return DeleteOldAnalyses(session, before); });
}

void Analyses::Announce(const projects::JobView& job) const {
  const bool begins = job.state == "running";
  if (parts_.bus == nullptr || (!begins && !job.is_over())) return;
  const std::string data =
      JsonText(json::object{{"analysis_id", job.job_id}, {"name", job.name}, {"state", job.state}});
  const Status told =
      parts_.bus->Publish({.topic = job.project_id.empty() ? "tenant:" + job.tenant_id : "project:" + job.project_id,
                           .type = begins ? "analysis.started" : "analysis.finished",
                           .data = data});
  if (!told) spdlog::warn("event of analysis {} not published: {}", job.job_id, told.error().ToString());
}

}  // namespace migrateiq::analyzer
