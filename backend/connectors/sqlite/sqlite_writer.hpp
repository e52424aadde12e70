#pragma once

#include <string>
#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::sqlite {

/// Puts a batch's values into an INSERT, row by row: within one process a prepared statement a row is as fast as SQLite
/// gets, and a refused row is known at once.
class RowBinder;

class SqliteWriter final : public Writer {
 public:
  static Result<std::unique_ptr<Writer>> Open(Database database, const WriteRequest& request);
  ~SqliteWriter() override;

  Result<bool> Begin(const ChunkKey& key) override;
  Status Write(const Batch& batch) override;
  Status SetAtomic(bool atomic) override;
  Status Commit(const LedgerLine& line) override;
  void Abort() override;
  LoadNotes notes() const override { return notes_; }

 private:
  SqliteWriter(Database database, const WriteRequest& request);
  Status Prepare(const WriteRequest& request);
  Result<bool> ClaimChunk(const ChunkKey& key);
  Status WriteRows(const Batch& batch);

  Database database_;
  Statement insert_;
  std::unique_ptr<RowBinder> binder_;
  std::string table_;
  LoadNotes notes_;
  bool atomic_ = false;
};

}  // namespace migrateiq::sqlite
