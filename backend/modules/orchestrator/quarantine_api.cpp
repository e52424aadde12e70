#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/local_runs.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/projects/files/csv_guard.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace json = boost::json;

struct QuarantineQuery {
  std::optional<Text<1, 300>> table;
  std::optional<Text<1, 20>> state;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(QuarantineQuery, (), (table, state, limit, cursor))

struct QuarantinedRowView {
  int64_t row_id = 0;
  std::string table, code, reason, state;
  std::optional<std::string> column;
  json::value original;
  std::optional<json::value> edited;
};
BOOST_DESCRIBE_STRUCT(QuarantinedRowView, (), (row_id, table, code, reason, state, column, original, edited))

struct ChangeQuarantinedRow {
  std::map<std::string, json::value> values;  ///< source column -> text or null
};
BOOST_DESCRIBE_STRUCT(ChangeQuarantinedRow, (), (values))

struct ReplayRows {
  std::vector<int64_t> rows;  ///< none: all that are open
};
BOOST_DESCRIBE_STRUCT(ReplayRows, (), (rows))

struct ReplayStarted {
  std::string run_id;
  std::optional<std::string> waiting_for;
};
BOOST_DESCRIBE_STRUCT(ReplayStarted, (), (run_id, waiting_for))

QuarantinedRowView ViewOf(const QuarantinedRow& row) {
  return {.row_id = row.id,
          .table = row.table,
          .code = row.code,
          .reason = row.reason,
          .state = row.state,
          .column = core::Given(row.column),
          .original = core::GivenJson(row.original).value_or(nullptr),
          .edited = core::GivenJson(row.edited)};
}

std::string JsonLinesOf(const std::vector<QuarantinedRow>& rows) {
  std::string text;
  for (const QuarantinedRow& row : rows) text += Encode(ViewOf(row)) + "\n";
  return text;
}

std::string CsvOf(const std::vector<QuarantinedRow>& rows) {
  projects::CsvText csv({"row_id", "table", "state", "code", "column", "reason", "original", "edited"});
  for (const QuarantinedRow& row : rows)
    csv.Add({std::to_string(row.id), row.table, row.state, row.code, row.column, row.reason, row.original, row.edited});
  return std::move(csv).Finish();
}

class QuarantineApi {
 public:
  explicit QuarantineApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<Page<QuarantinedRowView>> List(http::Context& context, const QuarantineQuery& query) const {
    MIQ_ASSIGN(const RunJob run, Load(context, "quarantine.read"));
    MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, Rows(run));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string last, core::IdAfter(page.cursor));
    const int64_t after = std::strtoll(last.c_str(), nullptr, 10);
    std::vector<QuarantinedRow> wanted;
    for (const QuarantinedRow& row : rows) {
      if (row.id <= after || (query.table && row.table != *query.table) || (query.state && row.state != *query.state))
        continue;
      wanted.push_back(row);
      if (static_cast<int64_t>(wanted.size()) > page.limit) break;
    }
    return core::MakePage<QuarantinedRowView, QuarantinedRow>(
        wanted, page.limit, &ViewOf, [](const QuarantinedRow& row) { return core::IdCursor(std::to_string(row.id)); });
  }

  /// All rows, with their values, for people who work on them elsewhere. Exports are in the audit log.
  Status Export(http::Context& context, bool csv) const {
    MIQ_ASSIGN(const RunJob run, Load(context, "quarantine.read"));
    MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, Rows(run));
    MIQ_TRY(parts_.store.Write(store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
      return core::AppendAudit(session, run.tenant_id,
                               core::ActorOf(context).Entry("quarantine.exported", "run", run.run_id));
    }));
    const std::string name = "quarantine-" + run.run_id + (csv ? ".csv" : ".jsonl");
    context.response.content_type = csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
    context.response.headers.Set("Content-Disposition", "attachment; filename=\"" + name + "\"");
    context.response.headers.Set("Cache-Control", "no-store");
    context.response.body = csv ? CsvOf(rows) : JsonLinesOf(rows);
    return {};
  }

  Result<QuarantinedRowView> Change(http::Context& context, const ChangeQuarantinedRow& body) const {
    MIQ_ASSIGN(const RunJob run, Load(context, "quarantine.write"));
    const int64_t row_id = std::strtoll(context.Path("row_id").c_str(), nullptr, 10);
    MIQ_TRY(FindRow(run, row_id));
    MIQ_ASSIGN(const auto records, parts_.records(run.tenant_id));
    RowEdit edit{.id = row_id};
    for (const auto& [column, value] : body.values) {
      if (!value.is_string() && !value.is_null())
        return Fail(Error(codes::kApiField, "a value is text or null").At("/values/" + column));
      edit.values.emplace_back(column, value.is_null() ? std::nullopt : std::optional(std::string(value.get_string())));
    }
    MIQ_TRY(records->EditQuarantine(run.run_id, {edit}));
    MIQ_TRY(parts_.store.Write(store::Scope::Tenant(run.tenant_id), [&](store::Session& session) {
      core::AuditEntry entry = core::ActorOf(context).Entry("quarantine.edited", "run", run.run_id);
      entry.details = JsonText(json::object{{"row_id", row_id}, {"columns", Names(body)}});
      return core::AppendAudit(session, run.tenant_id, entry);
    }));
    MIQ_ASSIGN(const QuarantinedRow changed, FindRow(run, row_id));
    return ViewOf(changed);
  }

  Result<ReplayStarted> Replay(http::Context& context, const ReplayRows& body) const {
    MIQ_ASSIGN(const RunJob before, Load(context, "quarantine.write"));
    json::array ids;
    for (const int64_t id : body.rows) {
      MIQ_TRY(FindRow(before, id));
      ids.emplace_back(id);
    }
    MIQ_ASSIGN(const RunJob run, parts_.runs.Act(core::ActorOf(context), before.run_id, RunAction::kReplay,
                                                 JsonText(json::object{{"rows", ids}})));
    return ReplayStarted{.run_id = run.run_id, .waiting_for = core::Given(run.waiting_for)};
  }

 private:
  Result<RunJob> Load(http::Context& context, std::string_view permission) const {
    MIQ_ASSIGN(RunJob run, parts_.runs.Find(context.principal.tenant_id, context.Path("run_id")));
    MIQ_TRY(context.require(permission, run.project_id));
    MIQ_TRY(CheckActsHere(run));  // its rows are sealed by the state folder's key
    return run;
  }

  Result<std::vector<QuarantinedRow>> Rows(const RunJob& run) const {
    MIQ_ASSIGN(const auto records, parts_.records(run.tenant_id));
    return records->ListQuarantine(run.run_id);
  }

  Result<QuarantinedRow> FindRow(const RunJob& run, int64_t row_id) const {
    MIQ_ASSIGN(std::vector<QuarantinedRow> rows, Rows(run));
    const auto found = std::ranges::find(rows, row_id, &QuarantinedRow::id);
    if (found == rows.end())
      return Fail(codes::kApiNotFound, "run " + run.run_id + " has no quarantined row " + std::to_string(row_id));
    return *found;
  }

  static json::array Names(const ChangeQuarantinedRow& body) {
    json::array names;
    for (const auto& [column, value] : body.values) names.emplace_back(json::string(column));
    return names;
  }

  ApiParts parts_;
};

}  // namespace

