#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::sqlite {

/// Puts a batch's values into an INSERT, row by row: within one process a prepared statement a row is as fast as SQLite
/// gets, and a refused row is known at once.
class RowBinder;

/// A connection that a closed writer leaves to the next one: opening reads the whole schema, which hurts with thousands
/// of tables. Shared by a target and its writers; thread-safe.
class SpareConnection {
 public:
  std::optional<Database> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(database_, std::nullopt);
  }
  void Put(Database database) {
    const std::lock_guard lock(mutex_);
    database_ = std::move(database);
  }

 private:
  std::mutex mutex_;
  std::optional<Database> database_;
};

class SqliteWriter final : public Writer {
 public:
  static Result<std::unique_ptr<Writer>> Open(Database database, std::shared_ptr<SpareConnection> spare,
                                              const WriteRequest& request);
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

  std::shared_ptr<SpareConnection> spare_;  // shared with the target that opened this writer
  Database database_;
  Statement insert_;
  std::unique_ptr<RowBinder> binder_;
  std::string table_;
  LoadNotes notes_;
  bool atomic_ = false;
};

}  // namespace migrateiq::sqlite
