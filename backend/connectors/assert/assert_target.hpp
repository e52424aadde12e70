#pragma once

#include "connectors/assert/assert_state.hpp"

namespace migrateiq::checking {

const Dialect& TheDialect();

/// Accepts any schema and any number of writers; statements are taken without effect, except that drops are minded.
class AssertTarget final : public Target {
 public:
  AssertTarget(AssertOptions options, std::stop_token stop)
      : options_(std::move(options)), stop_(std::move(stop)), state_(AssertState::Of(options_.name)) {}

  const Dialect& dialect() const override { return TheDialect(); }
  std::string default_schema() const override { return ""; }
  Status Prepare() override { return {}; }
  Result<std::vector<LedgerLine>> ReadLedger(const std::string& run_id) override { return state_->Lines(run_id); }
  Status EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) override;
  bool has_fence() const override { return options_.fence; }
  Status Fence(const std::string& run_id, int64_t number) override;
  Status UpdateLedger(const LedgerLine& line) override;
  Status AppendJournal(const std::string& run_id, const JournalEntry& entry) override;
  Result<std::vector<JournalEntry>> ReadJournal(const std::string& run_id) override { return state_->Journal(run_id); }
  Status ForgetRun(const std::string& run_id) override;
  Status Execute(const std::vector<std::string>& statements) override;
  Result<QueryRows> Query(const std::string&) override { return QueryRows{}; }
  Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest& request) override;
  int max_writers() const override { return 64; }
  Status Publish(const std::string& run_id, const TableName& table) override;
  TableName ShadowName(const TableName& live, const std::string& run_id) const override;
  TableName AsideName(const TableName& live, const std::string& run_id) const override;
  Result<std::vector<std::string>> SwapBlockers(const std::vector<TableName>&) override {
    return std::vector<std::string>{};
  }
  Status Swap(const std::vector<SwapTable>& tables) override;
  Status SwapBack(const std::vector<SwapTable>& tables) override;
  Result<std::vector<TableName>> NonEmpty(const std::vector<TableName>& tables) override;

 private:
  int64_t ExpectedRows(const TableName& table) const;

  AssertOptions options_;
  std::stop_token stop_;
  std::shared_ptr<AssertState> state_;  // shared with writers and with other targets of the same name
};

/// Reads back what memory=true kept.
class KeptSource final : public Source {
 public:
  explicit KeptSource(std::shared_ptr<AssertState> state) : state_(std::move(state)) {}

  const Dialect& dialect() const override { return TheDialect(); }
  Result<Catalog> Discover(const DiscoverOptions& options) override;
  Result<Table> DescribeQuery(const std::string& sql) override;
  Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) override;
  Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) override;
  Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) override;
  Result<int64_t> CountRows(const ReadRequest& request) override;

 private:
  Result<std::shared_ptr<const KeptTable>> KeptFor(const ReadRequest& request) const;

  std::shared_ptr<AssertState> state_;  // shared with the target that filled it
};

}  // namespace migrateiq::checking
