#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "modules/ml/analysed_side.hpp"
#include "modules/ml/matchings.hpp"
#include "modules/ml/retrain.hpp"
#include "modules/ml/suggestion_signals.hpp"
#include "pipeline/match/sample.hpp"
#include "pipeline/match/table_matcher.hpp"
#include "pipeline/profile/profiler.hpp"

namespace migrateiq::ml {

namespace {

constexpr int64_t kMostDecisions = 20'000;

/// One end of a matching.
struct Side {
  std::vector<match::MatchTable> tables;
  std::vector<std::string> names;  ///< of the tables, as plans write them
};

/// What a recent analysis tells of the connection, when that was wished; nothing when there is none.
Result<std::optional<Side>> AnalysedSideFor(projects::JobContext& job, const Matchings::Parts& parts,
                                            const MatchingRow& row, const std::string& connection_id,
                                            const std::vector<std::string>& patterns) {
  if (!row.options.analyses_within_hours) return std::optional<Side>();
  MIQ_ASSIGN(auto found, ReadAnalysedSide(parts.analyses, row.tenant_id, row.project_id, connection_id, patterns,
                                          *row.options.analyses_within_hours, parts.clock.Now()));
  if (!found) return std::optional<Side>();
  job.Say("info", "took " + std::to_string(found->tables.size()) + " tables from the analysis " + found->analysis);
  return std::optional(Side{.tables = std::move(found->tables), .names = std::move(found->names)});
}

/// Opens a connection's system and reads definitions and samples of the chosen tables.
Result<Side> ReadSide(projects::JobContext& job, projects::Connections& connections, const std::string& connection_id,
                      const std::vector<std::string>& patterns, int64_t rows) {
  MIQ_ASSIGN(const auto row, connections.Get(job.tenant_id(), connection_id));
  MIQ_ASSIGN(const std::string text, connections.Open(job.tenant_id(), row, projects::ConnectionUse::kSource));
  MIQ_ASSIGN(const Url url, ParseUrl(text, Secrets::kRefuse));
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(url.scheme));
  MIQ_ASSIGN(const std::unique_ptr<Source> source, OpenSource(url, {.stop = job.stop()}));
  MIQ_ASSIGN(Catalog catalog, source->Discover({.schemas = {}, .probe_values = false, .others = false}));
  MIQ_ASSIGN(const std::vector<const Table*> chosen, SelectTables(catalog, patterns, {}));
  std::vector<Table> tables;
  for (const Table* table : chosen) tables.push_back(*table);
  catalog.tables = std::move(tables);
  MIQ_ASSIGN(match::SystemTables system, match::ReadSystem(*source, catalog, !connector->info().guesses_types, rows));
  job.Say("info", "read " + std::to_string(system.tables.size()) + " tables of " + row.name);
  Side side{.tables = std::move(system.tables), .names = {}};
  for (const Table& table : system.definitions) side.names.push_back(table.name.ToString());
  return side;
}

Result<Side> SideFor(projects::JobContext& job, const Matchings::Parts& parts, const MatchingRow& row,
                     const std::string& connection_id, const std::vector<std::string>& patterns) {
  MIQ_ASSIGN(auto analysed, AnalysedSideFor(job, parts, row, connection_id, patterns));
  if (analysed) return std::move(*analysed);
  return ReadSide(job, parts.connections, connection_id, patterns, row.options.rows);
}

bool HasValues(const match::MatchTable& table) {
  return std::ranges::any_of(table.columns, [](const match::MatchColumn& column) { return !column.values.empty(); });
}

/// Everything that a matching found, as rows.
class Findings {
 public:
  Findings(const Side& source, const Side& target) : source_(source), target_(target) {}
  std::vector<MatchedTable> tables;
  std::vector<Suggestion> suggestions;

