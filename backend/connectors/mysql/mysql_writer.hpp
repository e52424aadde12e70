#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/mysql/load_data.hpp"
#include "connectors/mysql/mysql_ledger.hpp"
#include "connectors/mysql/mysql_upsert.hpp"

namespace migrateiq::mysql {

/// Loads chunks by LOAD DATA LOCAL from memory, on a connection of its own. LOAD DATA LOCAL implies IGNORE, so each one
/// must report as many rows as were sent and no warning; otherwise the chunk is refused and comes again in atomic mode,
/// by strict INSERTs. Where the server forbids local_infile, INSERTs are used from the start.
class MysqlWriter final : public Writer {
 public:
  static Result<std::unique_ptr<Writer>> Open(const Url& url, std::stop_token stop, const LedgerSql& ledger,
                                              const WriteRequest& request);
  ~MysqlWriter() override;

  Result<bool> Begin(const ChunkKey& key) override;
  Status Write(const Batch& batch) override;
  Status SetAtomic(bool atomic) override;
  Status Commit(const LedgerLine& line) override;
  void Abort() override;
  LoadNotes notes() const override { return notes_; }

 private:
  MysqlWriter(std::unique_ptr<Session> session, LedgerSql ledger, const WriteRequest& request);
  Status Prepare(const std::string& database);
  Status ReadServer();
  Status ReadNotes(const std::string& database);
  Result<bool> TryBegin(const ChunkKey& key);
  Status HoldFence(const std::string& run_id);
  Status WriteStreaming(const Batch& batch);
  Status WriteAtomic(const Batch& batch);
  Status InsertRows(const Batch& batch);
  Status SendInsert(const std::string& sql, int64_t rows);
  Status Flush();
  Status CheckWarnings(int64_t rows_sent);
  Status Merge();
  Error Refused(const Error& error) const;

  std::unique_ptr<Session> session_;
  LedgerSql ledger_;
  TableName table_;
  std::vector<SendColumn> columns_;
  WriteMode mode_;
  std::vector<std::string> key_;
  std::unique_ptr<UpsertStage> stage_;  ///< upsert only
  std::string into_;                    ///< quoted: the table, or the upsert's stage
  std::string load_sql_;
  std::string insert_head_;
  std::string buffer_;  ///< rows not yet sent
  int64_t buffered_rows_ = 0;
  size_t most_packet_ = size_t{1} << 20;
  bool can_load_ = true;
  bool atomic_ = false;
  bool open_ = false;
  int64_t fence_ = 0;  ///< the run's number when it is shared, else 0
  LoadNotes notes_;
};

}  // namespace migrateiq::mysql
