#include "apps/migrateiq/render_suite.hpp"

#include <fmt/format.h>

#include "apps/migrateiq/render_text.hpp"
#include "pipeline/suite/result_json.hpp"

namespace migrateiq::cli {

namespace {

constexpr size_t kMostMessage = 100;
constexpr size_t kMostValue = 60;

std::string StatusText(const CheckResult& check) {
  if (check.status == CheckStatus::kFailed && check.severity != CheckSeverity::kError)
    return std::string(NameOfSeverity(check.severity));
  return std::string(NameOfStatus(check.status));
}

std::string SampleText(const CheckSample& sample) {
  std::string key;
  for (const auto& [name, value] : sample.key)
    key += (key.empty() ? "" : ", ") + name + " " + OneLine(value, kMostValue);
  return (key.empty() ? "" : key + ": ") + "'" + OneLine(sample.value, kMostValue) + "'";
}

/// The samples of a check that did not pass, or why it could not be made.
std::string Details(const CheckResult& check) {
  std::string text;
  if (check.status == CheckStatus::kError) return fmt::format("    {}. Fix: {}\n", check.code, check.fix);
  if (check.status != CheckStatus::kFailed) return text;
  for (const CheckSample& sample : check.samples) text += "    " + SampleText(sample) + "\n";
  if (check.personal && !check.samples.empty()) text += "    (these values may be personal data)\n";
  return text;
}

std::string Painted(const std::string& line, const CheckResult& check, const Paint& paint) {
  if (check.status == CheckStatus::kPassed) return line;
  if (check.status == CheckStatus::kSkipped) return paint.Faint(line);
  const bool bad = check.status == CheckStatus::kError || check.severity == CheckSeverity::kError;
  return bad ? paint.Bad(line) : paint.Odd(line);
}

}  // namespace

std::string SuiteText(const SuiteResult& result, bool colour) {
  const Paint paint(colour);
  std::vector<std::vector<std::string>> rows;
  for (const CheckResult& check : result.checks)
    rows.push_back({StatusText(check), check.name, OneLine(check.message, kMostMessage), check.threshold});
  const std::string table = Columns(rows, "  ");
  std::string text;
  size_t at = 0;
  for (const CheckResult& check : result.checks) {
    const size_t end = table.find('\n', at);
    text += Painted(table.substr(at, end - at), check, paint) + "\n" + Details(check);
    at = end + 1;
  }
  const int64_t failed = result.Count(CheckStatus::kFailed), errors = result.Count(CheckStatus::kError);
  text +=
      fmt::format("{} passed, {} failed, {} could not be made, {} skipped; {}\n", result.Count(CheckStatus::kPassed),
                  failed, errors, result.Count(CheckStatus::kSkipped), Duration(result.seconds));
  return text;
}

}  // namespace migrateiq::cli
