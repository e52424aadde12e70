#include <algorithm>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

/// Kinds whose rows a run would put into quarantine as the plan stands.
bool CostsRows(const Risk& risk) {
  return risk.kind == "misfits" || risk.kind == "invalid_text" || risk.kind == "invalid_json" ||
         risk.kind == "special_numbers" || risk.kind == "null_in_key" || risk.kind == "broken_key";
}

constexpr size_t kNamedPlaces = 3;

/// "ORDERS.ORD_DT, ORDERS.SHIP_DT and 3 more"
std::string PlacesOf(const Risk& risk) {
  std::string text;
  int64_t named = 0;
  for (const RiskEvidence& evidence : risk.evidence) {
    if (evidence.table.empty() || static_cast<size_t>(named) == kNamedPlaces) break;
    const std::string place = evidence.table + (evidence.column.empty() ? "" : "." + evidence.column);
    text += (text.empty() ? "" : ", ") + Shorten(place, 80);
    ++named;
  }
  if (named == 0) return Count(risk.places, "place");
  return risk.places > named ? text + " and " + Number(risk.places - named) + " more" : text;
}

VerdictReason ReasonOf(const Risk& risk) {
  std::string text = risk.title + ": " + PlacesOf(risk);
  if (risk.affected > 0) text += " (" + Count(risk.affected, "value") + ")";
  return {risk.severity == RiskSeverity::critical, std::move(text), risk.decision, risk.kind};
}

void AddTooManyErrors(const Context& context, Assessment& assessment) {
  int64_t rows = 0;
  for (const Risk& risk : assessment.risks) rows += CostsRows(risk) ? risk.affected : 0;
  if (rows <= context.options.max_row_errors) return;
  assessment.reasons.push_back(
      {true,
       "About " + Count(rows, "row") + " would be rejected; a run stops after " +
           Number(context.options.max_row_errors) + " (`on.max_row_errors`)",
       "Correct the source, convert the values in the plan, or raise the limit when the loss is meant.", "misfits"});
}

void AddManual(Assessment& assessment) {
  const bool chosen = !assessment.conversions.empty() && assessment.conversions.front().chosen;
  if (!chosen || assessment.conversions.front().manual == 0) return;
  assessment.reasons.push_back({false, Count(assessment.conversions.front().manual, "object") + " must be made by hand",
                                "Assign each one: rewrite, replace, or leave behind.", "code_objects"});
}

std::string Headline(const Assessment& assessment) {
  const auto blocking = std::ranges::count_if(assessment.reasons, &VerdictReason::blocks);
  const auto conditions = static_cast<int64_t>(assessment.reasons.size()) - blocking;
  switch (assessment.verdict) {
    case Readiness::ready: return "Nothing was found that stands in the way of a migration.";
    case Readiness::ready_with_conditions:
      return "The migration can go ahead when " + Count(conditions, "condition") +
             (conditions == 1 ? " is met." : " are met.");
    case Readiness::not_ready: break;
  }
  return Count(blocking, "point") + (blocking == 1 ? " must" : " must") + " be settled before the migration can begin.";
}

}  // namespace

void Decide(const Context& context, Assessment& assessment) {
  for (const Risk& risk : assessment.risks) {
    if (risk.severity >= RiskSeverity::high) assessment.reasons.push_back(ReasonOf(risk));
  }
  AddTooManyErrors(context, assessment);
  AddManual(assessment);
  if (assessment.tables.empty())
    assessment.reasons.push_back(
        {true, "There is no table to migrate", "Check the name of the database and the rights of the user.", ""});
  SortStable(assessment.reasons, std::ranges::greater(), &VerdictReason::blocks);
  const bool blocked = std::ranges::any_of(assessment.reasons, &VerdictReason::blocks);
  assessment.verdict = blocked                      ? Readiness::not_ready
                       : assessment.reasons.empty() ? Readiness::ready
                                                    : Readiness::ready_with_conditions;
  assessment.headline = Headline(assessment);
}

namespace {

int64_t CountOf(const Assessment& assessment, std::string_view kind) {
  const auto found = std::ranges::find(assessment.inventory, kind, &InventoryLine::kind);
  return found == assessment.inventory.end() ? 0 : found->count;
}

std::string Join(const std::vector<std::string>& parts) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  }
  return text;
}

/// "93 % of it stands in orders and order_line."
std::string LargestTables(const Assessment& assessment) {
  std::vector<const TableSummary*> tables;
  for (const TableSummary& table : assessment.tables) tables.push_back(&table);
  SortStable(tables, std::ranges::greater(), &TableSummary::bytes);
  if (tables.size() < 4 || assessment.bytes <= 0) return "";
  int64_t bytes = 0;
  std::vector<std::string> names;
  for (size_t i = 0; i < 3; ++i) {
    bytes += std::max<int64_t>(tables[i]->bytes, 0);
    names.push_back(Shorten(tables[i]->name, 60));
  }
  return " " + Percent(bytes, assessment.bytes) + " of it is in " + Join(names) + ".";
}

/// "3 views and 1 trigger hold code."
std::string WhatHoldsCode(const Assessment& assessment) {
  std::vector<std::string> kinds;
  for (const char* kind : {"view", "trigger", "routine"}) {
    if (const int64_t count = CountOf(assessment, kind); count > 0) kinds.push_back(Count(count, kind));
  }
  return kinds.empty() ? "There are no views, triggers or routines." : "Code is in " + Join(kinds) + ".";
}

