#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/render_text.hpp"
#include "apps/migrateiq/runs.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

json::object Json(const QuarantinedRow& row, bool values) {
  json::object out = {{"id", row.id},         {"table", row.table},   {"code", row.code},
                      {"column", row.column}, {"reason", row.reason}, {"state", row.state}};
  if (!values) return out;
  boost::system::error_code error;
  json::value original = json::parse(row.original, error);
  out["original"] = error ? json::value(row.original) : std::move(original);
  if (!row.edited.empty()) out["values"] = json::parse(row.edited);
  return out;
}

json::array Array(const std::vector<QuarantinedRow>& rows, bool values) {
  json::array out;
  for (const QuarantinedRow& row : rows) out.push_back(Json(row, values));
  return out;
}

std::string List(const std::vector<QuarantinedRow>& rows) {
  if (rows.empty()) return "no quarantined rows";
  std::vector<std::vector<std::string>> cells = {{"id", "table", "state", "code", "column", "reason"}};
  for (const QuarantinedRow& row : rows) {
    cells.push_back({std::to_string(row.id), row.table, row.state, row.code, row.column, OneLine(row.reason, 100)});
  }
  return Columns(cells, "");
}

std::string Details(const std::vector<QuarantinedRow>& rows) {
  std::string text;
  for (const QuarantinedRow& row : rows) {
    text += "row " + std::to_string(row.id) + " of " + row.table + ": " + row.state + "\n  " + row.code + " " +
            (row.column.empty() ? "" : row.column + ": ") + row.reason + "\n  " + row.original + "\n";
    if (!row.edited.empty()) text += "  edited: " + row.edited + "\n";
  }
  return text.empty() ? "no quarantined rows" : text;
}

class QuarantineCommand : public Command {
 public:
  const char* name() const override { return "quarantine"; }
  const char* summary() const override { return "Work with the rows a run rejected"; }

  void Declare(Options& options) override {
    options.PositionalChoice("ACTION", action_, {"list", "show", "edit", "replay"},
                             "list: one line a row; show: with values; edit: correct values; replay: write rows again");
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Positional("ROW_ID", ids_, "Only these rows (default: all, for replay all that are open)");
    options.Text("--table", table_, "TABLE", "Only rows of this target table");
    options.Repeated("--set", set_, "COLUMN=VALUE", "edit: a value for the source's column");
    options.Repeated("--null", null_, "COLUMN", "edit: NULL for the source's column");
    options.Text("--from", from_, "FILE",
                 "replay: first take values from FILE, an edited `show --json`; only its rows");
    options.Example(
        "  migrateiq quarantine list 20261122-223305-k3f9\n"
        "  migrateiq quarantine edit 20261122-223305-k3f9 17 --set email=ada@example.com\n"
        "  migrateiq quarantine replay 20261122-223305-k3f9 17\n"
        "  migrateiq quarantine show 20261122-223305-k3f9 --table customer --json > rows.json\n"
        "  migrateiq quarantine replay 20261122-223305-k3f9 --from rows.json");
  }

  int Run(const Console& console) override {
    if (const Status usable = CheckFlags(); !usable) return console.Fail(usable.error());
    const Result<int> status = action_ == "replay" ? Replay(console)
                               : action_ == "edit" ? Edit(console)
                                                   : Show(console);
    return status ? *status : console.Fail(status.error());
  }

 private:
  Result<std::vector<int64_t>> Ids() const {
    std::vector<int64_t> ids;
    for (const std::string& text : ids_) {
      int64_t& id = ids.emplace_back(0);
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
      if (error == std::errc() && end == text.data() + text.size()) continue;
      return Fail(codes::kUsage, "'" + text + "' is not a row's id");
    }
    return ids;
  }

  Status CheckFlags() const {
    if (action_ != "edit" && (!set_.empty() || !null_.empty()))
      return Fail(codes::kUsage, "--set and --null belong to `quarantine edit`");
    if (action_ != "replay" && from_) return Fail(codes::kUsage, "--from belongs to `quarantine replay`");
    if (action_ == "edit" && ids_.empty()) return Fail(codes::kUsage, "`quarantine edit` needs the ids of rows");
    if (action_ == "edit" && set_.empty() && null_.empty())
      return Fail(codes::kUsage, "`quarantine edit` needs --set COLUMN=VALUE or --null COLUMN");
    if (from_ && (!ids_.empty() || table_)) return Fail(codes::kUsage, "--from names the rows: no ROW_ID, no --table");
    return {};
  }

