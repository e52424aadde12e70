#include <algorithm>

#include "base/errors/api.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/core/id_page.hpp"
#include "modules/ml/drift.hpp"
#include "modules/ml/ml_services.hpp"
#include "modules/projects/api_support.hpp"
#include "pipeline/match/matcher.hpp"

namespace migrateiq::ml {

namespace {

using core::Given;
using http::Context;
using http::Method;

struct ModelView {
  std::optional<std::string> model_id;  ///< absent: the shipped one
  int64_t number = 0;                   ///< version of the tenant's own; 0: the shipped one
  std::string state;                    ///< active | retired | refused
  ModelLineage lineage;
  std::optional<ModelMetrics> metrics;
  std::optional<Moment> created_at, promoted_at;
  std::optional<std::string> created_by_name;
};
BOOST_DESCRIBE_STRUCT(ModelView, (),
                      (model_id, number, state, lineage, metrics, created_at, promoted_at, created_by_name))

struct ModelListQuery {
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(ModelListQuery, (), (limit, cursor))

struct TrainingView {
  std::string job_id, state;  ///< its life is that of runs/{run_id} with the same id
};
BOOST_DESCRIBE_STRUCT(TrainingView, (), (job_id, state))

struct ModelWatchQuery {
  std::optional<Number<1, 520>> weeks;  ///< 12 when it is absent
};
BOOST_DESCRIBE_STRUCT(ModelWatchQuery, (), (weeks))

struct ModelWeekView {
  Moment from;
  int64_t decisions = 0;
  double accepted = 0, expected = 0;
  std::optional<double> distance;
  bool drifted = false;
};
BOOST_DESCRIBE_STRUCT(ModelWeekView, (), (from, decisions, accepted, expected, distance, drifted))

struct ModelWatchView {
  std::optional<std::string> model_id;
  std::vector<ModelWeekView> items;
};
BOOST_DESCRIBE_STRUCT(ModelWatchView, (), (model_id, items))

// In the order of match::TypeClass.
enum class ColumnSort { unknown, integer, decimal, text, date, time, timestamp, boolean, binary, uuid, json };
BOOST_DESCRIBE_ENUM(ColumnSort, unknown, integer, decimal, text, date, time, timestamp, boolean, binary, uuid, json)

struct AskedColumn {
  Text<1, 300> name;
  std::optional<Text<0, 2000>> comment;
  std::optional<ColumnSort> type;
  std::optional<bool> key, unique, foreign;
  std::vector<Text<0, 1000>> values;  ///< a sample; may be left out
};
BOOST_DESCRIBE_STRUCT(AskedColumn, (), (name, comment, type, key, unique, foreign, values))

struct AskedTable {
  std::optional<Text<1, 300>> name;
  std::vector<AskedColumn> columns;
};
BOOST_DESCRIBE_STRUCT(AskedTable, (), (name, columns))

struct AskPrediction {
  AskedTable source, target;
};
BOOST_DESCRIBE_STRUCT(AskPrediction, (), (source, target))

struct PredictedPair {
  std::string source_column;
  std::optional<std::string> target_column;  ///< absent: no match
  double confidence = 0;
  bool sure = false;
  std::vector<SuggestionEvidence> evidence;
  std::optional<SuggestedTransformation> transformation;
  std::vector<SuggestedAlternative> alternatives;
};
BOOST_DESCRIBE_STRUCT(PredictedPair, (),
                      (source_column, target_column, confidence, sure, evidence, transformation, alternatives))

struct Prediction {
  std::optional<std::string> model_id;  ///< absent: the shipped one
  std::vector<PredictedPair> items;     ///< one a source column, in their order
};
BOOST_DESCRIBE_STRUCT(Prediction, (), (model_id, items))

constexpr size_t kMostColumns = 500, kMostValues = 2000, kAlternatives = 3;

ModelView ViewOf(const ModelRow& row) {
  return {.model_id = row.model_id,
          .number = row.number,
          .state = row.state,
          .lineage = row.lineage,
          .metrics = row.metrics,
          .created_at = Moment{row.created_at},
          .promoted_at = Given(row.promoted_at),
          .created_by_name = row.created_by_name};
}

ModelView ViewOfShipped(bool active) {
  return {.state = active ? "active" : "retired", .lineage = {.shipped = match::Model::Shipped().lineage}};
}

Result<match::MatchTable> TableOf(const AskedTable& asked, const std::string& place) {
  if (asked.columns.empty() || asked.columns.size() > kMostColumns)
    return Fail(Error(codes::kApiField, "between 1 and 500 columns").At(place + "/columns"));
  match::MatchTable table{.name = asked.name.value_or("")};
  for (const AskedColumn& column : asked.columns) {
    if (column.values.size() > kMostValues)
      return Fail(Error(codes::kApiField, "at most 2000 values a column").At(place + "/columns"));
    table.columns.push_back({.name = column.name,
                             .comment = column.comment.value_or(""),
                             .type = static_cast<match::TypeClass>(column.type.value_or(ColumnSort::unknown)),
                             .key = column.key.value_or(false),
                             .unique = column.unique.value_or(false),
                             .foreign = column.foreign.value_or(false),
                             .values = {column.values.begin(), column.values.end()}});
  }
  return table;
}

SuggestedTransformation ViewOf(const match::Transformation& from, const match::MatchTable& source) {
  SuggestedTransformation made{.kind = from.kind, .expr = from.expr, .text = from.text, .confidence = from.confidence};
  for (const size_t column : from.sources) made.sources.push_back(source.columns[column].name);
  if (from.verified >= 0) made.verified = from.verified;
  return made;
}

PredictedPair PairOf(const match::MatchTable& source, const match::MatchTable& target, const match::MatchResult& result,
                     size_t column) {
  PredictedPair pair{.source_column = source.columns[column].name};
  for (const match::Candidate& candidate : result.ranked[column]) {
    if (pair.alternatives.size() == kAlternatives) break;
    pair.alternatives.push_back({target.columns[candidate.target].name, candidate.confidence});
  }
  const auto match = std::ranges::find(result.matches, column, &match::Match::source);
  if (match == result.matches.end()) return pair;
  pair.target_column = target.columns[match->target].name;
  pair.confidence = match->confidence;
  pair.sure = match->accepted;
  for (const match::Evidence& one : match->evidence) pair.evidence.push_back({one.signal, one.score, one.text});
  if (match->transformation) pair.transformation = ViewOf(*match->transformation, source);
  return pair;
}

class ModelsApi {
 public:
  explicit ModelsApi(MlServices& services) : services_(services) {}