  void Add(const match::TableMatch& found) {
    from_ = &source_.tables[found.source];
    to_ = &target_.tables[found.target];
    const bool values = HasValues(*from_) && HasValues(*to_);
    MatchedTable table{.number = static_cast<int64_t>(tables.size()) + 1,
                       .source_table = source_.names[found.source],
                       .target_table = target_.names[found.target],
                       .confidence = found.confidence,
                       .regime = match::NameOf(values ? match::Regime::kBoth : match::Regime::kNamesOnly)};
    for (const match::MatchColumn& column : to_->columns) table.target_columns.push_back(column.name);
    tables.push_back(std::move(table));
    for (size_t column = 0; column < from_->columns.size(); ++column) AddColumn(found.columns, column);
    for (const match::Derived& derived : found.columns.derived) AddDerived(derived);
  }
  UnmatchedTables Unmatched(const std::vector<match::TableMatch>& found) const {
    UnmatchedTables unmatched;
    for (size_t i = 0; i < source_.names.size(); ++i)
      if (std::ranges::find(found, i, &match::TableMatch::source) == found.end())
        unmatched.source.push_back(source_.names[i]);
    for (size_t i = 0; i < target_.names.size(); ++i)
      if (std::ranges::find(found, i, &match::TableMatch::target) == found.end())
        unmatched.target.push_back(target_.names[i]);
    return unmatched;
  }

 private:
  Suggestion& Next() {
    suggestions.push_back(
        {.number = static_cast<int64_t>(suggestions.size()) + 1, .table_number = static_cast<int64_t>(tables.size())});
    return suggestions.back();
  }

  void AddColumn(const match::MatchResult& result, size_t column) {
    Suggestion& one = Next();
    one.source_column = from_->columns[column].name;
    for (const match::Candidate& candidate : result.ranked[column]) {
      if (one.details.alternatives.size() == kAlternatives) break;
      one.details.alternatives.push_back({to_->columns[candidate.target].name, candidate.confidence});
    }
    const auto match = std::ranges::find(result.matches, column, &match::Match::source);
    if (match == result.matches.end()) return;
    one.target_column = to_->columns[match->target].name;
    one.confidence = match->confidence;
    one.sure = match->accepted;
    one.signals = PackedSignals(*match, result.ranked[column], *to_);
    for (const match::Evidence& evidence : match->evidence)
      one.details.evidence.push_back({evidence.signal, evidence.score, evidence.text});
    if (match->transformation) one.details.transformation = TransformationOf(*match->transformation);
  }

  void AddDerived(const match::Derived& derived) {
    Suggestion& one = Next();
    one.target_column = to_->columns[derived.target].name;
    one.confidence = derived.transformation.confidence;
    one.details.transformation = TransformationOf(derived.transformation);
  }

  SuggestedTransformation TransformationOf(const match::Transformation& from) const {
    SuggestedTransformation made{
        .kind = from.kind, .expr = from.expr, .text = from.text, .confidence = from.confidence};
    for (const size_t source : from.sources) made.sources.push_back(from_->columns[source].name);
    if (from.verified >= 0) made.verified = from.verified;
    return made;
  }

