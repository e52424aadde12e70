#include "modules/validation/check_job.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "pipeline/semantic/semantic.hpp"
#include "pipeline/suite/check_suite.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::validation {

namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds kTellEvery{250};

/// Opens a stored connection for reading, its address checked anew each time.
Result<OpenSystem> OpenerFor(ValidationServices& services, const std::string& tenant_id,
                             const std::string& connection_id) {
  if (connection_id.empty()) return OpenSystem();
  MIQ_ASSIGN(const projects::ConnectionRow row, services.connections.Get(tenant_id, connection_id));
  return OpenSystem([&services, row, tenant_id](std::stop_token stop) -> Result<std::unique_ptr<Source>> {
    MIQ_ASSIGN(const std::string text, services.connections.Open(tenant_id, row, projects::ConnectionUse::kSource));
    MIQ_ASSIGN(const Url url, ParseUrl(text, Secrets::kRefuse));
    return OpenerOf(url)(std::move(stop));
  });
}

void SayResults(projects::JobContext& job, const SuiteResult& result) {
  for (const CheckResult& check : result.checks) {
    if (check.status == CheckStatus::kError)
      job.Say("warning", "check '" + check.name + "' could not be made: " + check.code);
    if (check.status == CheckStatus::kFailed)
      job.Say(check.severity == CheckSeverity::kError ? "error" : "warning",
              fmt::format("check '{}' failed: {} of {} rows", check.name, check.rows_broken, check.rows_checked));
  }
}

/// Progress, a few times a second.
class CheckTeller {
 public:
  explicit CheckTeller(projects::JobContext& job) : job_(job) {}
  void Tell(const std::string& phase, int64_t answered, int64_t asked) {
    const auto now = std::chrono::steady_clock::now();
    if (phase == phase_ && now - told_ < kTellEvery) return;
    phase_ = phase;
    told_ = now;
    job_.Progress({.phase = phase, .done = answered, .total = asked, .unit = "questions"});
  }

 private:
  projects::JobContext& job_;
  std::string phase_;
  std::chrono::steady_clock::time_point told_{};
};

Result<std::string> CarryOut(ValidationServices& services, projects::JobContext& job) {
  MIQ_ASSIGN(const CheckRunDetail run, services.runs.Get(job.tenant_id(), job.job_id()));
  MIQ_ASSIGN(const SuiteRow row, services.suites.Get(job.tenant_id(), run.row.suite_id));
  MIQ_ASSIGN(const Suite suite, ReadSuiteText(row.text));
  CheckTeller teller(job);
  MIQ_ASSIGN(const SuiteResult result,
             CarryOutSuite(services, row, suite, job.stop(),
                           [&teller](const std::string& phase, int64_t answered, int64_t asked) {
                             teller.Tell(phase, answered, asked);
                           }));
  SayResults(job, result);
  MIQ_TRY(services.runs.Finish(job, row, result));
  return JsonText(json::object{{"passed", result.Count(CheckStatus::kPassed)},
                               {"failed", result.Count(CheckStatus::kFailed)},
                               {"errors", result.Count(CheckStatus::kError)}});
}

Result<std::string> SuiteIdOf(const std::string& subject) {
  MIQ_ASSIGN(const json::value value, ParseStrictJson(subject));
  const json::object* object = value.if_object();
  const json::value* id = object != nullptr ? object->if_contains("suite_id") : nullptr;
  if (id == nullptr || !id->is_string())
    return Fail(Error(codes::kApiField, "say which suite").At("/subject/suite_id"));
  return std::string(id->get_string());
}

}  // namespace

Result<SuiteResult> CarryOutSuite(ValidationServices& services, const SuiteRow& row, const Suite& suite,
                                  const std::stop_token& stop, decltype(CheckOptions::progress) progress) {
  SuiteSystems systems;
  MIQ_ASSIGN(systems.source, OpenerFor(services, row.tenant_id, row.source_connection_id));
  MIQ_ASSIGN(systems.target, OpenerFor(services, row.tenant_id, row.target_connection_id));
  CheckOptions options;
  options.now = services.clock.Now();
  options.stop = stop;
  options.progress = std::move(progress);
  options.personal = [](SuiteSide, const std::string& table, const std::string& column) {
    return Detect({.name = column, .table = table}).is_pii;
  };
  return CheckSuite(suite, systems, options);
}

projects::JobKind CheckJobKind(ValidationServices& services) {
  return {
      .name = kCheckJob,
      .noun = "check",
      .read_permission = kReadPermission,
      .act_permission = kRunPermission,
      .link = "/check-runs/",
      .topic = {.event = "check", .id_name = "check_run_id"},
      .carry_out = [&services](projects::JobContext& job) { return CarryOut(services, job); },
      .changed = [&services](const projects::JobView& job) { services.runs.Announce(job); },
      .check_subject = [&services](const std::string& tenant_id, const std::string& subject) -> Result<std::string> {
        MIQ_ASSIGN(const std::string suite_id, SuiteIdOf(subject));
        const auto suite = services.suites.Get(tenant_id, suite_id);
        if (suite) return suite->project_id;
        if (!suite.error().Is(codes::kApiNotFound)) return Fail(suite.error());
        return Fail(Error(codes::kApiField, "there is no such suite").At("/subject/suite_id"));
      },
      .start = [&services](const core::Actor& actor, const std::string& subject,
                           const std::string& schedule_id) -> Result<std::string> {
        MIQ_ASSIGN(const std::string suite_id, SuiteIdOf(subject));
        MIQ_ASSIGN(const CheckRunDetail begun, services.runs.Start(actor, suite_id, 0, schedule_id));
        return begun.row.check_run_id;
      }};
}

}  // namespace migrateiq::validation
