#include "pipeline/run/made.hpp"

#include <algorithm>

#include "pipeline/run/journal.hpp"

namespace migrateiq {

namespace {

template <class T>
void Append(std::vector<T>& list, const std::vector<T>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

Status ParseEntry(const JournalEntry& entry, Made& made) {
  made.last_sequence = std::max(made.last_sequence, entry.sequence);
  if (entry.kind == "create_tables" || entry.kind == "create_sequence") {
    MIQ_ASSIGN(const std::vector<TableName> names, NamesFromJson(entry.detail));
    Append(entry.kind == "create_tables" ? made.tables : made.sequences, names);
  } else if (entry.kind == "swap_table") {
    MIQ_ASSIGN(SwapTable swap, SwapFromJson(entry.detail));
    made.swaps.push_back(std::move(swap));
  } else if (entry.kind == "create_schema") {
    made.schemas.push_back(entry.object);
  } else if (entry.kind == "create_type") {
    made.types.push_back(entry.object);
  } else if (entry.kind == "runs_before") {
    MIQ_ASSIGN(const std::vector<std::string> runs, TextsFromJson(entry.detail));
    Append(made.runs_before, runs);
  } else if (entry.kind == "superseded") {
    made.superseded.push_back(entry.object);
  }
  return {};
}

bool Claims(const Made& made, const TableName& table) {
  return std::ranges::find(made.tables, table) != made.tables.end() ||
         std::ranges::find(made.swaps, table, &SwapTable::live) != made.swaps.end();
}

std::string Title(const TableName& table, const std::string& run_id) {
  return table.ToString() + " (run " + run_id + ")";
}

}  // namespace

Result<Made> ReadMade(Target& target, const std::string& run_id) {
  MIQ_ASSIGN(const std::vector<JournalEntry> journal, target.ReadJournal(run_id));
  Made made;
  for (const JournalEntry& entry : journal) MIQ_TRY(ParseEntry(entry, made));
  return made;
}

Status NoteRunsBefore(ActiveRun& run) {
  MIQ_ASSIGN(const std::string noted, run.Fact("runs_before"));
  if (!noted.empty()) return {};
  MIQ_ASSIGN(std::vector<std::string> runs, run.target->JournalledRuns());
  std::erase(runs, run.run_id);
  if (!runs.empty()) MIQ_TRY(Journal(run, "runs_before", std::to_string(runs.size()) + " runs", TextsJson(runs)));
  return run.Remember("runs_before", TextsJson(runs));
}

Result<std::string> ReplacedSince(Target& target, const std::string& run_id, const Made& made) {
  MIQ_ASSIGN(const std::vector<std::string> runs, target.JournalledRuns());
  std::string names;
  for (const std::string& other : runs) {
    if (other == run_id) continue;
    MIQ_ASSIGN(const Made later, ReadMade(target, other));
    if (std::ranges::find(later.runs_before, run_id) == later.runs_before.end()) continue;
    for (const SwapTable& swap : later.swaps) {
      if (Claims(made, swap.live)) names += (names.empty() ? "" : ", ") + Title(swap.live, other);
    }
  }
  return names;
}

Status NoteSuperseded(Target& target, const std::string& run_id, const Made& made) {
  for (const std::string& earlier : made.runs_before) {
    MIQ_ASSIGN(Made other, ReadMade(target, earlier));
    for (const SwapTable& swap : made.swaps) {
      const std::string title = Title(swap.live, run_id);
      if (!Claims(other, swap.live) || std::ranges::find(other.superseded, title) != other.superseded.end()) continue;
      MIQ_TRY(target.AppendJournal(earlier, {++other.last_sequence, "superseded", title, "{}", true}));
    }
  }
  return {};
}

}  // namespace migrateiq