  Result<Page<ModelView>> List(Context& context, const ModelListQuery& query) const {
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const auto rows, services_.models.List(context.principal.tenant_id, page));
    Page<ModelView> views = core::PageById<ModelView>(rows, page.limit, &ViewOf, &ModelRow::model_id);
    if (views.next) return views;
    MIQ_ASSIGN(const ModelInUse now, services_.models.InUse(context.principal.tenant_id));
    views.items.push_back(ViewOfShipped(now.model_id.empty()));  // the oldest of all
    return views;
  }

  Result<ModelView> Get(Context& context) const {
    MIQ_ASSIGN(const ModelRow row, services_.models.Get(context.principal.tenant_id, context.Path("model_id")));
    return ViewOf(row);
  }

  Result<TrainingView> Train(Context& context) const {
    MIQ_ASSIGN(const projects::JobView job,
               services_.jobs.Submit(core::ActorOf(context),
                                     {.kind = kTrainJob, .project_id = "", .name = "model of matching"}, {}));
    return TrainingView{job.job_id, job.state};
  }

  Result<ModelView> Promote(Context& context) const {
    MIQ_ASSIGN(const ModelRow row, services_.models.Promote(core::ActorOf(context), context.Path("model_id")));
    return ViewOf(row);
  }

  Result<Nothing> RollBack(Context& context) const {
    MIQ_TRY(services_.models.RollBack(core::ActorOf(context)));
    return Nothing{};
  }

