#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/mysql/mysql_ledger.hpp"
#include "connectors/mysql/mysql_session.hpp"
#include "pipeline/connector/table_claims.hpp"

namespace migrateiq::mysql {

/// Writes to a MySQL or MariaDB database. DDL commits by itself here, so every statement is safe to repeat and
/// replacing is one RENAME TABLE.
class MysqlTarget final : public Target, public TableClaims {
 public:
  static Result<std::unique_ptr<Target>> Open(const Url& url, const OpenOptions& options);

  const Dialect& dialect() const override;
  std::string default_schema() const override { return ""; }

  Status Prepare() override;
  /// By locks of the control connection, which the server frees when it ends. What has no such locks (a cluster in
  /// strict mode) does not protect.
  Status Claim(const std::vector<TableName>& tables) override;
  Result<std::vector<LedgerLine>> ReadLedger(const std::string& run_id) override;
  Status EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) override;
  bool has_fence() const override { return true; }
  Status Fence(const std::string& run_id, int64_t number) override;
  Status UpdateLedger(const LedgerLine& line) override;
  Status AppendJournal(const std::string& run_id, const JournalEntry& entry) override;
  Result<std::vector<JournalEntry>> ReadJournal(const std::string& run_id) override;
  Result<std::vector<std::string>> JournalledRuns() override;
  Status CheckForget() override;
  Status ForgetRun(const std::string& run_id) override;

  Status CheckDefinition(const Table& table) override;
  Status Execute(const std::vector<std::string>& statements) override;
  Result<QueryRows> Query(const std::string& sql) override;
  Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest& request) override;
  int max_writers() const override { return 64; }

  TableName ShadowName(const TableName& live, const std::string& run_id) const override;
  TableName AsideName(const TableName& live, const std::string& run_id) const override;
  Result<std::vector<std::string>> SwapBlockers(const std::vector<TableName>& live) override;
  Status Swap(const std::vector<SwapTable>& tables) override;
  Status SwapBack(const std::vector<SwapTable>& tables) override;
  Result<std::vector<TableName>> NonEmpty(const std::vector<TableName>& tables) override;

 private:
  MysqlTarget(Url url, std::stop_token stop, std::unique_ptr<Session> session, LedgerSql ledger);
  Result<bool> LedgerExists();
  Status InTransaction(const std::vector<std::string>& statements);
  Status ExecuteOne(const std::string& statement);
  Status DropLedgerIfEmpty();
  Status DropLedgerAside();
  Result<bool> LedgerIsUsed(const LedgerSql& ledger);
  Status DropLedger(const LedgerSql& ledger);

  Url url_;
  std::stop_token stop_;
  std::unique_ptr<Session> session_;
  LedgerSql ledger_;
};

}  // namespace migrateiq::mysql
