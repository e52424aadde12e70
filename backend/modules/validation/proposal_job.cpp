#include "modules/validation/proposal_job.hpp"

#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/audit.hpp"
#include "modules/projects/project_store.hpp"
#include "pipeline/profile/analysis.hpp"
#include "pipeline/suite/propose.hpp"
#include "pipeline/suite/suite_file.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::validation {

namespace {

namespace json = boost::json;
using store::Session;

constexpr int kReaders = 2;  ///< the server does other things too

struct ProposalInput {
  std::string connection_id, name, analysis_id;
  std::vector<std::string> tables;
};
BOOST_DESCRIBE_STRUCT(ProposalInput, (), (connection_id, name, analysis_id, tables))

Result<Profile> Look(ValidationServices& services, projects::JobContext& job, const ProposalInput& input) {
  if (!input.analysis_id.empty()) return services.analyses.Whole(job.tenant_id(), input.analysis_id);
  MIQ_ASSIGN(const projects::ConnectionRow connection, services.connections.Get(job.tenant_id(), input.connection_id));
  MIQ_ASSIGN(const std::string url,
             services.connections.Open(job.tenant_id(), connection, projects::ConnectionUse::kSource));
  AnalysisRequest request{.include = input.tables};
  MIQ_ASSIGN(request.url, ParseUrl(url, Secrets::kRefuse));
  request.others = false;
  request.options.workers = kReaders;
  request.options.stop = job.stop();
  ProfileObserver nobody;
  MIQ_ASSIGN(Analysis analysis, Analyze(request, nobody));
  return std::move(analysis.profile);
}

Result<std::string> CarryOut(ValidationServices& services, projects::JobContext& job) {
  MIQ_ASSIGN(const json::value value, ParseStrictJson(job.input()));
  MIQ_ASSIGN(const ProposalInput input, Decode<ProposalInput>(value));
  job.Progress({.phase = "profiling"});
  MIQ_ASSIGN(const Profile profile, Look(services, job, input));
  const std::vector<ProposedCheck> proposed = ProposeChecks(profile, {.now = services.clock.Now()});
  const Actor actor = job.actor();
  const Micros now = services.clock.Now();
  const SuiteRow row{.suite_id = job.job_id(),
                     .tenant_id = job.tenant_id(),
                     .project_id = job.project_id(),
                     .name = input.name,
                     .source_connection_id = input.connection_id,
                     .text = WriteSuite(SuiteOf(proposed, SuiteSide::kSource), RemarksOf(proposed)),
                     .checks = static_cast<int64_t>(proposed.size()),
                     .created_at = now,
                     .created_by = actor.person(),
                     .created_by_name = actor.name,
                     .updated_at = now};
  MIQ_TRY(job.Write([&](Session& session) -> Status {
    MIQ_TRY(DeleteSuite(session, row.tenant_id, row.suite_id));
    MIQ_TRY(InsertSuite(session, row));
    return core::AppendAudit(session, row.tenant_id, actor.Entry("suite.proposed", "suite", row.suite_id));
  }));
  return JsonText(json::object{{"suite_id", row.suite_id}, {"checks", row.checks}});
}

}  // namespace

Result<projects::JobView> StartProposal(ValidationServices& services, const Actor& actor,
                                        const WantedProposal& wanted) {
  MIQ_ASSIGN(const projects::ConnectionRow connection, services.connections.Get(actor.tenant_id, wanted.connection_id));
  const ProposalInput input{.connection_id = wanted.connection_id,
                            .name = wanted.name.empty() ? connection.name : wanted.name,
                            .analysis_id = wanted.analysis_id,
                            .tables = wanted.tables};
  return services.jobs.Submit(actor,
                              {.kind = kProposeJob,
                               .project_id = wanted.project_id,
                               .name = input.name,
                               .source_connection_id = wanted.connection_id,
                               .input = Encode(input)},
                              [&](Session& session, const std::string&) -> Status {
                                if (wanted.project_id.empty()) return {};
                                MIQ_ASSIGN(const auto project,
                                           projects::FindProject(session, actor.tenant_id, wanted.project_id));
                                if (project) return {};
                                return Fail(Error(codes::kApiField, "there is no such project").At("/project_id"));
                              });
}

projects::JobKind ProposalJobKind(ValidationServices& services) {
  return {.name = kProposeJob,
          .noun = "proposal of checks",
          .read_permission = kReadPermission,
          .act_permission = kWritePermission,
          .link = "/suites/",
          .carry_out = [&services](projects::JobContext& job) { return CarryOut(services, job); }};
}

}  // namespace migrateiq::validation
