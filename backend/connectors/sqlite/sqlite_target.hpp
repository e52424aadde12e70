#pragma once

#include <string>
#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "connectors/sqlite/sqlite_writer.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/claim_file.hpp"
#include "pipeline/connector/table_claims.hpp"

namespace migrateiq::sqlite {

/// Writes a database file, which is made when it does not exist. While a Target that has been prepared is open the file
/// uses write-ahead logging, so that it can be read back while it is written; a file that did not is set back at the
/// end.
class SqliteTarget final : public Target, public TableClaims {
 public:
  static Result<std::unique_ptr<Target>> Open(const std::string& path, const OpenOptions& options,
                                              int busy_milliseconds);
  ~SqliteTarget() override;

  const Dialect& dialect() const override;
  std::string default_schema() const override { return ""; }

  Status Prepare() override;
  Status Claim(const std::vector<TableName>& tables) override;
  Result<std::vector<LedgerLine>> ReadLedger(const std::string& run_id) override;
  Status EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) override;
  Status UpdateLedger(const LedgerLine& line) override;
  Status AppendJournal(const std::string& run_id, const JournalEntry& entry) override;
  Result<std::vector<JournalEntry>> ReadJournal(const std::string& run_id) override;
  Result<std::vector<std::string>> JournalledRuns() override;
  Status ForgetRun(const std::string& run_id) override;

  Status Execute(const std::vector<std::string>& statements) override;
  Result<QueryRows> Query(const std::string& sql) override;
  Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest& request) override;
  int max_writers() const override { return 1; }

  TableName ShadowName(const TableName& live, const std::string& run_id) const override;
  TableName AsideName(const TableName& live, const std::string& run_id) const override;
  Result<std::vector<std::string>> SwapBlockers(const std::vector<TableName>&) override {
    return std::vector<std::string>{};
  }
  Status Swap(const std::vector<SwapTable>& tables) override;
  Status SwapBack(const std::vector<SwapTable>& tables) override;
  Result<std::vector<TableName>> NonEmpty(const std::vector<TableName>& tables) override;

 private:
  SqliteTarget(std::string path, std::stop_token stop, int busy_milliseconds)
      : path_(std::move(path)),
        stop_(std::move(stop)),
        busy_milliseconds_(busy_milliseconds),
        claims_(path_ + "-migrateiq") {}
  Result<Database> Connect() const;

  std::string path_;
  std::stop_token stop_;
  int busy_milliseconds_;
  std::shared_ptr<SpareConnection> spare_ = std::make_shared<SpareConnection>();  // shared with the writers
  files::ClaimFile claims_;
  bool made_file_ = false;
  Database control_;
  std::string old_journal_mode_;  ///< to be restored; empty when nothing was changed
};

}  // namespace migrateiq::sqlite
