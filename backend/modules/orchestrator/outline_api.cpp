#include "base/errors/api.hpp"
#include "base/server_fix.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/outline_shelf.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/stop_at.hpp"
#include "modules/orchestrator/unobserved.hpp"
#include "modules/projects/job_view.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::chrono::seconds kDeadline{60};

struct PlanOutlineQuery {
  std::optional<Number<0, 1000000000>> version;
  std::optional<Text<1, 300>> table;  ///< of the source or the target
  std::optional<bool> refresh;        ///< look at the systems again, even if that was done within a minute
};
BOOST_DESCRIBE_STRUCT(PlanOutlineQuery, (), (version, table, refresh))

enum class LineageWord { copied, renamed, expression, constant };
BOOST_DESCRIBE_ENUM(LineageWord, copied, renamed, expression, constant)

struct LineageItemView {
  std::string source_table;
  std::optional<std::string> source_column;  ///< absent for a constant
  std::string target_table, target_column;
  LineageWord kind = LineageWord::copied;
  std::optional<std::string> expression;
  std::optional<std::string> mask;  ///< kind of the mask that replaces the values
};
BOOST_DESCRIBE_STRUCT(LineageItemView, (),
                      (source_table, source_column, target_table, target_column, kind, expression, mask))

struct PlanLineageView {
  std::vector<LineageItemView> items;
  /// Why only that is told which the plan's text says by itself: a system could not be asked, or does not fit.
  std::optional<projects::FaultView> incomplete;
};
BOOST_DESCRIBE_STRUCT(PlanLineageView, (), (items, incomplete))

struct PlanColumnView {
  std::string name, type, native;
  bool nullable = true;
};
BOOST_DESCRIBE_STRUCT(PlanColumnView, (), (name, type, native, nullable))

struct PlanTableView {
  std::string source_table, target_table;
  bool exists = false;  ///< the target table is there already
  std::vector<PlanColumnView> source_columns, target_columns;
};
BOOST_DESCRIBE_STRUCT(PlanTableView, (), (source_table, target_table, exists, source_columns, target_columns))

struct PlanColumnsView {
  std::vector<PlanTableView> items;
};
BOOST_DESCRIBE_STRUCT(PlanColumnsView, (), (items))

LineageWord WordOf(LineageKind kind) {
  switch (kind) {
    case LineageKind::kRenamed: return LineageWord::renamed;
    case LineageKind::kExpression: return LineageWord::expression;
    case LineageKind::kConstant: return LineageWord::constant;
    case LineageKind::kCopied: break;
  }
  return LineageWord::copied;
}

LineageItemView ViewOf(const LineageItem& item) {
  return {.source_table = item.source_table,
          .source_column = core::Given(item.source_column),
          .target_table = item.target_table,
          .target_column = item.target_column,
          .kind = WordOf(item.kind),
          .expression = core::Given(item.expression),
          .mask = core::Given(item.mask)};
}

std::vector<PlanColumnView> ViewOf(const std::vector<OutlinedColumn>& columns) {
  std::vector<PlanColumnView> views;
  for (const OutlinedColumn& column : columns)
    views.push_back({column.name, column.type, column.native, column.nullable});
  return views;
}

projects::FaultView FaultOf(const Error& error) {
  return {.code = std::string(error.code.code),
          .message = error.message,
          .fix = std::string(ServerFix(error)),
          .table = core::Given(error.table),
          .column = core::Given(error.column),
          .place = core::Given(error.place)};
}

bool IsWanted(const PlanOutlineQuery& query, const std::string& source, const std::string& target) {
  return !query.table || *query.table == source || *query.table == target;
}

class OutlineApi {
 public:
  explicit OutlineApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<PlanLineageView> Lineage(http::Context& context, const PlanOutlineQuery& query) {
    MIQ_ASSIGN(const projects::RunnablePlan plan, Load(context, query));
    const auto found = Outline(context, query, plan);
    if (!found && found.error().Is(codes::kApiDeadline)) return std::unexpected(found.error());
    PlanLineageView view;
    if (!found) view.incomplete = FaultOf(found.error());
    const PlanOutline outline = found ? **found : WrittenOutline(plan.plan);
    for (const LineageItem& item : outline.lineage)
      if (IsWanted(query, item.source_table, item.target_table)) view.items.push_back(ViewOf(item));
    return view;
  }

  Result<PlanColumnsView> Columns(http::Context& context, const PlanOutlineQuery& query) {
    MIQ_ASSIGN(const projects::RunnablePlan plan, Load(context, query));
    MIQ_ASSIGN(const auto outline, Outline(context, query, plan));
    PlanColumnsView view;
    for (const OutlinedTable& table : outline->tables) {
      if (!IsWanted(query, table.source, table.target)) continue;
      view.items.push_back({.source_table = table.source,
                            .target_table = table.target,
                            .exists = table.exists,
                            .source_columns = ViewOf(table.source_columns),
                            .target_columns = ViewOf(table.target_columns)});
    }
    return view;
  }

 private:
  Result<projects::RunnablePlan> Load(http::Context& context, const PlanOutlineQuery& query) {
    MIQ_ASSIGN(projects::RunnablePlan plan, parts_.plans.Resolve(context.principal.tenant_id, context.Path("plan_id"),
                                                                 query.version.value_or(Number<0, 1000000000>{})));
    MIQ_TRY(context.require("projects.read", plan.project_id));
    return plan;
  }

  Result<OutlineShelf::Outline> Outline(const http::Context& context, const PlanOutlineQuery& query,
                                        const projects::RunnablePlan& plan) {
    const std::string& tenant = context.principal.tenant_id;
    const std::string key = tenant + " " + plan.plan_id + " " + std::to_string(plan.version);
    if (query.refresh.value_or(false)) shelf_.Forget(key);
    return shelf_.Get(key, [&]() -> Result<PlanOutline> {
      MIQ_ASSIGN(const auto records, parts_.records(tenant));
      Unobserved observer;
      const StopAt stop(context.deadline);
      EngineContext engine{.store = *records, .observer = observer, .stop = stop.token(), .secrets = Secrets::kRefuse};
      auto outline = OutlinePlan(plan.plan, engine);
      if (!outline && stop.token().stop_requested())
        return Fail(codes::kApiDeadline, "the systems did not tell their tables in time");
      return outline;
    });
  }

  ApiParts parts_;
  OutlineShelf shelf_;
};

http::Route OutlineRoute(const char* path, const char* name, const char* summary) {
  return http::Whole({.method = http::Method::kGet,
                      .path = std::string("/api/v1/plans/{plan_id}/") + path,
                      .name = name,
                      .tag = "plans",
                      .summary = summary,
                      .access = http::Access::kInHandler,
                      .permission = "projects.read",
                      .deadline = kDeadline});
}

}  // namespace

void AddOutlineRoutes(http::Router& router, ApiParts parts) {
  const auto api = std::make_shared<OutlineApi>(std::move(parts));  // shared by the handlers
  router.Add<Nothing, PlanOutlineQuery, PlanLineageView>(
      OutlineRoute("lineage", "getPlanLineage", "Which target column is made of which source columns, and how."),
      [api](http::Context& c, const Nothing&, const PlanOutlineQuery& query) { return api->Lineage(c, query); });
  router.Add<Nothing, PlanOutlineQuery, PlanColumnsView>(
      OutlineRoute("columns", "listPlanColumns",
                   "The tables of a plan with the columns of both sides, as they are now."),
      [api](http::Context& c, const Nothing&, const PlanOutlineQuery& query) { return api->Columns(c, query); });
}

}  // namespace migrateiq::orchestrator