  Result<ModelWatchView> Watch(Context& context, const ModelWatchQuery& query) const {
    const std::string& tenant_id = context.principal.tenant_id;
    MIQ_ASSIGN(const ModelInUse now, services_.models.InUse(tenant_id));
    std::vector<int64_t> learned;
    if (!now.model_id.empty()) {
      MIQ_ASSIGN(const ModelRow row, services_.models.Get(tenant_id, now.model_id));
      learned = row.metrics.confidences;
    }
    const Micros since = services_.clock.Now() - query.weeks.value_or(Number<1, 520>{12}) * 7 * kDay;
    MIQ_ASSIGN(const auto weeks, WatchModel(services_.store, tenant_id, now, learned, since));
    ModelWatchView view{.model_id = Given(now.model_id)};
    for (const ModelWeek& week : weeks)
      view.items.push_back({{week.from}, week.decisions, week.accepted, week.expected, week.distance, week.drifted});
    return view;
  }

  /// Of what stands in the request alone.
  Result<Prediction> Predict(Context& context, const AskPrediction& body) const {
    MIQ_ASSIGN(const match::MatchTable source, TableOf(body.source, "/source"));
    MIQ_ASSIGN(const match::MatchTable target, TableOf(body.target, "/target"));
    MIQ_ASSIGN(const ModelInUse now, services_.models.InUse(context.principal.tenant_id));
    const match::MatchResult result = match::MatchTables(source, target, {.model = now.model.get()});
    Prediction prediction{.model_id = Given(now.model_id)};
    for (size_t column = 0; column < source.columns.size(); ++column)
      prediction.items.push_back(PairOf(source, target, result, column));
    return prediction;
  }

 private:
  MlServices& services_;
};

}  // namespace

void AddModelRoutes(http::Router& router, MlServices& services) {
  const auto api = std::make_shared<ModelsApi>(services);  // shared by the handlers
  const auto route = [](Method method, const char* path, const char* name, const char* permission,
                        const char* summary) {
    http::Route made = projects::TenantRoute(method, path, name, permission, summary);
    made.tag = "models";
    return made;
  };
  router.Add<Nothing, ModelListQuery, Page<ModelView>>(
      route(Method::kGet, "models", "listModels", kReadModels,
            "The tenant's own models, newest first, with lineage and figures; last the shipped one."),
      [api](Context& c, const Nothing&, const ModelListQuery& query) { return api->List(c, query); });
  router.Add<Nothing, Nothing, ModelView>(
      route(Method::kGet, "models/{model_id}", "getModel", kReadModels, "One of the tenant's models."),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Get(c); });
  http::Route train = route(Method::kPost, "models/train", "trainModel", kWriteModels,
                            "Learn from decisions; used only when better on decisions that were held out.");
  train.success = 202;
  router.Add<Nothing, Nothing, TrainingView>(
      std::move(train), [api](Context& c, const Nothing&, const Nothing&) { return api->Train(c); });
  router.Add<Nothing, Nothing, ModelView>(
      projects::Action(route(Method::kPost, "models/{model_id}/promote", "promoteModel", kWriteModels,
                             "Use an earlier model of the tenant again.")),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Promote(c); });
  router.Add<Nothing, Nothing, Nothing>(route(Method::kPost, "models/roll-back", "rollBackModel", kWriteModels,
                                              "Back to the model before the one in use, in the end the shipped one."),
                                        [api](Context& c, const Nothing&, const Nothing&) { return api->RollBack(c); });
  router.Add<Nothing, ModelWatchQuery, ModelWatchView>(
      http::Whole(route(Method::kGet, "models/drift", "watchModel", kReadModels,
                        "Week by week: how decisions and confidences stand against what the model in use learned.")),
      [api](Context& c, const Nothing&, const ModelWatchQuery& query) { return api->Watch(c, query); });
  http::Route predict = projects::Action(route(Method::kPost, "predictions", "predict", kReadModels,
                                               "Which columns of two tables are the same, of what the request says."));
  predict.body_limit = size_t{8} << 20;
  router.Add<AskPrediction, Nothing, Prediction>(
      std::move(predict),
      [api](Context& c, const AskPrediction& body, const Nothing&) { return api->Predict(c, body); });
}

}  // namespace migrateiq::ml
