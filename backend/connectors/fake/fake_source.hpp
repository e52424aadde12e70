#pragma once

#include "connectors/fake/fake_table.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::fake {

const Dialect& TheDialect();

/// Hands out generated rows. A range of rows costs the same wherever it lies; nothing is kept.
class FakeSource final : public Source {
 public:
  FakeSource(Shape shape, std::string description, std::stop_token stop)
      : shape_(std::move(shape)), description_(std::move(description)), stop_(std::move(stop)) {}

  const Dialect& dialect() const override { return TheDialect(); }
  Result<Catalog> Discover(const DiscoverOptions& options) override;
  Result<Table> DescribeQuery(const std::string& sql) override;
  Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) override;
  Result<HeldMoment> JoinMoment(const std::string& token, int readers) override;
  Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) override;
  Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) override;
  Result<int64_t> CountRows(const ReadRequest& request) override;

 private:
  Result<const FakeTable*> TableFor(const ReadRequest& request) const;

  Shape shape_;
  std::string description_;
  std::stop_token stop_;
};

}  // namespace migrateiq::fake
