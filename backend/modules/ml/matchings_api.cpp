#include "base/errors/api.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/ml/ml_services.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/job_view.hpp"

namespace migrateiq::ml {

namespace {

using core::Given;
using http::Context;
using http::Method;

struct StartMatching {
  Text<1, 64> source_connection_id, target_connection_id;
  std::optional<Text<1, 200>> name;
  std::vector<Text<1, 300>> source_tables, target_tables;  ///< patterns, as in plans; absent: all
  std::optional<Number<0, 100000>> rows;                   ///< of each table that are looked at; 0: names alone
  /// Where the connection has a finished analysis of all its tables that is no older, it is used instead of another
  /// look at the data; the project's own, or one of no project.
  std::optional<Number<1, 8760>> analyses_within_hours;
  std::optional<Moment> not_before;
};
BOOST_DESCRIBE_STRUCT(StartMatching, (),
                      (source_connection_id, target_connection_id, name, source_tables, target_tables, rows,
                       analyses_within_hours, not_before))

struct MatchingView {
  std::string matching_id, project_id, name, state;
  std::string source_connection_id, target_connection_id, source_connection, target_connection;
  MatchingOptions options;
  std::optional<std::string> model_id;  ///< absent: the shipped one
  std::optional<std::string> waiting_for, asked_to;
  std::string created_by, created_by_name;
  Moment created_at;
  std::optional<Moment> started_at, finished_at;
  std::optional<projects::FaultView> error;
  std::optional<projects::JobProgressView> progress;
  std::optional<UnmatchedTables> unmatched;
};
BOOST_DESCRIBE_STRUCT(MatchingView, (),
                      (matching_id, project_id, name, state, source_connection_id, target_connection_id,
                       source_connection, target_connection, options, model_id, waiting_for, asked_to, created_by,
                       created_by_name, created_at, started_at, finished_at, error, progress, unmatched))

struct MatchingListQuery {
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(MatchingListQuery, (), (limit, cursor))

struct MatchedTableView {
  int64_t number = 0;
  std::string source_table, target_table;
  double confidence = 0;
  std::vector<std::string> target_columns;
};
BOOST_DESCRIBE_STRUCT(MatchedTableView, (), (number, source_table, target_table, confidence, target_columns))

struct MatchedTableList {
  std::vector<MatchedTableView> items;
};
BOOST_DESCRIBE_STRUCT(MatchedTableList, (), (items))

struct SuggestionView {
  int64_t number = 0, table_number = 0;
  std::optional<std::string> source_column;  ///< absent: made of several
  std::optional<std::string> target_column;  ///< absent: no match
  double confidence = 0;                     ///< as sure as the project's decisions so far say
  bool sure = false;                         ///< needs no look
  std::vector<SuggestionEvidence> evidence;
  std::optional<SuggestedTransformation> transformation;
  std::vector<SuggestedAlternative> alternatives;
  Decision decision = Decision::open;
  std::optional<std::string> decided_target, decided_expr, decided_by, decided_by_name;
  std::optional<Moment> decided_at;
};
BOOST_DESCRIBE_STRUCT(SuggestionView, (),
                      (number, table_number, source_column, target_column, confidence, sure, evidence, transformation,
                       alternatives, decision, decided_target, decided_expr, decided_by, decided_by_name, decided_at))

struct SuggestionQuery {
  std::optional<Number<1, 1000000>> table;  ///< number of a matched table
  std::optional<Decision> decision;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(SuggestionQuery, (), (table, decision, limit, cursor))

struct DecideSuggestion {
  Decision decision = Decision::accepted;
  std::optional<Text<1, 300>> target_column;  ///< for changed
  std::optional<Text<1, 4000>> expr;          ///< for changed: DuckDB SQL over the source row
  std::optional<Decision> seen;               ///< what stands there as the caller knows it; another one is a conflict
  std::optional<Moment> seen_at;              ///< when that was decided; absent: not compared
};
BOOST_DESCRIBE_STRUCT(DecideSuggestion, (), (decision, target_column, expr, seen, seen_at))

struct AcceptSuggestions {
  double confidence = 0.95;  ///< every open suggestion that is at least so sure
};
BOOST_DESCRIBE_STRUCT(AcceptSuggestions, (), (confidence))

struct AcceptedSuggestions {
  int64_t accepted = 0;
};
BOOST_DESCRIBE_STRUCT(AcceptedSuggestions, (), (accepted))

struct MakePlanOfMatching {
  std::optional<Text<1, 64>> plan_id;  ///< absent: a new plan
  std::optional<projects::Name> name;  ///< of a new plan
  std::optional<Text<0, 500>> message;
};
BOOST_DESCRIBE_STRUCT(MakePlanOfMatching, (), (plan_id, name, message))

struct PlanOfMatching {
  std::string plan_id, name;
  int64_t version = 0;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(PlanOfMatching, (), (plan_id, name, version, text))

MatchingView ViewOf(const MatchingDetail& detail) {
  const MatchingRow& row = detail.row;
  MatchingView view{.matching_id = row.matching_id,
                    .project_id = row.project_id,
                    .name = row.name,
                    .state = detail.state(),
                    .source_connection_id = row.source_connection_id,
                    .target_connection_id = row.target_connection_id,
                    .source_connection = row.source_connection,
                    .target_connection = row.target_connection,
                    .options = row.options,
                    .model_id = Given(row.model_id),
                    .created_by = row.created_by,
                    .created_by_name = row.created_by_name,
                    .created_at = {row.created_at},
                    .finished_at = Given(row.finished_at),
                    .unmatched = row.finished_at ? std::optional(row.unmatched) : std::nullopt};
  if (!detail.job) return view;
  view.waiting_for = Given(detail.job->waiting_for);
  view.asked_to = Given(detail.job->asked_to);
  view.started_at = Given(detail.job->started_at);
  if (!view.finished_at) view.finished_at = Given(detail.job->finished_at);
  view.error = projects::StoredView<projects::FaultView>(detail.job->error);
  view.progress = projects::StoredView<projects::JobProgressView>(detail.job->progress);
  return view;
}

SuggestionView ViewOfSuggestion(const Suggestion& one) {
  return {.number = one.number,
          .table_number = one.table_number,
          .source_column = Given(one.source_column),
          .target_column = Given(one.target_column),
          .confidence = one.confidence,
          .sure = one.sure,
          .evidence = one.details.evidence,
          .transformation = one.details.transformation,
          .alternatives = one.details.alternatives,
          .decision = one.decision,
          .decided_target = Given(one.decided_target),
          .decided_expr = Given(one.decided_expr),
          .decided_by = Given(one.decided_by),
          .decided_by_name = Given(one.decided_by_name),
          .decided_at = Given(one.decided_at)};
}

int64_t NumberIn(const std::string& text) { return std::strtoll(text.c_str(), nullptr, 10); }

class MatchingsApi {
 public:
  explicit MatchingsApi(Matchings& matchings) : matchings_(matchings) {}

