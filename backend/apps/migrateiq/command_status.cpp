#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json.hpp>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/render_report.hpp"
#include "apps/migrateiq/render_text.hpp"
#include "apps/migrateiq/runs.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

constexpr size_t kShownEvents = 15;

json::object Json(const RunRecord& run) {
  json::object out = {{"run_id", run.run_id},         {"name", run.name},         {"status", run.status},
                      {"started_at", run.started_at}, {"finished_at", nullptr},   {"source", run.source},
                      {"target", run.target},         {"accepted", run.accepted}, {"controller", nullptr}};
  if (!run.finished_at.empty()) out["finished_at"] = run.finished_at;
  if (run.controller) out["controller"] = static_cast<int64_t>(*run.controller);
  return out;
}

json::value Parsed(const std::string& text) {
  boost::system::error_code error;
  json::value value = text.empty() ? json::value() : json::parse(text, error);
  return error ? json::value() : value;
}

std::string Headline(const RunDetails& details) {
  const RunRecord& run = details.record;
  std::string text = "run " + run.run_id + ": " + run.status + (run.accepted ? ", accepted" : "");
  if (!details.remark.empty()) text += ", " + details.remark;
  text += "\n  from     " + run.source + "\n  to       " + run.target + "\n  started  " + run.started_at + "\n";
  return run.finished_at.empty() ? text : text + "  ended    " + run.finished_at + "\n";
}

std::string ProgressText(const json::value& progress) {
  const json::object* object = progress.if_object();
  if (object == nullptr) return "";
  const int64_t done = object->at("rows_done").to_number<int64_t>();
  return fmt::format("  progress {}, {}, {} rows\n", std::string(object->at("phase").as_string()),
                     Percent(done, object->at("rows_total").to_number<int64_t>()), Count(done));
}

std::string Possible(const RunDetails& details) {
  return details.possible.empty() ? "" : fmt::format("possible: {}\n", fmt::join(details.possible, ", "));
}

class StatusCommand : public Command {
 public:
  const char* name() const override { return "status"; }
  const char* summary() const override { return "Where a run is, or how it ended"; }

  void Declare(Options& options) override {
    options.Positional("RUN_ID", run_id_, "As `migrateiq runs` lists it");
    options.Example("  migrateiq status 20261122-223305-k3f9");
  }

  int Run(const Console& console) override {
    const Status shown = Show(console);
    return shown ? 0 : console.Fail(shown.error());
  }

 private:
  Status Show(const Console& console) const {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    MIQ_ASSIGN(const RunDetails details, runs->Find(run_id_));
    const json::value progress = Parsed(details.progress);
    console.Result(Document(details, progress), Text(console, details, progress));
    return {};
  }

  static std::string Document(const RunDetails& details, const json::value& progress) {
    json::object document = Json(details.record);
    document["progress"] = progress;
    document["report"] = Parsed(details.record.report);
    json::array& list = document["events"].emplace_array();
    for (const RunEvent& event : details.events) {
      list.push_back(json::object{{"at", event.at}, {"level", event.level}, {"text", event.text}});
    }
    return JsonText(document);
  }

  static std::string Text(const Console& console, const RunDetails& details, const json::value& progress) {
    const std::vector<RunEvent>& events = details.events;
    std::string text = Headline(details);
    if (details.under_way) text += ProgressText(progress);
    for (size_t i = events.size() - std::min(events.size(), kShownEvents); i < events.size(); ++i) {
      text += "  " + events[i].at + " " + OneLine(events[i].text, 200) + "\n";
    }
    const Result<RunReport> report = ReportFromJson(details.record.report);
    if (report && !details.under_way) text += "\n" + RenderReport(*report, console.colour_out());
    return text + Possible(details);
  }

  std::string run_id_;
};

class RunsCommand : public Command {
 public:
  const char* name() const override { return "runs"; }
  const char* summary() const override { return "List the runs, newest first"; }
  void Declare(Options& options) override { options.Example("  migrateiq runs\n  migrateiq runs --json"); }

  int Run(const Console& console) override {
    const Result<std::vector<RunRecord>> runs = List(console);
    if (!runs) return console.Fail(runs.error());
    json::array list;
    for (const RunRecord& run : *runs) list.push_back(Json(run));
    console.Result(JsonText(json::object{{"runs", std::move(list)}}), Table(*runs));
    return 0;
  }

 private:
  static Result<std::vector<RunRecord>> List(const Console& console) {
    MIQ_ASSIGN(const std::unique_ptr<Runs> runs, OpenRuns(console));
    return runs->List();
  }

  static std::string Table(const std::vector<RunRecord>& runs) {
    if (runs.empty()) return "no runs yet";
    std::vector<std::vector<std::string>> rows = {{"run", "status", "started", "name", "from", "to"}};
    for (const RunRecord& run : runs) {
      rows.push_back({run.run_id, run.status, run.started_at, run.name, run.source, run.target});
    }
    return Columns(rows, "");
  }
};

}  // namespace

CommandPtr MakeStatus() { return std::make_unique<StatusCommand>(); }

CommandPtr MakeRuns() { return std::make_unique<RunsCommand>(); }

}  // namespace migrateiq::cli
