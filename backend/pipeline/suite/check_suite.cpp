#include "pipeline/suite/check_suite.hpp"

#include <algorithm>
#include <chrono>

#include "base/errors/run.hpp"
#include "pipeline/suite/detail/task.hpp"

namespace migrateiq {

namespace {

using detail::CheckTask;
using detail::Probe;

CheckResult EmptyResult(const SuiteCheck& check, const Suite& suite) {
  CheckResult result;
  result.name = check.name;
  result.kind = check.kind;
  result.side = check.side;
  result.table = check.table;
  result.columns = check.columns;
  result.severity = check.severity;
  result.owner = check.owner.empty() ? suite.owner : check.owner;
  result.description = check.description;
  return result;
}

/// Fills in an error of one check; the suite's only error is an interruption.
Status Tell(const Status& status, CheckResult& result, const CheckOptions& options) {
  if (status) return {};
  if (options.stop.stop_requested()) return Fail(codes::kRunInterrupted, "the suite was stopped");
  const Error& error = status.error();
  result.status = CheckStatus::kError;
  result.code = error.code.code;
  result.message = error.message;
  result.fix = error.FixText();
  result.samples.clear();
  return {};
}

class SuiteRun {
 public:
  SuiteRun(const Suite& suite, const SuiteSystems& systems, const CheckOptions& options)
      : suite_(suite), options_(options), sides_{{systems.source, options}, {systems.target, options}} {}

  Result<SuiteResult> Run() {
    const auto begin = std::chrono::steady_clock::now();
    result_.suite = suite_.name;
    result_.started_at = options_.now;
    for (const SuiteCheck& check : suite_.checks) result_.checks.push_back(EmptyResult(check, suite_));
    MIQ_TRY(Bind());
    MIQ_TRY(detail::AskAll(Probes(&CheckTask::First), options_, "checking"));
    MIQ_TRY(detail::AskAll(Probes(&CheckTask::Then), options_, "comparing"));
    MIQ_TRY(Judge());
    result_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return std::move(result_);
  }

 private:
  struct Entry {
    std::unique_ptr<CheckTask> task;
    CheckResult* result;
    const SuiteCheck* check;
  };

  Status Bind() {
    for (size_t i = 0; i < suite_.checks.size(); ++i) {
      const SuiteCheck& check = suite_.checks[i];
      CheckResult& result = result_.checks[i];
      if (!check.enabled) {
        result.message = "it is not enabled";
        continue;
      }
      auto task = detail::MakeTask(check, result, options_);
      const Status bound = task->Bind(sides_);
      MIQ_TRY(Tell(bound, result, options_));
      if (bound) tasks_.push_back({std::move(task), &result, &check});
    }
    return {};
  }

  std::vector<Probe*> Probes(std::vector<Probe*> (CheckTask::*of)()) {
    std::vector<Probe*> all;
    for (const Entry& entry : tasks_) std::ranges::copy((entry.task.get()->*of)(), std::back_inserter(all));
    return all;
  }

  /// Queries of the user's own come last: what they break is not missed by the others.
  Status Judge() {
    for (const bool own : {false, true}) {
      for (const Entry& entry : tasks_) {
        if ((entry.check->kind == CheckKind::kSql) != own) continue;
        MIQ_TRY(Tell(entry.task->Judge(), *entry.result, options_));
        MarkPersonal(*entry.result);
      }
    }
    return {};
  }

  void MarkPersonal(CheckResult& result) const {
    if (!options_.personal || result.samples.empty()) return;
    result.personal =
        result.kind == CheckKind::kSql || std::ranges::any_of(result.columns, [&](const std::string& column) {
          return options_.personal(result.side, result.table, column);
        });
  }

  const Suite& suite_;
  const CheckOptions& options_;
  detail::Sides sides_;
  SuiteResult result_;
  std::vector<Entry> tasks_;
};

}  // namespace

int64_t SuiteResult::Count(CheckStatus status) const {
  return std::ranges::count(checks, status, &CheckResult::status);
}

bool SuiteResult::Failed() const {
  return std::ranges::any_of(checks, [](const CheckResult& check) {
    return check.status == CheckStatus::kFailed && check.severity == CheckSeverity::kError;
  });
}

OpenSystem OpenerOf(const Url& url) {
  return [url](std::stop_token stop) -> Result<std::unique_ptr<Source>> {
    OpenOptions options;
    options.stop = std::move(stop);
    return OpenSource(url, options);
  };
}

Result<SuiteResult> CheckSuite(const Suite& suite, const SuiteSystems& systems, const CheckOptions& options) {
  return SuiteRun(suite, systems, options).Run();
}

}  // namespace migrateiq
