#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/stop_at.hpp"
#include "modules/orchestrator/unobserved.hpp"
#include "modules/projects/api_support.hpp"
#include "pipeline/run/sample_table.hpp"

namespace migrateiq::orchestrator {

namespace {

/// Both catalogs are read, then some rows: whoever waits longer has gone.
constexpr std::chrono::seconds kDeadline{60};
constexpr size_t kBodyLimit = 6 << 20;  // a plan's text, escaped
constexpr const char* kHidden = "***";

struct SamplePlan {
  Text<1, 1 << 20> text;
  Text<1, 300> table;
  std::optional<Number<1, 200>> rows;
};
BOOST_DESCRIBE_STRUCT(SamplePlan, (), (text, table, rows))

enum class SampledOutcome { unchanged, altered, rejected, filtered };
BOOST_DESCRIBE_ENUM(SampledOutcome, unchanged, altered, rejected, filtered)

struct SampledFindingView {
  std::optional<std::string> column;
  std::string kind;
  std::optional<std::string> code, message, before, after;
};
BOOST_DESCRIBE_STRUCT(SampledFindingView, (), (column, kind, code, message, before, after))

using SampledValues = std::map<std::string, Clearable<std::string>>;

struct SampledRowView {
  SampledValues before;
  Clearable<SampledValues> after;  ///< null: the row would not be written
  SampledOutcome outcome = SampledOutcome::unchanged;
  std::vector<SampledFindingView> findings;
};
BOOST_DESCRIBE_STRUCT(SampledRowView, (), (before, after, outcome, findings))

/// What a column looks like that looks like personal data, and a mask that would keep its format.
struct MaskProposalView {
  std::string meaning;  ///< id of a kind of meaning
  std::string title;    ///< what it is called
  double confidence = 0;
  std::optional<std::string> mask;  ///< kind of mask; absent where none fits the column
};
BOOST_DESCRIBE_STRUCT(MaskProposalView, (), (meaning, title, confidence, mask))

struct SampledColumnView {
  std::string target;
  std::optional<std::string> source, expression;
  std::string type;
  std::optional<std::string> mask;           ///< kind of the mask that replaces the values
  std::optional<MaskProposalView> proposal;  ///< when what it is taken from looks like personal data
};
BOOST_DESCRIBE_STRUCT(SampledColumnView, (), (target, source, expression, type, mask, proposal))

struct SampledSourceColumn {
  std::string name, type;
};
BOOST_DESCRIBE_STRUCT(SampledSourceColumn, (), (name, type))

struct SampleCounts {
  int64_t read = 0, altered = 0, rejected = 0, filtered = 0;
};
BOOST_DESCRIBE_STRUCT(SampleCounts, (), (read, altered, rejected, filtered))

struct PlanSampleView {
  std::string table, source;  ///< labels of target and source, as reports have them
  std::vector<SampledColumnView> columns;
  std::vector<SampledSourceColumn> source_columns;
  std::vector<SampledRowView> rows;
  SampleCounts counts;
  std::vector<std::string> notes;
  bool values_hidden = false;  ///< who asks may not see values: they are ***
};
BOOST_DESCRIBE_STRUCT(PlanSampleView, (), (table, source, columns, source_columns, rows, counts, notes, values_hidden))

SampledOutcome OutcomeOf(SampleOutcome outcome) {
  switch (outcome) {
    case SampleOutcome::kAltered: return SampledOutcome::altered;
    case SampleOutcome::kRejected: return SampledOutcome::rejected;
    case SampleOutcome::kFiltered: return SampledOutcome::filtered;
    case SampleOutcome::kUnchanged: break;
  }
  return SampledOutcome::unchanged;
}

/// A sample as one person may see it.
class SampleRenderer {
 public:
  SampleRenderer(const TableSample& sample, bool hidden) : sample_(sample), hidden_(hidden) {}

  PlanSampleView Render() const {
    PlanSampleView view{.table = sample_.target,
                        .source = sample_.source,
                        .counts = {sample_.read, sample_.altered, sample_.rejected, sample_.filtered},
                        .notes = sample_.notes,
                        .values_hidden = hidden_};
    for (const SampledColumn& column : sample_.columns)
      view.columns.push_back({column.target, core::Given(column.source), core::Given(column.expression), column.type,
                              core::Given(column.mask), ProposalOf(column)});
    for (const SampledField& field : sample_.source_columns) view.source_columns.push_back({field.name, field.type});
    for (const SampledRow& row : sample_.rows) view.rows.push_back(RowOf(row));
    return view;
  }

