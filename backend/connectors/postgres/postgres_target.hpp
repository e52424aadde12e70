#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/postgres/postgres_ledger.hpp"
#include "connectors/postgres/postgres_pool.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/table_claims.hpp"

namespace migrateiq::postgres {

/// Writes a database. Ledger and journal live in schema `migrateiq` (or the run's ledger_schema); replaced tables are
/// loaded in schema `migrateiq_new_<run>` and kept in `migrateiq_old_<run>`, so that indexes and constraints keep their
/// names.
class PostgresTarget final : public Target, public TableClaims {
 public:
  static Result<std::unique_ptr<Target>> Open(const Url& url, const OpenOptions& options);

  const Dialect& dialect() const override;
  std::string default_schema() const override { return default_schema_; }
  Status Prepare() override { return ledger_.Create(*session_); }
  Status Claim(const std::vector<TableName>& tables) override;
  Result<std::vector<LedgerLine>> ReadLedger(const std::string& run_id) override;
  Status EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) override;
  bool has_fence() const override { return true; }
  bool finishes_beside_readers() const override { return true; }
  Status Fence(const std::string& run_id, int64_t number) override { return ledger_.Fence(*session_, run_id, number); }
  Status UpdateLedger(const LedgerLine& line) override { return ledger_.Update(*session_, line); }
  Status AppendJournal(const std::string& run_id, const JournalEntry& entry) override;
  Result<std::vector<JournalEntry>> ReadJournal(const std::string& run_id) override;
  Result<std::vector<std::string>> JournalledRuns() override;
  Status ForgetRun(const std::string& run_id) override;
  Status Execute(const std::vector<std::string>& statements) override;
  Result<QueryRows> Query(const std::string& sql) override;
  Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest& request) override;
  int max_writers() const override { return 32; }
  TableName ShadowName(const TableName& live, const std::string& run_id) const override;
  TableName AsideName(const TableName& live, const std::string& run_id) const override;
  Result<std::vector<std::string>> SwapBlockers(const std::vector<TableName>& live) override;
  Status Swap(const std::vector<SwapTable>& tables) override;
  Status SwapBack(const std::vector<SwapTable>& tables) override;
  Status DropTables(const std::vector<TableName>& tables) override;
  Result<std::vector<TableName>> NonEmpty(const std::vector<TableName>& tables) override;

 private:
  PostgresTarget(std::shared_ptr<SessionPool> pool, Ledger ledger, std::string default_schema)
      : pool_(std::move(pool)), ledger_(std::move(ledger)), default_schema_(std::move(default_schema)) {}

  std::shared_ptr<SessionPool> pool_;  // shared with the writers
  Ledger ledger_;
  std::string default_schema_;
  std::unique_ptr<Session> session_;
};

}  // namespace migrateiq::postgres
