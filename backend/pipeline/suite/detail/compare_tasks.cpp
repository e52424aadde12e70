#include <algorithm>
#include <cmath>

#include "base/errors/data.hpp"
#include "pipeline/suite/detail/distance.hpp"
#include "pipeline/suite/detail/probes.hpp"
#include "pipeline/suite/detail/row_tasks.hpp"
#include "pipeline/suite/detail/suite_names.hpp"

namespace migrateiq::detail {

namespace {

class DistributionTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    MIQ_ASSIGN(AskedTable table, OwnTable(sides));
    MIQ_ASSIGN(const auto columns, Find(table, check.columns));
    const bool number = IsNumber(*columns[0]);
    const TypeKind kind = columns[0]->type.kind;
    const bool category =
        kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kEnum || kind == TypeKind::kBool;
    if (!number && !category) return Unfit(*columns[0], "has neither numbers nor categories");
    if (check.distance == Distance::kKs && !number) return Unfit(*columns[0], "has no numbers, which ks needs");
    own_ = std::make_unique<SharesProbe>(std::move(table), *columns[0]);
    if (check.baseline) {
      if (number == check.baseline->edges.empty()) return Unfit(*columns[0], "does not fit the baseline's bins");
      own_->bins = *check.baseline;
      return {};
    }
    return BindOther(sides, number);
  }

  std::vector<Probe*> First() override { return bins_ ? std::vector<Probe*>{bins_.get()} : std::vector<Probe*>(); }

  std::vector<Probe*> Then() override {
    if (!bins_) return {own_.get()};
    if (bins_->error) return {};
    own_->bins = other_->bins = bins_->bins;
    return {own_.get(), other_.get()};
  }

  Status Judge() override {
    if (bins_) MIQ_TRY(Adopt(*bins_));
    MIQ_TRY(Adopt(*own_));
    result.rows_checked = own_->rows;
    std::vector<double> expected = own_->bins.shares;
    if (other_) {
      MIQ_TRY(Adopt(*other_));
      expected.assign(other_->counts.begin(), other_->counts.end());
    }
    const std::vector<double> found(own_->counts.begin(), own_->counts.end());
    const std::optional<double> distance = DistanceOf(check.distance, found, expected);
    if (!distance) return Fail(codes::kCheckUnfit, "there are no values to compare");
    JudgeBounds(*distance, "");
    result.message = std::string(NameOf(kDistances, check.distance)) + " " + ShortNumber(*distance) + " over " +
                     std::to_string(found.size()) + " bins" + Widest(found, expected);
    return {};
  }

 private:
  Status BindOther(Sides& sides, bool number) {
    MIQ_ASSIGN(AskedTable other, OtherTable(sides));
    MIQ_ASSIGN(const auto columns, OtherColumns(other));
    if (IsNumber(*columns[0]) != number) return Unfit(*columns[0], "has values of another kind");
    bins_ = std::make_unique<BinsProbe>(other, *columns[0], check.bins);
    other_ = std::make_unique<SharesProbe>(std::move(other), *columns[0]);
    return {};
  }

  Status Unfit(const CatalogColumn& column, const std::string& why) const {
    return Fail(Error(codes::kCheckUnfit, "column '" + column.name + "' of type " + ToString(column.type) + " " + why)
                    .Table(check.table)
                    .Column(column.name));
  }

  /// "; most of it: 'DE' 61 % instead of 20 %".
  std::string Widest(std::vector<double> found, std::vector<double> expected) const {
    Normalize(found);
    Normalize(expected);
    size_t widest = 0;
    for (size_t i = 0; i < found.size(); ++i) {
      if (std::abs(found[i] - expected[i]) > std::abs(found[widest] - expected[widest])) widest = i;
    }
    return "; widest apart: " + BinName(widest) + " " + ShortNumber(found[widest] * 100) + " % instead of " +
           ShortNumber(expected[widest] * 100) + " %";
  }

  std::string BinName(size_t bin) const {
    const Baseline& bins = own_->bins;
    if (bins.edges.empty()) return bin < bins.values.size() ? "'" + bins.values[bin] + "'" : "all others";
    return bin < bins.edges.size() ? "up to " + bins.edges[bin] : "above " + bins.edges.back();
  }

  std::unique_ptr<BinsProbe> bins_;
  std::unique_ptr<SharesProbe> own_, other_;
};

class ReferencesTask final : public CheckTask {
 public:
  using CheckTask::CheckTask;
  Status Bind(Sides& sides) override {
    MIQ_ASSIGN(AskedTable child, OwnTable(sides));
    MIQ_ASSIGN(auto columns, Find(child, check.columns));
    MIQ_ASSIGN(AskedTable parent, OtherTable(sides));
    MIQ_ASSIGN(auto parent_columns, OtherColumns(parent));
    if (options.push_down && OrphanProbe::Possible(child, columns, parent, parent_columns)) {
      in_sql_ = std::make_unique<OrphanProbe>(child, columns, parent, parent_columns);
      return {};
    }
    children_ = std::make_unique<KeysProbe>(std::move(child), std::move(columns));
    parents_ = std::make_unique<KeysProbe>(std::move(parent), std::move(parent_columns));
    return {};
  }
  std::vector<Probe*> Then() override {
    if (in_sql_) return {in_sql_.get()};
    return {children_.get(), parents_.get()};
  }
  Status Judge() override {
    if (in_sql_) {
      MIQ_TRY(Adopt(*in_sql_));
      return Tell(in_sql_->valued, in_sql_->orphans, in_sql_->samples);
    }
    MIQ_TRY(Adopt(*children_));
    MIQ_TRY(Adopt(*parents_));
    MIQ_TRY(children_->Compare(*parents_, options.samples));
    return Tell(children_->valued, children_->orphans, children_->samples);
  }

 private:
  Status Tell(int64_t valued, int64_t orphans, std::vector<CheckSample>& samples) {
    result.rows_checked = valued;
    result.samples = std::move(samples);
    JudgeRows(orphans);
    result.message = RowsText(orphans, valued) + " have a value that the other table has not";
    return {};
  }

  std::unique_ptr<OrphanProbe> in_sql_;
  std::unique_ptr<KeysProbe> children_, parents_;
};

}  // namespace

std::unique_ptr<CheckTask> MakeCompareTask(const SuiteCheck& check, CheckResult& result, const CheckOptions& options) {
  if (check.kind == CheckKind::kDistribution) return std::make_unique<DistributionTask>(check, result, options);
  return std::make_unique<ReferencesTask>(check, result, options);
}

}  // namespace migrateiq::detail