  const Side &source_, &target_;
  const match::MatchTable *from_ = nullptr, *to_ = nullptr;
};

Status StopIfAsked(const projects::JobContext& job) {
  if (job.stop().stop_requested()) return Fail(codes::kRunInterrupted, "the matching was stopped");
  return {};
}

Result<std::string> Match(Matchings& matchings, const Matchings::Parts& parts, projects::JobContext& job) {
  MIQ_ASSIGN(const MatchingDetail detail, matchings.Get(job.tenant_id(), job.job_id()));
  const MatchingRow& row = detail.row;
  job.Progress({.phase = "reading the source", .done = 0, .total = 3, .unit = "steps"});
  MIQ_ASSIGN(const auto source, SideFor(job, parts, row, row.source_connection_id, row.options.source_tables));
  job.Progress({.phase = "reading the target", .done = 1, .total = 3, .unit = "steps"});
  MIQ_ASSIGN(const auto target, SideFor(job, parts, row, row.target_connection_id, row.options.target_tables));
  MIQ_TRY(StopIfAsked(job));
  job.Progress({.phase = "matching", .done = 2, .total = 3, .unit = "steps"});
  MIQ_ASSIGN(const ModelInUse model, parts.models.InUse(job.tenant_id()));
  const auto found =
      match::MatchSystems(source.tables, target.tables, {.model = model.model.get(), .keep_weighed = kAlternatives});
  MIQ_TRY(StopIfAsked(job));
  Findings findings(source, target);
  for (const match::TableMatch& one : found) findings.Add(one);
  const boost::json::object answer{{"tables", findings.tables.size()}, {"suggestions", findings.suggestions.size()}};
  MIQ_TRY(matchings.Finish(job, {.tables = std::move(findings.tables),
                                 .suggestions = std::move(findings.suggestions),
                                 .model_id = model.model_id,
                                 .unmatched = findings.Unmatched(found)}));
  job.Progress({.phase = "finished", .done = 3, .total = 3, .unit = "steps"});
  return JsonText(answer);
}

/// Every decision, as the shipped model would have it.
Result<std::vector<Judged>> ReadDecisions(Models& models, store::Store& store, const std::string& tenant_id) {
  using All = std::vector<Lesson>;
  MIQ_ASSIGN(const All all, store.ReadFor<All>(store::Scope::Tenant(tenant_id), [&](store::Session& session) {
    return ReadLessons(session, tenant_id, kMostDecisions);
  }));
  std::vector<Judged> decisions;
  for (const Lesson& one : all) {
    const auto by = models.Load(tenant_id, one.experience.model_id);
    if (!by) continue;
    decisions.push_back(JudgedOf(one.experience, **by));
    MIQ_TRY(AddSignals(one, match::Model::Shipped(), decisions.back()));
  }
  return decisions;
}

Result<std::string> Train(Models& models, store::Store& store, projects::JobContext& job) {
  MIQ_ASSIGN(const std::vector<Judged> decisions, ReadDecisions(models, store, job.tenant_id()));
  if (decisions.size() < kFewestDecisions)
    return Fail(codes::kApiState, "there are " + std::to_string(decisions.size()) + " decisions to learn from; " +
                                      std::to_string(kFewestDecisions) + " are needed");
  MIQ_ASSIGN(const ModelInUse now, models.InUse(job.tenant_id()));
  const match::Model& shipped = match::Model::Shipped();
  match::Model made = Retrained(shipped, decisions);
  made.lineage = shipped.lineage + "; " + std::to_string(decisions.size()) + " decisions of people";
  if (HasOwnWeights(made)) job.Say("info", "weights were learned beside those of the shipped model");
  const ModelMetrics metrics = MetricsOf(*now.model, made, shipped, decisions);
  const bool better = IsBetter(metrics);
  MIQ_TRY(models.Keep(job, made,
                      {.shipped = shipped.lineage,
                       .replaces = now.model_id.empty() ? std::nullopt : std::optional(now.model_id),
                       .decisions = static_cast<int64_t>(decisions.size()),
                       .job_id = job.job_id()},
                      metrics, better));
  job.Say("info", better ? "the new model is in use: it fits decisions better that it did not see"
                         : "the new model is refused: on decisions that it did not see it is no better");
  return JsonText(boost::json::object{{"better", better}, {"decisions", decisions.size()}});
}

}  // namespace

projects::JobKind MatchKind(Matchings& matchings, Matchings::Parts parts) {
  return {.name = kMatchJob,
          .noun = "matching",
          .read_permission = kReadMappings,
          .act_permission = kWriteMappings,
          .link = "/matchings/",
          .topic = {.event = "matching", .id_name = "matching_id"},
          .carry_out = [&matchings, parts](projects::JobContext& job) { return Match(matchings, parts, job); },
          .changed = [&matchings](const projects::JobView& job) { matchings.Announce(job); }};
}

projects::JobKind TrainKind(Models& models, store::Store& store) {
  return {.name = kTrainJob,
          .noun = "training",
          .read_permission = kReadModels,
          .act_permission = kWriteModels,
          .link = "/models/",
          .carry_out = [&models, &store](projects::JobContext& job) { return Train(models, store, job); }};
}

}  // namespace migrateiq::ml
