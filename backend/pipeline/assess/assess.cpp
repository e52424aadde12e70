#include "pipeline/assess/assess.hpp"

#include <algorithm>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq {

namespace {

using assess::Context;

void NameIt(const Context& context, Assessment& result) {
  const AssessOptions& options = context.options;
  const Profile* profile = context.profile;
  result.source = !options.source.empty() || profile == nullptr ? options.source : profile->source;
  result.name = options.name.empty() ? result.source : options.name;
  result.system = options.system.empty() ? assess::SystemName(context.from.name()) : options.system;
  result.made_at = options.made_at;
  result.tool = options.tool;
  result.masked = !options.show_values;
  result.profiled = profile != nullptr;
  if (context.to != nullptr) result.target = context.conversions.front().target.label;
  if (profile == nullptr) return;
  result.moment = profile->moment;
  result.notes = profile->notes;
  if (result.made_at.empty()) result.made_at = profile->started_at;
}

void AddUp(const Context& context, Assessment& result) {
  for (const Table& table : context.catalog.tables) {
    const int64_t rows = context.RowsOf(table), bytes = context.BytesOf(table);
    result.rows += std::max<int64_t>(rows, 0);
    result.bytes += std::max<int64_t>(bytes, 0);
    result.bytes_known = result.bytes_known && bytes >= 0;
  }
}

void NoteLimits(const Context& context, Assessment& result) {
  if (context.profile == nullptr) {
    result.notes.emplace_back("The data was not read: risks that show in values only are listed as not examined.");
    return;
  }
  const auto sampled = std::ranges::count_if(
      context.profile->tables, [](const TableProfile& table) { return table.sample.basis == Basis::sample; });
  if (sampled > 0) {
    result.notes.push_back(
        "Patterns, dependencies and quality of " + assess::Count(sampled, "table") +
        " rest on samples; counts, NULLs, distinct values, smallest and largest values on all rows.");
  }
  if (result.masked) {
    result.notes.emplace_back(
        "Values of personal, free-text and unrecognised telling columns are shown by their shape: letters as x and X, "
        "digits as 0.");
  }
}

}  // namespace

Assessment Assess(const AssessInput& input, const AssessOptions& options) {
  const Context context(input, options);
  Assessment result;
  NameIt(context, result);
  AddUp(context, result);
  result.inventory = assess::TakeInventory(context);
  result.objects = assess::DescribeObjects(context);
  result.dependencies = assess::FindDependencies(context);
  result.conversions = assess::CompareConversions(context);
  result.complexity = assess::MeasureComplexity(context);
  result.risks = assess::FindRisks(context, result.dependencies);
  result.cases = assess::CheckCases(context, result.risks);
  result.quality = assess::ScoreQuality(context);
  result.personal = assess::MapPersonalData(context);
  result.tables = assess::DescribeTables(context, result);
  result.duration = assess::ExpectDuration(context);
  result.effort = assess::EstimateEffort(context, result);
  assess::Decide(context, result);
  assess::Summarize(context, result);
  result.plan = assess::DraftPlan(context, result);
  NoteLimits(context, result);
  return result;
}

}  // namespace migrateiq