  Result<MatchingView> Start(Context& context, const StartMatching& body) const {
    MIQ_ASSIGN(const MatchingDetail detail,
               matchings_.Start(core::ActorOf(context),
                                {.project_id = context.Path("project_id"),
                                 .source_connection_id = body.source_connection_id,
                                 .target_connection_id = body.target_connection_id,
                                 .name = body.name.value_or(""),
                                 .options = {.source_tables = {body.source_tables.begin(), body.source_tables.end()},
                                             .target_tables = {body.target_tables.begin(), body.target_tables.end()},
                                             .rows = body.rows.value_or(Number<0, 100000>{1000}),
                                             .analyses_within_hours = body.analyses_within_hours},
                                 .not_before = body.not_before.value_or(Moment{}).micros}));
    context.response.headers.Set("Location", "/api/v1/matchings/" + detail.row.matching_id);
    return ViewOf(detail);
  }

  Result<Page<MatchingView>> List(Context& context, const MatchingListQuery& query) const {
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const auto found, matchings_.List(context.principal.tenant_id, context.Path("project_id"), page));
    return core::MakePage<MatchingView, MatchingDetail>(found, page.limit, &ViewOf, [](const MatchingDetail& detail) {
      return core::IdCursor(detail.row.matching_id);
    });
  }

