#include "pipeline/run/propose_masks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors/run.hpp"
#include "pipeline/match/sample.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/mask_proposal.hpp"

namespace migrateiq {

namespace {

constexpr int64_t kRows = 200;  ///< of a table: enough to see what a column means
constexpr const char* kKey = "pii";

/// The source's tables with some of their rows, in the order of the tasks.
class SampledTables {
 public:
  explicit SampledTables(const Ends& ends) : declared_(!ends.source_connector->info().guesses_types) {}

  /// A source of its own: that of the plan may hold its moment already, and only once.
  Status Read(const std::vector<TableTask>& tasks, const Ends& ends, const OpenOptions& options) {
    for (const TableTask& task : tasks) tables_.push_back(match::FromDefinition(task.source, declared_));
    auto source = OpenSource(ends.source_url, options);
    if (!source) return Unless(source.error());
    std::vector<TableName> names;
    for (const TableTask& task : tasks) {
      if (task.sql.empty()) names.push_back(task.source.name);
    }
    if (const auto held = (*source)->HoldMoment(1, names); !held) return Unless(held.error());
    for (size_t i = 0; i < tasks.size(); ++i) {
      if (!tasks[i].sql.empty()) continue;
      if (const Status read = match::SampleValues(**source, tasks[i].source, kRows, tables_[i]); !read)
        MIQ_TRY(Unless(read.error()));
    }
    return {};
  }
  const match::MatchTable& at(size_t task) const { return tables_[task]; }

 private:
  /// What cannot be read is left at its name; who stops is obeyed.
  static Status Unless(const Error& error) {
    if (error.Is(codes::kRunInterrupted)) return std::unexpected(error);
    return {};
  }

  bool declared_;
  std::vector<match::MatchTable> tables_;
};

std::string RemarkOf(const MaskProposal& proposal) {
  const std::string what = fmt::format("looks like personal data: {} ({:.2f})", proposal.title, proposal.confidence);
  if (proposal.mask == nullptr) return what;
  const std::string key = proposal.mask->keyed ? fmt::format(", key: {}", kKey) : "";
  return fmt::format("{}. Question: mask: {{kind: {}{}}}?", what, proposal.mask->id, key);
}

/// Adds its remark; false when the column is none of people.
bool Remark(const TableTask& task, const match::MatchTable& table, const Field& field, ColumnMapping& column) {
  if (column.mask || column.source.empty()) return false;
  const auto found = std::ranges::find(table.columns, column.source, &match::MatchColumn::name);
  std::vector<std::string_view> values;
  if (found != table.columns.end()) {
    for (const std::optional<std::string>& value : found->values) {
      if (value) values.push_back(*value);
    }
  }
  const auto proposal = ProposeMask(task, column.source, values, field);
  if (!proposal) return false;
  column.remark += (column.remark.empty() ? "" : "; ") + RemarkOf(*proposal);
  return true;
}

}  // namespace

Status ProposeMasks(const std::vector<TableTask>& tasks, const Ends& ends, const OpenOptions& options, Plan& plan) {
  SampledTables tables(ends);
  MIQ_TRY(tables.Read(tasks, ends, options));
  int64_t found = 0;
  for (size_t i = 0; i < tasks.size(); ++i) {
    const std::vector<Field>& fields = tasks[i].transform.target->fields;
    for (size_t j = 0; j < fields.size(); ++j) {
      found += Remark(tasks[i], tables.at(i), fields[j], plan.mappings[i].columns[j]) ? 1 : 0;
    }
  }
  if (found == 0) return {};
  plan.remarks.push_back(fmt::format(
      "Question: {} column{} personal data; shall the target have {} as {}? A mask that keeps the format is "
      "proposed beside each (docs/masking.md).",
      found, found == 1 ? " looks like" : "s look like", found == 1 ? "it" : "them",
      found == 1 ? "it is" : "they are"));
  return {};
}

}  // namespace migrateiq