  /// The rows that the command line chooses; those it names must be there.
  Result<std::vector<QuarantinedRow>> Chosen(Runs& runs) const {
    MIQ_ASSIGN(const std::vector<int64_t> ids, Ids());
    MIQ_ASSIGN(std::vector<QuarantinedRow> rows, runs.Quarantine(run_id_));
    for (const int64_t id : ids) {
      if (std::ranges::find(rows, id, &QuarantinedRow::id) == rows.end())
        return Fail(codes::kUsage, "the run has no quarantined row " + std::to_string(id));
    }
    std::erase_if(rows, [&](const QuarantinedRow& row) {
      const bool named = ids.empty() || std::ranges::find(ids, row.id) != ids.end();
      return !named || (table_ && row.table != *table_);
    });
    return rows;
  }

  Result<int> Edit(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, Chosen(*runs));
    RowEdit edit;
    for (const std::string& text : set_) {
      MIQ_ASSIGN(auto assignment, ParseAssignment(text));
      edit.values.push_back(std::move(assignment));
    }
    for (const std::string& column : null_) edit.values.emplace_back(column, std::nullopt);
    std::vector<RowEdit> edits;
    for (const QuarantinedRow& row : rows) edits.emplace_back(edit).id = row.id;
    MIQ_ASSIGN(const int64_t changed, runs->EditQuarantine(run_id_, edits));
    MIQ_ASSIGN(const std::vector<QuarantinedRow> after, Chosen(*runs));
    console.Result(JsonText(json::object{{"run_id", run_id_}, {"edited", changed}, {"rows", Array(after, true)}}),
                   Count(changed) + " rows edited; write them with: migrateiq quarantine replay " + run_id_);
    return 0;
  }

  Result<std::vector<RowEdit>> EditsOfFile() const {
    std::ifstream file(*from_);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open()) return Fail(codes::kUsage, "cannot read " + *from_);
    return EditsFromJson(text, run_id_);
  }

  Result<int> Show(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, Chosen(*runs));
    const bool values = action_ == "show";
    console.Result(JsonText(json::object{{"run_id", run_id_}, {"rows", Array(rows, values)}}),
                   values ? Details(rows) : List(rows));
    return 0;
  }

  Result<int> Replay(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    MIQ_ASSIGN(const ReplayResult result, from_ ? ReplayFile(*runs) : ReplayChosen(*runs));
    ShowReplay(console, result);
    return result.still_refused > 0 ? 3 : 0;
  }

  Result<ReplayResult> ReplayFile(Runs& runs) const {
    MIQ_ASSIGN(const std::vector<RowEdit> edits, EditsOfFile());
    std::vector<int64_t> ids;
    for (const RowEdit& edit : edits) ids.push_back(edit.id);
    return runs.Replay(run_id_, edits, ids);
  }

  Result<ReplayResult> ReplayChosen(Runs& runs) const {
    MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, Chosen(runs));
    std::vector<int64_t> ids;
    for (const QuarantinedRow& row : rows) ids.push_back(row.id);
    return runs.Replay(run_id_, {}, ids);
  }

  void ShowReplay(const Console& console, const ReplayResult& result) const {
    const json::object document = {{"run_id", run_id_},
                                   {"replayed", result.replayed},
                                   {"still_refused", result.still_refused},
                                   {"rows", Array(result.refused, false)}};
    console.Result(JsonText(document), Count(result.replayed) + " rows written, " + Count(result.still_refused) +
                                           " still refused\n" + (result.refused.empty() ? "" : List(result.refused)));
  }

  std::string action_, run_id_;
  std::vector<std::string> ids_, set_, null_;
  std::optional<std::string> table_, from_;
};

}  // namespace

CommandPtr MakeQuarantine() { return std::make_unique<QuarantineCommand>(); }

}  // namespace migrateiq::cli
