#include "apps/migrateiq/plan_flags.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/url.hpp"
#include "pipeline/plan/plan_file.hpp"
#include "pipeline/plan/plan_options.hpp"

namespace migrateiq::cli {

namespace {

/// The position of `value` in `names`: the enumerations are declared in the order of their lists.
template <class E>
void SetChoice(const std::optional<std::string>& value, const std::vector<std::string>& names, std::optional<E>& out) {
  if (value) out = static_cast<E>(std::ranges::find(names, *value) - names.begin());
}

const std::vector<std::string> schema_names = {"create", "reuse", "replace"};
const std::vector<std::string> verify_names = {"none", "counts", "checksum", "diff"};
const std::vector<std::string> row_error_names = {"quarantine", "fail"};
const std::vector<std::string> naming_names = {"keep", "snake", "lower"};

/// "TABLE=SQL"
Result<std::pair<std::string, std::string>> Filter(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == text.size())
    return Fail(codes::kUsage, "--where is written TABLE=SQL");
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

std::string ReferTo(const std::string& url, const std::string& side, std::vector<std::string>& names) {
  std::string out;
  size_t done = 0;
  int number = 0;
  for (const auto& [begin, end] : SecretSpans(url)) {
    const std::string name = side + (number++ == 0 ? "_PASSWORD" : "_SECRET_" + std::to_string(number));
    out.append(url, done, begin - done).append("${" + name + "}");
    names.push_back(name);
    done = end;
  }
  return out.append(url, done);
}

}  // namespace

void PlanFlags::Declare(Options& options) {
  options.List("--tables", tables_, "PATTERNS", "Only these tables (shell patterns: a,b*)");
  options.List("--exclude", exclude_, "PATTERNS", "Not these tables");
  options.Repeated("--where", where_, "TABLE=SQL", "Only these rows of a table; SQL of the source");
  options.Choice("--schema", schema_, schema_names, "What to do about tables of the target (default: create)");
  options.Choice("--verify", verify_, verify_names, "How the result is proved (default: checksum)");
  options.Choice("--on-row-error", on_row_error_, row_error_names,
                 "What becomes of refused rows (default: quarantine)");
  options.Choice("--naming", naming_, naming_names, "How names are written in the target (default: keep)");
  options.Number("--workers", workers_, 0, 1024, "Parallel workers (default: number of cores)");
  options.Number("--parts", parts_, 1, 9999, "File targets: parts a table");
  options.Flag("--create-database", create_database_, "Create the target's database when it does not exist");
  options.Text("--plan-out", plan_out_, "FILE", "Also write what is about to be done, as a plan");
}

Status PlanFlags::Apply(Plan& plan) const {
  PlanOptions options{.tables = tables_,
                      .exclude = exclude_,
                      .where = {},
                      .schema = {},
                      .verify = {},
                      .row_error = {},
                      .naming = {},
                      .workers = workers_,
                      .parts = parts_,
                      .create_database = create_database_ ? std::optional(true) : std::nullopt};
  for (const std::string& where : where_) {
    MIQ_ASSIGN(auto filter, Filter(where));
    options.where.push_back(std::move(filter));
  }
  SetChoice(schema_, schema_names, options.schema);
  SetChoice(verify_, verify_names, options.verify);
  SetChoice(on_row_error_, row_error_names, options.row_error);
  SetChoice(naming_, naming_names, options.naming);
  ApplyOptions(options, plan);
  return {};
}

Status PlanFlags::Prepare(const Console& console, Plan& plan) const {
  MIQ_TRY(Apply(plan));
  if (const std::string advice = LiteralSecretAdvice(plan); !advice.empty()) console.Note(advice);
  if (!plan_out_) return {};
  std::string note;
  (void)WithReferences(plan, note);
  if (!note.empty()) console.Note(note);
  return WritePlanFile(*plan_out_, plan);
}

Plan PlanFor(const std::string& source, const std::string& target) {
  Plan plan;
  plan.source.url = source;
  plan.target.url = target;
  return plan;
}

Result<PlanInput> ReadPlanInput(const std::string& path) {
  MIQ_ASSIGN(Plan plan, ReadPlanFile(path));
  PlanOrigin origin = OriginOf(path, plan);
  return PlanInput{std::move(plan), std::move(origin)};
}

Plan WithReferences(const Plan& plan, std::string& note) {
  std::vector<std::string> names;
  Plan out = plan;
  out.source.url = ReferTo(plan.source.url, "SOURCE", names);
  out.target.url = ReferTo(plan.target.url, "TARGET", names);
  for (const std::string& name : names) note += (note.empty() ? "" : ", ") + name;
  if (!note.empty()) note = "the plan refers to secrets by name; set before using it: " + note;
  return out;
}

Status WritePlanFile(const std::string& path, const Plan& plan) {
  std::string note;
  const std::string text = WritePlan(WithReferences(plan, note));
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  const bool closed = file >= 0 && ::close(file) == 0;
  if (written && closed) return {};
  return Fail(codes::kConnOpenFile,
              "the plan cannot be written to '" + path + "': " + std::generic_category().message(error));
}

std::string LiteralSecretAdvice(const Plan& plan) {
  if (SecretSpans(plan.source.url).empty() && SecretSpans(plan.target.url).empty()) return "";
  return "hint: write ${NAME} or ${file:/path} in single quotes instead of a password; others can read arguments and "
         "files";
}

}  // namespace migrateiq::cli
