#include <algorithm>
#include <ranges>

#include "base/json_text.hpp"
#include "pipeline/assess/detail/chapters.hpp"

namespace migrateiq::assess {

namespace {

const Risk* FindRisk(const Assessment& assessment, std::string_view kind) {
  const auto found = std::ranges::find(assessment.risks, kind, &Risk::kind);
  return found == assessment.risks.end() ? nullptr : &*found;
}

/// A line of `on:` where there is something for it to decide.
void AddPolicy(const Assessment& assessment, std::string_view kind, const std::string& line, std::string& text) {
  if (FindRisk(assessment, kind) == nullptr) return;
  if (text.find("\non:") == std::string::npos) text += "on:\n";
  text += "  " + line + "\n";
}

constexpr int kShownPlaces = 20;

/// Columns by the evidence that is shown, as commented lines: whoever reads decides.
void AddColumns(const Assessment& assessment, std::string_view kind, std::string& text) {
  const Risk* risk = FindRisk(assessment, kind);
  if (risk == nullptr || risk->plan_key.empty()) return;
  text += "# " + risk->title + " (" + risk->plan_key + ")\n";
  for (const RiskEvidence& evidence : risk->evidence | std::views::take(kShownPlaces)) {
    text += "#   " + JsonQuoted(evidence.table + (evidence.column.empty() ? "" : "." + evidence.column)) + "\n";
  }
}

std::string EmptyTables(const Assessment& assessment) {
  std::string list;
  for (const TableSummary& table : assessment.tables) {
    if (table.rows == 0 && table.rows_exact) list += (list.empty() ? "" : ", ") + JsonQuoted(table.name);
  }
  return list;
}

}  // namespace

std::string DraftPlan(const Context& /*context*/, const Assessment& assessment) {
  std::string text = "version: 1\n# source: and target: as `migrateiq plan` writes them.\n";
  if (const std::string empty = EmptyTables(assessment); !empty.empty()) {
    text += "# Empty tables; leave them out?\n# tables: {exclude: [" + empty + "]}\n";
  }
  if (FindRisk(assessment, "mixed_case_names") != nullptr) text += "naming: {case: snake}          # or keep\n";
  AddPolicy(assessment, "zero_dates", "zero_date: null            # or epoch, error", text);
  AddPolicy(assessment, "control_characters", "nul_byte: strip            # or reject, error", text);
  AddPolicy(assessment, "orphans", "orphan_row: report         # or quarantine, error", text);
  AddPolicy(assessment, "misfits", "row_error: quarantine      # or fail", text);
  text += "run: {verify: checksum, undo: journal}\n";
  for (const char* kind : {"small_booleans", "text_types", "mixed_formats", "money_in_floats", "time_zones",
                           "dynamic_types", "secrets", "identity_exhausted"}) {
    AddColumns(assessment, kind, text);
  }
  return text;
}

}  // namespace migrateiq::assess