 private:
  static std::optional<MaskProposalView> ProposalOf(const SampledColumn& column) {
    if (!column.proposal) return std::nullopt;
    const MaskProposal& proposal = *column.proposal;
    MaskProposalView view{.meaning = proposal.meaning, .title = proposal.title, .confidence = proposal.confidence};
    if (proposal.mask != nullptr) view.mask = std::string(proposal.mask->id);
    return view;
  }

  SampledRowView RowOf(const SampledRow& row) const {
    SampledRowView view{.outcome = OutcomeOf(row.outcome)};
    for (size_t i = 0; i < row.before.size() && i < sample_.source_columns.size(); ++i)
      view.before[sample_.source_columns[i].name] = {true, Shown(row.before[i])};
    view.after.present = true;
    if (row.after) view.after.value.emplace();
    for (size_t i = 0; row.after && i < row.after->size() && i < sample_.columns.size(); ++i)
      (*view.after.value)[sample_.columns[i].target] = {true, Shown((*row.after)[i])};
    for (const SampleFinding& finding : row.findings) view.findings.push_back(FindingOf(finding));
    return view;
  }

  /// What is said of a finding may quote the value.
  SampledFindingView FindingOf(const SampleFinding& finding) const {
    SampledFindingView view{
        .column = core::Given(finding.column), .kind = finding.kind, .code = core::Given(finding.code)};
    if (!hidden_) view.message = finding.message;
    view.before = Shown(finding.before);
    view.after = Shown(finding.after);
    return view;
  }

  std::optional<std::string> Shown(const std::optional<std::string>& value) const {
    return value && hidden_ ? std::optional<std::string>(kHidden) : value;
  }

  const TableSample& sample_;
  const bool hidden_;
};

/// Values were read: that is written down as their reading from the quarantine is.
Status Log(const ApiParts& parts, const core::Actor& actor, const std::string& project_id, const PlanSampleView& view) {
  core::AuditEntry entry = actor.Entry("plan.sampled", "project", project_id);
  entry.details = JsonText(
      boost::json::object{{"table", view.source}, {"rows", view.counts.read}, {"values", !view.values_hidden}});
  return parts.store.Write(store::Scope::Tenant(actor.tenant_id),
                           [&](store::Session& session) { return core::AppendAudit(session, actor.tenant_id, entry); });
}

Result<PlanSampleView> Sample(const ApiParts& parts, http::Context& context, const SamplePlan& request) {
  const std::string &tenant = context.principal.tenant_id, &project = context.Path("project_id");
  MIQ_ASSIGN(const projects::RunnablePlan from, parts.plans.ResolveText(tenant, project, request.text));
  MIQ_ASSIGN(const auto records, parts.records(tenant));
  Unobserved observer;
  const StopAt stop(context.deadline);
  EngineContext engine{.store = *records, .observer = observer, .stop = stop.token(), .secrets = Secrets::kRefuse};
  const Result<TableSample> sample =
      SampleTable(from.plan, {.table = request.table, .rows = request.rows.value_or(Number<1, 200>{50})}, engine);
  if (!sample && stop.token().stop_requested())
    return Fail(Error(codes::kApiDeadline, "the sample was not ready in time").Fix("Ask for fewer rows."));
  if (!sample) return std::unexpected(sample.error());
  const bool hidden = !context.require("quarantine.read", project);
  PlanSampleView view = SampleRenderer(*sample, hidden).Render();
  MIQ_TRY(Log(parts, core::ActorOf(context), project, view));
  context.response.headers.Set("Cache-Control", "no-store");
  return view;
}

}  // namespace

void AddSampleRoutes(http::Router& router, ApiParts parts) {
  const auto shared = std::make_shared<ApiParts>(std::move(parts));  // of the handler
  router.Add<SamplePlan, Nothing, PlanSampleView>(
      {.method = http::Method::kPost,
       .path = "/api/v1/projects/{project_id}/plans/sample",
       .name = "samplePlan",
       .tag = "projects",
       .summary = "What a plan, stored or not, makes of some real rows of a table; nothing is written.",
       .permission = "projects.write",
       .project_parameter = "project_id",
       .idempotent_key = false,
       .success = 200,
       .body_limit = kBodyLimit,
       .deadline = kDeadline},
      [shared](http::Context& context, const SamplePlan& request, const Nothing&) {
        return projects::Placed(context, Sample(*shared, context, request));
      });
}

}  // namespace migrateiq::orchestrator