  Result<MatchingDetail> Load(Context& context, const char* permission) const {
    MIQ_ASSIGN(MatchingDetail detail, matchings_.Get(context.principal.tenant_id, context.Path("matching_id")));
    MIQ_TRY(context.require(permission, detail.row.project_id));
    return detail;
  }

  Result<MatchingView> Get(Context& context) const {
    MIQ_ASSIGN(const MatchingDetail detail, Load(context, kReadMappings));
    return ViewOf(detail);
  }

  Result<Nothing> Remove(Context& context) const {
    MIQ_TRY(Load(context, kWriteMappings));
    MIQ_TRY(matchings_.Remove(core::ActorOf(context), context.Path("matching_id")));
    return Nothing{};
  }

  Result<MatchedTableList> Tables(Context& context) const {
    MIQ_ASSIGN(const MatchingDetail detail, Load(context, kReadMappings));
    MIQ_ASSIGN(const auto tables, matchings_.Tables(detail.row.tenant_id, detail.row.matching_id));
    MatchedTableList list;
    for (const MatchedTable& table : tables)
      list.items.push_back(
          {table.number, table.source_table, table.target_table, table.confidence, table.target_columns});
    return list;
  }

  Result<Page<SuggestionView>> Suggestions(Context& context, const SuggestionQuery& query) const {
    MIQ_ASSIGN(const MatchingDetail detail, Load(context, kReadMappings));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor, "0"));
    MIQ_ASSIGN(const auto found,
               matchings_.Suggestions(detail.row, {.table_number = query.table.value_or(Number<1, 1000000>{0}),
                                                   .decision = core::WordOf(query.decision),
                                                   .after = NumberIn(after),
                                                   .limit = page.limit}));
    return core::MakePage<SuggestionView, Suggestion>(found, page.limit, &ViewOfSuggestion, [](const Suggestion& one) {
      return core::IdCursor(std::to_string(one.number));
    });
  }

  Result<SuggestionView> Decide(Context& context, const DecideSuggestion& body) const {
    MIQ_ASSIGN(const MatchingDetail detail, Load(context, kWriteMappings));
    MIQ_ASSIGN(const Suggestion one,
               matchings_.Decide(core::ActorOf(context), detail.row, NumberIn(context.Path("number")),
                                 {.decision = body.decision,
                                  .target_column = body.target_column.value_or(""),
                                  .expr = body.expr.value_or(""),
                                  .seen = body.seen,
                                  .seen_at = body.seen_at ? std::optional(body.seen_at->micros) : std::nullopt}));
    return ViewOfSuggestion(one);
  }

  Result<AcceptedSuggestions> Accept(Context& context, const AcceptSuggestions& body) const {
    MIQ_ASSIGN(const MatchingDetail detail, Load(context, kWriteMappings));
    if (!(body.confidence >= 0 && body.confidence <= 1))
      return Fail(Error(codes::kApiField, "a confidence is between 0 and 1").At("/confidence"));
    MIQ_ASSIGN(const int64_t accepted, matchings_.AcceptFrom(core::ActorOf(context), detail.row, body.confidence));
    return AcceptedSuggestions{accepted};
  }

