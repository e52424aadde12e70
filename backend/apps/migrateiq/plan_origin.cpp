#include "apps/migrateiq/plan_origin.hpp"

#include <filesystem>
#include <sstream>

#include "base/errors/run.hpp"
#include "pipeline/connector/url.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kPath = "plan_file";
constexpr const char* kText = "plan_text";

std::string Canonical(Plan plan) {
  plan.name.clear();
  plan.source.url = MaskSecrets(plan.source.url);
  plan.target.url = MaskSecrets(plan.target.url);
  return WritePlan(plan);
}

std::string Trimmed(const std::string& line) {
  const size_t begin = line.find_first_not_of(' ');
  return begin == std::string::npos ? "" : line.substr(begin, line.find("  #") - begin);
}

/// The first line that is another: "was A, is B".
std::string FirstDifference(const std::string& before, const std::string& now) {
  std::istringstream old_lines(before), new_lines(now);
  std::string was, is;
  while (true) {
    const bool more_old = static_cast<bool>(std::getline(old_lines, was));
    const bool more_new = static_cast<bool>(std::getline(new_lines, is));
    if (!more_old) was.clear();
    if (!more_new) is.clear();
    if (was != is || (!more_old && !more_new)) break;
  }
  return "was `" + Trimmed(was) + "`, is `" + Trimmed(is) + "`";
}

Error Changed(const std::string& path, const std::string& run_id, const std::string& how) {
  return Error(codes::kRunChanged, path + " changed since run " + run_id + " began: " + how)
      .Fix("Restore the file (or move it away) to continue with the plan the run began with, or start a new run.");
}

}  // namespace

PlanOrigin OriginOf(const std::string& path, const Plan& plan) {
  std::error_code ignored;
  return {.path = fs::absolute(path, ignored).string(), .text = Canonical(plan)};
}

Status RememberOrigin(RunRepository& repository, const std::string& run_id, const PlanOrigin& origin) {
  if (origin.path.empty()) return {};
  MIQ_TRY(repository.PutFact(run_id, kPath, origin.path));
  return repository.PutFact(run_id, kText, origin.text);
}

Status CheckOrigin(RunRepository& repository, const std::string& run_id) {
  MIQ_ASSIGN(const std::optional<std::string> path, repository.GetFact(run_id, kPath));
  MIQ_ASSIGN(const std::optional<std::string> text, repository.GetFact(run_id, kText));
  std::error_code ignored;
  if (!path || !text || !fs::exists(*path, ignored)) return {};
  const Result<Plan> plan = ReadPlanFile(*path);
  if (!plan) return Fail(Changed(*path, run_id, plan.error().message));
  const std::string now = Canonical(*plan);
  if (now == *text) return {};
  return Fail(Changed(*path, run_id, FirstDifference(*text, now)));
}

}  // namespace migrateiq::cli
