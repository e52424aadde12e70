#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/claim_file.hpp"
#include "pipeline/connector/files/file_dialect.hpp"
#include "pipeline/connector/files/staging.hpp"
#include "pipeline/connector/table_claims.hpp"

namespace migrateiq::files {

/// A folder as a target: everything of the contract but the encoding of rows. A format derives from it, hands out
/// writers over `staging()`, and says whether a file holds rows and what an empty table looks like.
class FileTarget : public Target, public TableClaims {
 public:
  FileTarget(std::string folder, const FormatTraits& traits, const FileDialect& dialect, const OpenOptions& options);

  const Dialect& dialect() const override { return dialect_; }
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

  /// Understands the dialect's CREATE TABLE (remembers the columns, so that an empty table can be published) and DROP
  /// TABLE.
  Status Execute(const std::vector<std::string>& statements) override;
  Result<QueryRows> Query(const std::string& sql) override;
  int max_writers() const override;
  int64_t chunk_bytes() const override { return staging_->traits().chunk_bytes; }
  /// One part becomes `DIR/<table>.csv`, several (or --parts) `DIR/<table>/part-NNNN.csv`; what is there already is
  /// kept and added to. Idempotent also after a crash in its middle.
  Status Publish(const std::string& run_id, const TableName& table) override;

  TableName ShadowName(const TableName& live, const std::string& run_id) const override;
  TableName AsideName(const TableName& live, const std::string& run_id) const override;
  Result<std::vector<std::string>> SwapBlockers(const std::vector<TableName>&) override {
    return std::vector<std::string>();
  }
  Status Swap(const std::vector<SwapTable>& tables) override;
  Status SwapBack(const std::vector<SwapTable>& tables) override;
  Result<std::vector<TableName>> NonEmpty(const std::vector<TableName>& tables) override;

 protected:
  /// At least one row; the file exists.
  virtual Result<bool> HasRows(const std::filesystem::path& file) = 0;
  /// Writes a file for a table without rows.
  virtual Status WriteEmpty(const std::filesystem::path& file, const std::vector<Field>& columns) = 0;

  const std::shared_ptr<Staging>& staging() const { return staging_; }
  const OpenOptions& options() const { return options_; }

 private:
  /// Where a published table can lie.
  struct Forms {
    std::filesystem::path file;    ///< DIR/<table>.csv
    std::filesystem::path folder;  ///< DIR/<table>/
    bool HasFile() const;
    bool HasFolder() const;
    bool Exists() const { return HasFile() || HasFolder(); }
  };
  Forms FormsOf(const TableName& table) const;
  Status Create(const CreateStatement& create);
  Status Drop(const TableName& table);
  Status PublishParts(const std::string& run_id, const TableName& table, const TableEntry& entry);
  /// `begun`: chunks were written, though without a byte.
  Status PublishEmpty(const std::string& run_id, const TableName& table, const TableEntry& entry, bool begun);
  Status PublishFile(const std::string& run_id, const TableName& table, const TableEntry& entry);
  Status PublishFolder(const std::string& run_id, const TableName& table, const TableEntry& entry);
  Status KeepOnlyCommitted(const std::filesystem::path& folder, const TableEntry& entry);
  Status MoveTable(const TableName& from, const TableName& to);

  std::shared_ptr<Staging> staging_;  // shared with the writers, which may outlive a call but not the target's run
  const FileDialect& dialect_;
  OpenOptions options_;
  ClaimFile claims_;
};

}  // namespace migrateiq::files
