#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "pipeline/batch/digest.hpp"
#include "pipeline/check/key_set.hpp"
#include "pipeline/suite/detail/probe.hpp"

namespace migrateiq::detail {

/// How many rows there are.
class RowsProbe final : public Probe {
 public:
  using Probe::Probe;
  std::optional<Question> Ask() const override;
  Status Take(const Answer&) override { return {}; }
};

/// How many rows break a rule.
class RuleProbe final : public Probe {
 public:
  RuleProbe(AskedTable asked, Rule rule, const CatalogColumn* column);
  std::optional<Question> Ask() const override;
  Status Take(const Answer& answer) override;
  std::string BrokenRows() const override;
  const Rule* rule() const override { return &rule_; }
  bool Breach(const Batch& batch, int64_t row) override;
  Status Gather(const Batch& batch) override;
  int64_t broken() const override { return broken_; }

 private:
  bool NotNull() const { return rule_.kind == RuleKind::kNotNull; }

  Rule rule_;
  const CatalogColumn* column_;  ///< null for expressions
  int64_t broken_ = 0;
};

/// How many rows have a value in all columns, and how many different ones there are.
class DistinctProbe final : public Probe {
 public:
  DistinctProbe(AskedTable asked, std::vector<const CatalogColumn*> of, int samples);
  std::optional<Question> Ask() const override;
  Status Take(const Answer& answer) override;
  std::string BrokenRows() const override;
  Status Gather(const Batch& batch) override;
  Status Finish() override;
  int64_t broken() const override { return valued - distinct; }

  int64_t valued = 0, distinct = 0;

 private:
  int samples_;
  std::unique_ptr<SpillFile> spill_;
  std::unique_ptr<KeySet> keys_;
};

/// The newest date or moment.
class NewestProbe final : public Probe {
 public:
  NewestProbe(AskedTable asked, const CatalogColumn& column);
  std::optional<Question> Ask() const override;
  Status Take(const Answer& answer) override;
  Status Gather(const Batch& batch) override;

  std::optional<int64_t> newest;  ///< microseconds since 1970, UTC where it has a zone

 private:
  const CatalogColumn& column_;
};

/// Can the values of the column be put into bins?
bool IsNumber(const CatalogColumn& column);

/// Where to cut the values of a column into bins: so that each holds as many, or the commonest values.
class BinsProbe final : public Probe {
 public:
  BinsProbe(AskedTable asked, const CatalogColumn& column, int bins);
  std::optional<Question> Ask() const override;
  Status Take(const Answer& answer) override;
  Status Gather(const Batch& batch) override;
  Status Finish() override;

  Baseline bins;  ///< without shares

 private:
  const CatalogColumn& column_;
  int bins_;
  std::vector<double> numbers_;
  std::map<std::string, int64_t> counts_;
};

/// How many values are in each bin.
class SharesProbe final : public Probe {
 public:
  SharesProbe(AskedTable asked, const CatalogColumn& column) : Probe(std::move(asked)), column_(column) {
    columns = {&column};
  }
  std::optional<Question> Ask() const override;
  Status Take(const Answer& answer) override;
  Status Gather(const Batch& batch) override;
  Status Finish() override;

  Baseline bins;                ///< known before it is asked
  std::vector<int64_t> counts;  ///< one more than edges or values

 private:
  const CatalogColumn& column_;
  std::vector<double> edges_;
};

/// How many rows have a value that another table of the same system has not; in SQL only.
class OrphanProbe final : public Probe {
 public:
  OrphanProbe(AskedTable child, std::vector<const CatalogColumn*> columns, AskedTable parent,
              std::vector<const CatalogColumn*> parent_columns);
  /// Can it be asked in SQL?
  static bool Possible(const AskedTable& child, const std::vector<const CatalogColumn*>& columns,
                       const AskedTable& parent, const std::vector<const CatalogColumn*>& parent_columns);
  std::optional<Question> Ask() const override;
  Status Take(const Answer& answer) override;
  std::string SampleQuery(const std::vector<std::string>& key, int most) const override;
  int64_t broken() const override { return orphans; }

  int64_t valued = 0, orphans = 0;

 private:
  std::string FromOrphans(const std::vector<std::string>& also) const;
  AskedTable parent_;
  std::vector<const CatalogColumn*> parent_columns_;
};

/// All values of some columns, so that they can be found again among those of another system.
class KeysProbe final : public Probe {
 public:
  KeysProbe(AskedTable asked, std::vector<const CatalogColumn*> of);
  std::optional<Question> Ask() const override { return std::nullopt; }
  Status Take(const Answer&) override { return {}; }
  Status Gather(const Batch& batch) override;
  Status Finish() override { return keys_ ? keys_->Finish() : Status{}; }
  /// Counts what `parents` has not.
  Status Compare(const KeysProbe& parents, int samples);
  int64_t broken() const override { return orphans; }

  int64_t valued = 0, orphans = 0;

 private:
  std::unique_ptr<SpillFile> spill_;
  std::unique_ptr<KeySet> keys_;
};

}  // namespace migrateiq::detail