  Result<PlanOfMatching> MakePlan(Context& context, const MakePlanOfMatching& body) const {
    MIQ_ASSIGN(const MatchingDetail detail, Load(context, kWriteMappings));
    MIQ_TRY(context.require("projects.write", detail.row.project_id));
    MIQ_ASSIGN(const projects::PlanDetail plan, matchings_.MakePlan(core::ActorOf(context), detail.row,
                                                                    {.plan_id = body.plan_id.value_or(""),
                                                                     .name = body.name.value_or(""),
                                                                     .message = body.message.value_or("")}));
    context.response.headers.Set("Location", "/api/v1/plans/" + plan.plan.plan_id);
    return PlanOfMatching{plan.plan.plan_id, plan.plan.name, plan.version.number, plan.version.text};
  }

 private:
  Matchings& matchings_;
};

http::Route Tagged(http::Route route) {
  route.tag = "matchings";
  return route;
}

}  // namespace

void AddMatchingRoutes(http::Router& router, MlServices& services) {
  const auto api = std::make_shared<MatchingsApi>(services.matchings);  // shared by the handlers
  const auto of_one = [](Method method, const std::string& rest, const char* name, const char* permission,
                         const char* summary) {
    return Tagged(projects::FoundRoute(method, "matchings/{matching_id}" + rest, name, permission, summary));
  };
  router.Add<StartMatching, Nothing, MatchingView>(
      Tagged(projects::ProjectRoute(Method::kPost, "projects/{project_id}/matchings", "startMatching", kWriteMappings,
                                    "Find out which tables and columns of two connections are the same.")),
      [api](Context& c, const StartMatching& body, const Nothing&) { return api->Start(c, body); });
  router.Add<Nothing, MatchingListQuery, Page<MatchingView>>(
      Tagged(projects::ProjectRoute(Method::kGet, "projects/{project_id}/matchings", "listMatchings", kReadMappings,
                                    "The project's matchings, newest first.")),
      [api](Context& c, const Nothing&, const MatchingListQuery& query) { return api->List(c, query); });
  router.Add<Nothing, Nothing, MatchingView>(
      of_one(Method::kGet, "", "getMatching", kReadMappings,
             "One matching; its events and logs are those of runs/{run_id} with the same id."),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Get(c); });
  router.Add<Nothing, Nothing, Nothing>(
      of_one(Method::kDelete, "", "removeMatching", kWriteMappings, "Remove a matching with its suggestions."),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Remove(c); });
  router.Add<Nothing, Nothing, MatchedTableList>(
      http::Whole(of_one(Method::kGet, "/tables", "listMatchedTables", kReadMappings,
                         "Which tables are the same, best first.")),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Tables(c); });
  router.Add<Nothing, SuggestionQuery, Page<SuggestionView>>(
      of_one(Method::kGet, "/suggestions", "listSuggestions", kReadMappings,
             "Which columns are the same: how sure, why, the best three, and what is to be done to the values."),
      [api](Context& c, const Nothing&, const SuggestionQuery& query) { return api->Suggestions(c, query); });
  http::Route decide =
      of_one(Method::kPost, "/suggestions/{number}/decision", "decideSuggestion", kWriteMappings,
             "Accept, change or reject a suggestion, or open it again; with `seen` only if nobody decided meanwhile.");
  decide.success = 200;
  router.Add<DecideSuggestion, Nothing, SuggestionView>(
      std::move(decide),
      [api](Context& c, const DecideSuggestion& body, const Nothing&) { return api->Decide(c, body); });
  http::Route accept = of_one(Method::kPost, "/accept", "acceptSuggestions", kWriteMappings,
                              "Accept all open suggestions that are sure enough.");
  accept.success = 200;
  router.Add<AcceptSuggestions, Nothing, AcceptedSuggestions>(
      std::move(accept),
      [api](Context& c, const AcceptSuggestions& body, const Nothing&) { return api->Accept(c, body); });
  router.Add<MakePlanOfMatching, Nothing, PlanOfMatching>(
      of_one(Method::kPost, "/plan", "makePlanOfMatching", kWriteMappings,
             "Make a plan, or a new version of one, of what was accepted and changed."),
      [api](Context& c, const MakePlanOfMatching& body, const Nothing&) { return api->MakePlan(c, body); });
}

}  // namespace migrateiq::ml