void AddQuarantineRoutes(http::Router& router, ApiParts parts) {
  const auto api = std::make_shared<QuarantineApi>(std::move(parts));  // shared by the handlers
  const auto route = [](http::Method method, const char* path, const char* name, const char* summary,
                        const char* permission) {
    return http::Route{.method = method,
                       .path = std::string("/api/v1/runs/{run_id}/quarantine") + path,
                       .name = name,
                       .tag = "quarantine",
                       .summary = summary,
                       .access = http::Access::kInHandler,
                       .permission = permission};
  };
  router.Add<Nothing, QuarantineQuery, Page<QuarantinedRowView>>(
      route(http::Method::kGet, "", "listQuarantine", "Rows that were not written, with their original values.",
            "quarantine.read"),
      [api](http::Context& c, const Nothing&, const QuarantineQuery& query) { return api->List(c, query); });
  router.Add<ChangeQuarantinedRow, Nothing, QuarantinedRowView>(
      route(http::Method::kPatch, "/{row_id}", "changeQuarantinedRow",
            "Correct values of a quarantined row before it is replayed.", "quarantine.write"),
      [api](http::Context& c, const ChangeQuarantinedRow& body, const Nothing&) { return api->Change(c, body); });
  for (const bool csv : {false, true}) {
    http::Route exported = csv ? route(http::Method::kGet, "/export.csv", "exportQuarantineCsv",
                                       "All quarantined rows as CSV.", "quarantine.read")
                               : route(http::Method::kGet, "/export", "exportQuarantine",
                                       "All quarantined rows as JSON Lines.", "quarantine.read");
    exported.step_up = true;
    exported.raw_type = csv ? "text/csv" : "application/x-ndjson";
    router.AddRaw(std::move(exported), [api, csv](http::Context& c) { return api->Export(c, csv); });
  }
  http::Route replay = route(http::Method::kPost, "/replay", "replayQuarantine",
                             "Write quarantined rows through the plan again; what fails stays.", "quarantine.write");
  replay.success = 202;
  router.Add<ReplayRows, Nothing, ReplayStarted>(
      std::move(replay),
      [api](http::Context& c, const ReplayRows& body, const Nothing&) { return api->Replay(c, body); });
}

}  // namespace migrateiq::orchestrator