std::string WhatTies(int64_t foreign_keys) {
  if (foreign_keys == 0) return "No foreign key is declared.";
  return Count(foreign_keys, "declared foreign key") + (foreign_keys == 1 ? " ties" : " tie") + " the tables together.";
}

std::string WhatThereIs(const Assessment& assessment) {
  return assessment.name + " is a " + assessment.system + " database of " +
         Count(static_cast<int64_t>(assessment.tables.size()), "table") + " with " +
         Count(CountOf(assessment, "column"), "column") + ", " + Count(assessment.rows, "row") + " and about " +
         Bytes(assessment.bytes) + "." + LargestTables(assessment) + " " +
         WhatTies(CountOf(assessment, "foreign key")) + " " + WhatHoldsCode(assessment);
}

std::string HowItConverts(const Assessment& assessment) {
  if (assessment.conversions.empty()) return "";
  const TargetConversion& first = assessment.conversions.front();
  if (!first.chosen)
    return "No target was chosen; chapter Conversion compares what each possible one would take by itself.";
  if (!first.refused.empty()) return "The schema cannot be created at " + first.label + " as it is: " + first.refused;
  const int64_t all = first.automatic + first.adapted + first.manual;
  const std::string changed =
      first.adapted == 0 ? "" : " (" + Number(first.adapted) + " of them with a change that the run reports)";
  const std::string left = first.manual == 0   ? "nothing is"
                           : first.manual == 1 ? "1 is"
                                               : Number(first.manual) + " are";
  return "Of " + Count(all, "object") + ", " + Percent(first.automatic + first.adapted, all) + " go to " + first.label +
         " by themselves" + changed + "; " + left + " left to people.";
}

std::string WhatIsWrong(const Assessment& assessment) {
  std::vector<std::string> counts;
  int64_t all = 0;
  for (const RiskSeverity severity : {RiskSeverity::critical, RiskSeverity::high, RiskSeverity::medium}) {
    const auto count = std::ranges::count(assessment.risks, severity, &Risk::severity);
    if (count > 0) counts.push_back(Number(count) + " " + Lower(Words(severity)));
    all += count;
  }
  std::string text = counts.empty() ? "No risk of medium severity or above was found."
                                    : Join(counts) + (all == 1 ? " risk was found." : " risks were found.");
  for (size_t i = 0; i < std::min<size_t>(3, assessment.risks.size()); ++i) {
    if (assessment.risks[i].severity < RiskSeverity::medium) break;
    text += std::string(i == 0 ? " The gravest: " : "; ") + Lower(assessment.risks[i].title.substr(0, 1)) +
            assessment.risks[i].title.substr(1);
  }
  return text.ends_with('.') ? text : text + ".";
}

std::string Weakest(const QualityScore& worst) {
  if (*worst.score >= 1) return "";
  return "; the weakest dimension is " + Lower(Words(worst.dimension)) + " with " + Percent(*worst.score);
}

std::string HowGoodTheDataIs(const Assessment& assessment) {
  if (!assessment.quality.overall)
    return "The data itself was not examined: this assessment rests on the schema alone.";
  const QualityScore* worst = nullptr;
  for (const QualityScore& score : assessment.quality.scores) {
    if (score.score && (worst == nullptr || *score.score < *worst->score)) worst = &score;
  }
  return "The data scores " + Percent(*assessment.quality.overall) + " for quality" + Weakest(*worst) + ". " +
         Count(static_cast<int64_t>(assessment.personal.columns.size()), "column") +
         (assessment.personal.columns.size() == 1 ? " seems" : " seem") + " to hold personal or secret values.";
}

std::string WhatItTakes(const Assessment& assessment) {
  const Duration& duration = assessment.duration;
  const std::string transfer = duration.high < 1 ? "less than a second"
                                                 : "about " + Seconds(std::max(duration.seconds, 1.0)) + " (" +
                                                       Seconds(duration.low) + " to " + Seconds(duration.high) + ")";
  return "Moving the data is expected to take " + transfer + " by " +
         (duration.measured ? "a measured" : "an assumed") + " rate, the whole project about " +
         Hours(assessment.effort.hours) + " of work (" + Hours(assessment.effort.low) + " to " +
         Hours(assessment.effort.high) + ").";
}

void AddSteps(Assessment& assessment) {
  for (const VerdictReason& reason : assessment.reasons) {
    if (!reason.action.empty() && assessment.next_steps.size() < 6) {
      assessment.next_steps.push_back(reason.text + ". " + reason.action);
    }
  }
  assessment.next_steps.emplace_back(
      "Write the plan with `migrateiq plan`, put the decisions of this assessment into it (appendix: a start).");
  assessment.next_steps.emplace_back(
      "Run `migrateiq rehearse`: it reads and converts every row, writes nothing, counts what would be rejected and "
      "measures the duration.");
  assessment.next_steps.emplace_back(
      "Make by hand what is listed as manual, in a copy of the target, and test it there.");
  assessment.next_steps.emplace_back(
      "Run, and read its report: it proves equality table by table and lists every value that was changed.");
}

}  // namespace

void Summarize(const Context& /*context*/, Assessment& assessment) {
  for (std::string& text : std::vector{WhatThereIs(assessment), HowItConverts(assessment), WhatIsWrong(assessment),
                                       HowGoodTheDataIs(assessment), WhatItTakes(assessment)}) {
    if (!text.empty()) assessment.summary.push_back(std::move(text));
  }
  AddSteps(assessment);
}

}  // namespace migrateiq::assess
