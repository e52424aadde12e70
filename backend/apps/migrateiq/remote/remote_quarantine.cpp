#include <algorithm>
#include <boost/json.hpp>

#include "apps/migrateiq/remote/json_members.hpp"
#include "apps/migrateiq/remote/remote_runs.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

QuarantinedRow RowFrom(const json::object& in) {
  QuarantinedRow row;
  row.id = NumberIn(in, "row_id");
  row.table = TextIn(in, "table");
  row.code = TextIn(in, "code");
  row.column = TextIn(in, "column");
  row.reason = TextIn(in, "reason");
  row.state = TextIn(in, "state");
  row.original = JsonIn(in, "original");
  row.edited = JsonIn(in, "edited");
  return row;
}

json::object ValuesOf(const RowEdit& edit) {
  json::object values;
  for (const auto& [column, value] : edit.values) values[column] = value ? json::value(*value) : json::value(nullptr);
  return {{"values", values}};
}

}  // namespace

Result<std::vector<QuarantinedRow>> RemoteRuns::Quarantine(const std::string& run_id) {
  MIQ_TRY(Load(run_id));
  MIQ_ASSIGN(const std::vector<json::object> items, client_.List("runs/" + run_id + "/quarantine"));
  std::vector<QuarantinedRow> rows;
  for (const json::object& item : items) rows.push_back(RowFrom(item));
  return rows;
}

/// All are checked before the first is made.
Result<int64_t> RemoteRuns::EditQuarantine(const std::string& run_id, const std::vector<RowEdit>& edits) {
  MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, Quarantine(run_id));
  std::vector<const RowEdit*> needed;
  for (const RowEdit& edit : edits) {
    MIQ_ASSIGN(const EditedRow edited, ApplyEdit(rows, edit));
    if (!edited.columns.empty()) needed.push_back(&edit);
  }
  for (const RowEdit* edit : needed)
    MIQ_TRY(client_.Patch("runs/" + run_id + "/quarantine/" + std::to_string(edit->id), ValuesOf(*edit)));
  return static_cast<int64_t>(needed.size());
}

Result<ReplayResult> RemoteRuns::Replay(const std::string& run_id, const std::vector<RowEdit>& edits,
                                        const std::vector<int64_t>& ids) {
  if (!edits.empty()) MIQ_TRY(EditQuarantine(run_id, edits));
  MIQ_ASSIGN(const std::vector<QuarantinedRow> before, Quarantine(run_id));
  json::array open;
  for (const QuarantinedRow& row : before) {
    if (row.state == "open" && std::ranges::find(ids, row.id) != ids.end()) open.emplace_back(row.id);
  }
  ReplayResult result;
  if (open.empty()) return result;
  MIQ_TRY(Carry(run_id, "replay", {{"rows", open}}, "quarantine/replay"));
  MIQ_ASSIGN(const std::vector<QuarantinedRow> after, Quarantine(run_id));
  for (const QuarantinedRow& row : after) {
    const bool asked = std::ranges::find(open, json::value(row.id)) != open.end();
    if (asked && row.state == "open") result.refused.push_back(row);
  }
  result.still_refused = static_cast<int64_t>(result.refused.size());
  result.replayed = static_cast<int64_t>(open.size()) - result.still_refused;
  return result;
}

}  // namespace migrateiq::cli
