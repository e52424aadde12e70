#pragma once

#include <memory>

#include "pipeline/check/policy.hpp"
#include "pipeline/run/check_probe.hpp"
#include "pipeline/run/sample_table.hpp"
#include "pipeline/run/task.hpp"

namespace migrateiq {

/// Puts rows of one table, one at a time, through transformation and policy, and keeps what became of each.
class RowSampler {
 public:
  struct Parts {
    const TableTask& task;
    const std::vector<RehearsedCheck>& checks;
    SchemaPtr typed;   ///< the target's columns as checks look at them
    SchemaPtr source;  ///< what the reader yields
    OnPolicy on;
    size_t value_bytes;
  };
  /// What `parts` refers to must outlive it.
  static Result<std::unique_ptr<RowSampler>> Make(Parts parts);
  /// `row`: a batch of one row, with the reader's findings about it.
  Result<SampledRow> Take(Batch row);

 private:
  explicit RowSampler(Parts parts) : parts_(std::move(parts)) {}
  /// The verdict of the policy, with what it did to the values of `out`.
  Status Judge(Batch& out, SampledRow& sampled);
  void AddRejected(const std::vector<Rejection>& rejections, const std::vector<Finding>& findings, const Batch& out,
                   SampledRow& sampled) const;
  void AddAltered(const Tally& tally, const Batch& out, SampledRow& sampled) const;
  void AddWarned(const Tally& tally, SampledRow& sampled) const;
  Status AddRefused(Batch out, SampledRow& sampled);
  std::string Cut(std::string text) const;
  SampleValues ValuesOf(const Batch& batch) const;
  std::optional<std::string> ValueOf(const Batch& batch, size_t column) const;
  std::optional<std::string> ValueOf(const Batch& batch, const std::string& column) const;

  const Parts parts_;
  std::unique_ptr<TableTransform> transform_;
  std::unique_ptr<Policy> policy_;
  std::unique_ptr<CheckProbe> checks_;  ///< null where the target has none that are followed
};

}  // namespace migrateiq
