#include "pipeline/run/sample_table.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "base/errors/run.hpp"
#include "pipeline/batch/any_value.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/clock.hpp"
#include "pipeline/run/sample_rows.hpp"
#include "pipeline/run/typed_view.hpp"

namespace migrateiq {

namespace {

/// A mapping by its target (several may share a source) or source, as written or without the schema; the better fit
/// first.
const TableMapping* FindMapping(const Plan& plan, const std::string& table) {
  const auto bare = [](const std::string& name) { return name.substr(name.rfind('.') + 1); };
  const std::function<bool(const TableMapping&)> fits[] = {
      [&](const TableMapping& one) { return one.target == table; },
      [&](const TableMapping& one) { return one.source == table; },
      [&](const TableMapping& one) { return !one.target.empty() && bare(one.target) == bare(table); },
      [&](const TableMapping& one) { return !one.source.empty() && bare(one.source) == bare(table); }};
  for (const auto& fit : fits) {
    const auto found = std::ranges::find_if(plan.mappings, fit);
    if (found != plan.mappings.end()) return &*found;
  }
  return nullptr;
}

/// The plan for this table alone: what is wrong with others is not in its way.
Plan Narrowed(const Plan& plan, const std::string& table) {
  Plan narrow = plan;
  const TableMapping* mapping = FindMapping(plan, table);
  narrow.mappings.clear();
  narrow.include.clear();
  if (mapping != nullptr)
    narrow.mappings.push_back(*mapping);
  else
    narrow.include.push_back(table);
  return narrow;
}

constexpr size_t kRanks = 5;
size_t Rank(const SampledRow& row) {
  switch (row.outcome) {
    case SampleOutcome::kRejected: return 0;
    case SampleOutcome::kAltered: return 1;
    case SampleOutcome::kFiltered: return 2;
    case SampleOutcome::kUnchanged: break;
  }
  return row.findings.empty() ? 4 : 3;
}

/// One table of a plan, whose ends are open.
class Sampling {
 public:
  Sampling(const Plan& plan, const SampleRequest& request, const EngineContext& context, const Ends& ends)
      : plan_(plan), request_(request), context_(context), ends_(ends) {}

  /// `judged`: the same table as checks look at it.
  Result<TableSample> Run(const TableTask& task, const TableTask& judged) {
    typed_ = judged.transform.target;
    sample_.source = task.source_label;
    sample_.target = task.target_label;
    std::vector<TableName> names;
    if (task.sql.empty()) names.push_back(task.source.name);
    MIQ_TRY(ends_.source->HoldMoment(1, names));
    if (FollowsChecks()) checks_ = FollowChecks(judged, ends_.target_connector->dialect(), sample_.notes);
    sample_.notes.push_back("keys and foreign keys are not checked in a sample");
    // Small parts: a reader prepares no more than one.
    MIQ_ASSIGN(const std::vector<Split> splits,
               ends_.source->PlanSplits(task.Request(), {.target_bytes = int64_t{8} << 20}));
    for (const Split& split : splits) {
      if (IsFull()) break;
      MIQ_TRY(TakeSplit(task, split));
    }
    DescribeColumns(task);
    for (std::vector<SampledRow>& rows : by_rank_) std::ranges::move(rows, std::back_inserter(sample_.rows));
    return std::move(sample_);
  }

 private:
  bool IsFull() const { return sample_.read >= request_.rows; }

  bool FollowsChecks() const {
    const ConnectorInfo& info = ends_.target_connector->info();
    return !info.file_based && info.can_read;
  }

  Status TakeSplit(const TableTask& task, const Split& split) {
    MIQ_ASSIGN(const std::unique_ptr<Reader> reader, ends_.source->OpenReader(task.Request(), split, 0));
    if (!fields_) fields_ = reader->schema();
    MIQ_ASSIGN(const std::unique_ptr<RowSampler> sampler,
               RowSampler::Make({task, checks_, typed_, reader->schema(), plan_.on, request_.value_bytes}));
    Batch batch;
    while (!IsFull()) {
      MIQ_TRY(CheckStop());
      MIQ_ASSIGN(const bool more, reader->Next(batch));
      if (!more) break;
      if (const int64_t wanted = request_.rows - sample_.read; batch.rows > wanted) batch = batch.Slice(0, wanted);
      for (int64_t row = 0; row < batch.rows; ++row) {
        MIQ_TRY(CheckStop());
        MIQ_ASSIGN(SampledRow sampled, sampler->Take(batch.Slice(row, 1)));
        Keep(std::move(sampled));
      }
    }
    return {};
  }

