#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/render_text.hpp"
#include "apps/migrateiq/run_job.hpp"
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
  }
  return text.empty() ? "no quarantined rows" : text;
}

class Quarantine : public Command {
 public:
  const char* name() const override { return "quarantine"; }
  const char* summary() const override { return "Work with the rows a run rejected"; }

  void Declare(Options& options) override {
    options.PositionalChoice("ACTION", action_, {"list", "show", "replay"},
                             "list: one line a row; show: with values; replay: write them again");
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Positional("ROW_ID", ids_, "Only these rows (default: all, for replay all that are open)");
    options.Example(
        "  migrateiq quarantine list 20261122-223305-k3f9\n"
        "  migrateiq quarantine show 20261122-223305-k3f9 17\n"
        "  migrateiq quarantine replay 20261122-223305-k3f9");
  }

  int Run(const Console& console) override {
    const Result<int> status = action_ == "replay" ? Replay(console) : Show(console);
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

  Result<int> Show(const Console& console) const {
    MIQ_ASSIGN(const std::vector<int64_t> ids, Ids());
    MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console));
    MIQ_TRY(repository->FindRun(run_id_));
    MIQ_ASSIGN(std::vector<QuarantinedRow> rows, repository->ListQuarantine(run_id_));
    std::erase_if(
        rows, [&](const QuarantinedRow& row) { return !ids.empty() && std::ranges::find(ids, row.id) == ids.end(); });
    const bool values = action_ == "show";
    console.Result(JsonText(json::object{{"run_id", run_id_}, {"rows", Array(rows, values)}}),
                   values ? Details(rows) : List(rows));
    return 0;
  }

  Result<int> Replay(const Console& console) const {
    MIQ_ASSIGN(const std::vector<int64_t> ids, Ids());
    MIQ_ASSIGN(const std::unique_ptr<RunRepository> repository, OpenState(console));
    MIQ_ASSIGN(const RunRecord run, repository->FindRun(run_id_));
    if (run.status == "undone" || run.accepted) {
      return Fail(codes::kRunState, "run " + run_id_ + " is " + (run.accepted ? "accepted" : run.status));
    }
    MIQ_ASSIGN(const RunLock lock, repository->Control(run_id_));
    MIQ_ASSIGN(const Plan plan, repository->LoadPlan(run_id_));
    MIQ_ASSIGN(const ReplayResult result,
               RunJob(console, [&](EngineContext& context) { return ReplayQuarantine(plan, run_id_, ids, context); }));
    ShowReplay(console, result);
    return result.still_refused > 0 ? 3 : 0;
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
  std::vector<std::string> ids_;
};

}  // namespace

CommandPtr MakeQuarantine() { return std::make_unique<Quarantine>(); }

}  // namespace migrateiq::cli