  Status CheckStop() const {
    if (!context_.stop.stop_requested()) return {};
    return Fail(Error(codes::kRunInterrupted, "the sample took too long, or was stopped")
                    .Fix("Ask for fewer rows, or simplify the expressions."));
  }

  void Keep(SampledRow row) {
    ++sample_.read;
    sample_.altered += row.outcome == SampleOutcome::kAltered ? 1 : 0;
    sample_.rejected += row.outcome == SampleOutcome::kRejected ? 1 : 0;
    sample_.filtered += row.outcome == SampleOutcome::kFiltered ? 1 : 0;
    by_rank_.at(Rank(row)).push_back(std::move(row));
  }

  void DescribeColumns(const TableTask& task) {
    if (fields_)
      for (const Field& field : fields_->fields) sample_.source_columns.push_back({field.name, ToString(field.type)});
    for (size_t i = 0; i < task.transform.outputs.size(); ++i) {
      const TransformOutput& output = task.transform.outputs[i];
      const Field& field = task.transform.target->fields[i];
      const CatalogColumn* declared = task.target.Find(field.name);
      SampledColumn column{
          .target = field.name,
          .type = declared != nullptr && !declared->native.empty() ? declared->native : ToString(field.type)};
      if (output.source >= 0) column.source = task.read_columns[static_cast<size_t>(output.source)];
      if (output.expression >= 0)
        column.expression = task.transform.expressions[static_cast<size_t>(output.expression)].sql;
      if (output.mask) column.mask = InfoOf(output.mask->kind).id;
      if (output.source >= 0) column.proposal = ProposalFor(task, column.source, field);
      sample_.columns.push_back(std::move(column));
    }
  }

  /// What the sampled rows hold in a column of the source, as text.
  std::vector<std::string> ValuesOf(const std::string& source) const {
    std::vector<std::string> values;
    const auto field = std::ranges::find(fields_->fields, source, &Field::name);
    const auto place = static_cast<size_t>(field - fields_->fields.begin());
    if (place == fields_->fields.size()) return values;
    const bool literal = field->type.kind == TypeKind::kAny;
    for (const std::vector<SampledRow>& rows : by_rank_) {
      for (const SampledRow& row : rows) {
        if (!row.before[place]) continue;
        values.push_back(literal ? std::string(any::Read(any::FromLiteral(*row.before[place])).bytes)
                                 : *row.before[place]);
      }
    }
    return values;
  }

  std::optional<MaskProposal> ProposalFor(const TableTask& task, const std::string& source, const Field& target) const {
    if (!fields_) return std::nullopt;
    const std::vector<std::string> values = ValuesOf(source);
    const std::vector<std::string_view> views(values.begin(), values.end());
    return ProposeMask(task, source, views, target);
  }

  const Plan& plan_;
  const SampleRequest& request_;
  const EngineContext& context_;
  const Ends& ends_;
  std::vector<RehearsedCheck> checks_;
  SchemaPtr fields_, typed_;  ///< of the source's rows, and the target's columns; shared with who made them
  TableSample sample_;
  std::array<std::vector<SampledRow>, kRanks> by_rank_;
};

}  // namespace

Result<TableSample> SampleTable(const Plan& plan, const SampleRequest& request, EngineContext& context) {
  const Plan narrow = Narrowed(plan, request.table);
  MIQ_ASSIGN(const Ends ends, OpenEnds(narrow, context, OptionsFor(narrow, "", context)));
  MIQ_ASSIGN(const ResolvedPlan resolved, ResolvePlan(narrow, ends, ResolveFor::kPropose, NowMicros()));
  const ResolvedPlan judged = TypedPlan(resolved);
  return Sampling(narrow, request, context, ends).Run(resolved.tables.front(), judged.tables.front());
}

}  // namespace migrateiq
